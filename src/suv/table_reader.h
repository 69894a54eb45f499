#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"

/// Reads the JSON tables of this room strictly; for .cpp files that include the JSON library themselves.
namespace netpet::suv {

nlohmann::json parse_table(const base::Resources& resources, const std::string& path);
/// Refuses `rules_malformed` unless the object has exactly these keys.
void expect_keys(const nlohmann::json& object, std::initializer_list<std::string_view> keys,
                 const std::string& path);

}  // namespace netpet::suv
