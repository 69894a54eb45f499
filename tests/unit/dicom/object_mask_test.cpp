#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dicom/catalogue.h"
#include "dicom/object_mask.h"
#include "dicom/write_rtstruct.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using test::code_of;
using testing::ElementsAre;
using testing::IsEmpty;

/// 10 × 8 × 6 voxels of 2 × 3 × 4 mm, turned about the slice axis where `turned`.
space::Geometry grid_of(double cosine = 1, double sine = 0) {
  space::Geometry grid;
  grid.origin = {-10, -20, 30};
  grid.spacing = {2, 3, 4};
  grid.direction = {{cosine, -sine, 0, sine, cosine, 0, 0, 0, 1}};
  grid.size = {10, 8, 6};
  grid.frame_of_reference_uid = "1.2.3.9";
  return grid;
}

SourceSeries source_on(const space::Geometry& grid) {
  SourceSeries source;
  source.study_uid = "1.2.3";
  source.series_uid = "1.2.3.4";
  source.geometry = grid;
  for (int k = 0; k < grid.size[2]; ++k)
    source.images.push_back({"1.2.840.10008.5.1.4.1.1.128", "1.2.3.5." + std::to_string(k), 0,
                             grid.to_lps(space::IndexIjk{0, 0, k}), std::nullopt, std::nullopt});
  return source;
}

image::Region voxels(const space::Geometry& grid, const std::vector<space::IndexIjk>& at) {
  image::Region region;
  for (const auto& index : at) region.push_back(grid.offset(index));
  std::sort(region.begin(), region.end());
  return region;
}

Segment segment(const std::string& label, image::Region region) {
  return {label, "", "2.25.1", {"1", "X", "x"}, {"2", "Y", "y"}, std::nullopt, {}, std::move(region)};
}

TEST(ReadSeg, GivesBackTheVoxelsThatWereWritten) {
  const test::TemporaryFolder folder;
  for (const auto& grid : {grid_of(), grid_of(0.8, 0.6)}) {
    Segmentation made{"x", "X", 1, {}};
    made.segments.push_back(segment("a", voxels(grid, {{0, 0, 0}, {9, 7, 0}, {4, 4, 2}, {0, 0, 5}})));
    made.segments.push_back(segment("b", voxels(grid, {{4, 4, 2}, {5, 4, 2}})));
    write_seg(made, source_on(grid), folder / "seg");
    const auto masks = read_masks(folder / "seg", grid);
    ASSERT_EQ(masks.size(), 2u);
    EXPECT_EQ(masks[0].voxels, made.segments[0].voxels);
    EXPECT_EQ(masks[1].voxels, made.segments[1].voxels);
    EXPECT_EQ(masks[1].name, "b");
    EXPECT_EQ(masks[1].number, 2);
    EXPECT_EQ(masks[0].tracking_uid, "2.25.1");
    EXPECT_EQ(masks[0].type->value, "2");
    EXPECT_EQ(code_of([&] { label_map_of(masks, grid); }), "masks_overlap");
  }
}

TEST(ReadSeg, OfAnotherGridFillsTheSamePlaceInThePatient) {
  const test::TemporaryFolder folder;
  const auto coarse = grid_of();
  Segmentation made{"x", "X", 1, {segment("a", voxels(coarse, {{3, 3, 1}, {3, 3, 2}}))}};
  write_seg(made, source_on(coarse), folder / "seg");
  space::Geometry fine = coarse;  // half the voxel, the same field of view, slices upside down
  fine.spacing = {1, 1.5, 2};
  fine.size = {20, 16, 12};
  fine.direction = {{1, 0, 0, 0, -1, 0, 0, 0, -1}};
  fine.origin = coarse.to_lps(space::ContinuousIjk{-0.25, 7.25, 5.25});
  const auto masks = read_masks(folder / "seg", fine);
  EXPECT_EQ(masks[0].voxels.size(), 2u * 8u);
  for (const std::size_t voxel : masks[0].voxels) {
    const auto at = coarse.nearest(fine.to_lps(fine.index(voxel)));
    EXPECT_TRUE(at.i == 3 && at.j == 3 && (at.k == 1 || at.k == 2));
  }
}

