#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/unique_keys.h"
#include "record/grading_case_json.h"

namespace netpet::record {
namespace {

using base::Error;

// Deeper than any document of ours by far; a bound on what a hostile file can make us build.
constexpr int kDeepestNesting = 64;

/// Refuses nesting beyond the bound before any tree is built.
void check_depth(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > kDeepestNesting)
      throw Error::input("json_too_deep",
                         fmt::format("the JSON is nested more than {} levels deep", kDeepestNesting));
  }
}

}  // namespace

InputJson parse_json(std::string_view text) {
  check_depth(text);
  const base::UniqueKeys<InputJson> callback([](const std::string& key) {
    throw Error::input("json_duplicate_key", fmt::format("the key \"{}\" stands twice in one object", key));
  });
  try {
    return InputJson::parse(text, callback);
  } catch (const InputJson::exception& error) {
    // nlohmann names its own exception class first: "[json.exception.parse_error.101] parse error at line 1
    // …".
    const std::string what = error.what();
    const std::size_t end_of_class = what.find("] ");
    throw Error::input("json_malformed",
                       "the text is not JSON: " +
                           (end_of_class == std::string::npos ? what : what.substr(end_of_class + 2)));
  }
}

}  // namespace netpet::record
