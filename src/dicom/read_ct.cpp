#include "dicom/read_ct.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dicom/read_image.h"

namespace netpet::dicom {

image::CtVolume read_ct(const record::Series& series, const base::Run& run) {
  const auto instances = read_instances(series, run);
  const SliceStack stack = stack_slices(instances);
  image::CtVolume volume(stack.geometry);
  const auto to_hounsfield = [&](std::size_t k, std::span<const std::int32_t> stored) {
    const Rescale rescale = *instances[stack.order[k]].rescale;
    std::int16_t* out = volume.voxels().data() + k * stored.size();
    constexpr double least = std::numeric_limits<std::int16_t>::min(),
                     most = std::numeric_limits<std::int16_t>::max();
    for (std::size_t n = 0; n < stored.size(); ++n)
      out[n] = static_cast<std::int16_t>(
          std::clamp(std::round(stored[n] * rescale.slope + rescale.intercept), least, most));
  };
  decode_slices(instances, stack, to_hounsfield, run);
  return volume;
}

}  // namespace netpet::dicom
