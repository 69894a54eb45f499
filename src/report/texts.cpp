#include "report/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace netpet::report {

Texts::Texts(const base::Resources& resources, std::string_view language) : language_(language) {
  const std::string path = fmt::format("data/texts/{}.json", language);
  const auto known = resources.list("data/texts/");
  if (std::find(known.begin(), known.end(), path) == known.end())
    throw base::Error::input("texts_unknown_language",
                             fmt::format("there are no report texts in language '{}'", language));
  try {
    const auto catalogue = nlohmann::json::parse(resources.text(path));
    for (const auto& [key, value] : catalogue.items())
      if (key != "language" && key != "texts")
        throw base::Error::input("texts_malformed", fmt::format("{}: unknown key '{}'", path, key))
            .in_file(path);
    for (const auto& [key, text] : catalogue.at("texts").items()) texts_[key] = text.get<std::string>();
  } catch (const nlohmann::json::exception& fault) {
    throw base::Error::input("texts_malformed",
                             fmt::format("{} is no catalogue of texts: {}", path, fault.what()))
        .in_file(path);
  }
}

const std::string& Texts::operator[](const std::string& key) const {
  const auto found = texts_.find(key);
  base::check(found != texts_.end(), fmt::format("no report text {}", key));
  return found->second;
}

std::string Texts::named(const std::string& kind, const std::string& code) const {
  const auto found = texts_.find(kind + "." + code);
  if (found != texts_.end()) return found->second;
  std::string words = code;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace netpet::report
