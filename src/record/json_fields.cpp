#include "record/json_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace netpet::record {

using base::Error;

void refuse_type(const std::string& place, const char* expected) {
  throw Error::input("wrong_type", fmt::format("{} must be {}", place, expected));
}

JsonFields::JsonFields(const InputJson& value, std::string place) : object_(value), place_(std::move(place)) {
  if (!object_.is_object()) refuse_type(place_.empty() ? "the case" : place_, "an object");
}

std::string JsonFields::place_of(const std::string& key) const {
  return place_.empty() ? key : place_ + "." + key;
}

const InputJson* JsonFields::value(const char* key) {
  known_.emplace_back(key);
  const auto found = object_.find(key);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::optional<double> JsonFields::number(const char* key) {
  const InputJson* found = value(key);
  if (!found) return std::nullopt;
  if (!found->is_number()) refuse_type(place_of(key), "a number");
  const auto number = found->get<double>();
  if (!std::isfinite(number))
    throw Error::input("non_finite_value", fmt::format("{} must be a finite number", place_of(key)));
  if (number < 0)
    throw Error::input("negative_value",
                       fmt::format("{} is {:g}; it must be 0 or more", place_of(key), number));
  return number;
}

std::optional<std::string> JsonFields::text(const char* key) {
  const InputJson* found = value(key);
  if (!found) return std::nullopt;
  if (!found->is_string()) refuse_type(place_of(key), "text");
  return found->get<std::string>();
}

std::optional<bool> JsonFields::yes_or_no(const char* key) {
  const InputJson* found = value(key);
  if (!found) return std::nullopt;
  if (!found->is_boolean()) refuse_type(place_of(key), "true or false");
  return found->get<bool>();
}

std::optional<base::Date> JsonFields::date(const char* key) {
  const auto written = text(key);
  if (!written) return std::nullopt;
  const auto instant = base::parse_iso(*written);
  if (!instant) refuse_type(place_of(key), "a day, written as 2024-01-31");
  return instant->date();
}

double JsonFields::required_number(const char* key) {
  if (const auto there = number(key)) return *there;
  throw Error::input("missing_field", fmt::format("{} is missing", place_of(key)));
}

std::string JsonFields::required_text(const char* key) {
  const auto there = text(key);
  if (there && !there->empty()) return *there;
  throw Error::input("missing_field", fmt::format("{} is missing", place_of(key)));
}

void JsonFields::warn_unknown(std::vector<Warning>& warnings) const {
  for (const auto& [key, value] : object_.items())
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      warnings.push_back({"unknown_field", fmt::format("{} is not known and was not used", place_of(key))});
}

void JsonFields::refuse_unknown() const {
  for (const auto& [key, value] : object_.items())
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      throw Error::input("unknown_key", fmt::format("{} is not known; correct or remove it", place_of(key)));
}

}  // namespace netpet::record
