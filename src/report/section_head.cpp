#include <fmt/format.h>

#include "report/grade_words.h"
#include "report/impression.h"
#include "report/sections.h"
#include "report/warning_list.h"

namespace netpet::report {
namespace {

Group scan_facts(const record::Reading& reading, record::Role role, const Texts& texts) {
  const auto& scan = reading.scan(role);
  const std::string name = texts["tracer." + std::string(name_of(role))];
  if (!scan) return {Group::Kind::part, name, "", {Paragraph{Line(texts["report.not_given"]), Tone::note}}};
  Facts facts;
  facts.add(texts["label.acquired"], shown(scan->acquired));
  if (scan->suv.dose_bq) facts.add(texts["label.dose"], shown_dose(*scan->suv.dose_bq));
  if (const auto minutes = uptake_minutes(*scan))
    facts.add(texts["label.uptake_time"], fmt::format("{} min", decimals(*minutes, 0)));
  if (scan->weight_kg) facts.add(texts["label.weight"], fmt::format("{} kg", three_digits(*scan->weight_kg)));
  facts.add(texts["label.scanner"], scan->scanner);
  facts.add(texts["label.voxel"],
            fmt::format("{} × {} × {} mm", decimals(scan->voxel_mm[0], 2), decimals(scan->voxel_mm[1], 2),
                        decimals(scan->voxel_mm[2], 2)));
  const std::string tracer = scan->tracer.name.empty() ? texts["report.unknown"] : scan->tracer.name;
  return {Group::Kind::part, fmt::format("{} · {}", name, tracer), "", {facts}};
}

/// The warnings of one severity, below its heading.
void add_warnings(Blocks& blocks, const std::vector<PlacedWarning>& list, record::Severity severity,
                  const Texts& texts) {
  Bullets items;
  for (const PlacedWarning& one : list) {
    if (one.warning.severity != severity) continue;
    Line line;
    if (!one.where.empty()) line.add({one.where + ":", Tone::strong}).add({" "});
    items.items.push_back(line.add({one.warning.message + " "}).add({one.warning.code, Tone::code}));
  }
  if (!items.items.empty())
    blocks.emplace_back(Group{
        Group::Kind::part, texts["severity." + std::string(name_of(severity))], "", {std::move(items)}});
}

std::string grade_text(const record::Grade& grade, const std::string& name) {
  const auto* field = grade.field(name);
  const auto* text = field ? std::get_if<base::Computed<std::string>>(field) : nullptr;
  return text && text->has_value() ? text->value() : std::string();
}

}  // namespace

Blocks patient_and_scans(const record::Reading& reading, const Texts& texts) {
  const record::Patient& patient = reading.patient;
  Facts facts;
  facts.add(texts["label.patient_id"], patient.id);
  facts.add(texts["label.sex"], patient.sex);
  facts.add(texts["label.birth_date"], patient.birth_date);
  if (reading.deidentified) facts.add(texts["label.deidentified"], texts["report.deidentified"]);
  if (reading.interval_days.has_value())
    facts.add(texts["label.interval"],
              fmt::format(fmt::runtime(texts["label.days"]), three_digits(reading.interval_days.value())));
  return {facts, Group{Group::Kind::columns,
                       "",
                       "",
                       {scan_facts(reading, record::Role::sstr, texts),
                        scan_facts(reading, record::Role::fdg, texts)}}};
}

Blocks warnings(const record::Reading& reading, const Texts& texts) {
  Group alerts{Group::Kind::alerts, texts["report.warnings"], "", {}};
  if (!reading.accepted.empty()) {
    Bullets codes;
    for (const std::string& code : reading.accepted) codes.items.emplace_back(Words{code, Tone::code});
    alerts.blocks.emplace_back(Group{Group::Kind::part, texts["label.accepted"], "", {std::move(codes)}});
  }
  const std::vector<PlacedWarning> list = warning_list(reading, texts);
  for (const record::Severity severity :
       {record::Severity::grade, record::Severity::value, record::Severity::note})
    add_warnings(alerts.blocks, list, severity, texts);
  if (alerts.blocks.empty()) return {};
  return {alerts};
}

Blocks headline(const record::Reading& reading, const Texts& texts) {
  Card card{Card::Kind::headline, texts.named("scale", "netpet"), "–", {}};
  card.blocks.emplace_back(Paragraph{Line(reading.headline), Tone::strong});
  if (const record::Grade* netpet = grade_of(reading, "netpet")) {
    if (netpet->value.has_value()) card.value = netpet->value.value();
    const std::string group = grade_text(*netpet, "group"), target = grade_text(*netpet, "target_lesion");
    if (!group.empty() && group != "NA")
      add_paragraph(card.blocks,
                    fmt::format("{}: {}. {}", texts["field.group"], with_dashes(group),
                                texts["report.not_outcome_validated"]),
                    Tone::small);
    if (!target.empty()) add_paragraph(card.blocks, fmt::format("{}: {}", texts["report.target"], target));
    add_paragraph(card.blocks, discordance_in_words(*netpet, texts));
    if (netpet->stability) add_paragraph(card.blocks, netpet->stability->sentence);
  }
  if (reading.biopsy_target)
    add_paragraph(card.blocks, fmt::format("{}: {} – {}", texts["report.biopsy"], *reading.biopsy_target,
                                           reading.biopsy_why));
  add_paragraph(card.blocks, review_in_words(reading, texts), Tone::small);
  return {card};
}

Blocks impression_to_paste(const record::Reading& reading, const Texts& texts) {
  Blocks blocks;
  if (reading.review && reading.review->impression) {
    add_paragraph(blocks, fmt::format(fmt::runtime(texts["report.impression_by"]), reading.review->reader),
                  Tone::note);
    blocks.emplace_back(Preformatted{*reading.review->impression});
  }
  add_paragraph(blocks, texts["report.impression_note"], Tone::note);
  blocks.emplace_back(Preformatted{impression(reading, texts)});
  return section(texts["report.impression"], std::move(blocks));
}

}  // namespace netpet::report
