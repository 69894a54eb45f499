#include "measure/uptake.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "image/sphere.h"
#include "measure/quantity.h"

namespace netpet::measure {

namespace {

/// A focus is looked for at least this far from where the alignment puts it (rules N13).
constexpr double least_search_mm = 5;

base::Computed<double> ratio_to(const base::Computed<double>& value, const record::References& references,
                                const std::string& organ) {
  if (!value.has_value()) return value;
  const auto reference = references.find(organ);
  if (reference == references.end()) return base::NotComputable{"no " + organ + " reference"};
  if (!(reference->second.mean > 0)) return base::NotComputable{"the " + organ + " reference is not above 0"};
  return value.value() / reference->second.mean;
}

void add_ratios(record::Uptake& uptake, const record::References& references) {
  uptake.to_liver = ratio_to(uptake.suvpeak, references, "liver");
  uptake.to_spleen = ratio_to(uptake.suvpeak, references, "spleen");
  uptake.to_blood_pool = ratio_to(uptake.suvpeak, references, "blood_pool");
}

void check_region(const image::PetVolume& suv, const image::Region& region) {
  base::check(region.empty() || *std::max_element(region.begin(), region.end()) < suv.voxels().size(),
              "a region reaches outside its image");
}

/// The voxels of the place that the alignment allows to hold its hottest point; the nearest one where none
/// lies so near.
image::Region around_hottest(const space::Geometry& grid, const CarriedLesion& lesion) {
  const double radius = std::max(lesion.error_mm, least_search_mm);
  const auto from_hottest = [&](std::size_t voxel) {
    return space::distance(grid.to_lps(grid.index(voxel)), lesion.hottest);
  };
  image::Region near;
  std::copy_if(lesion.place.begin(), lesion.place.end(), std::back_inserter(near),
               [&](std::size_t voxel) { return from_hottest(voxel) <= radius; });
  if (near.empty())
    near.push_back(
        *std::min_element(lesion.place.begin(), lesion.place.end(),
                          [&](std::size_t a, std::size_t b) { return from_hottest(a) < from_hottest(b); }));
  return near;
}

}  // namespace

record::Uptake measure_uptake(const image::PetVolume& suv, const image::Region& region,
                              const record::References& references) {
  check_region(suv, region);
  const Measured measured(suv, region);
  record::Uptake uptake;
  uptake.suvmax = maximum().measure(measured);
  uptake.suvpeak = peak_global().measure(measured);
  uptake.suvpeak_local = peak_local().measure(measured);
  uptake.suvmean = mean().measure(measured);
  uptake.volume_ml = volume().measure(measured);
  uptake.total_uptake = total_uptake().measure(measured);
  uptake.outlined = !region.empty();
  add_ratios(uptake, references);
  return uptake;
}

record::Uptake measure_in_place(const image::PetVolume& suv, const CarriedLesion& lesion,
                                const record::References& references) {
  check_region(suv, lesion.place);
  record::Uptake uptake;
  if (lesion.place.empty()) {
    const base::NotComputable outside{"the lesion lies outside this scan"};
    uptake.suvmax = uptake.suvpeak = uptake.suvpeak_local = uptake.suvmean = outside;
    uptake.to_liver = uptake.to_spleen = uptake.to_blood_pool = outside;
    return uptake;
  }
  const image::Region near = around_hottest(suv.geometry(), lesion);
  const Measured around(suv, near);
  uptake.suvmax = maximum().measure(around);
  uptake.suvpeak = peak_global().measure(around);
  uptake.suvpeak_local = peak_local().measure(around);
  uptake.suvmean = mean().measure(Measured(suv, lesion.place));
  add_ratios(uptake, references);
  return uptake;
}

record::Uptake measure_at_point(const image::PetVolume& suv, const image::Region& place,
                                space::PointLps point, const record::References& references) {
  check_region(suv, place);
  const space::Geometry& grid = suv.geometry();
  const space::IndexIjk at = grid.nearest(point);
  if (place.empty() || !grid.contains(at)) return measure_in_place(suv, {{}, point, 0}, references);
  const image::Region centre{grid.offset(at)};
  const image::Region sphere = image::voxels_of(image::sphere_on(grid, image::kOneMlRadiusMm), grid, at);
  const Measured here(suv, centre), ball(suv, sphere);
  record::Uptake uptake;
  uptake.suvmax = maximum().measure(ball);
  uptake.suvpeak = peak_global().measure(here);
  uptake.suvpeak_local = uptake.suvpeak;
  uptake.suvmean = mean().measure(Measured(suv, place));
  add_ratios(uptake, references);
  return uptake;
}

}  // namespace netpet::measure
