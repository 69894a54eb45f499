#include "report/impression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/escape.h"
#include "report/grade_words.h"
#include "report/shown.h"
#include "report/warning_list.h"

namespace netpet::report {
namespace {

using record::Reading;
using record::Role;

std::string scan_in_words(const Reading& reading, Role role, const Texts& texts) {
  const auto& scan = reading.scan(role);
  const std::string tracer = texts["tracer." + std::string(name_of(role))];
  if (!scan) return fmt::format("{}: {}", tracer, texts["report.not_given"]);
  std::string words = scan->tracer.name.empty() ? tracer : scan->tracer.name;
  if (const std::string time = shown(scan->acquired); !time.empty()) words += ", " + time;
  if (scan->suv.dose_bq) words += ", " + shown_dose(*scan->suv.dose_bq);
  if (const auto minutes = uptake_minutes(*scan))
    words += fmt::format(", {} min p.i.", decimals(*minutes, 0));
  return words;
}

/// "7 lesions: 5 SSTR+ FDG− (L1, L2 …); 2 SSTR− FDG+ (L4, L9)."
std::string lesions_in_words(const Reading& reading, const Texts& texts) {
  std::size_t all = 0;
  std::vector<std::string> classes;
  for (const LesionClass one : {LesionClass::fdg_only, LesionClass::both, LesionClass::sstr_only,
                                LesionClass::neither, LesionClass::one_tracer}) {
    std::vector<std::string> ids;
    for (const record::Lesion& lesion : reading.lesions)
      if (lesion.counts() && class_of(lesion) == one) ids.push_back(lesion.id);
    all += ids.size();
    if (!ids.empty())
      classes.push_back(fmt::format("{} {} ({})", ids.size(), texts[fmt::format("legend.{}", name_of(one))],
                                    fmt::join(ids, ", ")));
  }
  if (all == 0) return texts["report.no_lesions"];
  return fmt::format("{} {}: {}", texts["report.lesions"], all, fmt::join(classes, "; "));
}

std::string other_grades(const Reading& reading, const Texts& texts) {
  std::vector<std::string> grades;
  for (const record::Grade& grade : reading.grades)
    if (const std::string words = value_in_words(grade, texts);
        grade.scale != "netpet" && grade.scale != "ratios" && !words.empty())
      grades.push_back(fmt::format("{} {}", texts.named("scale", grade.scale), words));
  return fmt::format("{}", fmt::join(grades, " · "));
}

}  // namespace

std::string impression(const Reading& reading, const Texts& texts) {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& line) {
    if (line.empty()) return;
    lines.push_back(one_line(line.ends_with('.') ? line : line + "."));
  };
  add(scan_in_words(reading, Role::sstr, texts));
  add(scan_in_words(reading, Role::fdg, texts));
  add(lesions_in_words(reading, texts));
  const std::string scale = texts.named("scale", "netpet");
  add(reading.headline.starts_with(scale) ? reading.headline : scale + ": " + reading.headline);
  if (const record::Grade* netpet = grade_of(reading, "netpet")) {
    add(discordance_in_words(*netpet, texts));
    if (netpet->stability) add(netpet->stability->sentence);
  }
  add(other_grades(reading, texts));
  if (reading.biopsy_target)
    add(fmt::format("{}: {} – {}", texts["report.biopsy"], *reading.biopsy_target, reading.biopsy_why));
  for (const PlacedWarning& one : warning_list(reading, texts))
    if (one.warning.severity == record::Severity::grade)
      add(fmt::format("{}{}", one.where.empty() ? "" : one.where + ": ", one.warning.message));
  add(fmt::format("{} {}. {}", review_in_words(reading, texts), signature_in_words(reading, texts),
                  texts["report.research"]));
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

}  // namespace netpet::report
