#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace netpet::pipeline {

/// The words of one kind of free text that say nothing of a person; all others are left out of a copy that is
/// shared.
class KeptWords {
 public:
  explicit KeptWords(const std::vector<std::string>& words);

  /// The text as it is where each of its words is kept, else its kept words with a space between. Numbers of
  /// up to three digits and counts of iterations and subsets ("4i21s") count as kept, and so does a kept word
  /// that such a number follows ("Biograph64").
  std::string of(const std::string& text) const;
  /// The text where it is one of the words, in either case; else empty.
  std::string exact(const std::string& text) const;

 private:
  bool keeps(const std::string& word) const;

  std::set<std::string, std::less<>> words_;  // lower case
};

}  // namespace netpet::pipeline
