#include "pipeline/mask_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>

#include "base/error.h"
#include "dicom/object_mask.h"
#include "image/nifti.h"
#include "image/resample.h"
#include "space/affine.h"

namespace netpet::pipeline {
namespace {

using base::Error;
using space::Geometry;

constexpr double kSameVoxel = 0.02;  ///< of a voxel: headers hold places as 32-bit numbers

bool is_whole(double place) {
  return std::abs(place - std::round(place)) <= kSameVoxel;
}

/// Whether the corners of `mask` are voxel centres of `grid` and its steps are steps of it, whatever the
/// order and direction of the axes.
bool shares_voxels(const Geometry& mask, const Geometry& grid) {
  const auto place = [&](int i, int j, int k) { return grid.to_ijk(mask.to_lps(space::IndexIjk{i, j, k})); };
  const space::ContinuousIjk origin = place(0, 0, 0);
  for (int corner = 0; corner < 8; ++corner) {
    const space::ContinuousIjk at =
        place((corner & 1) != 0 ? mask.size[0] - 1 : 0, (corner & 2) != 0 ? mask.size[1] - 1 : 0,
              (corner & 4) != 0 ? mask.size[2] - 1 : 0);
    if (!is_whole(at.i) || !is_whole(at.j) || !is_whole(at.k)) return false;
  }
  for (int axis = 0; axis < 3; ++axis) {
    const space::ContinuousIjk next = place(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
    const std::array<double, 3> step{std::abs(next.i - origin.i), std::abs(next.j - origin.j),
                                     std::abs(next.k - origin.k)};
    const auto ones =
        std::count_if(step.begin(), step.end(), [](double s) { return std::abs(s - 1) <= kSameVoxel; });
    const auto zeros = std::count_if(step.begin(), step.end(), [](double s) { return s <= kSameVoxel; });
    if (ones != 1 || zeros != 2) return false;
  }
  return true;
}

std::filesystem::path only_file_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
    if (files.size() > 1) break;
  }
  if (files.size() != 1)
    throw Error::input("mask_folder", "a folder given as mask must hold one file alone: name the file")
        .in_file(folder.string());
  return files.front();
}

std::map<int, image::Region> regions_of(const image::LabelMap& labels) {
  std::map<int, image::Region> regions;
  image::Region* region = nullptr;  // of the label before: neighbours mostly have the same
  int of_region = 0;
  for (std::size_t voxel = 0; voxel < labels.voxels().size(); ++voxel) {
    const int label = labels[voxel];
    if (label == 0) continue;
    if (label != of_region) region = &regions[of_region = label];
    region->push_back(voxel);
  }
  return regions;
}

MaskFile read_nifti(const std::filesystem::path& file, const Geometry& grid, MaskGrid other_grid,
                    const base::Run& run) {
  const image::LabelMap labels = image::read_nifti_labels(file);
  std::map<int, image::Region> regions = regions_of(labels);
  MaskFile found;
  if (!space::same_grid(labels.geometry(), grid)) {
    found.resampled = !shares_voxels(labels.geometry(), grid);
    if (found.resampled && other_grid == MaskGrid::refuse)
      throw Error::input("mask_grid",
                         "the mask's voxels are not those of the image: draw it on this image, or take the "
                         "nearest label of each voxel with --resample-mask")
          .in_file(file.string());
    std::map<int, image::Region> on_grid =
        regions_of(image::resample_nearest(labels, grid, space::Affine{}, run));
    for (auto& [label, region] : regions) region = std::move(on_grid[label]);
  }
  for (auto& [label, region] : regions) found.regions.push_back({label, "", std::move(region)});
  return found;
}

MaskFile read_dicom(const std::filesystem::path& file, const Geometry& grid) {
  MaskFile found;
  for (dicom::ObjectMask& mask : dicom::read_masks(file, grid)) {
    found.resampled |= mask.placing == dicom::MaskPlacing::between_voxels;
    found.frame_unknown |= mask.frame_of_reference_uid.empty() || grid.frame_of_reference_uid.empty();
    found.regions.push_back({mask.number, std::move(mask.name), std::move(mask.voxels)});
  }
  std::sort(found.regions.begin(), found.regions.end(),
            [](const MaskRegion& a, const MaskRegion& b) { return a.label < b.label; });
  return found;
}

}  // namespace

bool is_nifti(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  if (name.ends_with(".nii") || name.ends_with(".nii.gz")) return true;
  // The file begins with the length of its header, in either byte order, or is compressed.
  std::ifstream stream(file, std::ios::binary);
  std::array<char, 4> bytes{};
  stream.read(bytes.data(), bytes.size());
  if (!stream) return false;
  std::array<unsigned, 4> b{};
  std::transform(bytes.begin(), bytes.end(), b.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  const bool gzip = b[0] == 0x1f && b[1] == 0x8b;
  const unsigned little = b[0] | b[1] << 8U | b[2] << 16U | b[3] << 24U;
  const unsigned big = b[3] | b[2] << 8U | b[1] << 16U | b[0] << 24U;
  constexpr unsigned nifti_1 = 348, nifti_2 = 540;
  return gzip || little == nifti_1 || big == nifti_1 || little == nifti_2 || big == nifti_2;
}

MaskFile read_mask_file(const std::filesystem::path& mask, const Geometry& grid, MaskGrid other_grid,
                        const base::Run& run) {
  if (!std::filesystem::exists(mask))
    throw Error::input("file_missing", "there is no such file").in_file(mask.string());
  const std::filesystem::path file = std::filesystem::is_directory(mask) ? only_file_of(mask) : mask;
  return is_nifti(file) ? read_nifti(file, grid, other_grid, run) : read_dicom(file, grid);
}

}  // namespace netpet::pipeline
