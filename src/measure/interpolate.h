#pragma once

#include "base/run.h"
#include "image/mask.h"
#include "image/volume.h"

namespace netpet::measure {

enum class Interpolation { linear, cubic_spline };

/// The grid of other voxels that shares its centre with `grid` and covers it: ⌈n · old / new⌉ voxels an axis
/// (IBSI, "align by centre"). A spacing of 0 keeps that of its axis.
space::Geometry centred_grid(const space::Geometry& grid, space::Vec3 spacing_mm);

/// Samples of an image at the voxel centres of `target`, whose axes are those of the image; beyond the
/// outermost centres the border holds. The cubic spline passes through the samples (Unser, IEEE Signal
/// Process Mag 1999;16:22), mirrored at the border.
image::PetVolume interpolate(const image::PetVolume& image, const space::Geometry& target,
                             Interpolation method);

/// `box` of a grid as a grid of its own, and its voxels.
space::Geometry part_of(const space::Geometry& grid, const image::Box& box);
image::PetVolume part_of(const image::PetVolume& image, const image::Box& box);

}  // namespace netpet::measure
