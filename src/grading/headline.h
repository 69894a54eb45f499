#pragma once

#include <string>

#include "grading/netpet.h"

namespace netpet::grading {

/// What the physician reads first: "P2a (group P2–4; sub-grade not outcome-validated), target L1",
/// "P1 or P5: decide L7" where unreviewed lesions change the group.
std::string headline(const NetpetResult& netpet, const record::Grade& krenning);

}  // namespace netpet::grading
