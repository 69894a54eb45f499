#include "grading/kratochwil.h"

#include <fmt/format.h>

#include <functional>

#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::GradingLesion;

std::string share_in_words(std::size_t above, std::size_t all) {
  if (above == all) return "all_above";
  return above == 0 ? "none_above" : "some_above";
}

}  // namespace

Kratochwil::Kratochwil(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/kratochwil.json", [this](base::Table& table) {
    head_.read(table, "kratochwil");
    above_suvmax_ = table.number("response_above_suvmax");
    above_ratio_ = table.number("response_above_tumour_to_liver");
  });
}

record::Grade Kratochwil::grade(const Assessment& assessment) const {
  const record::GradingCase& one = assessment.grading_case;
  if (!one.sstr_given || one.post_therapy)
    return head_.not_computable(assessment, "there is no SSTR PET scan");
  std::vector<const GradingLesion*> lesions;
  for (const GradingLesion& lesion : one.lesions) {
    if (lesion.excluded || lesion.site != "liver") continue;
    if (!lesion.sstr.suvmax)
      return head_.not_computable(assessment, fmt::format("{} has no SSTR SUVmax", lesion.id));
    lesions.push_back(&lesion);
  }
  if (lesions.empty()) return head_.does_not_apply(assessment, "there is no lesion of the liver");

  record::Grade grade = head_.begin(assessment);
  const auto above = [&](const std::function<bool(double)>& is_above) {
    std::vector<std::string> ids;
    for (const GradingLesion* lesion : lesions)
      if (is_above(*lesion->sstr.suvmax)) ids.push_back(lesion->id);
    return ids;
  };
  const auto against_liver = [&](std::optional<double> liver) -> base::Computed<std::string> {
    if (!liver || !(*liver > 0)) return base::NotComputable{"the liver of the SSTR scan was not measured so"};
    return share_in_words(above([&](double suvmax) { return exceeds(suvmax / *liver, above_ratio_); }).size(),
                          lesions.size());
  };
  const std::vector<std::string> high = above([&](double suvmax) { return exceeds(suvmax, above_suvmax_); });
  grade.value = share_in_words(high.size(), lesions.size());
  const record::Reference* liver = assessment.positivity.liver(record::Role::sstr);
  grade.fields = {
      {"lesions", base::Computed<double>(static_cast<double>(lesions.size()))},
      {"lesions_above", high},
      {"alternatives",
       record::AlternativeValues{
           {"tumour_to_liver_max", against_liver(liver ? liver->max : std::nullopt)},
           {"tumour_to_liver_mean", against_liver(liver ? std::optional(liver->mean) : std::nullopt)}}}};
  grade.evidence = {fmt::format("{} of {} of the liver above SSTR SUVmax {:g}{}{}.", high.size(),
                                lesions_in_words(lesions.size()), above_suvmax_, high.empty() ? "" : ": ",
                                list_in_words(high))};
  grade.caveats.push_back("the uptake of lesions that answered and that did not overlaps widely");
  return grade;
}

}  // namespace netpet::grading
