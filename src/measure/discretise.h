#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "image/mask.h"
#include "image/volume.h"

namespace netpet::measure {

/// How intensities become grey levels 1 … N (IBSI, "discretisation").
struct Discretisation {
  enum class Method {
    automatic,  ///< `none` where every value of the region is a whole number from 1 to 255, else 32 bins
    none,       ///< the values are levels already: whole numbers from 1
    fixed_bin_number,  ///< `bins` equal bins from the region's lowest to its highest value (K15C)
    fixed_bin_size     ///< bins of `width` from `origin` on (Q3RU)
  };
  Method method = Method::automatic;
  int bins = 32;
  double width = 0;
  /// Lower edge of the first bin; without one the lower limit of re-segmentation, else the region's lowest
  /// value.
  std::optional<double> origin;

  bool operator==(const Discretisation&) const = default;
};

/// The grey level of each voxel of a region, in the order of the region.
struct Levels {
  std::vector<std::int32_t> of_voxel;  ///< 1 … `count`
  int count = 0;                       ///< N_g: the number of bins, or the highest level
  Discretisation used;                 ///< never `automatic`
};

/// Refuses `levels_not_whole` (method `none` on other values), `level_below_first` (an intensity below the
/// origin) and `too_many_levels` (above 65535). A region of one value has the one level 1 with a fixed number
/// of bins.
Levels discretise(const image::PetVolume& image, const image::Region& region, const Discretisation& how,
                  std::optional<double> lower_limit = std::nullopt);

/// What the texture matrices walk over: the levels in the block around a region, 0 outside it, with a border
/// of one voxel so that every neighbour exists.
struct LevelBlock {
  std::array<int, 3> size{0, 0, 0};  ///< border included
  std::vector<std::int32_t> level;
  std::vector<std::uint8_t> shape;  ///< the morphological region, 1 inside
  int levels = 0;

  std::size_t offset(int i, int j, int k) const {
    return (static_cast<std::size_t>(k) * static_cast<std::size_t>(size[1]) + static_cast<std::size_t>(j)) *
               static_cast<std::size_t>(size[0]) +
           static_cast<std::size_t>(i);
  }
  std::ptrdiff_t step(int di, int dj, int dk) const {
    return (static_cast<std::ptrdiff_t>(dk) * size[1] + dj) * size[0] + di;
  }
};

/// `region`, whose levels these are, must lie inside `shape`.
LevelBlock level_block(const space::Geometry& grid, const image::Region& shape, const image::Region& region,
                       const Levels& levels);

/// Whether a texture looks at each slice by itself or across slices.
enum class Reach { slice, volume };

/// Slices first … last of a block, border not counted.
struct Slab {
  int first, last;
  Reach reach;
};
/// One slab a slice that holds a level.
std::vector<Slab> slices_of(const LevelBlock& block);
/// One slab for the whole block.
Slab whole(const LevelBlock& block);

}  // namespace netpet::measure
