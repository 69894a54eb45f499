#include "dicom/date_time.h"

#include <string>

namespace netpet::dicom {
namespace {

/// A number of exactly `digits` digits at the front of `text`, which moves on.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

std::string_view without_padding(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

/// ".F" with one to six digits, in microseconds; 0 where there is none.
std::optional<int> take_fraction(std::string_view& text) {
  if (text.empty() || text.front() != '.') return 0;
  text.remove_prefix(1);
  int microseconds = 0, digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (++digits > 6) return std::nullopt;
    microseconds = microseconds * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 6; ++digits) microseconds *= 10;
  return microseconds;
}

/// "HH[MM[SS[.F]]]" at the front of `text`.
std::optional<base::TimeOfDay> take_time(std::string_view& text) {
  const auto has_digit = [&] { return !text.empty() && text.front() >= '0' && text.front() <= '9'; };
  const auto hour = take_digits(text, 2);
  std::optional<int> minute = 0, second = 0, fraction = 0;
  if (hour && has_digit()) minute = take_digits(text, 2);
  const bool had_minute = minute && hour;
  if (had_minute && has_digit()) {
    second = take_digits(text, 2);
    if (second) fraction = take_fraction(text);
  }
  // Second 60 is a leap second: the next second.
  if (!hour || !minute || !second || !fraction || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  return base::TimeOfDay{((*hour * 60LL + *minute) * 60 + *second) * 1'000'000 + *fraction};
}

std::optional<base::Date> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  const auto month = take_digits(text, 2);
  const auto day = take_digits(text, 2);
  if (!year || !month || !day) return std::nullopt;
  return base::make_date(*year, *month, *day);
}

}  // namespace

std::optional<base::Date> parse_date(std::string_view text) {
  text = without_padding(text);
  std::string digits(text);
  if (text.size() == 10 && text[4] == '.' && text[7] == '.') std::erase(digits, '.');
  std::string_view rest = digits;
  const auto date = take_date(rest);
  return rest.empty() ? date : std::nullopt;
}

std::optional<base::TimeOfDay> parse_time(std::string_view text) {
  text = without_padding(text);
  const auto time = take_time(text);
  return text.empty() ? time : std::nullopt;
}

std::optional<int> parse_utc_offset(std::string_view text) {
  text = without_padding(text);
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int sign = text[0] == '+' ? 1 : -1;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2);
  const auto minutes = take_digits(text, 2);
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

std::optional<DateTime> parse_date_time(std::string_view text) {
  text = without_padding(text);
  const auto date = take_date(text);
  if (!date) return std::nullopt;
  std::optional<base::TimeOfDay> time = base::TimeOfDay{};
  if (!text.empty() && text.front() != '+' && text.front() != '-') time = take_time(text);
  if (!time) return std::nullopt;
  DateTime result{base::Instant::of(*date, *time), std::nullopt};
  if (text.empty()) return result;
  result.utc_offset_minutes = parse_utc_offset(text);
  return result.utc_offset_minutes ? std::optional(result) : std::nullopt;
}

}  // namespace netpet::dicom
