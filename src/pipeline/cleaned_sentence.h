#pragma once

#include <set>
#include <string>

#include "pipeline/pseudonyms.h"

namespace netpet::pipeline {

/// Cleans sentences that were made before their parts could be: what is quoted, what is known to identify,
/// UIDs, dates.
class SentenceCleaner {
 public:
  explicit SentenceCleaner(const Pseudonyms& pseudonyms) : pseudonyms_(&pseudonyms) {}

  /// A text that identifies, wherever it stands. One of less than three characters would hit everything, and
  /// is not looked for.
  void add(const std::string& identifying);
  /// The parts of a person's name, each by itself.
  void add_name(const std::string& name);

  /// Quoted texts and identifying ones become "[removed]", UIDs their pseudonyms, dates move.
  std::string of(std::string sentence) const;

 private:
  const Pseudonyms* pseudonyms_;
  struct LongestFirst {
    bool operator()(const std::string& a, const std::string& b) const {
      return a.size() != b.size() ? a.size() > b.size() : a < b;
    }
  };
  std::set<std::string, LongestFirst> identifying_;
};

}  // namespace netpet::pipeline
