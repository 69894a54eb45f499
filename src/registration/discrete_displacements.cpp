#include "registration/discrete_displacements.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "base/parallel_for.h"

namespace netpet::registration {
namespace {

using space::IndexIjk;
using space::Vec3f;

constexpr int node_voxels = 4, lattice_voxels = 2, lattice_reach = 4;
constexpr int edge = 2 * lattice_reach + 1;
constexpr std::size_t labels = static_cast<std::size_t>(edge) * edge * edge;
constexpr int patch_rows = 2;        // of four along y and z: half of the voxels tell as much
constexpr int least_shown_rows = 2;  // of the four rows of a patch
constexpr float full_difference = 255.0F * node_voxels * patch_rows * patch_rows;  // of one channel
// Weight of the squared distance from the smoothed field, per step of the lattice, against the difference
// summed over the channels: from what the images say alone to a smooth field [heinrich2014, siebert2021].
constexpr std::array<float, 6> couplings{0.003F, 0.01F, 0.03F, 0.1F, 0.3F, 1.0F};

std::array<int, 3> offset_of(std::size_t label) {
  const auto n = static_cast<int>(label);
  return {(n % edge - lattice_reach), (n / edge % edge - lattice_reach), (n / edge / edge - lattice_reach)};
}

/// Sum of absolute differences of `node_voxels` descriptors that follow each other.
int difference_of_row(const Descriptor* a, const Descriptor* b) {
  const std::uint8_t *p = a->data(), *q = b->data();
  int sum = 0;
  for (int n = 0; n < node_voxels * 16; ++n) sum += std::abs(static_cast<int>(p[n]) - static_cast<int>(q[n]));
  return sum;
}

space::Geometry node_grid(const space::Geometry& voxels) {
  space::Geometry nodes = voxels;
  nodes.spacing = voxels.spacing * node_voxels;
  const double middle = (node_voxels - 1) / 2.0;
  nodes.origin = voxels.to_lps(space::ContinuousIjk{middle, middle, middle});
  for (int& n : nodes.size) n = std::max(1, n / node_voxels);
  return nodes;
}

/// What every displacement of every node costs. Nodes without anything to compare cost nothing: the field
/// passes through them.
class Costs {
 public:
  Costs(const DescribedScan& fixed, const DescribedScan& moving, const space::Geometry& nodes,
        const base::Run& run)
      : nodes_(nodes), own_(nodes.voxels() * labels, 0), informed_(nodes.voxels(), 0) {
    const auto rows = static_cast<std::size_t>(nodes.size[1]) * static_cast<std::size_t>(nodes.size[2]);
    base::parallel_for(run, rows, 8, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row)
        for (int i = 0; i < nodes.size[0]; ++i)
          compare(fixed, moving,
                  {i, static_cast<int>(row) % nodes.size[1], static_cast<int>(row) / nodes.size[1]});
    });
  }

  bool informed(std::size_t node) const { return informed_[node] != 0; }

  /// The costs of a node and, at half weight each, those of its six neighbours: a patch alone is ambiguous.
  void of_node(IndexIjk at, std::array<float, labels>& costs) const {
    costs.fill(0);
    float weight = 0;
    const auto add = [&](IndexIjk other, float share) {
      if (!nodes_.contains(other)) return;
      const std::size_t node = nodes_.offset(other);
      if (!informed_[node]) return;
      const std::uint16_t* values = &own_[node * labels];
      for (std::size_t n = 0; n < labels; ++n) costs[n] += share * static_cast<float>(values[n]);
      weight += share;
    };
    add(at, 1);
    for (const int step : {-1, 1}) {
      add({at.i + step, at.j, at.k}, 0.5F);
      add({at.i, at.j + step, at.k}, 0.5F);
      add({at.i, at.j, at.k + step}, 0.5F);
    }
    const float scale = weight > 0 ? 1 / (weight * full_difference) : 0;
    for (float& cost : costs) cost *= scale;
  }

