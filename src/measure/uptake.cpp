#include "measure/uptake.h"

#include <algorithm>

#include "base/error.h"
#include "base/run.h"
#include "image/distance.h"
#include "image/mask.h"
#include "measure/quantity.h"

namespace netpet::measure {

namespace {

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

/// `place` and what lies within `margin_mm` of it, less `not_here`; `place` itself always stays.
image::Region search_region(const space::Geometry& grid, const image::Region& place, double margin_mm,
                            const image::Region& not_here) {
  const image::Region wide =
      image::region_of(image::dilate(image::mask_of(grid, place), margin_mm, base::Run()));
  image::Region allowed, all;
  std::set_difference(wide.begin(), wide.end(), not_here.begin(), not_here.end(),
                      std::back_inserter(allowed));
  std::set_union(allowed.begin(), allowed.end(), place.begin(), place.end(), std::back_inserter(all));
  return all;
}

}  // namespace

record::Uptake measure_uptake(const image::PetVolume& suv, const image::Region& region,
                              const record::References& references) {
  check_region(suv, region);
  const Measured measured{suv, region};
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

record::Uptake measure_in_place(const image::PetVolume& suv, const image::Region& place, double search_mm,
                                const image::Region& not_here, const record::References& references) {
  check_region(suv, place);
  record::Uptake uptake;
  if (place.empty()) {
    const base::NotComputable outside{"the lesion lies outside this scan"};
    uptake.suvmax = uptake.suvpeak = uptake.suvpeak_local = uptake.suvmean = outside;
    uptake.to_liver = uptake.to_spleen = uptake.to_blood_pool = outside;
    return uptake;
  }
  const image::Region search = search_region(suv.geometry(), place, search_mm, not_here);
  const Measured around{suv, search};
  uptake.suvmax = maximum().measure(around);
  uptake.suvpeak = peak_global().measure(around);
  uptake.suvpeak_local = peak_local().measure(around);
  uptake.suvmean = mean().measure({suv, place});
  add_ratios(uptake, references);
  return uptake;
}

}  // namespace netpet::measure
