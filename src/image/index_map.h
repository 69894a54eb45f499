#pragma once

#include "space/affine.h"
#include "space/geometry.h"

namespace netpet::image {

/// The affine from LPS mm to continuous voxel indices of a grid. "x, y, z" of the result stand for i, j, k.
space::Affine lps_to_index(const space::Geometry& grid);

/// The affine from voxel indices (i, j, k) of `target` to continuous voxel indices of `source`, where
/// `target_to_source` maps target LPS to source LPS. "x, y, z" of the result stand for i, j, k.
space::Affine index_map(const space::Geometry& target, const space::Affine& target_to_source,
                        const space::Geometry& source);

}  // namespace netpet::image
