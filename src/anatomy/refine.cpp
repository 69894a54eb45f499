#include "anatomy/refine.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/parallel_for.h"
#include "image/resample.h"
#include "record/organ.h"

namespace netpet::anatomy {
namespace {

using record::id_of;
using record::Organ;

constexpr double fine_spacing_mm = 2;
constexpr std::int16_t outside_hu = -1000;
// Cortical bone of one voxel and its neighbour; marrow; air of lung and windpipe; fat.
constexpr int bone_hu = 120, marrow_hu = 0, lung_hu = -400, fat_hu = -40;
// An organ with more than this holds contrast medium.
constexpr int contrast_hu = 100;

/// For each coarse voxel an id that `is_wanted` among it and its 26 neighbours, 0 where there is none.
template <class Test>
image::LabelMap spread_by_one(const image::LabelMap& labels, Test is_wanted) {
  image::LabelMap out(labels.geometry());
  const auto& size = labels.geometry().size;
  std::size_t v = 0;
  for (int k = 0; k < size[2]; ++k)
    for (int j = 0; j < size[1]; ++j)
      for (int i = 0; i < size[0]; ++i, ++v) {
        if (!is_wanted(labels[v])) continue;
        for (int dk = std::max(0, k - 1); dk <= std::min(size[2] - 1, k + 1); ++dk)
          for (int dj = std::max(0, j - 1); dj <= std::min(size[1] - 1, j + 1); ++dj)
            for (int di = std::max(0, i - 1); di <= std::min(size[0] - 1, i + 1); ++di) {
              const std::size_t to = labels.geometry().offset({di, dj, dk});
              if (out[to] == 0 || to == v) out[to] = labels[v];
            }
      }
  return out;
}

/// Where the voxels of the fine grid lie along one axis of the coarse one, which runs parallel.
struct Along {
  std::vector<int> nearest, low, high;  ///< coarse indices
  std::vector<double> weight;           ///< of `high`
};

Along along(const space::Geometry& fine, const space::Geometry& coarse, std::size_t axis) {
  const space::ContinuousIjk first = coarse.to_ijk(fine.origin);
  const double begin = std::array{first.i, first.j, first.k}[axis];
  const double step = fine.spacing[static_cast<int>(axis)] / coarse.spacing[static_cast<int>(axis)];
  const int last = coarse.size[axis] - 1;
  Along places;
  for (int index = 0; index < fine.size[axis]; ++index) {
    const double place = begin + index * step, inside = std::clamp(place, 0.0, static_cast<double>(last));
    const int low = std::min(static_cast<int>(inside), std::max(0, last - 1));
    places.nearest.push_back(std::clamp(static_cast<int>(std::lround(place)), 0, last));
    places.low.push_back(low);
    places.high.push_back(std::min(low + 1, last));
    places.weight.push_back(inside - low);
  }
  return places;
}

/// The label that weighs most among the eight coarse voxels around a place, and its share. Bones weigh as
/// one: between two of them there is no edge.
struct Majority {
  std::uint16_t label = 0;
  double share = 0;
};

using Corners = std::array<std::uint16_t, 8>;

Majority majority_of(const Corners& labels, const std::array<double, 3>& weight) {
  if (std::all_of(labels.begin(), labels.end(), [&](std::uint16_t label) { return label == labels[0]; }))
    return {labels[0], 1};
  std::array<Majority, 8> seen{};
  std::size_t kinds = 0;
  for (std::size_t corner = 0; corner < labels.size(); ++corner) {
    double share = 1;
    for (std::size_t axis = 0; axis < 3; ++axis)
      share *= corner >> axis & 1 ? weight[axis] : 1 - weight[axis];
    std::size_t kind = 0;
    while (kind < kinds && seen[kind].label != labels[corner]) ++kind;
    if (kind == kinds) seen[kinds++].label = labels[corner];
    seen[kind].share += share;
  }
  Majority bone, other;
  double bones = 0;
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    const bool is_bone = record::is_bone(seen[kind].label);
    if (is_bone) bones += seen[kind].share;
    Majority& most = is_bone ? bone : other;
    if (seen[kind].share > most.share) most = seen[kind];
  }
  return bones > other.share ? Majority{bone.label, bones} : other;
}

space::Geometry fine_grid(const image::LabelMap& coarse, const image::Mask& body) {
  const image::Box box = image::bounding_box(body);
  space::Geometry grid = coarse.geometry();
  if (box.empty()) return grid;
  const double ratio = grid.spacing.x / fine_spacing_mm;
  grid.origin = grid.to_lps(space::ContinuousIjk{
      box.first[0] - 0.5 + 0.5 / ratio, box.first[1] - 0.5 + 0.5 / ratio, box.first[2] - 0.5 + 0.5 / ratio});
  for (std::size_t axis = 0; axis < 3; ++axis)
    grid.size[axis] = static_cast<int>(std::lround((box.last[axis] - box.first[axis] + 1) * ratio));
  grid.spacing = {fine_spacing_mm, fine_spacing_mm, fine_spacing_mm};
  return grid;
}

/// The mean density of each organ, by every eighth voxel.
std::map<std::uint16_t, double> mean_hu(const image::LabelMap& coarse, const image::CtVolume& ct) {
  std::map<std::uint16_t, std::pair<double, double>> sums;
  for (std::size_t v = 0; v < coarse.voxels().size(); v += 8) {
    if (coarse[v] == 0) continue;
    const space::ContinuousIjk at =
        ct.geometry().to_ijk(coarse.geometry().to_lps(coarse.geometry().index(v)));
    const space::IndexIjk near{static_cast<int>(std::lround(at.i)), static_cast<int>(std::lround(at.j)),
                               static_cast<int>(std::lround(at.k))};
    if (!ct.geometry().contains(near)) continue;
    auto& [sum, n] = sums[coarse[v]];
    sum += ct(near), ++n;
  }
  std::map<std::uint16_t, double> mean;
  for (const auto& [id, sum] : sums) mean[id] = sum.first / sum.second;
  return mean;
}

}  // namespace

