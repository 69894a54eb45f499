#include "pipeline/region_of_mask.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
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

int label_of(const image::LabelMap& labels, std::optional<int> wanted, const std::string& file) {
  std::set<int> present;
  for (const std::uint16_t label : labels.voxels())
    if (label != 0) present.insert(label);
  if (present.empty()) throw Error::input("mask_empty", "the mask marks no voxel").in_file(file);
  if (wanted && !present.contains(*wanted))
    throw Error::input("label_missing", fmt::format("the mask holds no label {}; it holds {}", *wanted,
                                                    fmt::join(present, ", ")))
        .in_file(file);
  if (!wanted && present.size() > 1)
    throw Error::usage("label_needed", fmt::format("the mask holds the labels {}: name one with --label",
                                                   fmt::join(present, ", ")))
        .in_file(file);
  return wanted.value_or(*present.begin());
}

}  // namespace

LabelledRegion region_of_mask(const std::filesystem::path& mask, std::optional<int> label,
                              const Geometry& grid, MaskGrid other_grid, const base::Run& run) {
  image::LabelMap labels = image::read_nifti_labels(mask);
  LabelledRegion found;
  found.label = label_of(labels, label, mask.string());
  if (!space::same_grid(labels.geometry(), grid)) {
    const bool shared = shares_voxels(labels.geometry(), grid);
    if (!shared && other_grid == MaskGrid::refuse)
      throw Error::input("mask_grid",
                         "the mask's voxels are not those of the image: draw it on this image, or take the "
                         "nearest label of each voxel with --resample-mask")
          .in_file(mask.string());
    found.resampled = !shared;
    labels = image::resample_nearest(labels, grid, space::Affine{}, run);
  }
  for (std::size_t voxel = 0; voxel < labels.voxels().size(); ++voxel)
    if (labels[voxel] == found.label) found.region.push_back(voxel);
  if (found.region.empty())
    throw Error::input("mask_outside_image", "no voxel of the image lies in the marked region")
        .in_file(mask.string());
  return found;
}

}  // namespace netpet::pipeline
