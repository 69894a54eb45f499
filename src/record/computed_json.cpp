#include <nlohmann/json.hpp>

#include "record/json.h"

namespace netpet::record {
namespace {

/// null, {"not_computable": reason} or the value as `written` puts it.
template <class T, class Written>
Json state_of(const base::Computed<T>& value, Written&& written) {
  if (value.has_value()) return written(value.value());
  if (value.does_not_apply()) return nullptr;
  return {{"not_computable", value.reason()}};
}

}  // namespace

Json json_of(const base::Computed<double>& value) {
  return state_of(value, [](double there) { return number(there); });
}

Json json_of(const base::Computed<bool>& value) {
  return state_of(value, [](bool there) { return Json(there); });
}

Json json_of(const base::Computed<std::string>& value) {
  return state_of(value, [](const std::string& there) { return Json(there); });
}

}  // namespace netpet::record
