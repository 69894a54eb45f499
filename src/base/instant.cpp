#include "base/instant.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>

namespace netpet::base {
namespace {
constexpr std::int64_t microseconds_per_day = 86'400'000'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}
}  // namespace

Instant Instant::of(Date date, TimeOfDay time) {
  return {date.days * microseconds_per_day + time.microseconds};
}

Date Instant::date() const {
  return {floor_div(microseconds, microseconds_per_day)};
}

Seconds operator-(Instant later, Instant earlier) {
  return Seconds(static_cast<double>(later.microseconds - earlier.microseconds) * 1e-6);
}

Instant operator+(Instant instant, Seconds seconds) {
  return {instant.microseconds + std::llround(seconds.value * 1e6)};
}

std::optional<Date> make_date(int year, int month, int day) {
  using namespace std::chrono;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const year_month_day ymd{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                           std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date{sys_days(ymd).time_since_epoch().count()};
}

std::string iso(Date date) {
  using namespace std::chrono;
  const year_month_day ymd{sys_days(days(date.days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::string iso(Instant instant) {
  const Date date = instant.date();
  const std::int64_t rest = instant.microseconds - date.days * microseconds_per_day;
  const std::int64_t seconds = rest / 1'000'000;
  std::string text =
      fmt::format("{}T{:02}:{:02}:{:02}", iso(date), seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (const std::int64_t fraction = rest % 1'000'000; fraction != 0) {
    text += fmt::format(".{:06}", fraction);
    while (text.back() == '0') text.pop_back();
  }
  return text;
}

std::optional<Instant> parse_iso(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, used = 0;
  double second = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3) return std::nullopt;
  const auto date = make_date(year, month, day);
  if (!date) return std::nullopt;
  if (static_cast<std::size_t>(used) == text.size()) return Instant::of(*date, {});
  const char* rest = text.c_str() + used;
  if (std::sscanf(rest, "T%2d:%2d:%lf%n", &hour, &minute, &second, &used) != 3 || rest[used] != '\0')
    return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(second >= 0 && second < 61))
    return std::nullopt;
  return Instant::of(*date, {(hour * 3600LL + minute * 60LL) * 1'000'000 + std::llround(second * 1e6)});
}

}  // namespace netpet::base
