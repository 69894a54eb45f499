#include "grading/scale_table.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace netpet::grading {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& file, const std::string& what) {
  throw base::Error::input("rules_malformed", fmt::format("the table of rules cannot be used: {}", what))
      .in_file(file);
}

}  // namespace

struct ScaleTable::State {
  std::string file;
  std::string place;  ///< "" or "limit."
  Json object;
  std::set<std::string> asked;

  const Json& at(const std::string& key) {
    asked.insert(key);
    const auto found = object.find(key);
    if (found == object.end()) refuse(file, fmt::format("{}{} is missing", place, key));
    return *found;
  }

  double number_in(const Json& value, const std::string& key) const {
    if (!value.is_number()) refuse(file, fmt::format("{}{} must be a number", place, key));
    const auto number = value.get<double>();
    if (!std::isfinite(number) || number < 0)
      refuse(file, fmt::format("{}{} must be a finite number, 0 or more", place, key));
    return number;
  }

  std::string text_in(const Json& value, const std::string& key) const {
    if (!value.is_string()) refuse(file, fmt::format("{}{} must be text", place, key));
    return value.get<std::string>();
  }
};

void ScaleTable::read(const base::Resources& resources, const std::string& path,
                      const std::function<void(ScaleTable&)>& read) {
  auto state = std::make_shared<State>();
  state->file = path;
  state->object = Json::parse(resources.text(path), nullptr, /*allow_exceptions=*/false);
  if (!state->object.is_object()) refuse(path, "it is not a JSON object");
  ScaleTable table(state);
  read(table);
  table.refuse_unknown_keys();
}

double ScaleTable::number(const std::string& key) {
  return state_->number_in(state_->at(key), key);
}

std::vector<double> ScaleTable::numbers(const std::string& key, std::size_t count) {
  const Json& list = state_->at(key);
  if (!list.is_array() || list.size() != count)
    refuse(state_->file, fmt::format("{}{} must be a list of {} numbers", state_->place, key, count));
  std::vector<double> values;
  for (const Json& value : list) values.push_back(state_->number_in(value, key));
  return values;
}

std::string ScaleTable::text(const std::string& key) {
  return state_->text_in(state_->at(key), key);
}

std::vector<std::string> ScaleTable::texts(const std::string& key) {
  const Json& list = state_->at(key);
  if (!list.is_array()) refuse(state_->file, fmt::format("{}{} must be a list", state_->place, key));
  std::vector<std::string> values;
  for (const Json& value : list) values.push_back(state_->text_in(value, key));
  return values;
}

std::map<std::string, std::string> ScaleTable::dictionary(const std::string& key) {
  const Json& object = state_->at(key);
  if (!object.is_object()) refuse(state_->file, fmt::format("{}{} must be an object", state_->place, key));
  std::map<std::string, std::string> entries;
  for (const auto& [name, value] : object.items()) entries.emplace(name, state_->text_in(value, key));
  return entries;
}

std::map<std::string, std::string> ScaleTable::dictionary(const std::string& key,
                                                          const std::set<std::string>& names) {
  std::map<std::string, std::string> entries = dictionary(key);
  for (const std::string& name : names)
    if (!entries.contains(name))
      refuse(state_->file, fmt::format("{}{}.{} is missing", state_->place, key, name));
  for (const auto& [name, value] : entries)
    if (!names.contains(name))
      refuse(state_->file, fmt::format("{}{}.{} is unknown", state_->place, key, name));
  return entries;
}

void ScaleTable::part(const std::string& key, const std::function<void(ScaleTable&)>& read) {
  auto state = std::make_shared<State>();
  state->file = state_->file;
  state->place = state_->place + key + ".";
  state->object = state_->at(key);
  if (!state->object.is_object())
    refuse(state_->file, fmt::format("{}{} must be an object", state_->place, key));
  ScaleTable table(state);
  read(table);
  table.refuse_unknown_keys();
}

void ScaleTable::refuse_unknown_keys() const {
  for (const auto& [key, value] : state_->object.items())
    if (!state_->asked.contains(key))
      refuse(state_->file, fmt::format("{}{} is unknown", state_->place, key));
}

}  // namespace netpet::grading
