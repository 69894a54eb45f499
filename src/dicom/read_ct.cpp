#include "dicom/read_ct.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>

#include "dicom/padding.h"
#include "dicom/read_image.h"
#include "image/zero_volume.h"

namespace netpet::dicom {

namespace {

constexpr std::int16_t air_hu = -1024;
/// Above this a value is tissue or lung, whatever the header calls it.
constexpr double least_lung_hu = -1000;

/// Nothing was measured outside the field of view; makers write −2000 or less there, which no tissue is.
bool marks_outside(const StoredRange& padding, const Rescale& rescale) {
  const double a = padding.least * rescale.slope + rescale.intercept;
  const double b = padding.greatest * rescale.slope + rescale.intercept;
  return std::max(a, b) < least_lung_hu;
}

/// To the nearest whole number, halves away from zero, of a value within the range of 16 bits. `std::round`
/// says the same, but one number at a time.
std::int16_t rounded(double value) {
  constexpr double below_half =
      0x1.fffffffffffffp-2;  // adding 0.5 would round up what lies just below a half
  return static_cast<std::int16_t>(static_cast<std::int32_t>(value + std::copysign(below_half, value)));
}

constexpr std::int32_t least_hu = std::numeric_limits<std::int16_t>::min(),
                       most_hu = std::numeric_limits<std::int16_t>::max();

/// What most scanners write: HU are the stored numbers moved by a whole number. `least` and `most` are the
/// stored numbers of the least and the greatest HU. All is done in numbers of the size of T.
template <class T>
void shift(std::span<const T> stored, T least, T most, std::int32_t by, std::int16_t* out) {
  const auto offset = static_cast<std::uint16_t>(by);  // adds up to the same, modulo 2^16
  for (std::size_t n = 0; n < stored.size(); ++n) {
    // NOLINTNEXTLINE(bugprone-signed-char-misuse): the sign is meant to be carried on
    const auto within = static_cast<std::uint16_t>(std::min(std::max(stored[n], least), most));
    out[n] = static_cast<std::int16_t>(static_cast<std::uint16_t>(within + offset));
  }
}

template <class T>
void scale(std::span<const T> stored, const Rescale& rescale, std::int16_t* out) {
  for (std::size_t n = 0; n < stored.size(); ++n) {
    const double hu = static_cast<double>(stored[n]) * rescale.slope + rescale.intercept;
    if constexpr (std::is_floating_point_v<T>)
      if (std::isnan(hu)) {
        out[n] = air_hu;
        continue;
      }
    out[n] = rounded(std::clamp<double>(hu, least_hu, most_hu));
  }
}

template <class T>
void to_hounsfield(std::span<const T> stored, const Instance& instance, std::int16_t* out) {
  const Rescale rescale = *instance.rescale;
  const auto convert = [&] {
    if constexpr (std::is_integral_v<T> && sizeof(T) <= 2) {
      using Limits = std::numeric_limits<T>;
      const double least = std::max<double>(Limits::min(), least_hu - rescale.intercept);
      const double most = std::min<double>(Limits::max(), most_hu - rescale.intercept);
      const bool shifted = rescale.slope == 1 && rescale.intercept == std::trunc(rescale.intercept);
      if (shifted && least <= most)
        return shift(stored, static_cast<T>(least), static_cast<T>(most),
                     static_cast<std::int32_t>(rescale.intercept), out);
    }
    scale(stored, rescale, out);
  };
  convert();
  if (!instance.padding || !marks_outside(*instance.padding, rescale)) return;
  const PaddingTest<T> is_padding(instance.padding->least, instance.padding->greatest);
  for (std::size_t n = 0; n < stored.size(); ++n) out[n] = is_padding(stored[n]) ? air_hu : out[n];
}

}  // namespace

image::CtVolume read_ct(const record::Series& series, const base::Run& run, const Headers& known) {
  const auto instances = read_instances(series, run, known);
  const SliceStack stack = stack_slices(instances);
  auto volume = image::zero_volume<std::int16_t>(stack.geometry, run);
  const std::size_t in_slice = volume.voxels().size() / stack.order.size();
  const auto take = [&](std::size_t k, const StoredPixels& stored) {
    std::int16_t* out = volume.voxels().data() + k * in_slice;
    std::visit([&](const auto& values) { to_hounsfield(values, instances[stack.order[k]], out); }, stored);
  };
  decode_slices(instances, stack, take, run);
  return volume;
}

}  // namespace netpet::dicom
