#include "grading/biopsy_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>

#include "base/table.h"
#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {

BiopsyTarget::BiopsyTarget(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/biopsy.json", [this](base::Table& table) {
    table.text("source");
    size_at_least_ = table.number("size_mm_at_least");
    recent_within_days_ = table.number("recent_within_days");
    alternatives_at_most_ = table.number("alternatives_at_most");
    hard_to_reach_ = table.texts("sites_hard_to_reach");
  });
}

/// When the lesion, or its site where the specimen names no lesion, was sampled shortly before the scans.
std::string BiopsyTarget::recent_biopsy(const Assessment& assessment,
                                        const record::GradingLesion& lesion) const {
  const record::GradingCase& one = assessment.grading_case;
  const auto scan = std::max(one.sstr_date, one.fdg_date);
  if (!one.clinical || !scan) return "";
  for (const record::Pathology& specimen : one.clinical->pathology) {
    if (!specimen.date) continue;
    const auto days = static_cast<double>(scan->days - specimen.date->days);
    if (exceeds(std::abs(days), recent_within_days_)) continue;
    if (specimen.lesion == lesion.id) return fmt::format("it was sampled on {}", base::iso(*specimen.date));
    if (!specimen.lesion && !specimen.site.empty() && specimen.site == lesion.site)
      return fmt::format("its site ({}) was sampled on {}", organ_in_words(specimen.site),
                         base::iso(*specimen.date));
  }
  return "";
}

std::vector<BiopsyTarget::Candidate> BiopsyTarget::candidates(const Assessment& assessment,
                                                              const Netpet& netpet) const {
  std::vector<Candidate> all;
  for (const LesionCall& call : assessment.host_organ) {
    if (!call.counts() || !call.fdg.positive) continue;
    const record::GradingLesion& lesion = *call.lesion;
    const auto ratio = netpet.ratio(assessment.positivity, call, Comparison::windows);
    if (!ratio) continue;
    Candidate one{&call, *ratio, recent_biopsy(assessment, lesion), ""};
    if (!lesion.size_mm && one.passed_over.empty())
      one.passed_over = "its size is not known";
    else if (one.passed_over.empty() && !reaches(*lesion.size_mm, size_at_least_))
      one.passed_over = fmt::format("{} is below {:g} mm", size_in_words(lesion), size_at_least_);
    if (std::find(hard_to_reach_.begin(), hard_to_reach_.end(), lesion.site) != hard_to_reach_.end())
      one.remark = fmt::format("{} is hard to reach", organ_in_words(lesion.site));
    all.push_back(std::move(one));
  }
  const auto rank = [](const Candidate& one) {
    return std::tuple(!one.passed_over.empty(), -one.ratio, -one.call->fdg.value.value_or(0),
                      std::string_view(one.call->lesion->id));
  };
  std::sort(all.begin(), all.end(),
            [&](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
  return all;
}

std::string BiopsyTarget::reason(const Candidate& candidate) const {
  const LesionCall& call = *candidate.call;
  std::string words =
      fmt::format("r {:.2f}: FDG {} {}, SSTR {} {}{}; {}", candidate.ratio, call.fdg.metric,
                  in_words(*call.fdg.value), call.sstr.metric, in_words(*call.sstr.value),
                  call.discordant() ? ", receptor-negative" : "", size_in_words(*call.lesion));
  if (!candidate.remark.empty()) words += "; " + candidate.remark;
  if (!candidate.passed_over.empty()) words += "; " + candidate.passed_over;
  return words;
}

void BiopsyTarget::choose(const Assessment& assessment, const Netpet& netpet,
                          record::GradingResult& result) const {
  const std::vector<Candidate> all = candidates(assessment, netpet);
  if (all.empty() || assessment.not_gradable()) return;
  const Candidate& best = all.front();
  result.biopsy_target = best.call->lesion->id;
  const bool others_higher =
      std::any_of(all.begin(), all.end(), [&](const Candidate& one) { return one.ratio > best.ratio; });
  const std::string rank = !best.passed_over.empty() ? "no lesion is fit for it; of the others "
                           : others_higher           ? "of the lesions fit for it the "
                                                     : "";
  result.biopsy_why = rank + "highest FDG relative to SSTR, " + reason(best);
  for (std::size_t i = 1; i < all.size() && static_cast<double>(i) <= alternatives_at_most_; ++i) {
    result.biopsy_alternatives.push_back(
        {all[i].call->lesion->id, fmt::format("{}: {}", all[i].call->lesion->id, reason(all[i]))});
  }
}

}  // namespace netpet::grading
