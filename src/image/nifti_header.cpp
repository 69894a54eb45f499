#include "image/nifti_header.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.h"

namespace netpet::image::detail {
namespace {

using base::Error;
using space::Mat3;
using space::Vec3;

// Axes may lean by this much (float32 rounding, writers of six digits); more moves a voxel at the edge of a
// whole-body image by over a quarter of a millimetre.
constexpr double shear_tolerance = 5e-4;

template <class T>
void swap(T& value) {
  auto* bytes = reinterpret_cast<unsigned char*>(&value);
  std::reverse(bytes, bytes + sizeof(T));
}

template <class T, std::size_t n>
void swap(T (&values)[n]) {
  for (T& value : values) swap(value);
}

Mat3 rotation_of_quaternion(double b, double c, double d) {
  const double a = std::sqrt(std::max(0.0, 1 - (b * b + c * c + d * d)));
  return {{a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c),  //
           2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b),  //
           2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - c * c - b * b}};
}

struct Quaternion {
  double b, c, d;
};

/// Of a proper rotation (Shepperd's choice of the largest component keeps it exact); a ≥ 0 as NIfTI wants it.
Quaternion quaternion_of(const Mat3& r) {
  const double trace = r(0, 0) + r(1, 1) + r(2, 2);
  double a, b, c, d;
  if (trace > 0) {
    const double s = 2 * std::sqrt(1 + trace);
    a = s / 4, b = (r(2, 1) - r(1, 2)) / s, c = (r(0, 2) - r(2, 0)) / s, d = (r(1, 0) - r(0, 1)) / s;
  } else if (r(0, 0) >= r(1, 1) && r(0, 0) >= r(2, 2)) {
    const double s = 2 * std::sqrt(1 + r(0, 0) - r(1, 1) - r(2, 2));
    a = (r(2, 1) - r(1, 2)) / s, b = s / 4, c = (r(0, 1) + r(1, 0)) / s, d = (r(0, 2) + r(2, 0)) / s;
  } else if (r(1, 1) >= r(2, 2)) {
    const double s = 2 * std::sqrt(1 + r(1, 1) - r(0, 0) - r(2, 2));
    a = (r(0, 2) - r(2, 0)) / s, b = (r(0, 1) + r(1, 0)) / s, c = s / 4, d = (r(1, 2) + r(2, 1)) / s;
  } else {
    const double s = 2 * std::sqrt(1 + r(2, 2) - r(0, 0) - r(1, 1));
    a = (r(1, 0) - r(0, 1)) / s, b = (r(0, 2) + r(2, 0)) / s, c = (r(1, 2) + r(2, 1)) / s, d = s / 4;
  }
  return a < 0 ? Quaternion{-b, -c, -d} : Quaternion{b, c, d};
}

struct AxesRas {
  Vec3 axis[3];  // mm a voxel
  Vec3 origin;
};

AxesRas axes_of_sform(const NiftiHeader& h) {
  AxesRas result;
  for (int axis = 0; axis < 3; ++axis) result.axis[axis] = {h.srow_x[axis], h.srow_y[axis], h.srow_z[axis]};
  result.origin = {h.srow_x[3], h.srow_y[3], h.srow_z[3]};
  return result;
}

AxesRas axes_of_qform(const NiftiHeader& h) {
  const Mat3 r = rotation_of_quaternion(h.quatern_b, h.quatern_c, h.quatern_d);
  const double handed = h.pixdim[0] < 0 ? -1 : 1;
  AxesRas result;
  for (int axis = 0; axis < 3; ++axis) {
    const double step = std::abs(double(h.pixdim[axis + 1])) * (axis == 2 ? handed : 1);
    result.axis[axis] = Vec3{r(0, axis), r(1, axis), r(2, axis)} * step;
  }
  result.origin = {h.qoffset_x, h.qoffset_y, h.qoffset_z};
  return result;
}

double millimetres_per_unit(const NiftiHeader& h, const std::filesystem::path& file) {
  switch (h.xyzt_units & 7) {
    case 0:  // unknown: every tool takes millimetres
    case 2:
      return 1;
    case 1:
      return 1000;
    case 3:
      return 1e-3;
    default:
      throw Error::input("nifti_malformed", "the unit of length in the NIfTI header does not exist")
          .in_file(file.string());
  }
}

Vec3 turned_to_lps(Vec3 ras) {
  return {-ras.x, -ras.y, ras.z};
}

/// The nearest orthonormal axes: half of each lean goes to either axis, twice for the second order.
void straighten(Vec3 (&unit)[3]) {
  for (int round = 0; round < 2; ++round) {
    const Vec3 old[3] = {unit[0], unit[1], unit[2]};
    for (int a = 0; a < 3; ++a) {
      for (int b = 0; b < 3; ++b) {
        if (a != b) unit[a] = unit[a] - old[b] * (dot(old[a], old[b]) / 2);
      }
      unit[a] = unit[a] * (1 / norm(unit[a]));
    }
  }
}

}  // namespace

