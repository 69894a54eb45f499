#pragma once

#include <string>
#include <string_view>

/// Letters and digits here are those of ASCII, whatever the locale.
namespace netpet::base {

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// In lower case.
std::string lowered(std::string_view text);
/// Letters and digits only, in lower case: "68Ga-DOTATATE" and "[68Ga]Ga DOTATATE" differ in marks and the
/// doubled symbol alone.
std::string squeezed(std::string_view text);
/// Text in UTF-8 with its Latin letters and superscript digits as plain ASCII: "Müller" as "Muller",
/// "⁶⁸Ga" as "68Ga". Any other sign beyond ASCII becomes a space.
std::string folded(std::string_view utf8);

}  // namespace netpet::base
