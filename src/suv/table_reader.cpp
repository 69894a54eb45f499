#include "suv/table_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace netpet::suv {

nlohmann::json parse_table(const base::Resources& resources, const std::string& path) {
  nlohmann::json table = nlohmann::json::parse(resources.text(path), nullptr, false);
  if (table.is_discarded()) throw base::Error::input("rules_malformed", "the table is no JSON").in_file(path);
  return table;
}

void expect_keys(const nlohmann::json& object, std::initializer_list<std::string_view> keys,
                 const std::string& path) {
  if (!object.is_object()) throw base::Error::input("rules_malformed", "an entry is no object").in_file(path);
  for (const auto& [key, value] : object.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      throw base::Error::input("rules_malformed", "unknown key '" + key + "'").in_file(path);
    }
  }
  for (const std::string_view key : keys) {
    if (!object.contains(key)) {
      throw base::Error::input("rules_malformed", "the key '" + std::string(key) + "' is missing")
          .in_file(path);
    }
  }
}

}  // namespace netpet::suv
