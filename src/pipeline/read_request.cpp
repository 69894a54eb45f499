#include "pipeline/read_request.h"

namespace netpet::pipeline {

const std::set<std::string>& acceptable_codes() {
  static const std::set<std::string> codes{"corrections_missing", "decay_correction_contradictory",
                                           "half_life_missing",   "intercept_not_zero",
                                           "not_decay_corrected", "patient_mismatch",
                                           "tracer_mismatch"};
  return codes;
}

}  // namespace netpet::pipeline
