#include "dicom/slice_stack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using test::code_of;

/// Headers of `count` images along `normal` = i × j, `step` mm apart.
std::vector<Instance> images(int count, double step = 3, space::Vec3 i = {1, 0, 0},
                             space::Vec3 j = {0, 1, 0}) {
  std::vector<Instance> result;
  for (int k = 0; k < count; ++k) {
    Instance one;
    one.file = "slice" + std::to_string(k);
    one.sop_instance_uid = "1." + std::to_string(k);
    one.series_uid = "1.2";
    one.study_uid = "1";
    one.patient.id = "P";
    one.frame_of_reference_uid = "1.9";
    one.format = PixelFormat{4, 5, 1, 1, 16, 16, 15, PixelFormat::Sign::with, PixelNumber::whole};
    one.layout.pixels = PixelBytes{};
    one.layout.pixels->native.length = 40;
    one.plane = ImagePlane{space::PointLps{10, 20, 30} + cross(i, j) * (step * k), i, j, 2.5, 1.5};
    one.rescale = Rescale{};
    result.push_back(one);
  }
  return result;
}

std::string refusal(const std::vector<Instance>& instances) {
  return code_of([&] { stack_slices(instances); });
}

TEST(SliceStack, GrowsAlongTheNormalWhateverTheOrderOfFiles) {
  auto instances = images(7);
  std::swap(instances[0], instances[5]);
  std::swap(instances[2], instances[3]);
  const SliceStack stack = stack_slices(instances);
  EXPECT_EQ(stack.geometry, stack_slices(images(7)).geometry);
  EXPECT_EQ(stack.order, (std::vector<std::size_t>{5, 1, 3, 2, 4, 0, 6}));
  EXPECT_EQ(stack.geometry.size, (std::array{5, 4, 7}));
  EXPECT_DOUBLE_EQ(stack.geometry.spacing.x, 2.5);
  EXPECT_DOUBLE_EQ(stack.geometry.spacing.y, 1.5);
  EXPECT_DOUBLE_EQ(stack.geometry.spacing.z, 3);
}

TEST(SliceStack, HasARightHandedGridForEveryOrientation) {
  const double s = std::sqrt(0.5);
  const std::vector<std::pair<space::Vec3, space::Vec3>> planes{
      {{1, 0, 0}, {0, 1, 0}},  {{-1, 0, 0}, {0, -1, 0}}, {{1, 0, 0}, {0, -1, 0}},
      {{0, 1, 0}, {0, 0, -1}}, {{1, 0, 0}, {0, 0, -1}},  {{s, s, 0}, {0, 0, 1}}};
  for (const auto& [i, j] : planes) {
    const auto instances = images(5, 2, i, j);
    const SliceStack stack = stack_slices(instances);
    EXPECT_NEAR(stack.geometry.direction.determinant(), 1, 1e-12);
    for (int k = 0; k < 5; ++k)
      EXPECT_LT(distance(stack.geometry.to_lps(space::IndexIjk{0, 0, k}),
                         instances[stack.order[static_cast<std::size_t>(k)]].plane->position),
                1e-9);
  }
}

TEST(SliceStack, RefusesAMissingADoubledAndAnUnevenlySpacedSlice) {
  auto missing = images(9);
  missing.erase(missing.begin() + 4);
  EXPECT_EQ(refusal(missing), "missing_slice");
  auto doubled = images(9);
  doubled.push_back(doubled[3]);
  EXPECT_EQ(refusal(doubled), "duplicate_slice");
  auto uneven = images(9);
  uneven[4].plane->position.z += 0.5;
  EXPECT_EQ(refusal(uneven), "uneven_spacing");
}

TEST(SliceStack, RefusesEveryPlaceATwoTimePointSeriesHoldsTwice) {
  auto dynamic = images(9);
  const auto second = images(9);
  dynamic.insert(dynamic.end(), second.begin(), second.end());
  EXPECT_EQ(refusal(dynamic), "duplicate_slice");
}

TEST(SliceStack, AcceptsTheRoundingAndTheBedJoinsOfRealScanners) {
  auto rounded = images(200, 3.27);
  for (std::size_t k = 0; k < rounded.size(); ++k)
    rounded[k].plane->position.z =
        std::round(rounded[k].plane->position.z * 100 + (k % 2 == 0 ? 0.4 : -0.4)) / 100;
  EXPECT_EQ(refusal(rounded), "no error");
  auto joined = images(200, 3.27);  // steps of 3.19 mm where two beds meet
  for (std::size_t k = 100; k < joined.size(); ++k) joined[k].plane->position.z -= 0.08;
  EXPECT_EQ(refusal(joined), "no error");
}

