#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace netpet::suv {

/// A text of a header in which names of compounds are looked for, whatever the marks and spaces between their
/// letters: "DOTA-TATE", "Dota Tate" and "68Ga-DOTATATE" all hold "dotatate".
class AliasText {
 public:
  explicit AliasText(std::string_view text);

  /// Half-open, over the letters and digits of the text.
  struct Span {
    std::size_t begin, end;
    std::size_t size() const { return end - begin; }
  };
  /// whole_word: begins and ends with words of the text; a nuclide may be written onto the word ("18FFDG",
  /// "FDGF18").
  enum class Place { anywhere, whole_word };
  /// Where `alias` (letters and digits, lower case) stands.
  std::vector<Span> spans_of(std::string_view alias, Place place) const;

 private:
  bool stands_alone(Span span) const;

  std::string tight_;                    // letters and digits, lower case
  std::vector<std::size_t> word_begin_;  // per character of tight_
  std::vector<std::size_t> word_end_;
};

}  // namespace netpet::suv
