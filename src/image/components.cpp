#include "image/components.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace netpet::image {

namespace {

/// Set voxels that follow each other along a row, [begin, end).
struct Run {
  int begin, end;
};

class UnionFind {
 public:
  std::uint32_t add() {
    parent_.push_back(static_cast<std::uint32_t>(parent_.size()));
    return parent_.back();
  }
  std::uint32_t root(std::uint32_t item) {
    while (parent_[item] != item) item = parent_[item] = parent_[parent_[item]];
    return item;
  }
  /// The lower number becomes the root, so that parts keep the order of their first voxels.
  void join(std::uint32_t a, std::uint32_t b) {
    a = root(a), b = root(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

struct RowStep {
  int j, k;
};
/// Rows before a row in storage order that touch it.
constexpr std::array<RowStep, 2> kRowsFaces{{{-1, 0}, {0, -1}}};
constexpr std::array<RowStep, 4> kRowsAll{{{-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};

void join_rows(const std::vector<Run>& runs, std::size_t a, std::size_t a_end, std::size_t b,
               std::size_t b_end, int reach, UnionFind& sets) {
  while (a < a_end && b < b_end) {
    if (runs[a].begin < runs[b].end + reach && runs[b].begin < runs[a].end + reach)
      sets.join(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b));
    runs[a].end < runs[b].end ? ++a : ++b;
  }
}

}  // namespace

Components connected_components(const Mask& mask, Neighbourhood neighbourhood) {
  const auto& size = mask.geometry().size;
  const int rows = size[1] * size[2];
  std::vector<Run> runs;
  std::vector<std::size_t> first_run(static_cast<std::size_t>(rows) + 1, 0);
  UnionFind sets;
  const bool all = neighbourhood == Neighbourhood::all26;
  const RowStep* steps = all ? kRowsAll.data() : kRowsFaces.data();
  const std::size_t step_count = all ? kRowsAll.size() : kRowsFaces.size();

  for (int row = 0; row < rows; ++row) {
    const auto r = static_cast<std::size_t>(row);
    const std::uint8_t* line = mask.voxels().data() + r * static_cast<std::size_t>(size[0]);
    first_run[r] = runs.size();
    for (int i = 0; i < size[0];) {
      while (i < size[0] && !line[i]) ++i;
      const int begin = i;
      while (i < size[0] && line[i]) ++i;
      if (i == begin) continue;
      runs.push_back({begin, i});
      sets.add();
    }
    first_run[r + 1] = runs.size();
    if (first_run[r] == runs.size()) continue;
    const int j = row % size[1], k = row / size[1];
    for (std::size_t s = 0; s < step_count; ++s) {
      const int nj = j + steps[s].j, nk = k + steps[s].k;
      if (nj < 0 || nj >= size[1] || nk < 0) continue;
      const auto n = static_cast<std::size_t>(nk * size[1] + nj);
      join_rows(runs, first_run[r], runs.size(), first_run[n], first_run[n + 1], all ? 1 : 0, sets);
    }
  }

  Components parts{Volume<std::uint32_t>(mask.geometry()), {}};
  std::vector<std::uint32_t> number(runs.size(), 0);
  for (std::size_t r = 0; r < static_cast<std::size_t>(rows); ++r)
    for (std::size_t run = first_run[r]; run < first_run[r + 1]; ++run) {
      const std::uint32_t root = sets.root(static_cast<std::uint32_t>(run));
      if (root == run) {
        parts.sizes.push_back(0);
        number[run] = static_cast<std::uint32_t>(parts.sizes.size());
      }
      const std::uint32_t label = number[root];
      parts.sizes[label - 1] += static_cast<std::size_t>(runs[run].end - runs[run].begin);
      std::uint32_t* line = parts.labels.voxels().data() + r * static_cast<std::size_t>(size[0]);
      std::fill(line + runs[run].begin, line + runs[run].end, label);
    }
  return parts;
}

std::uint32_t Components::largest() const {
  if (sizes.empty()) return 0;
  return static_cast<std::uint32_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin()) + 1;
}

std::vector<Region> Components::regions() const {
  std::vector<Region> all(sizes.size());
  for (std::size_t part = 0; part < sizes.size(); ++part) all[part].reserve(sizes[part]);
  for (std::size_t offset = 0; offset < labels.voxels().size(); ++offset)
    if (const std::uint32_t label = labels[offset]) all[label - 1].push_back(offset);
  return all;
}

Region component_at(const Mask& mask, std::size_t seed, Neighbourhood neighbourhood) {
  Region region;
  if (!mask[seed]) return region;
  const space::Geometry& grid = mask.geometry();
  std::vector<std::uint8_t> seen(mask.voxels().size(), 0);
  seen[seed] = 1;
  region.push_back(seed);
  for (std::size_t next = 0; next < region.size(); ++next) {
    const space::IndexIjk at = grid.index(region[next]);
    for (int dk = -1; dk <= 1; ++dk)
      for (int dj = -1; dj <= 1; ++dj)
        for (int di = -1; di <= 1; ++di) {
          if (neighbourhood == Neighbourhood::faces6 && di * di + dj * dj + dk * dk != 1) continue;
          const space::IndexIjk to{at.i + di, at.j + dj, at.k + dk};
          if (!grid.contains(to)) continue;
          const std::size_t offset = grid.offset(to);
          if (seen[offset] || !mask[offset]) continue;
          seen[offset] = 1;
          region.push_back(offset);
        }
  }
  std::sort(region.begin(), region.end());
  return region;
}

Mask largest_component(const Mask& mask, Neighbourhood neighbourhood) {
  const Components parts = connected_components(mask, neighbourhood);
  const std::uint32_t largest = parts.largest();
  Mask kept(mask.geometry());
  for (std::size_t offset = 0; offset < kept.voxels().size(); ++offset)
    kept[offset] = largest != 0 && parts.labels[offset] == largest;
  return kept;
}

Mask fill_holes(const Mask& mask) {
  const space::Geometry& grid = mask.geometry();
  Mask outside(grid);
  for (std::size_t offset = 0; offset < outside.voxels().size(); ++offset) outside[offset] = !mask[offset];
  const Components parts = connected_components(outside, Neighbourhood::faces6);
  std::vector<std::uint8_t> reaches_border(parts.sizes.size() + 1, 0);
  const auto& size = grid.size;
  for (int k = 0; k < size[2]; ++k)
    for (int j = 0; j < size[1]; ++j) {
      const bool whole_row = k == 0 || k == size[2] - 1 || j == 0 || j == size[1] - 1;
      const int step = whole_row ? 1 : std::max(size[0] - 1, 1);
      for (int i = 0; i < size[0]; i += step) reaches_border[parts.labels({i, j, k})] = 1;
    }
  Mask filled(grid);
  for (std::size_t offset = 0; offset < filled.voxels().size(); ++offset)
    filled[offset] = mask[offset] || !reaches_border[parts.labels[offset]];
  return filled;
}

}  // namespace netpet::image
