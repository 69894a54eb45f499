#include "pipeline/kept_words.h"

#include <algorithm>
#include <regex>

#include "base/text.h"

namespace netpet::pipeline {

KeptWords::KeptWords(const std::vector<std::string>& words) {
  for (const std::string& word : words) words_.insert(base::lowered(word));
}

bool KeptWords::keeps(const std::string& word) const {
  static const std::regex number("[0-9]{1,3}|[0-9]{1,2}(i|it|s|ss|d|mm)([0-9]{1,2}(i|it|s|ss|d|mm)?)?");
  static const std::regex with_number("([a-z]+)[0-9]{1,3}[a-z]?");
  if (words_.contains(word) || std::regex_match(word, number)) return true;
  std::smatch parts;
  return std::regex_match(word, parts, with_number) && words_.contains(parts[1].str());
}

std::string KeptWords::of(const std::string& text) const {
  std::string kept, word;
  bool all = true;
  const auto end_word = [&] {
    if (word.empty()) return;
    if (keeps(base::lowered(word)))
      kept += (kept.empty() ? "" : " ") + word;
    else
      all = false;
    word.clear();
  };
  for (const char c : text) {
    const bool of_word = base::is_letter(c) || base::is_digit(c);
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    all = all && ascii;
    if (of_word || !ascii)
      word += c;
    else
      end_word();
  }
  end_word();
  return all ? text : kept;
}

std::string KeptWords::exact(const std::string& text) const {
  return words_.contains(base::lowered(text)) ? text : std::string();
}

}  // namespace netpet::pipeline
