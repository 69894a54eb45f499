#include "dicom/read_ct.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dicom/read_image.h"

namespace netpet::dicom {

namespace {

constexpr double air_hu = -1024;
/// Above this a value is tissue or lung, whatever the header calls it.
constexpr double least_lung_hu = -1000;

/// Nothing was measured outside the field of view; makers write −2000 or less there, which no tissue is.
bool marks_outside(const Padding& padding, const Rescale& rescale) {
  const double a = padding.least * rescale.slope + rescale.intercept;
  const double b = padding.greatest * rescale.slope + rescale.intercept;
  return std::max(a, b) < least_lung_hu;
}

template <class T>
void to_hounsfield(const std::vector<T>& stored, const Instance& instance, std::int16_t* out) {
  const Rescale rescale = *instance.rescale;
  constexpr double least = std::numeric_limits<std::int16_t>::min(),
                   most = std::numeric_limits<std::int16_t>::max();
  for (std::size_t n = 0; n < stored.size(); ++n) {
    const double hu = std::round(static_cast<double>(stored[n]) * rescale.slope + rescale.intercept);
    out[n] = static_cast<std::int16_t>(std::isnan(hu) ? air_hu : std::clamp(hu, least, most));
  }
  if (!instance.padding || !marks_outside(*instance.padding, rescale)) return;
  const auto [first, last] = *instance.padding;
  for (std::size_t n = 0; n < stored.size(); ++n)
    if (static_cast<double>(stored[n]) >= first && static_cast<double>(stored[n]) <= last)
      out[n] = static_cast<std::int16_t>(air_hu);
}

}  // namespace

image::CtVolume read_ct(const record::Series& series, const base::Run& run) {
  const auto instances = read_instances(series, run);
  const SliceStack stack = stack_slices(instances);
  image::CtVolume volume(stack.geometry);
  const std::size_t in_slice = volume.voxels().size() / stack.order.size();
  const auto take = [&](std::size_t k, const StoredPixels& stored) {
    std::int16_t* out = volume.voxels().data() + k * in_slice;
    std::visit([&](const auto& values) { to_hounsfield(values, instances[stack.order[k]], out); }, stored);
  };
  decode_slices(instances, stack, take, run);
  return volume;
}

}  // namespace netpet::dicom
