#include "lesions/deep_in_label.h"

#include <algorithm>

#include "base/robust.h"
#include "image/mask.h"
#include "image/sphere.h"

namespace netpet::lesions {
namespace {

bool contains(const std::vector<std::uint16_t>& organs, std::uint16_t organ) {
  return std::find(organs.begin(), organs.end(), organ) != organs.end();
}

/// Calls `visit(voxel)` for the voxels of the sphere that exist, until it returns false; false if it did.
template <typename Visit>
bool each_within(const image::Sphere& sphere, const space::Geometry& grid, space::IndexIjk centre,
                 const Visit& visit) {
  for (const image::SphereRow& row : sphere.rows)
    for (int di = -row.half; di <= row.half; ++di) {
      const space::IndexIjk at{centre.i + di, centre.j + row.dj, centre.k + row.dk};
      if (grid.contains(at) && !visit(grid.offset(at))) return false;
    }
  return true;
}

}  // namespace

DeepInLabels::DeepInLabels(const ScanOnGrid& scan, const std::vector<const Outline*>& outlines,
                           const std::vector<TissueRule>& tissues, const DeepRule& rule)
    : scan_(scan), tissues_(tissues), rule_(rule) {
  if (scan.organ_confidence.empty()) return;
  const space::Geometry& grid = scan.suv->geometry();
  near_outlines_.resize(scan.suv->voxels().size());
  const image::Sphere blur = image::sphere_on(grid, rule.blur_mm);
  for (const Outline* outline : outlines)
    for (const std::size_t voxel : outline->region)
      each_within(blur, grid, grid.index(voxel), [&](std::size_t near) { return near_outlines_[near] = 1; });
}

bool DeepInLabels::holds(const Outline& outline) const {
  const auto label = scan_.organ_confidence.find(outline.organ);
  if (label == scan_.organ_confidence.end() || label->second < rule_.least_label_confidence) return false;
  for (const TissueRule& tissue : tissues_)
    if (contains(tissue.organs, outline.organ)) {
      const auto rule = rule_.tissues.find(tissue.name);
      return rule != rule_.tissues.end() &&
             is_inside_by(outline, tissue.organs, rule->second.edge_mm + scan_.organ_error_mm) &&
             is_like_its_organ(outline, tissue.organs, rule->second);
    }
  return false;
}

bool DeepInLabels::is_inside_by(const Outline& outline, const std::vector<std::uint16_t>& organs,
                                double mm) const {
  const space::Geometry& grid = scan_.suv->geometry();
  const image::Sphere around = image::sphere_on(grid, mm);
  const auto inside = std::count_if(outline.region.begin(), outline.region.end(), [&](std::size_t voxel) {
    return each_within(around, grid, grid.index(voxel),
                       [&](std::size_t near) { return contains(organs, (*scan_.organs)[near]); });
  });
  return static_cast<double>(inside) >= rule_.share * static_cast<double>(outline.region.size());
}

bool DeepInLabels::is_like_its_organ(const Outline& outline, const std::vector<std::uint16_t>& organs,
                                     const DeepTissue& rule) const {
  const space::Geometry& grid = scan_.suv->geometry();
  const image::Box box = image::bounding_box(grid, outline.region).grown(grid, rule_.around_mm);
  std::vector<float> values;
  for (int k = box.first[2]; k <= box.last[2]; ++k)
    for (int j = box.first[1]; j <= box.last[1]; ++j)
      for (int i = box.first[0]; i <= box.last[0]; ++i) {
        const std::size_t voxel = grid.offset({i, j, k});
        if (!near_outlines_[voxel] && contains(organs, (*scan_.organs)[voxel]))
          values.push_back((*scan_.suv)[voxel]);
      }
  if (static_cast<double>(values.size()) * grid.voxel_volume_ml() < rule_.least_around_ml) return false;
  const double level = base::median_of(values);
  return level >= rule.least_like_organ * outline.background &&
         level <= rule.most_like_organ * outline.background;
}

}  // namespace netpet::lesions
