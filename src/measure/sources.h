#pragma once

#include "base/computed.h"
#include "measure/measured.h"

namespace netpet::measure {

constexpr const char* kIbsi = "IBSI 1: Zwanenburg et al., Radiology 2020;295:328, and its reference manual";
constexpr const char* kOneVoxel = "at least one voxel";
constexpr const char* kEmptyRegion = "empty region";

}  // namespace netpet::measure
