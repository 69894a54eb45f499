#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "anatomy/reference_sites.h"
#include "base/parallel_for.h"
#include "base/robust.h"
#include "image/distance.h"
#include "image/sphere.h"

namespace netpet::anatomy {
namespace {

// Variations that differ by less are ties: they are then decided by place, which rounding cannot turn.
constexpr double variation_step = 1e-6;

// A sphere whose mean lies off the median of the clean liver by more than this lies in a lesion that nobody
// marked, however even it is.
constexpr double least_of_median = 0.75, most_of_median = 1.3;

struct Centre {
  std::size_t offset = 0;  ///< in the block
  double mean = 0;
  double variation = 0;
};

double median_of(const image::PetVolume& suv, const OrganBlock& organ, const image::Mask& clean) {
  std::vector<float> values;
  for (const std::size_t v : organ.region_in_whole(clean)) values.push_back(suv[v]);
  return values.empty() ? 0 : base::median_of(values);
}

/// Over the sphere around a centre, which lies inside the whole grid: its mean, and the root mean square
/// difference from the liver's median, as a share of that. An even patch that noise or fat sets off from the
/// rest varies by it, while its own mean would hide that.
struct SphereValue {
  double mean, variation;
};
SphereValue value_of(const image::PetVolume& suv, const image::Sphere& sphere, space::IndexIjk centre,
                     double median) {
  double sum = 0, squares = 0;
  for (const image::SphereRow& row : sphere.rows) {
    const std::size_t middle = suv.geometry().offset({centre.i, centre.j + row.dj, centre.k + row.dk});
    const auto half = static_cast<std::size_t>(row.half);
    for (std::size_t v = middle - half; v <= middle + half; ++v) {
      const double value = suv[v];
      sum += value;
      squares += (value - median) * (value - median);
    }
  }
  const double n = static_cast<double>(sphere.voxels);
  return {sum / n, median > 0 ? std::sqrt(squares / n) / median : HUGE_VAL};
}

bool fits(const space::Geometry& grid, const image::Sphere& sphere, space::IndexIjk centre) {
  for (const image::SphereRow& row : sphere.rows)
    if (!grid.contains({centre.i - row.half, centre.j + row.dj, centre.k + row.dk}) ||
        !grid.contains({centre.i + row.half, centre.j + row.dj, centre.k + row.dk}))
      return false;
  return true;
}

space::PointLps centroid(const OrganBlock& organ) {
  space::Vec3 sum;
  double n = 0;
  for (std::size_t v = 0; v < organ.organ.voxels().size(); ++v)
    if (organ.organ[v]) {
      const space::PointLps p = organ.grid.to_lps(organ.grid.index(v));
      sum = sum + space::Vec3{p.x, p.y, p.z};
      ++n;
    }
  return {sum.x / n, sum.y / n, sum.z / n};
}

}  // namespace

ReferenceSite liver_site(const image::PetVolume& suv, const OrganBlock& liver, const LiverRule& rule,
                         const base::Run& run) {
  if (liver.organ_voxels == 0) return {{}, "", "no liver is labelled"};
  if (liver.replaced_share() > rule.replaced_share)
    return {
        {}, "", fmt::format("{:.0f} % of the liver is replaced by lesions", 100 * liver.replaced_share())};

  const image::Mask clean = liver.clean(rule.erosion_mm, rule.candidate_margin_mm);
  const image::Mask centres_mask = image::erode(clean, rule.sphere_diameter_mm / 2, run);
  const image::Sphere sphere = image::sphere_on(liver.whole, rule.sphere_diameter_mm / 2);
  std::vector<Centre> centres;
  const auto in_whole = [&](std::size_t v) { return liver.whole.index(liver.offset_in_whole(v)); };
  for (std::size_t v = 0; v < centres_mask.voxels().size(); ++v)
    if (centres_mask[v] && fits(liver.whole, sphere, in_whole(v))) centres.push_back({v, 0, 0});
  const double median = median_of(suv, liver, clean);
  base::parallel_for(run, centres.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      const SphereValue value = value_of(suv, sphere, in_whole(centres[c].offset), median);
      centres[c].mean = value.mean;
      centres[c].variation = value.variation;
    }
  });
  std::erase_if(centres, [&](const Centre& centre) {
    return centre.mean < least_of_median * median || centre.mean > most_of_median * median;
  });

  // The right lobe is the part right of the liver's own middle, its upper part that above it.
  const space::PointLps middle = centroid(liver);
  const Centre* best = nullptr;
  std::tuple<int, double, double, double, double> best_rank;
  for (const Centre& centre : centres) {
    const space::PointLps p = liver.grid.to_lps(liver.grid.index(centre.offset));
    const bool right = p.x <= middle.x, upper = p.z >= middle.z;
    const std::tuple rank{right && upper ? 0
                          : right        ? 1
                                         : 2,
                          std::round(centre.variation / variation_step), -p.z, p.x, p.y};
    if (best && !(rank < best_rank)) continue;
    best = &centre;
    best_rank = rank;
  }
  if (best) {
    image::Mask chosen(liver.grid);
    const space::IndexIjk at = liver.grid.index(best->offset);
    for (const image::SphereRow& row : sphere.rows)
      for (int di = -row.half; di <= row.half; ++di) chosen({at.i + di, at.j + row.dj, at.k + row.dk}) = 1;
    return {liver.region_in_whole(chosen),
            std::get<0>(best_rank) == 2 ? "no clean sphere in the right lobe: measured in the left one" : "",
            ""};
  }

  const ReferenceSite rest = core_site(liver, rule.erosion_mm, rule.candidate_margin_mm, rule.least_ml);
  if (rest.region.empty())
    return {
        {},
        "",
        fmt::format("less than {:.0f} mL of the liver lie clear of its edge and of lesions", rule.least_ml)};
  return {
      rest.region,
      fmt::format("no clean {:.0f} mm sphere: measured in {:.0f} mL of clean liver", rule.sphere_diameter_mm,
                  static_cast<double>(rest.region.size()) * liver.grid.voxel_volume_ml()),
      ""};
}

}  // namespace netpet::anatomy
