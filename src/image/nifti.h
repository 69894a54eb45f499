#pragma once

#include <filesystem>
#include <vector>

#include "base/run.h"
#include "image/volume.h"
#include "space/transform.h"

/// NIfTI-1 single files (.nii, .nii.gz), as nifti.nimh.nih.gov/nifti-1 defines them. On disk the world is
/// RAS, as the standard wants it; in memory it is LPS as everywhere. The order of voxels is never changed.
namespace netpet::image {

/// Where the values of an image come from, which decides how they are compressed. Stored ones were whole
/// numbers of a scanner and repeat; interpolated ones do not, and looking for repeats takes twice the time.
enum class Values { stored, interpolated };

/// Writes an image with qform and sform; a name that ends in .gz is compressed. Written beside its place and
/// renamed in. Environment errors `disk_full`, `output_not_writable`.
void write_nifti(const PetVolume& volume, const std::filesystem::path& file, Values values = Values::stored);
void write_nifti(const CtVolume& volume, const std::filesystem::path& file);
void write_nifti(const LabelMap& volume, const std::filesystem::path& file);

/// A displacement at each voxel centre of a grid, mm, components along the axes of LPS.
struct DisplacementLps {
  std::vector<float> x, y, z;
};

/// Writes a 5-D vector image of intent 1006 (NIFTI_INTENT_DISPVECT). Its grid is RAS like that of every NIfTI
/// file; its components are LPS mm.
void write_nifti_displacement(const space::Geometry& grid, const DisplacementLps& displacement,
                              const std::filesystem::path& file);

/// What the header calls the vectors, which are LPS mm with either. ITK from 5.4 on takes a `displacement`
/// for RAS and turns x and y (older ITK cannot read it); it leaves a `vector` as it is, as ANTs writes it.
enum class VectorIntent { displacement = 1006, vector = 1007 };

/// The same for the displacement of a transform at each voxel centre, transform(p) − p, made while it is
/// written: a whole-body CT's would fill a GiB of memory.
void write_nifti_displacement(const space::Geometry& grid, const space::Transform& transform,
                              const std::filesystem::path& file, VectorIntent intent, const base::Run& run);

/// Reads a scalar image of any integer or floating type, either byte order, scl_slope applied; 3-D, or more
/// axes of length 1. The sform is preferred to the qform. The frame of reference stays empty: NIfTI has none.
/// Refuses `nifti_unreadable`, `nifti_malformed`, `nifti_not_supported` (type, pair of files, NIfTI-2,
/// several frames), `nifti_no_orientation`, `nifti_sheared`, `nifti_too_large`, `nifti_not_finite`.
PetVolume read_nifti_float(const std::filesystem::path& file);
/// Reads a 5-D image of three components a voxel, LPS mm, on a grid that is known. Refuses the same, and
/// `nifti_malformed` where it stands on another grid.
DisplacementLps read_nifti_displacement(const std::filesystem::path& file, const space::Geometry& grid);
/// The same for a label map. Refuses also `labels_not_whole` for a value that is no whole number in 0 …
/// 65535.
LabelMap read_nifti_labels(const std::filesystem::path& file);

}  // namespace netpet::image
