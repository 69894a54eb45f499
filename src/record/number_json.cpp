#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "record/json.h"

namespace netpet::record {

namespace {

Json rounded_number(double value, int digits) {
  base::check(std::isfinite(value), "a number that is not finite reached a document");
  const double rounded = std::strtod(fmt::format("{:.{}g}", value, digits).c_str(), nullptr);
  constexpr double kWholeNumbersAreExactBelow = 1e15;
  if (rounded == std::trunc(rounded) && std::abs(rounded) < kWholeNumbersAreExactBelow)
    return static_cast<std::int64_t>(rounded);  // "12", not "12.0"; also −0 becomes 0
  return rounded;
}

}  // namespace

Json number(double value) {
  return rounded_number(value, 6);
}

Json precise_number(double value) {
  return rounded_number(value, 12);
}

std::string text_of(const Json& document) {
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace netpet::record
