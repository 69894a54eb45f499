#include "grading/ratios.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "grading/wording.h"

namespace netpet::grading {

using record::Role;

Ratios::Ratios(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/ratios.json", [this](base::Table& table) {
    head_.read(table, "ratios");
    references_ = table.texts("references");
  });
}

base::Computed<double> Ratios::ratio(const Assessment& assessment, const record::GradingLesion& lesion,
                                     Role role, const std::string& reference) const {
  const bool sstr = role == Role::sstr;
  if (!(sstr ? assessment.grading_case.sstr_given : assessment.grading_case.fdg_given)) return {};
  const auto& suvpeak = (sstr ? lesion.sstr : lesion.fdg).suvpeak;
  if (!suvpeak) return base::NotComputable{"there is no SUVpeak"};
  const record::Reference* tissue = assessment.positivity.reference(role, reference);
  if (!tissue) return base::NotComputable{fmt::format("{} was not measured", organ_in_words(reference))};
  return *suvpeak / tissue->mean;
}

std::string Ratios::in_words(const Assessment& assessment, const record::GradingLesion& lesion,
                             Role role) const {
  std::vector<std::string> parts;
  for (const std::string& reference : references_)
    if (const auto one = ratio(assessment, lesion, role, reference); one.has_value())
      parts.push_back(fmt::format("{} × {}", grading::in_words(one.value()), organ_in_words(reference)));
  if (parts.empty()) return "";
  return fmt::format("{} {}", record::label_of(role), list_in_words(parts));
}

record::Grade Ratios::grade(const Assessment& assessment) const {
  record::Grade grade = head_.begin(assessment);
  const auto highest = [&](Role role) {
    base::Computed<double> most =
        base::NotComputable{"no lesion has a SUVpeak and a liver to compare it with"};
    for (const record::GradingLesion& lesion : assessment.grading_case.lesions) {
      if (lesion.excluded) continue;
      const auto one = ratio(assessment, lesion, role, "liver");
      if (one.has_value() && (!most.has_value() || one.value() > most.value())) most = one;
    }
    return most;
  };
  grade.fields = {{"highest_sstr_to_liver", highest(Role::sstr)},
                  {"highest_fdg_to_liver", highest(Role::fdg)}};
  std::vector<std::string> most;
  for (const auto& [tracer, role] : {std::pair{"SSTR", Role::sstr}, std::pair{"FDG", Role::fdg}})
    if (const auto one = highest(role); one.has_value())
      most.push_back(fmt::format("{} up to {} × liver", tracer, grading::in_words(one.value())));
  grade.summary = fmt::format("{}", fmt::join(most, ", "));
  for (const record::GradingLesion& lesion : assessment.grading_case.lesions) {
    if (lesion.excluded) continue;
    std::vector<std::string> tracers;
    for (const Role role : {Role::sstr, Role::fdg})
      if (const std::string words = in_words(assessment, lesion, role); !words.empty())
        tracers.push_back(words);
    if (!tracers.empty())
      grade.evidence.push_back(fmt::format("{}: {}.", lesion.id, fmt::join(tracers, "; ")));
  }
  return grade;
}

}  // namespace netpet::grading
