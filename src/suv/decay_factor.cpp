#include "suv/decay_factor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "suv/frame_times.h"

namespace netpet::suv {
namespace {

/// A slice of the earliest frame: of several with its time the one with the smallest frame reference time.
const record::PetSlice* first_frame(const record::PetHeader& header) {
  const auto earliest = earliest_acquisition(header);
  const record::PetSlice* first = nullptr;
  const auto reference = [](const record::PetSlice& slice) {
    return slice.frame_reference_time_ms.value_or(0);
  };
  for (const record::PetSlice& slice : header.slices) {
    if (!earliest || slice.acquired != earliest) continue;
    if (!first || reference(slice) < reference(*first)) first = &slice;
  }
  return first;
}

}  // namespace

void check_decay_factor(HeaderReview& review, base::Instant reference, base::Seconds half_life) {
  const record::PetSlice* const frame = first_frame(review.header());
  if (!frame || !frame->decay_factor || !(*frame->decay_factor > 0) || *frame->decay_factor == 1) return;
  const double told_s = half_life.value * std::log2(*frame->decay_factor);
  const double since_reference_s = (*frame->acquired - reference).value;
  // Where one acquisition time stands for all beds the frame reference time tells the bed's own.
  const double of_bed_s = since_reference_s + frame->frame_reference_time_ms.value_or(0) / 1000;
  const double allowed_s =
      review.rules().decay_factor_differs_s + std::max(0.0, frame->frame_duration_ms.value_or(0) / 1000);
  if (!std::isfinite(told_s) || std::abs(told_s - since_reference_s) <= allowed_s ||
      std::abs(told_s - of_bed_s) <= allowed_s)
    return;
  review.warn(
      "decay_factor_differs",
      fmt::format("the decay factor {:g} of the first frame says that pixels are corrected to {:.0f} min "
                  "before it, but they were taken as corrected to {:.0f} min before it: is Decay "
                  "Correction '{}' right?",
                  *frame->decay_factor, told_s / 60, since_reference_s / 60,
                  review.header().decay_correction));
}

}  // namespace netpet::suv
