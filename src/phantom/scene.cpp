#include "phantom/scene.h"

#include <algorithm>

namespace netpet::phantom {

void Scene::survey(const space::Geometry& grid, int i0, int j0, int i1, int j1, int k, Tile& tile) const {
  const Vec3 scale = anatomy_.plan().scale;
  tile.points.clear();
  const auto standard = [&](Vec3 p) { return Vec3{p.x / scale.x, p.y / scale.y, p.z / scale.z}; };
  // Most tiles hold air: four corners tell.
  Box box;
  for (const int i : {i0, i1 - 1})
    for (const int j : {j0, j1 - 1}) box.include(map_.body_at(grid.to_lps(space::IndexIjk{i, j, k})));
  if (!anatomy_.may_meet({standard(box.low), standard(box.high)})) return;
  for (int j = j0; j < j1; ++j) {
    const space::PointLps row = grid.to_lps(space::IndexIjk{i0, j, k});
    const Vec3 along = grid.direction * Vec3{grid.spacing.x, 0, 0};
    for (int i = 0; i < i1 - i0; ++i) {
      tile.points.push_back(map_.body_at(row + along * i));
      box.include(tile.points.back());
    }
  }
  tile.body = box;
  tile.standard = {standard(box.low), standard(box.high)};
  anatomy_.parts_near(tile.standard, tile.near);
  tile.lesions.clear();
  for (const SimulatedLesion& lesion : lesions_) {
    const double reach = lesion.reach() + 5;  // and the voxel over which its edge is spread
    if (box.grown(reach).meets({lesion.centre, lesion.centre})) tile.lesions.push_back(&lesion);
  }
  // A focus is painted over the mass around it.
  std::stable_partition(tile.lesions.begin(), tile.lesions.end(),
                        [](const SimulatedLesion* lesion) { return lesion->parent.empty(); });
}

Sample Scene::sample(Vec3 body, const Tile& tile, double edge_mm) const {
  const Vec3 scale = anatomy_.plan().scale;
  Sample s = anatomy_.at({body.x / scale.x, body.y / scale.y, body.z / scale.z}, tile.near, phase_);
  for (const SimulatedLesion* lesion : tile.lesions) {
    const double share = std::clamp(0.5 - lesion->distance(body) / edge_mm, 0.0, 1.0);
    if (share <= 0) continue;
    const auto f = static_cast<float>(share);
    const double hu = phase_ == Phase::native ? lesion->hu : lesion->hu + 40;
    s.hu += f * (static_cast<float>(hu) - s.hu);
    s.sstr += f * (static_cast<float>(lesion->sstr) - s.sstr);
    s.fdg += f * (static_cast<float>(lesion->fdg) - s.fdg);
    if (share < 0.5) continue;
    // A node displaces what is around it; a metastasis belongs to its organ.
    if (lesion->site == "node" || lesion->site == "peritoneum")
      s.organ = 0;
    else if (lesion->host != 0)
      s.organ = lesion->host;
  }
  return s;
}

}  // namespace netpet::phantom
