#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <string>

#include "base/error.h"
#include "image/nifti.h"
#include "image/nifti_header.h"

namespace netpet::image {
namespace {

using base::Error;
using detail::NiftiHeader;
namespace fs = std::filesystem;

// Three times a 512² whole-body CT of 1,300 slices: more is a damaged or hostile file.
constexpr std::uint64_t most_voxels = std::uint64_t{1} << 30;
// Deflate cannot expand a byte to more than this.
constexpr std::uint64_t most_inflation = 1032;
constexpr std::size_t chunk_voxels = std::size_t{1} << 16;

struct CloseGz {
  void operator()(gzFile file) const { gzclose(file); }
};
using Stream = std::unique_ptr<gzFile_s, CloseGz>;

[[noreturn]] void refuse(const char* code, const std::string& message, const fs::path& file) {
  throw Error::input(code, message).in_file(file.string());
}

void read_exactly(const Stream& stream, void* to, std::size_t bytes, const fs::path& file) {
  if (gzread(stream.get(), to, static_cast<unsigned>(bytes)) != static_cast<int>(bytes)) {
    refuse("nifti_malformed", "the NIfTI file ends early or its compression is damaged", file);
  }
}

std::size_t bytes_per_voxel(const NiftiHeader& header, const fs::path& file) {
  switch (header.datatype) {
    case detail::nifti_uint8:
    case detail::nifti_int8:
      return 1;
    case detail::nifti_int16:
    case detail::nifti_uint16:
      return 2;
    case detail::nifti_int32:
    case detail::nifti_uint32:
    case detail::nifti_float32:
      return 4;
    case detail::nifti_float64:
      return 8;
    default:
      refuse("nifti_not_supported",
             "NIfTI data type " + std::to_string(header.datatype) + " is no plain number per voxel", file);
  }
}

void check_dimensions(const NiftiHeader& header, int components, const fs::path& file) {
  const int axes = header.dim[0];
  if (axes < 3 || axes > 7) refuse("nifti_malformed", "the NIfTI image must have three dimensions", file);
  if (components > 1 && axes < 5) refuse("nifti_malformed", "the NIfTI image holds no vectors", file);
  std::uint64_t voxels = 1;
  for (int axis = 1; axis <= axes; ++axis) {
    const int length = header.dim[axis];
    if (length < 1) refuse("nifti_malformed", "the NIfTI image has an axis of no length", file);
    if (axis > 3 && length != (axis == 5 ? components : 1)) {
      refuse("nifti_not_supported",
             "the NIfTI image holds several frames or components: one volume is needed", file);
    }
    voxels *= static_cast<std::uint64_t>(length);
  }
  if (voxels > most_voxels) refuse("nifti_too_large", "the NIfTI image has more than 2^30 voxels", file);
}

struct OpenImage {
  Stream stream;  // stands at the first voxel
  NiftiHeader header;
  bool swapped = false;
  std::size_t bytes_per_voxel = 0;
  space::Geometry geometry;
  std::size_t values = 0;  // voxels times components
};

NiftiHeader read_header(const Stream& stream, bool& swapped, const fs::path& file) {
  NiftiHeader header;
  read_exactly(stream, &header, sizeof header, file);
  if (header.sizeof_hdr == 540 || std::memcmp(header.magic, "ni1", 4) == 0) {
    refuse("nifti_not_supported",
           "NIfTI-2 and pairs of .hdr and .img are not read: convert to one NIfTI-1 file", file);
  }
  swapped = header.sizeof_hdr != 348;
  if (swapped) detail::swap_bytes(header);
  if (header.sizeof_hdr != 348 || std::memcmp(header.magic, "n+1", 4) != 0) {
    refuse("nifti_malformed", "this is no NIfTI-1 file", file);
  }
  return header;
}

OpenImage open_image(const fs::path& file, int components = 1) {
  std::error_code problem;
  if (!fs::is_regular_file(file, problem)) refuse("nifti_unreadable", "there is no such file", file);
  const std::uint64_t file_bytes = fs::file_size(file, problem);
  OpenImage image;
  image.stream.reset(problem ? nullptr : gzopen(file.c_str(), "rb"));
  if (!image.stream) refuse("nifti_unreadable", "the file cannot be opened", file);
  gzbuffer(image.stream.get(), 1U << 17);

  image.header = read_header(image.stream, image.swapped, file);
  check_dimensions(image.header, components, file);
  image.bytes_per_voxel = bytes_per_voxel(image.header, file);
  image.geometry = detail::geometry_of(image.header, file);
  image.values = image.geometry.voxels() * static_cast<std::size_t>(components);

  const float offset = image.header.vox_offset;
  if (!(offset >= 352 && offset <= 1e8F && offset == std::floor(offset))) {
    refuse("nifti_malformed", "the NIfTI header puts the voxels at an impossible place", file);
  }
  const std::uint64_t needed = static_cast<std::uint64_t>(offset) + image.values * image.bytes_per_voxel;
  const bool plain = gzdirect(image.stream.get()) != 0;
  if (needed > file_bytes * (plain ? 1 : most_inflation)) {
    refuse("nifti_malformed", "the NIfTI file is too short for the image that its header declares", file);
  }
  if (gzseek(image.stream.get(), static_cast<z_off_t>(offset), SEEK_SET) < 0) {
    refuse("nifti_malformed", "the NIfTI file ends before its voxels", file);
  }
  return image;
}

template <class Stored>
Stored take(const unsigned char* from, bool swapped) {
  unsigned char bytes[sizeof(Stored)];
  std::memcpy(bytes, from, sizeof bytes);
  if (swapped) std::reverse(bytes, bytes + sizeof bytes);
  return std::bit_cast<Stored>(bytes);
}

/// Calls `put(offset, value)` for each voxel, scaled.
template <class Stored, class Put>
void read_voxels_as(const OpenImage& image, const fs::path& file, const Put& put) {
  double slope = image.header.scl_slope, intercept = image.header.scl_inter;
  if (slope == 0) slope = 1, intercept = 0;  // the standard: no scaling
  if (!std::isfinite(slope) || !std::isfinite(intercept))
    slope = 1, intercept = 0;  // nibabel's "not set" is NaN
  const std::size_t voxels = image.values;
  std::vector<unsigned char> chunk(std::min(voxels, chunk_voxels) * sizeof(Stored));
  for (std::size_t first = 0; first < voxels; first += chunk_voxels) {
    const std::size_t count = std::min(chunk_voxels, voxels - first);
    read_exactly(image.stream, chunk.data(), count * sizeof(Stored), file);
    for (std::size_t n = 0; n < count; ++n) {
      put(first + n,
          double(take<Stored>(chunk.data() + n * sizeof(Stored), image.swapped)) * slope + intercept);
    }
  }
}

template <class Put>
void read_voxels(const OpenImage& image, const fs::path& file, const Put& put) {
  switch (image.header.datatype) {
    case detail::nifti_uint8:
      return read_voxels_as<std::uint8_t>(image, file, put);
    case detail::nifti_int8:
      return read_voxels_as<std::int8_t>(image, file, put);
    case detail::nifti_int16:
      return read_voxels_as<std::int16_t>(image, file, put);
    case detail::nifti_uint16:
      return read_voxels_as<std::uint16_t>(image, file, put);
    case detail::nifti_int32:
      return read_voxels_as<std::int32_t>(image, file, put);
    case detail::nifti_uint32:
      return read_voxels_as<std::uint32_t>(image, file, put);
    case detail::nifti_float32:
      return read_voxels_as<float>(image, file, put);
    default:
      return read_voxels_as<double>(image, file, put);
  }
}

}  // namespace

PetVolume read_nifti_float(const fs::path& file) {
  const OpenImage image = open_image(file);
  PetVolume volume(image.geometry);
  read_voxels(image, file, [&](std::size_t offset, double value) {
    if (!(std::abs(value) <= std::numeric_limits<float>::max())) {
      refuse("nifti_not_finite", "the NIfTI image holds a value that is no finite number", file);
    }
    volume[offset] = static_cast<float>(value);
  });
  return volume;
}

DisplacementLps read_nifti_displacement(const fs::path& file, const space::Geometry& grid) {
  const OpenImage image = open_image(file, 3);
  if (!space::same_grid(image.geometry, grid))
    refuse("nifti_malformed", "the vectors stand on another grid than expected", file);
  DisplacementLps field;
  std::vector<float>* const components[] = {&field.x, &field.y, &field.z};
  for (auto* component : components) component->resize(grid.voxels());
  read_voxels(image, file, [&](std::size_t offset, double value) {
    if (!(std::abs(value) <= std::numeric_limits<float>::max()))
      refuse("nifti_not_finite", "the NIfTI image holds a value that is no finite number", file);
    (*components[offset / grid.voxels()])[offset % grid.voxels()] = static_cast<float>(value);
  });
  return field;
}

LabelMap read_nifti_labels(const fs::path& file) {
  const OpenImage image = open_image(file);
  LabelMap labels(image.geometry);
  read_voxels(image, file, [&](std::size_t offset, double value) {
    // A scl_slope in float32 leaves whole numbers off by its rounding.
    constexpr double rounding = 1e-3;
    const double whole = std::round(value);
    if (!(std::abs(value - whole) <= rounding && whole >= 0 && whole <= 65535)) {
      refuse("labels_not_whole", "a label map holds whole numbers from 0 to 65535 only", file);
    }
    labels[offset] = static_cast<std::uint16_t>(whole);
  });
  return labels;
}

}  // namespace netpet::image
