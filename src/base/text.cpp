#include "base/text.h"

namespace netpet::base {

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

}  // namespace netpet::base
