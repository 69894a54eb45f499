#include "report/terminal_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/escape.h"
#include "report/grade_words.h"
#include "report/shown.h"
#include "report/warning_list.h"

namespace netpet::report {
namespace {

using record::Reading;
using record::Role;

constexpr std::size_t kMostWarnings = 4;

std::string scan_line(const Reading& reading, Role role, const Texts& texts) {
  const auto& scan = reading.scan(role);
  const std::string name = texts["tracer." + std::string(name_of(role))];
  if (!scan) return fmt::format("{:<11}{}", name, texts["report.not_given"]);
  std::string line = fmt::format("{:<11}{}", name, one_line(scan->tracer.name));
  if (const std::string time = shown(scan->acquired); !time.empty()) line += ", " + time;
  if (scan->suv.dose_bq) line += ", " + shown_dose(*scan->suv.dose_bq);
  for (const char* region : {"liver", "blood_pool", "spleen"})
    if (const auto found = reading.references(role).find(region); found != reading.references(role).end())
      line += fmt::format(", {} {}", texts.named("region", region), decimals(found->second.mean, 1));
  return line;
}

std::string lesion_line(const Reading& reading, const Texts& texts) {
  const auto counted = std::count_if(reading.lesions.begin(), reading.lesions.end(),
                                     [](const record::Lesion& lesion) { return lesion.counts(); });
  const auto others = static_cast<std::ptrdiff_t>(reading.lesions.size()) - counted;
  std::string line = fmt::format("{:<11}{}", texts["report.lesions"], counted);
  for (const LesionClass one :
       {LesionClass::sstr_only, LesionClass::both, LesionClass::fdg_only, LesionClass::neither}) {
    const auto of_class =
        std::count_if(reading.lesions.begin(), reading.lesions.end(),
                      [&](const record::Lesion& lesion) { return class_of(lesion) == one; });
    if (of_class > 0)
      line += fmt::format(" · {} {}", texts[fmt::format("legend.{}", name_of(one))], of_class);
  }
  if (others > 0) line += fmt::format(" · {} {}", texts["legend.physiologic"], others);
  return line;
}

std::string other_grades_line(const Reading& reading, const Texts& texts) {
  std::string line;
  for (const record::Grade& grade : reading.grades) {
    if (grade.scale == "netpet" || !grade.value.has_value()) continue;
    line += fmt::format("{}{} {}", line.empty() ? "" : " · ", texts.named("scale", grade.scale),
                        value_in_words(grade, texts));
  }
  return line;
}

}  // namespace

std::string terminal_summary(const Reading& reading, const Texts& texts) {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) lines.push_back(fmt::format("{:<11}{}", name, value));
  };
  const std::string identity = one_line(reading.patient.name.empty() ? reading.patient.id
                                                                     : person_name(reading.patient.name) +
                                                                           " (" + reading.patient.id + ")");
  add(texts["label.patient"], identity);
  lines.push_back(scan_line(reading, Role::sstr, texts));
  lines.push_back(scan_line(reading, Role::fdg, texts));
  if (reading.registration)
    add(texts["summary.alignment"],
        fmt::format("{}, {} {} mm", one_line(reading.registration->method), texts["label.error"],
                    shown(reading.registration->error_mm, 1)));
  lines.push_back(lesion_line(reading, texts));
  add(texts["summary.grade"], one_line(reading.headline));
  for (const record::Grade& grade : reading.grades)
    if (grade.scale == "netpet" && grade.stability) add("", one_line(grade.stability->sentence));
  add("", other_grades_line(reading, texts));
  if (reading.biopsy_target)
    add(texts["summary.biopsy"], one_line(*reading.biopsy_target + ": " + reading.biopsy_why));
  const std::vector<PlacedWarning> warnings = warning_list(reading, texts);
  for (std::size_t i = 0; i < std::min(kMostWarnings, warnings.size()); ++i)
    add(texts["summary.warning"],
        one_line((warnings[i].where.empty() ? "" : warnings[i].where + ": ") + warnings[i].warning.message));
  if (warnings.size() > kMostWarnings)
    add("", fmt::format(fmt::runtime(texts["summary.more_warnings"]), warnings.size() - kMostWarnings));
  lines.push_back(texts["report.research"]);
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

}  // namespace netpet::report
