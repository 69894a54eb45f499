// bench_measure IMAGE.nii.gz MASK.nii.gz: the time of all features of the mask's region on one thread, in ms,
// without reading. The least of several runs: what other work on the machine adds is not ours.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "image/mask.h"
#include "image/nifti.h"
#include "measure/process.h"
#include "measure/quantity.h"

using namespace netpet;

int main(int count, char** arguments) {
  if (count != 3) {
    fmt::print(stderr, "bench_measure IMAGE.nii.gz MASK.nii.gz\n");
    return 2;
  }
  const image::PetVolume image = image::read_nifti_float(arguments[1]);
  const image::Region region =
      image::region_of(image::mask_of_label(image::read_nifti_labels(arguments[2]), 1));
  measure::Settings settings;
  settings.texture.method = measure::Discretisation::Method::fixed_bin_number;
  double least_ms = 1e9;
  std::size_t features = 0;
  for (int repeat = 0; repeat < 7; ++repeat) {
    const auto begun = std::chrono::steady_clock::now();
    const measure::Processed processed = measure::process(image, region, {});
    const measure::Measured measured(processed.image, processed.shape, processed.intensity, settings);
    features = 0;
    for (const measure::Quantity& quantity : measure::all_quantities())
      features += quantity.measure(measured).has_value() ? 1 : 0;
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begun;
    least_ms = std::min(least_ms, taken.count());
  }
  fmt::print("{{\"voxels\":{},\"volume_ml\":{:.4g},\"features\":{},\"ms\":{:.3f}}}\n", region.size(),
             static_cast<double>(region.size()) * image.geometry().voxel_volume_ml(), features, least_ms);
  return 0;
}
