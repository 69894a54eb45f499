#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "base/error.h"
#include "record/grading_case_json.h"
#include "record/json_fields.h"

namespace netpet::record {
namespace {

using base::Error;

std::optional<std::string> read_netpet(JsonFields& fields) {
  auto value = fields.text("netpet");
  static const std::regex netpet("P[015]|P[234][ab]?");
  if (value && !std::regex_match(*value, netpet))
    throw Error::input("unknown_value", fmt::format("{} is \"{}\"; it must be P0, P1, P2a, P2b … P5",
                                                    fields.place_of("netpet"), *value));
  return value;
}

std::optional<int> read_krenning(JsonFields& fields) {
  const auto value = fields.number("krenning");
  if (!value) return std::nullopt;
  const int score = *value <= 4 ? static_cast<int>(*value) : -1;
  if (score != *value)
    throw Error::input("unknown_value", fmt::format("{} is {:g}; it must be 0, 1, 2, 3 or 4",
                                                    fields.place_of("krenning"), *value));
  return score;
}

Override read_override(const InputJson& value, const std::string& place) {
  JsonFields fields(value, place);
  Override one{fields.required_text("scale"), fields.required_text("value"), fields.required_text("reason")};
  fields.refuse_unknown();
  return one;
}

}  // namespace

ReaderOpinion read_reader_opinion(const InputJson& document, const std::string& place) {
  JsonFields fields(document, place);
  ReaderOpinion opinion;
  opinion.name = fields.text("name").value_or("");
  if (const InputJson* visual = fields.value("visual")) {
    JsonFields seen(*visual, fields.place_of("visual"));
    opinion.netpet = read_netpet(seen);
    opinion.krenning = read_krenning(seen);
    seen.refuse_unknown();
  }
  opinion.overrides = fields.list("overrides", read_override);
  fields.refuse_unknown();
  return opinion;
}

}  // namespace netpet::record
