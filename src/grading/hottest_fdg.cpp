#include "grading/hottest_fdg.h"

#include <fmt/format.h>

#include <string_view>
#include <tuple>

#include "grading/wording.h"

namespace netpet::grading {

base::Computed<double> HottestFdg::ratio() const {
  if (!liver_max) return base::NotComputable{"the FDG liver maximum is not known"};
  return suvmax / *liver_max;
}

base::Computed<HottestFdg> hottest_fdg(const Assessment& assessment) {
  if (!assessment.grading_case.fdg_given) return base::NotComputable{"there is no FDG study"};
  const record::GradingLesion* best = nullptr;
  for (const record::GradingLesion& lesion : assessment.grading_case.lesions) {
    if (lesion.excluded) continue;
    if (!lesion.fdg.suvmax) return base::NotComputable{fmt::format("{} has no FDG SUVmax", lesion.id)};
    const auto rank = [](const record::GradingLesion& one) {
      return std::tuple(-*one.fdg.suvmax, std::string_view(one.id));
    };
    if (!best || rank(lesion) < rank(*best)) best = &lesion;
  }
  if (!best) return base::NotComputable{"there is no lesion"};
  HottestFdg hottest{best->id, *best->fdg.suvmax, std::nullopt};
  const record::Reference* liver = assessment.positivity.liver(record::Role::fdg);
  if (liver && liver->max && *liver->max > 0) hottest.liver_max = liver->max;
  return hottest;
}

std::string in_words(const HottestFdg& hottest) {
  const std::string suvmax =
      fmt::format("{} is hottest on FDG: SUVmax {}", hottest.lesion, in_words(hottest.suvmax));
  if (!hottest.liver_max) return suvmax + "; the liver maximum is not known.";
  return fmt::format("{}; liver maximum {}, ratio {}.", suvmax, in_words(*hottest.liver_max),
                     in_words(hottest.ratio().value()));
}

}  // namespace netpet::grading
