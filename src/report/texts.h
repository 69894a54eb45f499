#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/resources.h"

namespace netpet::report {

/// Every word of the reports, by key ("label.dose"), from data/texts/<language>.json. A language is added by
/// adding a file with the same keys.
class Texts {
 public:
  /// Refuses (input, `texts_unknown_language`) a language without a file and (`rules_malformed`) a file that
  /// is no catalogue or lacks a text of the built-in one.
  explicit Texts(const base::Resources& resources, std::string_view language = "en");

  const std::string& language() const { return language_; }
  /// The text of a key that we know to be there.
  const std::string& operator[](const std::string& key) const;
  /// The text of `kind.code` for a code that comes from data ("flag", "size_unknown"); the code itself,
  /// underscores as spaces, where the catalogue has none.
  std::string named(const std::string& kind, const std::string& code) const;
  bool has(const std::string& kind, const std::string& code) const {
    return texts_.contains(kind + "." + code);
  }

 private:
  std::string language_;
  std::map<std::string, std::string> texts_;
};

}  // namespace netpet::report
