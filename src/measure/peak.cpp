#include <algorithm>

#include "image/sphere.h"
#include "measure/quantity.h"
#include "measure/sources.h"

namespace netpet::measure {

namespace {

constexpr const char* kSource =
    "IBSI reference manual, intensity peak; PERCIST: Wahl et al., J Nucl Med 2009;50:122S";

double highest_mean(const Measured& m, const image::Sphere& sphere, const image::Region& centres) {
  double highest = 0;
  bool first = true;
  for (const std::size_t centre : centres) {
    const double one = image::sphere_mean(m.image(), sphere, m.image().geometry().index(centre));
    highest = first ? one : std::max(highest, one);
    first = false;
  }
  return highest;
}

image::Sphere one_ml(const Measured& m) {
  return image::sphere_on(m.image().geometry(), image::kOneMlRadiusMm);
}

}  // namespace

Quantity peak_global() {
  return {
      "0F91",
      "global_intensity_peak",
      "local intensity",
      "{intensity}",
      "Highest mean over a sphere of 1 cm³ (radius 6.204 mm, voxels by their centres) centred on any voxel "
      "of the region; the sphere may reach outside the region and is cut at the border of the image "
      "(SUVpeak).",
      kOneVoxel,
      kSource,
      [](const Measured& m) -> base::Computed<double> {
        if (m.region().empty()) return base::NotComputable{kEmptyRegion};
        return highest_mean(m, one_ml(m), m.region());
      },
      "loc_peak_glob"};
}

Quantity peak_local() {
  return {"VJGA",
          "local_intensity_peak",
          "local intensity",
          "{intensity}",
          "Mean over a sphere of 1 cm³ centred on the region's highest voxel; of several equal ones the "
          "highest mean.",
          kOneVoxel,
          kSource,
          [](const Measured& m) -> base::Computed<double> {
            if (m.region().empty()) return base::NotComputable{kEmptyRegion};
            float highest = m.image()[m.region().front()];
            for (const std::size_t voxel : m.region()) highest = std::max(highest, m.image()[voxel]);
            image::Region centres;
            for (const std::size_t voxel : m.region())
              if (m.image()[voxel] == highest) centres.push_back(voxel);
            return highest_mean(m, one_ml(m), centres);
          },
          "loc_peak_loc"};
}

std::vector<Quantity> local_intensity() {
  return {peak_global(), peak_local()};
}

}  // namespace netpet::measure
