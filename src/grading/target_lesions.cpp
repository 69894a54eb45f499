#include "grading/target_lesions.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "grading/threshold.h"

namespace netpet::grading {

std::vector<std::size_t> target_lesions(const Assessment& assessment, const TargetRule& rule) {
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < assessment.host_organ.size(); ++i) {
    const record::GradingLesion& lesion = *assessment.host_organ[i].lesion;
    const bool large =
        rule.from_size_mm == 0 || (lesion.size_mm && reaches(*lesion.size_mm, rule.from_size_mm));
    if (!lesion.excluded && large) candidates.push_back(i);
  }
  const auto rank = [&](std::size_t i) {
    const LesionCall& call = assessment.host_organ[i];
    return std::tuple(-call.lesion->size_mm.value_or(0), -call.sstr.value.value_or(0),
                      std::string_view(call.lesion->id));
  };
  std::sort(candidates.begin(), candidates.end(),
            [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  std::vector<std::size_t> targets;
  std::map<std::string_view, double> at_site;
  for (const std::size_t i : candidates) {
    if (static_cast<double>(targets.size()) >= rule.at_most) break;
    double& taken = at_site[assessment.host_organ[i].lesion->site];
    if (taken >= rule.at_most_per_site) continue;
    ++taken;
    targets.push_back(i);
  }
  return targets;
}

}  // namespace netpet::grading
