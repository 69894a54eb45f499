#include <nlohmann/json.hpp>

#include "record/json.h"

namespace netpet::record {

Json json_of(const Warning& warning) {
  Json document{{"code", warning.code}, {"message", warning.message}};
  if (warning.severity != Severity::unranked) document["severity"] = name_of(warning.severity);
  return document;
}

Json json_of(const std::vector<Warning>& warnings) {
  Json list = Json::array();
  for (const Warning& warning : warnings) list.push_back(json_of(warning));
  return list;
}

}  // namespace netpet::record
