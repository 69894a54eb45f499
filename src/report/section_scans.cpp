#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "report/sections.h"

namespace netpet::report {
namespace {

using record::Role;

std::string tracer_name(Role role, const Texts& texts) {
  return texts["tracer." + std::string(name_of(role))];
}

std::string number_or_dash(const std::optional<double>& value, int places) {
  return value ? decimals(*value, places) : "–";
}

/// How the numbers came about, as one paragraph: every step, then what was missing, repaired or doubtful.
std::string told(const record::SuvProvenance& suv, const Texts& texts) {
  const std::string doubts = suv.doubts.empty()
                                 ? texts["suv.no_doubts"]
                                 : fmt::format("{}: {}.", texts["suv.doubts"], fmt::join(suv.doubts, "; "));
  return fmt::format("{} {}", fmt::join(suv.steps, " "), doubts);
}

Group suv_of(const record::TracerScan& scan, Role role, const Texts& texts) {
  const record::SuvProvenance& suv = scan.suv;
  Facts facts;
  facts.add(texts["label.rule"], suv.rule);
  facts.add(texts["label.factor"], suv.factor[0] == suv.factor[1]
                                       ? fmt::format("{:.6g}", suv.factor[0])
                                       : fmt::format("{:.6g} – {:.6g}", suv.factor[0], suv.factor[1]));
  if (suv.dose_bq) facts.add(texts["label.dose"], fmt::format("{:.6g} MBq", *suv.dose_bq / 1e6));
  if (suv.weight_kg) facts.add(texts["label.weight"], fmt::format("{:.6g} kg", *suv.weight_kg));
  if (suv.half_life_s) facts.add(texts["label.half_life"], fmt::format("{:.6g} s", *suv.half_life_s));
  if (suv.administered) facts.add(texts["label.administered"], base::iso(*suv.administered));
  if (suv.reference_time) facts.add(texts["label.reference_time"], base::iso(*suv.reference_time));
  if (suv.decay_factor) facts.add(texts["label.decay_factor"], fmt::format("{:.6g}", *suv.decay_factor));
  facts.add(texts["label.series"], Words{scan.series_uid, Tone::code});
  return {Group::Kind::part,
          fmt::format("{} · SUV{} ({})", tracer_name(role, texts), suv.type, suv.unit),
          "",
          {Paragraph{Line(told(suv, texts))}, std::move(facts)}};
}

void collect(std::set<std::string>& codes, const std::vector<std::string>& more) {
  codes.insert(more.begin(), more.end());
}

}  // namespace

Blocks post_therapy(const record::Reading& reading, const Texts& texts) {
  if (!reading.post_therapy) return {};
  Facts facts;
  facts.add(texts["retention.hours"],
            number_line(reading.post_therapy->hours_after_administration, 1, "h", texts));
  facts.add(texts["retention.total"], number_line(reading.post_therapy->total_percent, 2, "%", texts));
  for (const auto& one : reading.post_therapy->lesions)
    facts.add(one.lesion, number_line(one.percent, 2, "%", texts));
  return section(texts["report.post_therapy"], {Paragraph{Line(texts["retention.note"])}, std::move(facts)});
}

Blocks references(const record::Reading& reading, const std::string& png, const Texts& texts) {
  const auto n = ColumnKind::number;
  Table table{texts["report.references_note"],
              {{texts["label.region"], ""},
               {texts["label.tracer"], ""},
               {texts["label.mean"], "g/mL", n},
               {texts["label.sd"], "g/mL", n},
               {texts["label.max"], "g/mL", n},
               {texts["label.volume"], "mL", n},
               {texts["label.origin"], ""},
               {texts["label.note"], ""}}};
  for (const Role role : {Role::sstr, Role::fdg})
    for (const auto& [name, reference] : reading.references(role))
      table.row({texts.named("region", name), tracer_name(role, texts), decimals(reference.mean, 2),
                 decimals(reference.sd, 2), number_or_dash(reference.max, 2),
                 number_or_dash(reference.volume_ml, 1), reference.source, reference.note});
  Blocks content;
  if (table.rows.empty())
    add_paragraph(content, texts["label.none"], Tone::note);
  else
    content.emplace_back(std::move(table));
  if (!reading.organs_source.empty())
    add_paragraph(content, fmt::format("{}: {}", texts["label.organs"], reading.organs_source), Tone::note);
  if (!png.empty())
    content.emplace_back(Figure{png, texts["report.references_caption"], texts["report.references_caption"]});
  return section(texts["report.references"], std::move(content));
}

Blocks registration(const record::Reading& reading, const std::string& png, const Texts& texts) {
  if (!reading.registration)
    return section(texts["report.registration"],
                   {Paragraph{Line(texts["report.registration_none"]), Tone::note}});
  const record::Registration& registration = *reading.registration;
  Facts facts;
  facts.add(texts["label.method"], registration.method);
  const auto add = [&](const std::string& name, const base::Computed<double>& value, int places,
                       const std::string& unit) {
    if (value.does_not_apply()) return;
    facts.add(name,
              unit.empty() ? number_line(value, places, texts) : number_line(value, places, unit, texts));
  };
  const record::RegistrationQuality& quality = registration.quality;
  add(texts["label.error"], registration.error_mm, 1, "mm");
  add(texts["quality.dice_body"], quality.dice_body, 3, "");
  add(texts["quality.dice_bone"], quality.dice_bone, 3, "");
  add(texts["quality.ncc"], quality.ncc, 3, "");
  add(texts["quality.inlier_share"], quality.inlier_share, 2, "");
  add(texts["quality.residual_mm"], quality.residual_mm, 2, "mm");
  add(texts["quality.min_jacobian"], quality.min_jacobian, 3, "");
  add(texts["quality.folded_fraction"], quality.folded_fraction, 4, "");
  add(texts["quality.breathing_offset"], quality.breathing_offset_mm, 1, "mm");
  add(texts["quality.agreeing_starts"], quality.agreeing_starts, 2, "");
  Blocks content{std::move(facts)};
  if (!png.empty())
    content.emplace_back(
        Figure{png, texts["report.registration_caption"], texts["report.registration_caption"]});
  return section(texts["report.registration"], std::move(content));
}

Blocks suv(const record::Reading& reading, const Texts& texts) {
  Group columns{Group::Kind::columns, "", "", {}};
  for (const Role role : {Role::sstr, Role::fdg})
    if (reading.scan(role)) columns.blocks.emplace_back(suv_of(*reading.scan(role), role, texts));
  if (columns.blocks.empty()) return {};
  return section(texts["report.suv"], {std::move(columns)});
}

Blocks flag_glossary(const record::Reading& reading, const Texts& texts) {
  std::set<std::string> codes;
  for (const record::Grade& grade : reading.grades) collect(codes, grade.flags);
  for (const record::Lesion& lesion : reading.lesions) collect(codes, lesion.flags);
  Facts facts;
  for (const std::string& code : codes)
    if (texts.has("flag", code)) facts.add(code, texts.named("flag", code));
  if (facts.facts.empty()) return {};
  return section(texts["report.flags"], {std::move(facts)}, "glossary");
}

Blocks settings(const record::Reading& reading, const Texts& texts) {
  const record::Software& software = reading.software;
  Facts facts;
  facts.add(texts["label.version"],
            fmt::format("{} {} ({})", software.name, software.version, software.revision));
  facts.add(texts["label.rules"], Words{software.rules, Tone::code});
  facts.add(texts["label.accepted"], reading.accepted.empty()
                                         ? texts["label.none"]
                                         : fmt::format("{}", fmt::join(reading.accepted, ", ")));
  return section(texts["report.settings"], {std::move(facts)});
}

}  // namespace netpet::report