TEST(ReadSeg, ThatCannotBeTrustedIsRefused) {
  const test::TemporaryFolder folder;
  const auto grid = grid_of();
  const auto refused = [&](const std::function<void(DcmDataset&)>& change, const space::Geometry& on) {
    write_seg({"x", "X", 1, {segment("a", voxels(grid, {{3, 3, 1}}))}}, source_on(grid), folder / "seg");
    DcmFileFormat format;
    EXPECT_TRUE(format.loadFile((folder / "seg").c_str()).good());
    change(*format.getDataset());
    EXPECT_TRUE(format.saveFile((folder / "seg").c_str()).good());
    return code_of([&] { read_masks(folder / "seg", on); });
  };
  const auto unchanged = [](DcmDataset&) {};
  space::Geometry other = grid;
  other.frame_of_reference_uid = "1.2.3.10";
  EXPECT_EQ(refused(unchanged, other), "mask_frame");
  other = grid;
  other.origin.z += 500;
  EXPECT_EQ(refused(unchanged, other), "mask_elsewhere");
  EXPECT_EQ(refused(unchanged, grid), "no error");
  EXPECT_EQ(refused([](DcmDataset& seg) { seg.putAndInsertUint16(DCM_Rows, 60000); }, grid),
            "truncated_pixels");
  EXPECT_EQ(refused([](DcmDataset& seg) { seg.putAndInsertString(DCM_SegmentationType, "CLOUDY"); }, grid),
            "pixel_format_not_supported");
  EXPECT_EQ(
      refused([](DcmDataset& seg) { seg.findAndDeleteElement(DCM_PerFrameFunctionalGroupsSequence); }, grid),
      "seg_malformed");
  EXPECT_EQ(
      refused([](DcmDataset& seg) { seg.findAndDeleteElement(DCM_SharedFunctionalGroupsSequence); }, grid),
      "seg_malformed");
  EXPECT_EQ(
      refused([](DcmDataset& seg) { seg.putAndInsertString(DCM_SOPClassUID, UID_CTImageStorage); }, grid),
      "mask_not_supported");
}

/// A structure set of one region.
struct Contour {
  std::vector<space::PointLps> points;
  std::string type = "CLOSED_PLANAR";
};

void write_structure_set(const std::filesystem::path& file, const std::vector<Contour>& contours) {
  DcmFileFormat format;
  DcmDataset& data = *format.getDataset();
  data.putAndInsertString(DCM_SOPClassUID, UID_RTStructureSetStorage);
  data.putAndInsertString(DCM_SOPInstanceUID, "1.2.3.77");
  DcmItem *roi = nullptr, *region = nullptr;
  data.findOrCreateSequenceItem(DCM_StructureSetROISequence, roi);
  roi->putAndInsertString(DCM_ROINumber, "4");
  roi->putAndInsertString(DCM_ROIName, "GTV");
  roi->putAndInsertString(DCM_ReferencedFrameOfReferenceUID, "1.2.3.9");
  data.findOrCreateSequenceItem(DCM_ROIContourSequence, region);
  region->putAndInsertString(DCM_ReferencedROINumber, "4");
  for (const Contour& contour : contours) {
    DcmItem* item = nullptr;
    region->findOrCreateSequenceItem(DCM_ContourSequence, item, -2);
    item->putAndInsertString(DCM_ContourGeometricType, contour.type.c_str());
    std::string text;
    for (const auto& point : contour.points) {
      const double numbers[]{point.x, point.y, point.z};
      text += (text.empty() ? "" : "\\") + test::joined(numbers, 3);
    }
    item->putAndInsertString(DCM_ContourData, text.c_str());
  }
  ASSERT_TRUE(format.saveFile(file.c_str(), EXS_LittleEndianExplicit).good());
}

/// A box around voxels i0 … i1, j0 … j1 of slice k, in the patient.
Contour box(const space::Geometry& grid, double i0, double i1, double j0, double j1, double k) {
  Contour contour;
  for (const auto& [i, j] : {std::pair{i0, j0}, {i1, j0}, {i1, j1}, {i0, j1}})
    contour.points.push_back(grid.to_lps(space::ContinuousIjk{i, j, k}));
  return contour;
}

class ReadRtstruct : public ::testing::Test {
 protected:
  image::Region read(const std::vector<Contour>& contours, const space::Geometry& grid) const {
    write_structure_set(folder_ / "rs", contours);
    const auto masks = read_masks(folder_ / "rs", grid);
    EXPECT_EQ(masks.size(), 1u);
    EXPECT_EQ(masks[0].number, 4);
    EXPECT_EQ(masks[0].name, "GTV");
    return masks[0].voxels;
  }
  test::TemporaryFolder folder_;
};

TEST_F(ReadRtstruct, TakesTheVoxelsWhoseCentresLieInside) {
  for (const auto& grid : {grid_of(), grid_of(0.8, 0.6)})
    EXPECT_EQ(read({box(grid, 1.5, 3.5, 2.5, 3.5, 2)}, grid), voxels(grid, {{2, 3, 2}, {3, 3, 2}}));
}

