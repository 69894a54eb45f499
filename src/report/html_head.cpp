#include <fmt/format.h>

#include "report/escape.h"
#include "report/grade_words.h"
#include "report/html_parts.h"
#include "report/impression.h"
#include "report/shown.h"
#include "report/warning_list.h"

namespace netpet::report::html {
namespace {

std::string scan_facts(const record::Reading& reading, record::Role role, const Texts& texts) {
  const auto& scan = reading.scan(role);
  const std::string name = texts["tracer." + std::string(name_of(role))];
  if (!scan)
    return fmt::format("<div><h3>{}</h3>{}</div>\n", escape_html(name),
                       paragraph(texts["report.not_given"], "note"));
  FactList facts;
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
  return fmt::format("<div><h3>{} · {}</h3>{}</div>\n", escape_html(name), escape_html(tracer),
                     facts.markup());
}

/// The warnings of one severity, below its heading.
std::string warning_group(const std::vector<PlacedWarning>& list, record::Severity severity,
                          const Texts& texts) {
  std::string items;
  for (const PlacedWarning& one : list)
    if (one.warning.severity == severity)
      items += fmt::format("<li>{}{} <span class=\"code\">{}</span></li>\n",
                           one.where.empty() ? "" : "<strong>" + escape_html(one.where) + ":</strong> ",
                           escape_html(one.warning.message), escape_html(one.warning.code));
  if (items.empty()) return {};
  return fmt::format("<h3>{}</h3>\n<ul>\n{}</ul>\n",
                     escape_html(texts["severity." + std::string(name_of(severity))]), items);
}

std::string grade_text(const record::Grade& grade, const std::string& name) {
  const auto* field = grade.field(name);
  const auto* text = field ? std::get_if<base::Computed<std::string>>(field) : nullptr;
  return text && text->has_value() ? text->value() : std::string();
}

}  // namespace

std::string header(const record::Reading& reading, const Texts& texts) {
  const record::Patient& patient = reading.patient;
  FactList facts;
  facts.add(texts["label.patient_id"], patient.id);
  facts.add(texts["label.sex"], patient.sex);
  facts.add(texts["label.birth_date"], patient.birth_date);
  if (reading.interval_days.has_value())
    facts.add(texts["label.interval"],
              fmt::format(fmt::runtime(texts["label.days"]), three_digits(reading.interval_days.value())));
  return fmt::format(
      "<header>\n<p class=\"sub\">{}</p>\n<h1>{}</h1>\n{}<div class=\"two\" "
      "style=\"margin-top:18px\">\n{}{}</div>\n</header>\n",
      escape_html(texts["report.title"]),
      escape_html(patient.name.empty() ? (patient.id.empty() ? texts["report.unknown"] : patient.id)
                                       : person_name(patient.name)),
      facts.markup(), scan_facts(reading, record::Role::sstr, texts),
      scan_facts(reading, record::Role::fdg, texts));
}

std::string warnings(const record::Reading& reading, const Texts& texts) {
  const std::vector<PlacedWarning> list = warning_list(reading, texts);
  std::string groups;
  for (const record::Severity severity :
       {record::Severity::grade, record::Severity::value, record::Severity::note})
    groups += warning_group(list, severity, texts);
  std::string accepted;
  for (const std::string& code : reading.accepted)
    accepted += fmt::format("<li><span class=\"code\">{}</span></li>\n", escape_html(code));
  if (!accepted.empty())
    accepted = fmt::format("<h3>{}</h3>\n<ul>\n{}</ul>\n", escape_html(texts["label.accepted"]), accepted);
  if (groups.empty() && accepted.empty()) return {};
  return fmt::format("<div class=\"alerts\" role=\"note\">\n<h2>{}</h2>\n{}{}</div>\n",
                     escape_html(texts["report.warnings"]), accepted, groups);
}

std::string headline(const record::Reading& reading, const Texts& texts) {
  std::string value = "–", details;
  for (const record::Grade& grade : reading.grades) {
    if (grade.scale != "netpet") continue;
    if (grade.value.has_value()) value = grade.value.value();
    const std::string group = grade_text(grade, "group"), target = grade_text(grade, "target_lesion");
    if (!group.empty() && group != "NA")
      details += paragraph(fmt::format("{}: {}. {}", texts["field.group"], with_dashes(group),
                                       texts["report.not_outcome_validated"]),
                           "small");
    if (!target.empty()) details += paragraph(fmt::format("{}: {}", texts["report.target"], target));
    details += paragraph(discordance_in_words(grade, texts));
    if (grade.stability) details += paragraph(grade.stability->sentence);
  }
  if (reading.biopsy_target)
    details += paragraph(
        fmt::format("{}: {} – {}", texts["report.biopsy"], *reading.biopsy_target, reading.biopsy_why));
  return fmt::format(
      "<div class=\"verdict\">\n<div><div class=\"scale\">{}</div><div "
      "class=\"value\">{}</div></div>\n<div><p "
      "class=\"words\">{}</p>\n{}<p class=\"small\">{}</p></div>\n</div>\n",
      escape_html(texts.named("scale", "netpet")), escape_html(value), escape_html(reading.headline), details,
      escape_html(review_in_words(reading, texts)));
}

std::string impression(const record::Reading& reading, const Texts& texts) {
  return section(texts["report.impression"],
                 paragraph(texts["report.impression_note"], "note") +
                     fmt::format("<pre class=\"impression\">{}</pre>\n",
                                 escape_html(report::impression(reading, texts))));
}

}  // namespace netpet::report::html
