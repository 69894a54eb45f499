#include "grading/heterogeneity.h"

#include <fmt/format.h>

#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {

Heterogeneity::Heterogeneity(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/heterogeneity.json", [this](base::Table& table) {
    head_.read(table, "heterogeneity");
    targets_.at_most = table.number("targets_at_most");
    targets_.at_most_per_site = table.number("targets_at_most_per_site");
    targets_.from_size_mm = table.number("target_from_size_mm");
    from_share_ = table.number("heterogeneous_from_share");
  });
}

record::Grade Heterogeneity::grade(const Assessment& assessment) const {
  if (!assessment.grading_case.sstr_given || assessment.grading_case.post_therapy)
    return head_.not_computable(assessment, "there is no SSTR PET scan");
  const std::vector<std::size_t> targets = target_lesions(assessment, targets_);
  if (targets.empty())
    return head_.not_computable(
        assessment, fmt::format("no lesion is known to have {:g} mm or more", targets_.from_size_mm));
  std::vector<std::string> all, heterogeneous, not_said;
  for (const std::size_t i : targets) {
    const record::GradingLesion& lesion = assessment.grading_case.lesions[i];
    all.push_back(lesion.id);
    if (!lesion.heterogeneous)
      not_said.push_back(lesion.id);
    else if (*lesion.heterogeneous)
      heterogeneous.push_back(lesion.id);
  }
  record::Grade grade = head_.begin(assessment);
  grade.fields = {{"targets", all}, {"heterogeneous_lesions", heterogeneous}};
  if (!not_said.empty()) {
    grade.value = base::NotComputable{
        fmt::format("whether the Krenning score changes within {} is not given", list_in_words(not_said))};
    return grade;
  }
  const double share = static_cast<double>(heterogeneous.size()) / static_cast<double>(all.size());
  grade.value = std::string(reaches(share, from_share_) ? "heterogeneous" : "homogeneous");
  grade.evidence = {fmt::format(
      "The Krenning score changes within {} of {} target lesions ({}); heterogeneous from {:g} %: {}.",
      heterogeneous.size(), all.size(), list_in_words(all), 100 * from_share_, grade.value.value())};
  return grade;
}

}  // namespace netpet::grading
