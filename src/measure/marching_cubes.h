#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace netpet::measure {

/// Corner c of a cube lies at (c & 1, c >> 1 & 1, c >> 2); edge e joins two corners.
struct CubeEdge {
  int from, to;
};
const std::array<CubeEdge, 12>& cube_edges();

/// Three edges whose mid-points are a triangle's corners, seen from outside against the clock.
using CubeTriangle = std::array<int, 3>;

/// The surface half-way between corners inside and corners outside, for each of the 256 ways to set the
/// corners (bit c: corner c is inside). Where a face has two opposite corners inside, they are joined, as
/// voxels of a region are over edges; so neighbouring cubes always fit together and the surface is closed. A
/// polygon that is not flat is cut so that the side of the fewer corners is convex; with four on each side,
/// by the cut of least area. Source of the method: Lorensen & Cline, SIGGRAPH 1987;21:163.
const std::array<std::vector<CubeTriangle>, 256>& marching_cubes();

}  // namespace netpet::measure
