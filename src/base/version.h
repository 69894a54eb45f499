#pragma once

#include <string_view>

namespace netpet::base {

/// "0.1.0".
std::string_view version();
/// The git revision that the program was built from, or "unknown".
std::string_view revision();

}  // namespace netpet::base
