#pragma once

#include <cstdint>
#include <vector>

#include "image/mask.h"

namespace netpet::image {

/// Which voxels touch: across a face, or across a face, an edge or a corner.
enum class Neighbourhood { faces6, all26 };

/// The connected parts of a mask, numbered from 1 in the order of their first voxels.
struct Components {
  Volume<std::uint32_t> labels;    ///< 0 = not in the mask, n = part n
  std::vector<std::size_t> sizes;  ///< voxels of part n at n − 1

  /// The number of the part with most voxels (the first of several), 0 where the mask is empty.
  std::uint32_t largest() const;
  /// The voxel lists of all parts, part n at n − 1.
  std::vector<Region> regions() const;
};

/// Splits `mask` into connected parts: runs of voxels joined by union-find, one pass.
Components connected_components(const Mask& mask, Neighbourhood neighbourhood);

/// The connected part of `mask` that holds `seed`; empty where the seed is not in the mask.
Region component_at(const Mask& mask, std::size_t seed, Neighbourhood neighbourhood);

/// Only the largest connected part of `mask` stays.
Mask largest_component(const Mask& mask, Neighbourhood neighbourhood);

/// Fills what the mask encloses: voxels outside it that no path over faces joins to the border of the grid.
Mask fill_holes(const Mask& mask);

}  // namespace netpet::image
