#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "record/grading_case_json.h"
#include "record/warning.h"

namespace netpet::record {

/// The refusal of a value of another type: "lesions[0].size_mm must be a number".
[[noreturn]] void refuse_type(const std::string& place, const char* expected);

/// Asks one JSON object of a user's document for its fields, and refuses what cannot be meant, by place
/// ("lesions[2].sstr"). null counts as absent. For .cpp files only.
class JsonFields {
 public:
  /// Refuses anything but an object (`wrong_type`).
  JsonFields(const InputJson& value, std::string place);

  /// A finite number ≥ 0, or nothing.
  std::optional<double> number(const char* key);
  std::optional<std::string> text(const char* key);
  std::optional<bool> yes_or_no(const char* key);
  /// A day, "2024-01-31"; a time after it is left out. Refuses anything else (`wrong_type`).
  std::optional<base::Date> date(const char* key);
  /// Each entry of a list by `read(entry, place)`; empty where the field is absent.
  template <class Read>
  auto list(const char* key, Read&& read) {
    std::vector<decltype(read(std::declval<const InputJson&>(), std::string()))> entries;
    if (const InputJson* found = value(key)) {
      if (!found->is_array()) refuse_type(place_of(key), "a list");
      for (std::size_t i = 0; i < found->size(); ++i)
        entries.push_back(read((*found)[i], place_of(key) + "[" + std::to_string(i) + "]"));
    }
    return entries;
  }
  /// The value of a field as it is, or null where it is absent.
  const InputJson* value(const char* key);
  double required_number(const char* key);
  std::string required_text(const char* key);

  /// One warning `unknown_field` a field that nobody asked for.
  void warn_unknown(std::vector<Warning>& warnings) const;
  /// Refuses the first field that nobody asked for (`unknown_key`).
  void refuse_unknown() const;
  std::string place_of(const std::string& key) const;

 private:
  const InputJson& object_;
  std::string place_;
  std::vector<std::string_view> known_;
};

}  // namespace netpet::record
