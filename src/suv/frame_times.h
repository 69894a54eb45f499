#pragma once

#include <optional>

#include "base/instant.h"
#include "suv/header_review.h"

namespace netpet::suv {

/// When a slice was acquired. Exactly 00:00:00 is no time: de-identification has removed it.
std::optional<base::Instant> acquired_at(const record::PetSlice& slice);
/// The earliest acquisition of the series; nothing where no slice has one.
std::optional<base::Instant> earliest_acquisition(const record::PetHeader& header);
/// Series Time on Series Date; without that date on the day that brings it nearest to the acquisition, else
/// on Study Date. Nothing where it is exactly 00:00:00.
std::optional<base::Instant> series_instant(const record::PetHeader& header);

/// When the activity of a frame of T seconds has its average, after the frame's start: ln(λT / (1 − e^(−λT)))
/// / λ.
double average_time_s(double half_life_s, double frame_s);

/// The reference time as the frames tell it.
struct BackComputed {
  base::Instant instant;
  double spread_s = 0;  ///< how far the acquisitions of the series are from agreeing
};

/// t_ref = t_acq + T_ave − Δt, Δt the frame reference time (0054,1300): once for each acquisition time, from
/// its slice with the smallest Δt, because some scanners write one acquisition time for all beds. The answer
/// is the median over slices. GE counts Δt to the start of the frame, so T_ave is left out there; so it is
/// where T_ave would put the reference behind the first acquisition, which START forbids. Nothing where a
/// part is missing or impossible, where Δt is the same in every frame though their times differ, and where
/// fewer than half of the slices agree to `agree_s`. [QIBA SUV; IBSI SUV manual]
std::optional<BackComputed> computed_back(const record::PetHeader& header, base::Seconds half_life,
                                          double agree_s);

/// How far frames disagree about the reference time, in seconds; nothing where they do not say. It needs no
/// majority.
std::optional<double> spread_of_frames(const record::PetHeader& header, base::Seconds half_life);

}  // namespace netpet::suv
