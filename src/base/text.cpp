#include "base/text.h"

#include <algorithm>
#include <array>

namespace netpet::base {
namespace {

struct Fold {
  std::u32string_view from;
  const char* to;
};
constexpr std::array folds{
    Fold{U"ÀÁÂÃÄÅĀĂĄ", "A"}, Fold{U"àáâãäåāăą", "a"}, Fold{U"ÇĆČ", "C"},      Fold{U"çćč", "c"},
    Fold{U"ÐĎĐ", "D"},       Fold{U"ðďđ", "d"},       Fold{U"ÈÉÊËĒĖĘĚ", "E"}, Fold{U"èéêëēėęě", "e"},
    Fold{U"Ğ", "G"},         Fold{U"ğ", "g"},         Fold{U"ÌÍÎÏĪİ", "I"},   Fold{U"ìíîïīı", "i"},
    Fold{U"Ł", "L"},         Fold{U"ł", "l"},         Fold{U"ÑŃŇ", "N"},      Fold{U"ñńň", "n"},
    Fold{U"ÒÓÔÕÖØŌŐ", "O"},  Fold{U"òóôõöøōő", "o"},  Fold{U"Ř", "R"},        Fold{U"ř", "r"},
    Fold{U"ŚŞŠȘ", "S"},      Fold{U"śşšș", "s"},      Fold{U"ŢŤȚ", "T"},      Fold{U"ţťț", "t"},
    Fold{U"ÙÚÛÜŪŮŰ", "U"},   Fold{U"ùúûüūůű", "u"},   Fold{U"ÝŸ", "Y"},       Fold{U"ýÿ", "y"},
    Fold{U"ŹŻŽ", "Z"},       Fold{U"źżž", "z"},       Fold{U"ß", "ss"},       Fold{U"Æ", "AE"},
    Fold{U"æ", "ae"},        Fold{U"Œ", "OE"},        Fold{U"œ", "oe"},       Fold{U"⁰", "0"},
    Fold{U"¹", "1"},         Fold{U"²", "2"},         Fold{U"³", "3"},        Fold{U"⁴", "4"},
    Fold{U"⁵", "5"},         Fold{U"⁶", "6"},         Fold{U"⁷", "7"},        Fold{U"⁸", "8"},
    Fold{U"⁹", "9"}};

/// The sign that begins at `at`, which moves behind it; bytes that are no UTF-8 count one by one as 0.
char32_t next_sign(std::string_view utf8, std::size_t& at) {
  const auto first = static_cast<unsigned char>(utf8[at++]);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
  char32_t sign = more == 3 ? first & 0x07U : more == 2 ? first & 0x0FU : first & 0x1FU;
  for (int n = 0; n < more; ++n) {
    if (at >= utf8.size() || (static_cast<unsigned char>(utf8[at]) & 0xC0U) != 0x80U) return 0;
    sign = sign << 6U | (static_cast<unsigned char>(utf8[at++]) & 0x3FU);
  }
  return more == 0 ? 0 : sign;
}

}  // namespace

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string squeezed(std::string_view text) {
  std::string result = lowered(text);
  std::erase_if(result, [](char c) { return !is_digit(c) && !is_letter(c); });
  return result;
}

std::string folded(std::string_view utf8) {
  std::string result;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t sign = next_sign(utf8, at);
    if (sign != 0 && sign < 0x80) {
      result += static_cast<char>(sign);
      continue;
    }
    const auto fold = std::find_if(folds.begin(), folds.end(), [&](const Fold& one) {
      return one.from.find(sign) != std::u32string_view::npos;
    });
    result += fold == folds.end() ? " " : fold->to;
  }
  return result;
}

}  // namespace netpet::base
