#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/instant.h"
#include "record/json.h"

/// What the files that write JSON share: an absent text, number or time is null. For .cpp files only.
namespace netpet::record {

inline Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}
inline Json number_or_null(const std::optional<double>& value) {
  return value ? number(*value) : Json();
}
inline Json time_or_null(const std::optional<base::Instant>& time) {
  return time ? Json(base::iso(*time)) : Json();
}

}  // namespace netpet::record
