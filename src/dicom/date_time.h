#pragma once

#include <optional>
#include <string_view>

#include "base/instant.h"

namespace netpet::dicom {

/// A DICOM date-time (VR DT) as written: the clock time, and the offset from UTC where the value carries one.
struct DateTime {
  base::Instant clock;
  std::optional<int> utc_offset_minutes;
};

/// VR DA: "YYYYMMDD", or the "YYYY.MM.DD" of ACR-NEMA. Nothing where the text is anything else or no such
/// day.
std::optional<base::Date> parse_date(std::string_view text);
/// VR TM: "HH", "HHMM", "HHMMSS" or "HHMMSS.F" with one to six digits. Nothing where the text is anything
/// else.
std::optional<base::TimeOfDay> parse_time(std::string_view text);
/// VR DT with at least a whole day: "YYYYMMDD[HH[MM[SS[.F]]]][±ZZXX]". Nothing where the text is anything
/// else.
std::optional<DateTime> parse_date_time(std::string_view text);
/// "+0100" to 60, −14 h … +14 h; nothing where the text is anything else.
std::optional<int> parse_utc_offset(std::string_view text);

}  // namespace netpet::dicom
