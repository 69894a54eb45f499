#include "record/json_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>

#include "record/json.h"

namespace netpet::record {
namespace {

/// The length of the character of UTF-8 that begins `text`; 0 where there is none.
std::size_t length_of_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xc0) == 0x80; };
  if (byte(0) < 0x80) return 1;
  if (byte(0) >= 0xc2 && byte(0) <= 0xdf) return continues(1) ? 2 : 0;
  // Characters of more bytes have forbidden ranges; the few that stand beside them are left to the full
  // check.
  if (byte(0) >= 0xe1 && byte(0) <= 0xec) return continues(1) && continues(2) ? 3 : 0;
  return 0;
}

/// Whether eight bytes are all plain ASCII: none below a space, above '~', a quote or a backslash.
bool eight_are_plain(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighBits = 0x8080808080808080;
  const auto below = [&](std::uint64_t x, unsigned char n) { return (x - kOnes * n) & ~x; };
  const std::uint64_t odd =
      word | below(word, 0x20) | below(word ^ (kOnes * '"'), 1) | below(word ^ (kOnes * '\\'), 1);
  return (odd & kHighBits) == 0;
}

/// Whether a text can stand between quotes as it is. False also for rare texts that could.
bool needs_no_escape(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (i + 8 <= text.size() && eight_are_plain(text.data() + i)) {
      i += 8;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == '"' || byte == '\\') return false;
    const std::size_t length = byte < 0x80 ? 1 : length_of_character(text.substr(i));
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string dumped(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void JsonWriter::separate() {
  if (!first_) text_ += ',';
  first_ = false;
}

void JsonWriter::quoted(std::string_view text) {
  if (!needs_no_escape(text)) {
    text_ += dumped(Json(text));
    return;
  }
  text_ += '"';
  text_ += text;
  text_ += '"';
}

void JsonWriter::open(char bracket) {
  separate();
  text_ += bracket;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  text_ += bracket;
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  separate();
  quoted(name);
  text_ += ':';
  first_ = true;
}

void JsonWriter::scalar(std::string_view json) {
  separate();
  text_ += json;
}

void JsonWriter::value(std::string_view text) {
  separate();
  quoted(text);
}

void JsonWriter::value(double one) {
  fmt::memory_buffer digits;
  fmt::format_to(std::back_inserter(digits), "{:.6g}", one);
  const std::string_view plain(digits.data(), digits.size());
  // Powers of ten, and what is no number, take the long way; −0 is 0.
  const bool usual = std::isfinite(one) && plain.find('e') == std::string_view::npos && plain != "-0";
  if (usual)
    scalar(plain);
  else
    scalar(dumped(number(one)));
}

void JsonWriter::value(const std::vector<std::string>& texts) {
  begin_array();
  for (const std::string& text : texts) value(text);
  end_array();
}

void JsonWriter::not_computable(const std::string& reason) {
  begin_object();
  member("not_computable", reason);
  end_object();
}

void JsonWriter::member_or_null(std::string_view name, std::string_view text) {
  key(name);
  if (text.empty())
    null();
  else
    value(text);
}

}  // namespace netpet::record
