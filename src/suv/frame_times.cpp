#include "suv/frame_times.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "base/text.h"

namespace netpet::suv {
namespace {

using base::Instant;
using base::Seconds;
using record::PetHeader;
using record::PetSlice;

// Clocks and rounding of times in headers.
constexpr double clock_tolerance_s = 1;
// What no frame and no scan lasts; beyond it a value is no time at all.
constexpr double longest_ms = 30.0 * 86400 * 1000;
constexpr Seconds day{86400};
// Fewer than two beds of equal length hold, more than a few mistaken slices leave.
constexpr double nearly_all = 0.75;

bool is_ge(const PetHeader& header) {
  const std::string maker = base::lowered(header.manufacturer);
  return maker.starts_with("ge ") || maker == "ge" || maker.starts_with("general electric") ||
         header.ge_scan_datetime.has_value();
}

bool is_time(const std::optional<double>& ms) {
  return ms && *ms >= 0 && *ms <= longest_ms;
}

/// The slice of one acquisition time that is nearest to the start of the scan, and how many slices share the
/// time.
struct Acquisition {
  const PetSlice* slice = nullptr;
  std::size_t slices = 0;
};

/// By acquisition time; empty where a slice lacks what is needed.
std::map<Instant, Acquisition> acquisitions_of(const PetHeader& header) {
  std::map<Instant, Acquisition> result;
  for (const PetSlice& slice : header.slices) {
    const auto acquired = acquired_at(slice);
    if (!acquired || !is_time(slice.frame_reference_time_ms)) return {};
    Acquisition& one = result[*acquired];
    ++one.slices;
    if (!one.slice || *slice.frame_reference_time_ms < *one.slice->frame_reference_time_ms)
      one.slice = &slice;
  }
  return result;
}

/// Whether the frame reference time is one constant although the beds begin at different times. Where nearly
/// all slices share one time the others are mistakes, not beds.
bool says_nothing(const std::map<Instant, Acquisition>& acquisitions) {
  const auto ms = [](const auto& one) { return *one.second.slice->frame_reference_time_ms; };
  const auto& first = *acquisitions.begin();
  const bool constant = std::all_of(acquisitions.begin(), acquisitions.end(), [&](const auto& one) {
    return std::abs(ms(one) - ms(first)) <= clock_tolerance_s * 1000;
  });
  if (!constant || (acquisitions.rbegin()->first - first.first).value <= clock_tolerance_s) return false;
  std::size_t slices = 0, most = 0;
  for (const auto& [acquired, one] : acquisitions) {
    slices += one.slices;
    most = std::max(most, one.slices);
  }
  return static_cast<double>(most) < nearly_all * static_cast<double>(slices);
}

struct Candidate {
  Instant instant;
  std::size_t slices;
};

/// One reference time for each acquisition time, sorted; empty where they cannot be had.
std::vector<Candidate> candidates_of(const PetHeader& header, Seconds half_life) {
  const auto acquisitions = acquisitions_of(header);
  if (acquisitions.empty() || says_nothing(acquisitions)) return {};
  const auto to_average = [&](const PetSlice& slice) {
    return Seconds(average_time_s(half_life.value, *slice.frame_duration_ms / 1000));
  };
  const auto from_start = [](Instant acquired, const PetSlice& slice) {
    return acquired - Seconds(*slice.frame_reference_time_ms / 1000);
  };
  bool add_average = !is_ge(header);
  if (add_average) {
    for (const auto& [acquired, one] : acquisitions)
      if (!is_time(one.slice->frame_duration_ms) || *one.slice->frame_duration_ms == 0) return {};
    const auto& [first_time, first] = *acquisitions.begin();
    const Instant reference = from_start(first_time, *first.slice) + to_average(*first.slice);
    add_average = (reference - first_time).value <= clock_tolerance_s;
  }
  std::vector<Candidate> result;
  for (const auto& [acquired, one] : acquisitions) {
    const Instant start = from_start(acquired, *one.slice);
    result.push_back({add_average ? start + to_average(*one.slice) : start, one.slices});
  }
  std::sort(result.begin(), result.end(),
            [](const Candidate& a, const Candidate& b) { return a.instant < b.instant; });
  return result;
}

}  // namespace

std::optional<Instant> acquired_at(const PetSlice& slice) {
  const bool removed =
      slice.acquired && *slice.acquired == Instant::of(slice.acquired->date(), base::TimeOfDay{});
  return removed ? std::nullopt : slice.acquired;
}

std::optional<Instant> earliest_acquisition(const PetHeader& header) {
  std::optional<Instant> earliest;
  for (const PetSlice& slice : header.slices) {
    const auto acquired = acquired_at(slice);
    if (acquired && (!earliest || *acquired < *earliest)) earliest = acquired;
  }
  return earliest;
}

std::optional<Instant> series_instant(const PetHeader& header) {
  if (!header.series_time || header.series_time->microseconds == 0) return std::nullopt;
  if (header.series_date) return Instant::of(*header.series_date, *header.series_time);
  if (const auto acquired = earliest_acquisition(header)) {
    const Instant same_day = Instant::of(acquired->date(), *header.series_time);
    const auto apart = [&](Instant one) { return std::abs((one - *acquired).value); };
    return std::min({same_day - day, same_day, same_day + day},
                    [&](Instant a, Instant b) { return apart(a) < apart(b); });
  }
  if (!header.study_date) return std::nullopt;
  return Instant::of(*header.study_date, *header.series_time);
}

double average_time_s(double half_life_s, double frame_s) {
  const double decay = std::numbers::ln2 / half_life_s;
  const double x = decay * frame_s;
  if (x < 1e-6) return frame_s / 2;  // the limit; the formula loses its digits there
  return std::log(x / -std::expm1(-x)) / decay;
}

std::optional<BackComputed> computed_back(const PetHeader& header, Seconds half_life, double agree_s) {
  const std::vector<Candidate> candidates = candidates_of(header, half_life);
  if (candidates.empty()) return std::nullopt;
  std::size_t slices = 0, passed = 0, agreeing = 0;
  for (const Candidate& one : candidates) slices += one.slices;
  const auto median = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& one) {
    passed += one.slices;
    return 2 * passed >= slices;
  });
  for (const Candidate& one : candidates)
    if (std::abs((one.instant - median->instant).value) <= agree_s) agreeing += one.slices;
  if (2 * agreeing <= slices) return std::nullopt;
  return BackComputed{median->instant, (candidates.back().instant - candidates.front().instant).value};
}

std::optional<double> spread_of_frames(const PetHeader& header, Seconds half_life) {
  const std::vector<Candidate> candidates = candidates_of(header, half_life);
  if (candidates.empty()) return std::nullopt;
  return (candidates.back().instant - candidates.front().instant).value;
}

}  // namespace netpet::suv