TEST(SliceStack, RefusesAGantryTilt) {
  auto tilted = images(20);
  for (std::size_t k = 0; k < tilted.size(); ++k)
    tilted[k].plane->position.y += 0.05 * static_cast<double>(k);
  EXPECT_EQ(refusal(tilted), "gantry_tilt");
  auto jitter = images(20);
  for (std::size_t k = 0; k < jitter.size(); ++k) jitter[k].plane->position.y += k % 2 == 0 ? 0.01 : -0.01;
  EXPECT_EQ(refusal(jitter), "no error");
}

TEST(SliceStack, RefusesMixturesByName) {
  const auto with = [](auto&& change) {
    auto instances = images(5);
    change(instances[2]);
    return refusal(instances);
  };
  EXPECT_EQ(with([](Instance& one) { one.patient.id = "Q"; }), "mixed_patients");
  EXPECT_EQ(with([](Instance& one) { one.study_uid = "2"; }), "mixed_studies");
  EXPECT_EQ(with([](Instance& one) { one.series_uid = "2"; }), "mixed_series");
  EXPECT_EQ(with([](Instance& one) { one.frame_of_reference_uid = "2"; }), "mixed_frames_of_reference");
  EXPECT_EQ(with([](Instance& one) { one.plane->along_rows = {0, 0, 1}; }), "mixed_orientation");
  EXPECT_EQ(with([](Instance& one) { one.format->rows = 3; }), "mixed_sizes");
  EXPECT_EQ(with([](Instance& one) { one.plane->row_spacing_mm = 2; }), "mixed_sizes");
}

TEST(SliceStack, RefusesImagesThatCannotBeRead) {
  const auto with = [](auto&& change) {
    auto instances = images(5);
    change(instances[2]);
    return refusal(instances);
  };
  EXPECT_EQ(with([](Instance& one) { one.format->frames = 30; }), "multiframe_not_supported");
  EXPECT_EQ(with([](Instance& one) { one.format->rows = one.format->columns = 65535; }), "image_too_large");
  EXPECT_EQ(with([](Instance& one) { one.format->samples = 3; }), "pixel_format_not_supported");
  EXPECT_EQ(with([](Instance& one) { one.format->bits_allocated = 12; }), "pixel_format_not_supported");
  EXPECT_EQ(with([](Instance& one) { one.format->bits_allocated = 32; }), "truncated_pixels");
  EXPECT_EQ(with([](Instance& one) {
              one.format->bits_allocated = 32;
              one.layout.byte_order = ByteOrder::big;
            }),
            "pixel_format_not_supported");
  EXPECT_EQ(with([](Instance& one) { one.format->number = PixelNumber::float32; }),
            "pixel_format_not_supported");  // 16 bits are no float
  EXPECT_EQ(with([](Instance& one) { one.photometric = "PALETTE COLOR"; }), "pixel_format_not_supported");
  EXPECT_EQ(with([](Instance& one) { one.format->bits_stored = 17; }), "pixel_format_not_supported");
  EXPECT_EQ(with([](Instance& one) { one.format->high_bit = 3; }), "pixel_format_not_supported");
  EXPECT_EQ(with([](Instance& one) { one.layout.pixels->native.length = 38; }), "truncated_pixels");
  EXPECT_EQ(with([](Instance& one) { one.layout.pixels->completeness = Completeness::cut_short; }),
            "truncated_pixels");
  EXPECT_EQ(with([](Instance& one) { one.layout.pixels.reset(); }), "no_pixels");
  EXPECT_EQ(with([](Instance& one) { one.plane.reset(); }), "position_missing");
  EXPECT_EQ(with([](Instance& one) { one.rescale.reset(); }), "rescale_missing");
  EXPECT_EQ(refusal({}), "no_pixels");
}

TEST(SliceStack, RefusesMoreVoxelsThanMemoryHolds) {
  auto many = images(20);
  for (Instance& one : many) {
    one.format->rows = one.format->columns = 8192;
    one.layout.pixels->native.length = std::uint64_t{2} * 8192 * 8192;
  }
  EXPECT_EQ(refusal(many), "image_too_large");
}

TEST(SliceStack, GivesASingleSliceItsThicknessOrRefusesIt) {
  auto one = images(1);
  EXPECT_EQ(refusal(one), "slice_spacing_missing");
  one[0].slice_thickness_mm = 4;
  EXPECT_DOUBLE_EQ(stack_slices(one).geometry.spacing.z, 4);
}

}  // namespace
}  // namespace netpet::dicom
