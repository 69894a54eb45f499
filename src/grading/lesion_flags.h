#pragma once

#include <string>
#include <vector>

#include "grading/netpet.h"

namespace netpet::grading {

/// The flags of one lesion that follow from its calls against host organ (all but Krenning's).
std::vector<std::string> lesion_flags(const Assessment& assessment, const Netpet& netpet,
                                      const LesionCall& call);

/// Adds `flag` unless it is there.
void add_flag(std::vector<std::string>& flags, const std::string& flag);

}  // namespace netpet::grading
