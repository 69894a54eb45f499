#include "anatomy/catchment.h"

#include <algorithm>

namespace netpet::anatomy {
namespace {

/// Which basins have become one: each knows the one it joined, the last of a chain itself.
class Unions {
 public:
  std::uint32_t add() {
    joined_.push_back(static_cast<std::uint32_t>(joined_.size()));
    return joined_.back();
  }
  std::uint32_t root(std::uint32_t n) {
    while (joined_[n] != n) n = joined_[n] = joined_[joined_[n]];
    return n;
  }
  void join(std::uint32_t low, std::uint32_t high) { joined_[low] = high; }

 private:
  std::vector<std::uint32_t> joined_{0};
};

std::vector<std::uint32_t> from_the_top(const image::PetVolume& suv, const image::Mask& tissue) {
  std::vector<std::uint32_t> order;
  for (std::size_t v = 0; v < tissue.voxels().size(); ++v)
    if (tissue[v]) order.push_back(static_cast<std::uint32_t>(v));
  std::sort(order.begin(), order.end(),
            [&suv](std::uint32_t a, std::uint32_t b) { return suv[a] != suv[b] ? suv[a] > suv[b] : a < b; });
  return order;
}

}  // namespace

Catchment catchment_of(const image::PetVolume& suv, const image::Mask& tissue, float least_rise) {
  const space::Geometry& grid = suv.geometry();
  const std::vector<std::uint32_t> order = from_the_top(suv, tissue);
  Catchment all{image::Volume<std::uint32_t>(grid), {}, {}};
  Unions unions;
  const auto meet = [&](std::uint32_t one, std::uint32_t other, float pass) {
    const std::uint32_t high = std::min(one, other), low = std::max(one, other);  // in order of their tops
    const float top = suv[all.tops[low - 1]];
    if (top - pass < least_rise * top)
      unions.join(low, high);
    else
      for (const std::uint32_t n : {low, high}) all.passes[n - 1] = std::max(all.passes[n - 1], pass);
    return high;
  };
  constexpr int steps[6][3] = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
  for (const std::uint32_t v : order) {
    const space::IndexIjk at = grid.index(v);
    std::uint32_t mine = 0;
    for (const auto& step : steps) {
      const space::IndexIjk to{at.i + step[0], at.j + step[1], at.k + step[2]};
      if (!grid.contains(to)) continue;
      const std::uint32_t other = unions.root(all.basins[grid.offset(to)]);
      if (other != 0 && other != mine) mine = mine == 0 ? other : meet(mine, other, suv[v]);
    }
    if (mine == 0) {
      mine = unions.add();
      all.tops.push_back(v);
      all.passes.push_back(0);
    }
    all.basins[v] = mine;
  }
  for (const std::uint32_t v : order) all.basins[v] = unions.root(all.basins[v]);
  return all;
}

}  // namespace netpet::anatomy
