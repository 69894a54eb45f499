#include "grading/lesion_flags.h"

#include <algorithm>

namespace netpet::grading {

std::vector<std::string> lesion_flags(const Assessment& assessment, const Netpet& netpet,
                                      const LesionCall& call) {
  if (!call.counts()) return {"excluded_uptake"};
  std::vector<std::string> flags;
  if (assessment.not_gradable()) {
    // One missing value leaves no dual-tracer grade that a finer flag could speak of.
    const bool studies_given = assessment.grading_case.sstr_given && assessment.grading_case.fdg_given;
    if (studies_given && !(call.sstr.value && call.fdg.value)) flags.emplace_back("tracer_missing");
    return flags;
  }
  if (call.discordant()) {
    if (call.faint && !call.hot)
      flags.emplace_back("faint_discordance");
    else if (!call.significant())
      flags.emplace_back("subthreshold_discordance");
    if (!call.lesion->size_mm && !call.lesion->volume_ml) flags.emplace_back("size_unknown");
    if (netpet.is_equivocal(call)) flags.emplace_back("sstr_equivocal");
  }
  if (call.positive_on_both() && call.faint) flags.emplace_back("faint_fdg");
  if (call.negative_on_both()) flags.emplace_back("lesion_negative_on_both");
  if (call.small) flags.emplace_back("small_lesion");
  if (netpet.saturates_windows(call)) flags.emplace_back("window_saturated");
  return flags;
}

void add_flag(std::vector<std::string>& flags, const std::string& flag) {
  if (std::find(flags.begin(), flags.end(), flag) == flags.end()) flags.push_back(flag);
}

}  // namespace netpet::grading