 private:
  void compare(const DescribedScan& fixed, const DescribedScan& moving, IndexIjk node) {
    const space::Geometry& grid = fixed.grid;
    const std::size_t number = nodes_.offset(node);
    const IndexIjk corner{node.i * node_voxels, node.j * node_voxels, node.k * node_voxels};
    std::array<std::size_t, patch_rows * patch_rows> row{};
    int shown = 0;
    for (int n = 0; n < patch_rows * patch_rows; ++n) {
      const std::size_t at = grid.offset({corner.i, corner.j + 1 + n % 2, corner.k + 1 + n / 2});
      row[static_cast<std::size_t>(n)] = at;
      shown += fixed.shown[at + 1] && moving.shown[at + 1] ? 1 : 0;
    }
    if (shown < least_shown_rows) return;
    informed_[number] = 1;
    std::uint16_t* costs = &own_[number * labels];
    for (std::size_t label = 0; label < labels; ++label) {
      const auto step = offset_of(label);
      const IndexIjk to{corner.i + step[0] * lattice_voxels, corner.j + step[1] * lattice_voxels,
                        corner.k + step[2] * lattice_voxels};
      const bool inside = to.i >= 0 && to.j >= 0 && to.k >= 0 && to.i + node_voxels <= grid.size[0] &&
                          to.j + node_voxels <= grid.size[1] && to.k + node_voxels <= grid.size[2];
      if (!inside) {
        costs[label] = std::numeric_limits<std::uint16_t>::max();
        continue;
      }
      const std::ptrdiff_t shift =
          static_cast<std::ptrdiff_t>(grid.offset(to)) - static_cast<std::ptrdiff_t>(grid.offset(corner));
      int sum = 0;
      for (const std::size_t at : row)
        sum += difference_of_row(
            &fixed.descriptors[at],
            &moving.descriptors[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + shift)]);
      costs[label] = static_cast<std::uint16_t>(std::min(sum, 65535));
    }
  }

  space::Geometry nodes_;
  std::vector<std::uint16_t> own_;
  std::vector<std::uint8_t> informed_;
};

/// Mean over the 3 × 3 × 3 nodes around each, along one axis after the other.
void smooth(space::DisplacementField& field) {
  const auto& size = field.grid().size;
  const std::array<std::size_t, 3> stride{
      1, static_cast<std::size_t>(size[0]),
      static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1])};
  std::vector<Vec3f> before;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    before = field.nodes();
    for (std::size_t n = 0; n < before.size(); ++n) {
      const auto at = static_cast<int>(n / stride[axis] % static_cast<std::size_t>(size[axis]));
      const Vec3f below = at > 0 ? before[n - stride[axis]] : before[n];
      const Vec3f above = at + 1 < size[axis] ? before[n + stride[axis]] : before[n];
      field.nodes()[n] = (below + before[n] + above) * (1.0F / 3);
    }
  }
}

/// For each node the displacement with the least cost, drawn towards `smoothed`; in steps of the lattice.
void choose(const Costs& costs, float coupling, const space::DisplacementField& smoothed,
            space::DisplacementField& chosen, const base::Run& run) {
  const space::Geometry& nodes = chosen.grid();
  base::parallel_for(run, nodes.voxels(), 256, [&](std::size_t begin, std::size_t end) {
    std::array<float, labels> cost;
    for (std::size_t node = begin; node < end; ++node) {
      const Vec3f drawn_to = smoothed.nodes()[node];
      if (!costs.informed(node)) {
        chosen.nodes()[node] = drawn_to;
        continue;
      }
      costs.of_node(nodes.index(node), cost);
      std::array<std::array<float, edge>, 3> pull{};
      for (int n = 0; n < edge; ++n)
        for (int axis = 0; axis < 3; ++axis) {
          const float to = axis == 0 ? drawn_to.x : axis == 1 ? drawn_to.y : drawn_to.z;
          const float d = static_cast<float>(n - lattice_reach) - to;
          pull[static_cast<std::size_t>(axis)][static_cast<std::size_t>(n)] = coupling * d * d;
        }
      std::size_t best = labels / 2, label = 0;
      float least = std::numeric_limits<float>::max();
      for (std::size_t k = 0; k < edge; ++k)
        for (std::size_t j = 0; j < edge; ++j)
          for (std::size_t i = 0; i < edge; ++i, ++label) {
            const float total = cost[label] + pull[0][i] + pull[1][j] + pull[2][k];
            if (total < least) least = total, best = label;
          }
      const auto step = offset_of(best);
      chosen.nodes()[node] = {static_cast<float>(step[0]), static_cast<float>(step[1]),
                              static_cast<float>(step[2])};
    }
  });
}

}  // namespace

space::DisplacementField discrete_displacements(const DescribedScan& fixed, const DescribedScan& moving,
                                                const base::Run& run) {
  const space::Geometry nodes = node_grid(fixed.grid);
  const Costs costs(fixed, moving, nodes, run);
  space::DisplacementField smoothed(nodes), chosen(nodes);
  for (const float coupling : couplings) {
    choose(costs, coupling, smoothed, chosen, run);
    smoothed = chosen;
    smooth(smoothed);
  }
  const auto step_mm = static_cast<float>(fixed.grid.spacing.x * lattice_voxels);
  for (Vec3f& node : smoothed.nodes()) node = node * step_mm;
  return smoothed;
}

}  // namespace netpet::registration
