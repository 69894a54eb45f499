#include <nlohmann/json.hpp>

#include "record/json.h"

namespace netpet::record {

Json json_of(const Warning& warning) {
  return {{"code", warning.code}, {"message", warning.message}};
}

Json json_of(const std::vector<Warning>& warnings) {
  Json list = Json::array();
  for (const Warning& warning : warnings) list.push_back(json_of(warning));
  return list;
}

}  // namespace netpet::record
