#include "pipeline/read_request.h"

namespace netpet::pipeline {

const std::set<std::string>& acceptable_codes() {
  static const std::set<std::string> codes{"corrections_missing",
                                           "decay_correction_contradictory",
                                           "decay_correction_time_contradictory",
                                           "dose_unit_unclear",
                                           "half_life_missing",
                                           "injection_after_scan",
                                           "injection_at_midnight",
                                           "injection_too_long_ago",
                                           "intercept_not_zero",
                                           "not_decay_corrected",
                                           "patient_mismatch",
                                           "tracer_mismatch"};
  return codes;
}

}  // namespace netpet::pipeline
