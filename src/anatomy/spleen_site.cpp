#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "anatomy/reference_sites.h"
#include "image/sphere.h"

namespace netpet::anatomy {
namespace {

/// How deep a voxel lies in clean tissue: below the surface less the erosion, and off candidates less their
/// margin.
double clearance(const OrganBlock& spleen, const SpleenRule& rule, std::size_t v) {
  return std::min(double(spleen.depth_mm[v]) - rule.erosion_mm,
                  double(spleen.candidate_mm[v]) - rule.candidate_margin_mm);
}

}  // namespace

ReferenceSite spleen_site(const OrganBlock& spleen, const SpleenRule& rule) {
  if (spleen.organ_voxels == 0) return {{}, "", "no spleen is labelled (removed, or outside the scan)"};
  if (spleen.organ_ml() < rule.least_ml)
    return {{}, "", fmt::format("only {:.1f} mL of spleen", spleen.organ_ml())};
  if (spleen.replaced_share() > rule.replaced_share)
    return {
        {}, "", fmt::format("{:.0f} % of the spleen is replaced by lesions", 100 * spleen.replaced_share())};

  space::Vec3 sum;
  for (std::size_t v = 0; v < spleen.organ.voxels().size(); ++v)
    if (spleen.organ[v]) {
      const space::PointLps p = spleen.grid.to_lps(spleen.grid.index(v));
      sum = sum + space::Vec3{p.x, p.y, p.z};
    }
  const double n = static_cast<double>(spleen.organ_voxels);
  const space::PointLps middle{sum.x / n, sum.y / n, sum.z / n};

  // Where the largest sphere fits in several places, the one nearest to the middle of the organ.
  const double enough = rule.largest_sphere_diameter_mm / 2;
  std::size_t best = 0;
  double best_clearance = -HUGE_VAL, best_distance = HUGE_VAL;
  for (std::size_t v = 0; v < spleen.organ.voxels().size(); ++v) {
    if (!spleen.organ[v]) continue;
    const double room = std::min(clearance(spleen, rule, v), enough);
    const double distance = space::distance(spleen.grid.to_lps(spleen.grid.index(v)), middle);
    if (room < best_clearance || (room == best_clearance && distance >= best_distance)) continue;
    best = v;
    best_clearance = room;
    best_distance = distance;
  }

  const double radius_mm = std::max(best_clearance, rule.smallest_sphere_diameter_mm / 2);
  const space::PointLps centre = spleen.grid.to_lps(spleen.grid.index(best));
  const image::Mask clean = spleen.clean(rule.erosion_mm, rule.candidate_margin_mm);
  std::vector<std::pair<double, std::size_t>> by_distance;
  for (std::size_t v = 0; v < clean.voxels().size(); ++v)
    if (clean[v])
      by_distance.emplace_back(space::distance(spleen.grid.to_lps(spleen.grid.index(v)), centre), v);
  std::sort(by_distance.begin(), by_distance.end());

  // The sphere, or as much of the clean core around it as the least volume of a usable spleen asks for.
  image::Mask chosen(spleen.grid);
  std::size_t voxels = 0;
  const auto chosen_ml = [&] { return static_cast<double>(voxels) * spleen.grid.voxel_volume_ml(); };
  for (const auto& [distance, v] : by_distance) {
    if (distance > radius_mm && chosen_ml() >= rule.least_ml) break;
    chosen[v] = 1;
    ++voxels;
  }
  if (chosen_ml() < rule.least_ml)
    return {
        {},
        "",
        fmt::format("only {:.1f} mL of clean core in {:.0f} mL of spleen", chosen_ml(), spleen.organ_ml())};
  const bool is_sphere = best_clearance >= rule.smallest_sphere_diameter_mm / 2;
  return {spleen.region_in_whole(chosen),
          is_sphere ? ""
                    : fmt::format("no clean {:.0f} mm sphere fits: {:.1f} mL of core",
                                  rule.smallest_sphere_diameter_mm, chosen_ml()),
          ""};
}

}  // namespace netpet::anatomy
