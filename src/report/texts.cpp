#include "report/texts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/table.h"

namespace netpet::report {
namespace {

std::string path_of(std::string_view language) {
  return fmt::format("data/texts/{}.json", language);
}

std::map<std::string, std::string> read_catalogue(const base::Resources& resources,
                                                  std::string_view language) {
  std::map<std::string, std::string> texts;
  base::Table::read(resources, path_of(language), [&](base::Table& catalogue) {
    if (catalogue.text("language") != language) catalogue.refuse("it is of another language than its name");
    texts = catalogue.dictionary("texts");
  });
  return texts;
}

}  // namespace

Texts::Texts(const base::Resources& resources, std::string_view language) : language_(language) {
  const auto known = resources.list("data/texts/");
  if (std::find(known.begin(), known.end(), path_of(language)) == known.end())
    throw base::Error::input("texts_unknown_language",
                             fmt::format("there are no report texts in language '{}'", language));
  texts_ = read_catalogue(resources, language);
  // Reports look their words up by key, so every catalogue must have those of the built-in one.
  for (const auto& [key, text] : read_catalogue(base::Resources(), "en"))
    if (!texts_.contains(key))
      throw base::Error::input("rules_malformed", fmt::format("the report text {} is missing", key))
          .in_file(path_of(language));
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