image::LabelMap refine_labels(const image::LabelMap& coarse, const image::Mask& body,
                              const image::CtVolume& ct, const base::Run& run) {
  const space::Geometry grid = fine_grid(coarse, body);
  const image::CtVolume hu = image::resample_linear(ct, grid, space::Affine{}, outside_hu, run);
  const image::LabelMap bone_near = spread_by_one(coarse, record::is_bone);
  const image::LabelMap air_near = spread_by_one(
      coarse, [](std::uint16_t id) { return record::is_lung(id) || id == id_of(Organ::trachea); });
  std::vector<bool> has_contrast(65536, false);
  for (const auto& [id, mean] : mean_hu(coarse, ct))
    has_contrast[id] = !record::is_bone(id) && mean > contrast_hu;
  image::LabelMap fine(grid);
  const auto refined = [&](std::size_t near, const Majority& most, int density) -> std::uint16_t {
    const bool sure = most.share > 0.99;
    if (bone_near[near] && density > bone_hu && !has_contrast[most.label]) return bone_near[near];
    if (air_near[near] && density < lung_hu) return record::is_lung(most.label) ? most.label : air_near[near];
    if (record::is_bone(most.label)) return sure && density > marrow_hu ? most.label : 0;
    if (record::is_lung(most.label)) return sure ? most.label : 0;
    const bool holds_gas = most.label == id_of(Organ::gut) || most.label == id_of(Organ::oesophagus);
    if (most.label == id_of(Organ::trachea) || (!sure && !holds_gas && density < fat_hu)) return 0;
    return most.label;
  };
  const Along x = along(grid, coarse.geometry(), 0), y = along(grid, coarse.geometry(), 1),
              z = along(grid, coarse.geometry(), 2);
  const auto refine_row = [&](std::size_t j, std::size_t k) {
    const auto row_at = [&](int row, int slice) {
      return coarse.voxels().data() + coarse.geometry().offset({0, row, slice});
    };
    const std::array<const std::uint16_t*, 4> rows{row_at(y.low[j], z.low[k]), row_at(y.high[j], z.low[k]),
                                                   row_at(y.low[j], z.high[k]), row_at(y.high[j], z.high[k])};
    const std::size_t near = coarse.geometry().offset({0, y.nearest[j], z.nearest[k]});
    std::size_t v = grid.offset({0, static_cast<int>(j), static_cast<int>(k)});
    for (std::size_t i = 0; i < x.low.size(); ++i, ++v) {
      Corners labels;
      for (std::size_t row = 0; row < rows.size(); ++row)
        labels[2 * row] = rows[row][x.low[i]], labels[2 * row + 1] = rows[row][x.high[i]];
      const Majority most = majority_of(labels, {x.weight[i], y.weight[j], z.weight[k]});
      fine[v] = refined(near + static_cast<std::size_t>(x.nearest[i]), most, hu[v]);
    }
  };
  base::parallel_for(run, z.low.size(), 1, [&](std::size_t first, std::size_t end) {
    for (std::size_t k = first; k < end; ++k)
      for (std::size_t j = 0; j < y.low.size(); ++j) refine_row(j, k);
  });
  return fine;
}

}  // namespace netpet::anatomy
