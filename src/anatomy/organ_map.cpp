#include "anatomy/organ_map.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "image/resample.h"

namespace netpet::anatomy {
namespace {

using record::id_of;
using record::Organ;

/// An organ of an adult outside these volumes is mislabelled or in the wrong unit: wide on purpose, since
/// hepatomegaly with metastases reaches 6 L and an atrophic kidney 40 mL.
struct PlausibleVolume {
  Organ organ;
  double least_ml;
  double most_ml;
};
constexpr std::array plausible_volumes{
    PlausibleVolume{Organ::liver, 500, 7000},       PlausibleVolume{Organ::spleen, 5, 3000},
    PlausibleVolume{Organ::kidney_right, 20, 1500}, PlausibleVolume{Organ::kidney_left, 20, 1500},
    PlausibleVolume{Organ::aorta, 10, 1500},        PlausibleVolume{Organ::brain, 100, 2200}};

struct OrganExtent {
  std::size_t voxels = 0;
  space::Vec3 index_sum;
  std::optional<space::PointLps> centroid(const space::Geometry& grid) const {
    if (voxels == 0) return std::nullopt;
    const double n = static_cast<double>(voxels);
    return grid.to_lps(space::ContinuousIjk{index_sum.x / n, index_sum.y / n, index_sum.z / n});
  }
};

std::map<std::uint16_t, OrganExtent> extents_of(const image::LabelMap& labels) {
  std::vector<OrganExtent> by_id(65536);
  const auto& size = labels.geometry().size;
  std::size_t offset = 0;
  for (int k = 0; k < size[2]; ++k)
    for (int j = 0; j < size[1]; ++j)
      for (int i = 0; i < size[0]; ++i, ++offset) {
        const std::uint16_t id = labels[offset];
        if (id == 0) continue;
        OrganExtent& extent = by_id[id];
        ++extent.voxels;
        extent.index_sum = extent.index_sum + space::Vec3{double(i), double(j), double(k)};
      }
  std::map<std::uint16_t, OrganExtent> found;
  for (std::size_t id = 1; id < by_id.size(); ++id)
    if (by_id[id].voxels > 0) found[static_cast<std::uint16_t>(id)] = by_id[id];
  return found;
}

void warn_of_volumes(const std::map<std::uint16_t, OrganExtent>& extents, const space::Geometry& grid,
                     std::vector<record::Warning>& warnings) {
  for (const PlausibleVolume& organ : plausible_volumes) {
    const auto found = extents.find(id_of(organ.organ));
    if (found == extents.end()) continue;
    const double volume_ml = static_cast<double>(found->second.voxels) * grid.voxel_volume_ml();
    if (volume_ml >= organ.least_ml && volume_ml <= organ.most_ml) continue;
    warnings.push_back(
        {"organ_volume_implausible",
         fmt::format("The organ map holds {:.0f} mL of {}, outside {:.0f} to {:.0f} mL: check its labels "
                     "and voxel size, or that the organ is not cut off.",
                     volume_ml, record::name_of(organ.organ), organ.least_ml, organ.most_ml)});
  }
}

/// The liver lies right of the spleen and the right kidney right of the left one; in LPS right has the
/// smaller x.
void warn_of_swapped_sides(const std::map<std::uint16_t, OrganExtent>& extents, const space::Geometry& grid,
                           std::vector<record::Warning>& warnings) {
  constexpr std::array<std::array<Organ, 2>, 2> right_and_left{
      {{Organ::liver, Organ::spleen}, {Organ::kidney_right, Organ::kidney_left}}};
  for (const auto& [right, left] : right_and_left) {
    const auto right_found = extents.find(id_of(right)), left_found = extents.find(id_of(left));
    if (right_found == extents.end() || left_found == extents.end()) continue;
    if (right_found->second.centroid(grid)->x < left_found->second.centroid(grid)->x) continue;
    warnings.push_back(
        {"organ_sides_swapped",
         fmt::format("In the organ map the {} lies left of the {}: the map is mirrored, or the patient has "
                     "situs inversus.",
                     record::name_of(right), record::name_of(left))});
  }
}

bool has_meaning(std::uint16_t id) {
  constexpr std::uint16_t last_of_totalsegmentator = 117, first_own = 201, last_own = 299;
  return id <= last_of_totalsegmentator || (id >= first_own && id <= last_own);
}

}  // namespace

record::Warning organ_not_found(Organ organ) {
  return {"organ_not_found", fmt::format("The {} was not found.", record::name_of(organ))};
}

OrganMap import_organs(image::LabelMap labels) {
  OrganMap map;
  map.source = "imported";
  map.labels = std::move(labels);
  for (std::uint16_t& voxel : map.labels.voxels())
    if (record::is_region(voxel)) voxel = 0;
  const space::Geometry& grid = map.labels.geometry();
  const auto extents = extents_of(map.labels);
  if (extents.empty()) {
    map.warnings.push_back(
        {"organ_map_empty", "The organ map holds no organ: no reference can be measured."});
    return map;
  }
  std::string unknown;
  for (const auto& [id, extent] : extents)
    if (!has_meaning(id) && unknown.size() < 60)
      unknown += fmt::format("{}{}", unknown.empty() ? "" : ", ", id);
  if (!unknown.empty())
    map.warnings.push_back(
        {"organ_ids_unknown",
         "The organ map holds labels without a meaning here, kept as other organs: " + unknown + "."});
  if (!extents.contains(id_of(Organ::liver)))
    map.warnings.push_back(
        {"organ_liver_missing", "The organ map holds no liver (label 5): check its numbering."});
  warn_of_volumes(extents, grid, map.warnings);
  warn_of_swapped_sides(extents, grid, map.warnings);
  return map;
}

OrganMap import_organs(image::LabelMap labels, const OrganNumbering& numbering) {
  std::vector<std::uint16_t> to(65536);
  for (std::size_t id = 1; id < to.size(); ++id)
    to[id] = static_cast<std::uint16_t>(std::min<std::size_t>(id + number_without_meaning, 65535));
  for (const auto& [from, organ] : numbering) to[from] = organ;
  for (std::uint16_t& voxel : labels.voxels()) voxel = to[voxel];
  return import_organs(std::move(labels));
}

image::LabelMap organs_on_grid(const OrganMap& map, const space::Geometry& grid,
                               const space::Transform& grid_to_map, const base::Run& run) {
  return image::resample_nearest(map.labels, grid, grid_to_map, run);
}

}  // namespace netpet::anatomy
