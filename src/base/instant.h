#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/units.h"

namespace netpet::base {

/// A calendar day, counted from 1970-01-01.
struct Date {
  std::int64_t days = 0;
  auto operator<=>(const Date&) const = default;
};

/// A time within a day: microseconds since midnight, 0 … 86 400 000 000 (a leap second counts as the next
/// second).
struct TimeOfDay {
  std::int64_t microseconds = 0;
  auto operator<=>(const TimeOfDay&) const = default;
};

/// A point in time to the microsecond, on the clock of the scanner that wrote it (no zone unless it was
/// given).
struct Instant {
  std::int64_t microseconds = 0;  ///< since 1970-01-01T00:00:00 on that clock
  auto operator<=>(const Instant&) const = default;

  static Instant of(Date date, TimeOfDay time);
  Date date() const;
};

/// Elapsed time, later − earlier.
Seconds operator-(Instant later, Instant earlier);
Instant operator+(Instant instant, Seconds seconds);
inline Instant operator-(Instant instant, Seconds seconds) {
  return instant + Seconds(-seconds.value);
}

/// Year, month and day of the Gregorian calendar to a Date; nothing where there is no such day.
std::optional<Date> make_date(int year, int month, int day);
/// ISO 8601, "2024-01-02".
std::string iso(Date date);
/// ISO 8601, "2024-01-02T10:15:00" with a fraction only where there is one.
std::string iso(Instant instant);
/// Reads what `iso` writes: a date or a date with time. Nothing where the text is anything else.
std::optional<Instant> parse_iso(const std::string& text);

}  // namespace netpet::base
