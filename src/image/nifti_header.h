#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "image/nifti.h"
#include "space/geometry.h"

/// The 348 bytes that begin a NIfTI-1 file; for the files beside it that read and write NIfTI only.
namespace netpet::image::detail {

struct NiftiHeader {
  std::int32_t sizeof_hdr = 348;
  char unused_by_nifti[36] = {};  // fields of ANALYZE 7.5
  std::int16_t dim[8] = {};
  float intent_p[3] = {};
  std::int16_t intent_code = 0;
  std::int16_t datatype = 0;
  std::int16_t bitpix = 0;
  std::int16_t slice_start = 0;
  float pixdim[8] = {};
  float vox_offset = 352;
  float scl_slope = 1;
  float scl_inter = 0;
  std::int16_t slice_end = 0;
  char slice_code = 0;
  char xyzt_units = 2;  // mm
  float cal_max = 0;
  float cal_min = 0;
  float slice_duration = 0;
  float toffset = 0;
  std::int32_t glmax = 0;
  std::int32_t glmin = 0;
  char descrip[80] = {};
  char aux_file[24] = {};
  std::int16_t qform_code = 0;
  std::int16_t sform_code = 0;
  float quatern_b = 0, quatern_c = 0, quatern_d = 0;
  float qoffset_x = 0, qoffset_y = 0, qoffset_z = 0;
  float srow_x[4] = {}, srow_y[4] = {}, srow_z[4] = {};
  char intent_name[16] = {};
  char magic[4] = {'n', '+', '1', '\0'};
};
static_assert(sizeof(NiftiHeader) == 348 && offsetof(NiftiHeader, pixdim) == 76 &&
              offsetof(NiftiHeader, srow_x) == 280);

inline constexpr std::size_t nifti_header_bytes = sizeof(NiftiHeader);

enum NiftiType : std::int16_t {
  nifti_uint8 = 2,
  nifti_int16 = 4,
  nifti_int32 = 8,
  nifti_float32 = 16,
  nifti_float64 = 64,
  nifti_int8 = 256,
  nifti_uint16 = 512,
  nifti_uint32 = 768
};

/// Turns every number of a header of the other byte order round.
void swap_bytes(NiftiHeader& header);
/// Writes size, spacing, qform and sform (code 1, scanner) of an LPS grid.
void put_geometry(const space::Geometry& geometry, NiftiHeader& header);
/// The header of a scalar image of `bytes` a voxel.
NiftiHeader header_for(const space::Geometry& geometry, NiftiType type, int bytes);
/// The header of a displacement at each voxel.
NiftiHeader displacement_header(const space::Geometry& grid, VectorIntent intent);
/// The LPS grid of the sform, else of the qform; `file` is for messages.
space::Geometry geometry_of(const NiftiHeader& header, const std::filesystem::path& file);

}  // namespace netpet::image::detail
