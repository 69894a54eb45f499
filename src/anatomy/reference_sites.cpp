#include "anatomy/reference_sites.h"

#include <fmt/format.h>

#include <algorithm>

namespace netpet::anatomy {
namespace {

// Deep enough inside the heart to be in a chamber: the wall of the left ventricle is about 10 mm thick.
constexpr double chamber_depth_mm = 15;
// A heart whose hottest voxel is above this multiple of its core has a myocardium that takes up tracer.
constexpr double quiet_heart_ratio = 1.8;

}  // namespace

ReferenceSite core_site(const OrganBlock& tissue, double erosion_mm, double margin_mm, double least_ml) {
  if (tissue.organ_voxels == 0) return {{}, "", "not labelled"};
  image::Region region = tissue.region_in_whole(tissue.clean(erosion_mm, margin_mm));
  if (region.empty() || static_cast<double>(region.size()) * tissue.grid.voxel_volume_ml() < least_ml)
    return {{}, "", fmt::format("less than {:.0f} mL of clean core", least_ml)};
  return {std::move(region), "", ""};
}

ReferenceSite heart_site(const image::PetVolume& suv, const OrganBlock& heart, const BloodPoolRule& rule) {
  if (heart.organ_voxels == 0) return {{}, "", "no heart is labelled"};
  ReferenceSite site = core_site(heart, chamber_depth_mm, rule.candidate_margin_mm, rule.least_ml);
  if (site.region.empty()) return {{}, "", "no clean chamber of the heart"};
  double sum = 0;
  for (const std::size_t v : site.region) sum += suv[v];
  const double mean = sum / static_cast<double>(site.region.size());
  float hottest = 0;
  for (std::size_t v = 0; v < heart.organ.voxels().size(); ++v)
    if (heart.organ[v]) hottest = std::max(hottest, suv[heart.offset_in_whole(v)]);
  if (hottest > quiet_heart_ratio * mean) return {{}, "", "the heart's wall takes up tracer"};
  site.note = "measured in the heart: no usable aorta";
  return site;
}

}  // namespace netpet::anatomy