void swap_bytes(NiftiHeader& h) {
  swap(h.sizeof_hdr);
  swap(h.dim);
  swap(h.intent_p);
  for (std::int16_t* field :
       {&h.intent_code, &h.datatype, &h.bitpix, &h.slice_start, &h.slice_end, &h.qform_code, &h.sform_code}) {
    swap(*field);
  }
  swap(h.pixdim);
  for (float* field :
       {&h.vox_offset, &h.scl_slope, &h.scl_inter, &h.cal_max, &h.cal_min, &h.slice_duration, &h.toffset,
        &h.quatern_b, &h.quatern_c, &h.quatern_d, &h.qoffset_x, &h.qoffset_y, &h.qoffset_z}) {
    swap(*field);
  }
  swap(h.srow_x);
  swap(h.srow_y);
  swap(h.srow_z);
}

void put_geometry(const space::Geometry& geometry, NiftiHeader& h) {
  h.dim[0] = 3;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    base::check(geometry.size[axis] > 0 && geometry.size[axis] <= 32767, "an axis too long for NIfTI-1");
    h.dim[axis + 1] = static_cast<std::int16_t>(geometry.size[axis]);
    h.pixdim[axis + 1] = static_cast<float>(geometry.spacing[static_cast<int>(axis)]);
  }
  for (std::size_t axis = 4; axis < 8; ++axis) h.dim[axis] = 1, h.pixdim[axis] = 1;

  Mat3 ras = geometry.direction;
  for (int axis = 0; axis < 3; ++axis) ras(0, axis) = -ras(0, axis), ras(1, axis) = -ras(1, axis);
  const Vec3 origin = turned_to_lps({geometry.origin.x, geometry.origin.y, geometry.origin.z});
  float* rows[3] = {h.srow_x, h.srow_y, h.srow_z};
  for (int row = 0; row < 3; ++row) {
    for (int axis = 0; axis < 3; ++axis)
      rows[row][axis] = static_cast<float>(ras(row, axis) * geometry.spacing[axis]);
    rows[row][3] = static_cast<float>(origin[row]);
  }
  const double handed = ras.determinant() < 0 ? -1 : 1;
  for (int row = 0; row < 3; ++row) ras(row, 2) *= handed;
  const Quaternion q = quaternion_of(ras);
  h.pixdim[0] = static_cast<float>(handed);
  h.quatern_b = static_cast<float>(q.b), h.quatern_c = static_cast<float>(q.c),
  h.quatern_d = static_cast<float>(q.d);
  h.qoffset_x = rows[0][3], h.qoffset_y = rows[1][3], h.qoffset_z = rows[2][3];
  h.qform_code = h.sform_code = 1;
}

space::Geometry geometry_of(const NiftiHeader& h, const std::filesystem::path& file) {
  if (h.sform_code <= 0 && h.qform_code <= 0) {
    throw Error::input("nifti_no_orientation",
                       "the NIfTI file does not say how it lies in the patient: give it an sform or a qform")
        .in_file(file.string());
  }
  const AxesRas axes = h.sform_code > 0 ? axes_of_sform(h) : axes_of_qform(h);
  const double mm = millimetres_per_unit(h, file);

  space::Geometry result;
  Vec3 unit[3];
  for (int axis = 0; axis < 3; ++axis) {
    const double length = norm(axes.axis[axis]);
    if (!std::isfinite(length) || length * mm < 1e-3 || length * mm > 1e3) {
      throw Error::input("nifti_malformed", "the voxel size in the NIfTI header is impossible")
          .in_file(file.string());
    }
    result.size[static_cast<std::size_t>(axis)] = h.dim[axis + 1];
    result.spacing[axis] = length * mm;
    unit[axis] = turned_to_lps(axes.axis[axis] * (1 / length));
  }
  const double lean = std::max(
      {std::abs(dot(unit[0], unit[1])), std::abs(dot(unit[0], unit[2])), std::abs(dot(unit[1], unit[2]))});
  if (lean > shear_tolerance) {
    throw Error::input("nifti_sheared",
                       "the axes of the NIfTI image are not perpendicular: resample it first")
        .in_file(file.string());
  }
  straighten(unit);
  for (int axis = 0; axis < 3; ++axis) {
    for (int row = 0; row < 3; ++row) result.direction(row, axis) = unit[axis][row];
  }
  const Vec3 origin = turned_to_lps(axes.origin * mm);
  if (!std::isfinite(origin.x + origin.y + origin.z)) {
    throw Error::input("nifti_malformed", "the origin in the NIfTI header is no number")
        .in_file(file.string());
  }
  result.origin = {origin.x, origin.y, origin.z};
  return result;
}

NiftiHeader header_for(const space::Geometry& geometry, NiftiType type, int bytes) {
  NiftiHeader header;
  header.datatype = type;
  header.bitpix = static_cast<std::int16_t>(8 * bytes);
  std::strncpy(header.descrip, "netpet", sizeof header.descrip - 1);
  put_geometry(geometry, header);
  return header;
}

NiftiHeader displacement_header(const space::Geometry& grid, VectorIntent intent) {
  NiftiHeader header = header_for(grid, nifti_float32, sizeof(float));
  header.dim[0] = 5;
  header.dim[5] = 3;
  header.intent_code = static_cast<std::int16_t>(intent);
  std::strncpy(header.intent_name, "LPS mm", sizeof header.intent_name - 1);
  return header;
}

}  // namespace netpet::image::detail
