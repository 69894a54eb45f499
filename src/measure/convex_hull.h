#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "image/volume.h"

namespace netpet::measure {

/// A point in half voxels; its coordinates stay below 2^17 so that every decision is exact.
using HalfVoxel = std::array<std::int64_t, 3>;

/// The triangles of the convex hull, corners against the clock seen from outside, as indices of `points`
/// (Barber et al., ACM Trans Math Softw 1996;22:469). Refuses (our bug) points that lie in one plane.
std::vector<std::array<std::size_t, 3>> convex_hull(const std::vector<HalfVoxel>& points);

/// The voxels whose centres lie in the convex hull of a region's voxels (of the middles of their faces),
/// sorted.
image::Region inside_convex_hull(const image::Region& region, const space::Geometry& grid);

}  // namespace netpet::measure