TEST_F(ReadRtstruct, GivesBackTheVoxelsThatWereWritten) {
  for (const auto& grid : {grid_of(), grid_of(0.8, 0.6)}) {
    // A ring with a voxel in its hole, voxels that touch at a corner, and one at each end of the grid.
    const auto region = voxels(grid, {{2, 2, 1},
                                      {3, 2, 1},
                                      {4, 2, 1},
                                      {2, 3, 1},
                                      {4, 3, 1},
                                      {2, 4, 1},
                                      {3, 4, 1},
                                      {4, 4, 1},
                                      {5, 5, 1},
                                      {6, 4, 1},
                                      {0, 0, 1},
                                      {9, 7, 2},
                                      {8, 6, 2},
                                      {0, 0, 5}});
    Segmentation made{"x", "X", 1, {segment("a", region), segment("b", voxels(grid, {{1, 1, 1}}))}};
    write_rtstruct(made, source_on(grid), folder_ / "rs");
    const auto masks = read_masks(folder_ / "rs", grid);
    ASSERT_EQ(masks.size(), 2u);
    EXPECT_EQ(masks[0].voxels, region);
    EXPECT_EQ(masks[1].voxels, made.segments[1].voxels);
    EXPECT_EQ(masks[1].name, "b");
  }
}

TEST_F(ReadRtstruct, ARingHasAHole) {
  const auto grid = grid_of();
  const auto ring = read({box(grid, 0.5, 5.5, 0.5, 5.5, 1), box(grid, 1.5, 4.5, 1.5, 4.5, 1)}, grid);
  EXPECT_EQ(ring.size(), 25u - 9u);
}

TEST_F(ReadRtstruct, AKeyholeHasAHoleAndItsChannelTakesNothing) {
  const auto grid = grid_of();
  Contour keyhole;
  for (const auto& [i, j] : std::vector<std::pair<double, double>>{{0.5, 0.5},
                                                                   {5.5, 0.5},
                                                                   {5.5, 5.5},
                                                                   {0.5, 5.5},
                                                                   {0.5, 3},
                                                                   {1.5, 3},
                                                                   {1.5, 4.5},
                                                                   {4.5, 4.5},
                                                                   {4.5, 1.5},
                                                                   {1.5, 1.5},
                                                                   {1.5, 3},
                                                                   {0.5, 3}})
    keyhole.points.push_back(grid.to_lps(space::ContinuousIjk{i, j, 1}));
  EXPECT_EQ(read({keyhole}, grid).size(), 25u - 9u);
}

TEST_F(ReadRtstruct, DrawnOnThickerSlicesFillsThoseBetweenButNotAGap) {
  const auto grid = grid_of();
  // Planes at slices 0.5 and 2.5 of the grid, 2 apart: each speaks for the two slices around it.
  const auto thick = read({box(grid, 1.5, 2.5, 1.5, 2.5, 0.5), box(grid, 1.5, 2.5, 1.5, 2.5, 2.5)}, grid);
  EXPECT_EQ(thick, voxels(grid, {{2, 2, 0}, {2, 2, 1}, {2, 2, 2}, {2, 2, 3}}));
  const auto gap = read({box(grid, 1.5, 2.5, 1.5, 2.5, 0), box(grid, 1.5, 2.5, 1.5, 2.5, 1),
                         box(grid, 1.5, 2.5, 1.5, 2.5, 4), box(grid, 1.5, 2.5, 1.5, 2.5, 5)},
                        grid);
  EXPECT_EQ(gap, voxels(grid, {{2, 2, 0}, {2, 2, 1}, {2, 2, 4}, {2, 2, 5}}));
}

TEST_F(ReadRtstruct, EdgesThroughVoxelCentresCountOnce) {
  const auto grid = grid_of();
  // Two boxes that share an edge along voxel centres: no voxel twice, none lost.
  const auto left = read({box(grid, 1, 3, 1, 4, 0)}, grid), right = read({box(grid, 3, 6, 1, 4, 0)}, grid);
  EXPECT_EQ(left.size(), 2u * 3u);
  EXPECT_EQ(right.size(), 3u * 3u);
  image::Region both;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both));
  EXPECT_THAT(both, IsEmpty());
}

TEST_F(ReadRtstruct, ThatMakesNoSenseIsRefused) {
  const auto grid = grid_of();
  const auto refused = [&](const std::vector<Contour>& contours, const space::Geometry& on) {
    write_structure_set(folder_ / "rs", contours);
    return code_of([&] { read_masks(folder_ / "rs", on); });
  };
  Contour tilted = box(grid, 1.5, 3.5, 2.5, 3.5, 2);
  tilted.points[2].z += 1;
  EXPECT_EQ(refused({tilted}, grid), "contour_oblique");
  Contour line = box(grid, 1.5, 3.5, 2.5, 3.5, 2);
  line.type = "OPEN_PLANAR";
  EXPECT_EQ(refused({line}, grid), "mask_elsewhere");
  EXPECT_EQ(refused({Contour{}}, grid), "rtstruct_malformed");
  space::Geometry other = grid;
  other.frame_of_reference_uid = "1.2";
  EXPECT_EQ(refused({box(grid, 1, 2, 1, 2, 1)}, other), "mask_frame");
  EXPECT_EQ(refused({box(grid, -1e9, 1e9, -1e9, 1e9, 1)}, grid), "no error");  // clipped, not allocated
}

}  // namespace
}  // namespace netpet::dicom
