#include "anatomy/travelled_organs.h"

#include <algorithm>

#include "image/distance.h"
#include "image/mask.h"
#include "image/resample.h"

namespace netpet::anatomy {
namespace {

using record::id_of;
using record::Organ;

constexpr Organ travelling[] = {Organ::liver, Organ::spleen, Organ::kidney_right, Organ::kidney_left};
// A label that was carried is a little less sure.
constexpr double carried = 0.9;
// A slip of the edge by less is no matter of which organ it is.
constexpr double least_slip_mm = 4.1;

bool travels(std::uint16_t id) {
  return std::any_of(std::begin(travelling), std::end(travelling),
                     [id](Organ organ) { return id_of(organ) == id; });
}

/// What a travelling organ may be laid over: itself, its like, what the others leave, and nothing.
bool gives_way(std::uint16_t id) {
  return id == 0 || id == id_of(Organ::gut) || travels(id);
}

/// The voxels of `labels` within `reach_mm` of the organ, on a block of its own around it.
struct Near {
  image::Box box;
  image::Mask mask;
  bool contains(space::IndexIjk at) const {
    const int index[3] = {at.i, at.j, at.k};
    for (std::size_t axis = 0; axis < 3; ++axis)
      if (index[axis] < box.first[axis] || index[axis] > box.last[axis]) return false;
    return mask({at.i - box.first[0], at.j - box.first[1], at.k - box.first[2]}) != 0;
  }
};

Near near_organ(const image::LabelMap& labels, Organ organ, double reach_mm, const base::Run& run) {
  const image::Mask whole = image::mask_of_label(labels, id_of(organ));
  Near near;
  near.box = image::bounding_box(whole);
  if (near.box.empty()) return near;
  near.box = near.box.grown(labels.geometry(), reach_mm);
  space::Geometry grid = labels.geometry();
  for (std::size_t axis = 0; axis < 3; ++axis)
    grid.size[axis] = near.box.last[axis] - near.box.first[axis] + 1;
  image::Mask block(grid);
  for (std::size_t v = 0; v < block.voxels().size(); ++v) {
    const space::IndexIjk at = grid.index(v);
    block[v] = whole({at.i + near.box.first[0], at.j + near.box.first[1], at.k + near.box.first[2]});
  }
  near.mask = image::dilate(block, reach_mm, run);
  return near;
}

}  // namespace

OrganMap with_organs_of(OrganMap own, const OrganMap& other, const space::Transform& to_other,
                        double error_mm, const base::Run& run) {
  const image::LabelMap there = organs_on_grid(other, own.labels.geometry(), to_other, run);
  const space::Geometry& grid = own.labels.geometry();
  for (const Organ organ : travelling) {
    const auto found = other.confidence.find(id_of(organ));
    if (found == other.confidence.end()) continue;
    const Near near = near_organ(there, organ, std::max(least_slip_mm, error_mm), run);
    for (std::size_t v = 0; v < there.voxels().size(); ++v)
      if (own.labels[v] == id_of(organ) && there[v] != id_of(organ) && !near.contains(grid.index(v)))
        own.labels[v] = 0;
    double& confidence = own.confidence[id_of(organ)];
    confidence = std::max(confidence, carried * found->second);
    std::erase(own.warnings, organ_not_found(organ));
  }
  for (std::size_t v = 0; v < there.voxels().size(); ++v)
    if (travels(there[v]) && other.confidence.contains(there[v]) && gives_way(own.labels[v]))
      own.labels[v] = there[v];
  return own;
}

}  // namespace netpet::anatomy
