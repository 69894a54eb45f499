#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "record/grading_case_json.h"
#include "record/warning.h"

namespace netpet::record {

/// Asks one JSON object of a user's document for its fields, and refuses what cannot be meant, by place
/// ("lesions[2].sstr"). null counts as absent. For .cpp files only.
class JsonFields {
 public:
  /// Refuses anything but an object (`wrong_type`).
  JsonFields(const InputJson& value, std::string place);

  /// A finite number ≥ 0, or nothing.
  std::optional<double> number(const char* key);
  std::optional<std::string> text(const char* key);
  /// The value of a field as it is, or null where it is absent.
  const InputJson* value(const char* key);
  double required_number(const char* key);
  std::string required_text(const char* key);

  /// One warning `unknown_field` a field that nobody asked for.
  void warn_unknown(std::vector<Warning>& warnings) const;
  std::string place_of(const std::string& key) const;

 private:
  const InputJson& object_;
  std::string place_;
  std::vector<std::string_view> known_;
};

/// The refusal of a value of another type: "lesions[0].size_mm must be a number".
[[noreturn]] void refuse_type(const std::string& place, const char* expected);

}  // namespace netpet::record
