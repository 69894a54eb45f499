#include "base/table.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/unique_keys.h"

namespace netpet::base {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse_table(const std::string& file, const std::string& what) {
  throw Error::input("rules_malformed", fmt::format("the table of rules cannot be used: {}", what))
      .in_file(file);
}

Json parsed(const Resources& resources, const std::string& path) {
  const UniqueKeys<Json> callback(
      [&](const std::string& key) { refuse_table(path, fmt::format("the key {} stands twice", key)); });
  Json document = Json::parse(resources.text(path), callback, /*allow_exceptions=*/false);
  if (document.is_discarded()) refuse_table(path, "it is not JSON");
  return document;
}

}  // namespace

struct Table::State {
  std::string file;
  std::string place;  ///< "", "limit." or "ranges[3]."
  const Json& object;
  std::set<std::string> asked = {};

  [[noreturn]] void refuse_key(const std::string& key, const std::string& what) const {
    refuse_table(file, fmt::format("{}{} {}", place, key, what));
  }

  const Json& at(const std::string& key) {
    asked.insert(key);
    const auto found = object.find(key);
    if (found == object.end()) refuse_key(key, "is missing");
    return *found;
  }
  /// Nothing where the key is missing or null.
  const Json* optional_at(const std::string& key) {
    asked.insert(key);
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
  }
  const Json& list_at(const std::string& key) {
    const Json& list = at(key);
    if (!list.is_array()) refuse_key(key, "must be a list");
    return list;
  }
  const Json& list_at(const std::string& key, std::size_t count) {
    const Json& list = list_at(key);
    if (list.size() != count) refuse_key(key, fmt::format("must be a list of {} numbers", count));
    return list;
  }

  double signed_in(const Json& value, const std::string& key) const {
    if (!value.is_number()) refuse_key(key, "must be a number");
    const auto number = value.get<double>();
    if (!std::isfinite(number)) refuse_key(key, "must be a finite number");
    return number;
  }
  double number_in(const Json& value, const std::string& key) const {
    const double number = signed_in(value, key);
    if (number < 0) refuse_key(key, "must be 0 or more");
    return number;
  }
  std::uint16_t whole_in(const Json& value, const std::string& key) const {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > UINT16_MAX)
      refuse_key(key, "must be a whole number from 0 to 65535");
    return value.get<std::uint16_t>();
  }
  std::string text_in(const Json& value, const std::string& key) const {
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) refuse_key(key, "must be text");
    return value.get<std::string>();
  }
};

void Table::read_object(std::shared_ptr<State> state, const Reader& read) {
  Table table(std::move(state));
  if (!table.state_->object.is_object()) table.refuse("it must be an object");
  read(table);
  for (const auto& [key, value] : table.state_->object.items())
    if (!table.state_->asked.contains(key)) table.state_->refuse_key(key, "is unknown");
}

void Table::read(const Resources& resources, const std::string& path, const Reader& read) {
  const Json document = parsed(resources, path);
  read_object(std::make_shared<State>(State{path, "", document}), read);
}

void Table::read_list(const Resources& resources, const std::string& path, const Reader& read) {
  const Json document = parsed(resources, path);
  if (!document.is_array()) refuse_table(path, "it must be a list");
  for (std::size_t n = 0; n < document.size(); ++n)
    read_object(std::make_shared<State>(State{path, fmt::format("[{}].", n), document[n]}), read);
}

double Table::number(const std::string& key) {
  return state_->number_in(state_->at(key), key);
}

double Table::share(const std::string& key) {
  const double value = number(key);
  if (value > 1) state_->refuse_key(key, "must be 1 or less");
  return value;
}

double Table::signed_number(const std::string& key) {
  return state_->signed_in(state_->at(key), key);
}

std::uint16_t Table::whole(const std::string& key) {
  return state_->whole_in(state_->at(key), key);
}

bool Table::flag(const std::string& key) {
  const Json& value = state_->at(key);
  if (!value.is_boolean()) state_->refuse_key(key, "must be true or false");
  return value.get<bool>();
}

std::string Table::text(const std::string& key) {
  return state_->text_in(state_->at(key), key);
}

std::optional<double> Table::optional_number(const std::string& key) {
  const Json* value = state_->optional_at(key);
  return value ? std::optional(state_->number_in(*value, key)) : std::nullopt;
}

std::optional<std::string> Table::optional_text(const std::string& key) {
  const Json* value = state_->optional_at(key);
  return value ? std::optional(state_->text_in(*value, key)) : std::nullopt;
}

std::vector<double> Table::numbers(const std::string& key) {
  std::vector<double> values;
  for (const Json& value : state_->list_at(key)) values.push_back(state_->number_in(value, key));
  return values;
}

std::vector<double> Table::numbers(const std::string& key, std::size_t count) {
  state_->list_at(key, count);
  return numbers(key);
}

std::vector<double> Table::signed_numbers(const std::string& key, std::size_t count) {
  std::vector<double> values;
  for (const Json& value : state_->list_at(key, count)) values.push_back(state_->signed_in(value, key));
  return values;
}

std::vector<std::uint16_t> Table::wholes(const std::string& key) {
  std::vector<std::uint16_t> values;
  for (const Json& value : state_->list_at(key)) values.push_back(state_->whole_in(value, key));
  return values;
}

std::vector<std::string> Table::texts(const std::string& key) {
  std::vector<std::string> values;
  for (const Json& value : state_->list_at(key)) values.push_back(state_->text_in(value, key));
  return values;
}

std::map<std::string, std::string> Table::dictionary(const std::string& key) {
  std::map<std::string, std::string> entries;
  part(key, [&](Table& names) {
    for (const std::string& name : names.names()) entries.emplace(name, names.text(name));
  });
  return entries;
}

std::map<std::string, std::string> Table::dictionary(const std::string& key,
                                                     const std::set<std::string>& names) {
  std::map<std::string, std::string> entries;
  part(key, [&](Table& object) {
    for (const std::string& name : names) entries.emplace(name, object.text(name));
  });
  return entries;
}

void Table::part(const std::string& key, const Reader& read) {
  read_object(std::make_shared<State>(State{state_->file, state_->place + key + ".", state_->at(key)}), read);
}

void Table::each(const std::string& key, const Reader& read) {
  const Json& list = state_->list_at(key);
  for (std::size_t n = 0; n < list.size(); ++n)
    read_object(std::make_shared<State>(
                    State{state_->file, fmt::format("{}{}[{}].", state_->place, key, n), list[n]}),
                read);
}

std::string Table::json(const std::string& key) {
  const Json& value = state_->at(key);
  if (!value.is_object()) state_->refuse_key(key, "must be an object");
  return value.dump();
}

bool Table::has(const std::string& key) const {
  return state_->object.contains(key);
}

std::vector<std::string> Table::names() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : state_->object.items()) names.push_back(key);
  return names;
}

void Table::refuse(const std::string& what) const {
  const std::string& place = state_->place;
  refuse_table(state_->file,
               place.empty() ? what : fmt::format("{}: {}", place.substr(0, place.size() - 1), what));
}

}  // namespace netpet::base
