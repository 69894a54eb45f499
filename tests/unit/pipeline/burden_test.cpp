// Tumour volume and its overlap, from two small label maps whose sums are known.
#include "pipeline/burden.h"

#include <gtest/gtest.h>

namespace netpet::pipeline {
namespace {

using record::LesionStatus;

/// 4 × 1 × 1 voxels of 10 mm: 1 mL each.
space::Geometry row(double first_x_mm) {
  space::Geometry grid;
  grid.spacing = {10, 10, 10};
  grid.size = {4, 1, 1};
  grid.origin = {first_x_mm, 0, 0};
  return grid;
}

record::Uptake uptake(double volume_ml, double suvmean) {
  record::Uptake one;
  one.volume_ml = volume_ml;
  one.total_uptake = volume_ml * suvmean;
  one.outlined = true;
  return one;
}

record::Lesion lesion(LesionStatus status, std::optional<record::Uptake> sstr,
                      std::optional<record::Uptake> fdg) {
  record::Lesion one;
  one.status = status;
  one.sstr = std::move(sstr);
  one.fdg = std::move(fdg);
  return one;
}

/// L1 (counts): SSTR voxels 0 and 1, FDG voxels 1 and 2. L2, of the given status: SSTR voxel 3.
AssembledLesions two_lesions(LesionStatus second, double fdg_shift_mm = 0) {
  AssembledLesions assembled;
  assembled.lesions = {lesion(LesionStatus::pathologic, uptake(2, 10), uptake(2, 4)),
                       lesion(second, uptake(1, 30), record::Uptake())};
  assembled.sstr_labels = image::LabelMap(row(0), {1, 1, 0, 2});
  assembled.fdg_labels = image::LabelMap(row(fdg_shift_mm), {0, 1, 1, 0});
  return assembled;
}

TEST(Burden, VolumesAndUptakesAreSumsAndTheOverlapCountsVoxelsOfTheSstrGrid) {
  const auto burden =
      burden_of(two_lesions(LesionStatus::unreviewed), record::Registration(), 0.5, base::Run());
  EXPECT_DOUBLE_EQ(burden.sstr_volume_ml.value(), 3);
  EXPECT_DOUBLE_EQ(burden.sstr_total_uptake.value(), 50);
  EXPECT_DOUBLE_EQ(burden.fdg_volume_ml.value(), 2);
  EXPECT_DOUBLE_EQ(burden.fdg_total_uptake.value(), 8);
  EXPECT_DOUBLE_EQ(burden.sstr_only_ml.value(), 2);  // voxels 0 and 3
  EXPECT_DOUBLE_EQ(burden.both_ml.value(), 1);       // voxel 1
  EXPECT_DOUBLE_EQ(burden.fdg_only_ml.value(), 1);   // voxel 2
}

TEST(Burden, PhysiologicAndExcludedUptakeIsNoTumour) {
  for (const LesionStatus status : {LesionStatus::physiologic, LesionStatus::excluded}) {
    const auto burden = burden_of(two_lesions(status), record::Registration(), 0.5, base::Run());
    EXPECT_DOUBLE_EQ(burden.sstr_volume_ml.value(), 2) << name_of(status);
    EXPECT_DOUBLE_EQ(burden.sstr_total_uptake.value(), 20) << name_of(status);
    EXPECT_DOUBLE_EQ(burden.sstr_only_ml.value(), 1) << name_of(status);
    EXPECT_DOUBLE_EQ(burden.both_ml.value(), 1) << name_of(status);
  }
}

TEST(Burden, TheOverlapFollowsTheAlignment) {
  // FDG lies 1000 mm further along x, and the alignment says so.
  record::Registration registration;
  registration.rigid.translation = {1000, 0, 0};
  registration.fixed_to_moving = registration.rigid;
  const auto burden = burden_of(two_lesions(LesionStatus::pathologic, 1000), registration, 0.5, base::Run());
  EXPECT_DOUBLE_EQ(burden.both_ml.value(), 1);
  EXPECT_DOUBLE_EQ(burden.fdg_only_ml.value(), 1);
  const auto apart =
      burden_of(two_lesions(LesionStatus::pathologic, 1000), record::Registration(), 0.5, base::Run());
  EXPECT_DOUBLE_EQ(apart.both_ml.value(), 0);
}

// One voxel either way: L1 shares two, one or no voxel with SSTR.
TEST(Burden, TheVolumesHaveTheRangeThatTheAlignmentsErrorAllows) {
  AssembledLesions assembled = two_lesions(LesionStatus::pathologic);
  assembled.lesions[0].registration_error_mm = 10.0;
  const auto range = burden_of(assembled, record::Registration(), 0.5, base::Run()).within_alignment;
  ASSERT_TRUE(range);
  EXPECT_DOUBLE_EQ(range->both_ml.least, 0);
  EXPECT_DOUBLE_EQ(range->both_ml.most, 2);
  EXPECT_DOUBLE_EQ(range->sstr_only_ml.least, 1);
  EXPECT_DOUBLE_EQ(range->sstr_only_ml.most, 3);
  EXPECT_DOUBLE_EQ(range->fdg_only_ml.least, 0);
  EXPECT_DOUBLE_EQ(range->fdg_only_ml.most, 2);
  assembled.lesions[0].registration_error_mm = 3.0;  // less than half a voxel
  const auto exact = burden_of(assembled, record::Registration(), 0.5, base::Run()).within_alignment;
  EXPECT_DOUBLE_EQ(exact->both_ml.least, 1);
  EXPECT_DOUBLE_EQ(exact->both_ml.most, 1);
}

TEST(Burden, EachSiteHasItsOwnSums) {
  AssembledLesions assembled = two_lesions(LesionStatus::pathologic);
  assembled.lesions[0].site = "liver";
  assembled.lesions[1].site = "bone";
  auto sites = burden_of(assembled, record::Registration(), 0.5, base::Run()).by_site;
  ASSERT_EQ(sites.size(), 2u);
  EXPECT_DOUBLE_EQ(sites["liver"].sstr_volume_ml, 2);
  EXPECT_DOUBLE_EQ(sites["liver"].fdg_total_uptake, 8);
  EXPECT_DOUBLE_EQ(sites["bone"].sstr_total_uptake, 30);
  EXPECT_EQ(sites["bone"].lesions, 1u);
}

TEST(Burden, WithoutASecondScanItsVolumesDoNotApply) {
  AssembledLesions assembled = two_lesions(LesionStatus::pathologic);
  assembled.fdg_labels = {};
  for (auto& one : assembled.lesions) one.fdg.reset();
  const auto burden = burden_of(assembled, std::nullopt, 0.5, base::Run());
  EXPECT_DOUBLE_EQ(burden.sstr_volume_ml.value(), 3);
  EXPECT_TRUE(burden.fdg_volume_ml.does_not_apply());
  EXPECT_TRUE(burden.fdg_total_uptake.does_not_apply());
  EXPECT_TRUE(burden.sstr_only_ml.does_not_apply());
  EXPECT_TRUE(burden.both_ml.does_not_apply());
}

// A lesion of a few voxels is listed and graded; its outline is no volume. A mask that somebody drew counts
// whole.
TEST(Burden, AnOutlineBelowHalfAMillilitreAddsNoVolumeUnlessItWasSupplied) {
  AssembledLesions assembled = two_lesions(LesionStatus::pathologic);
  assembled.lesions[1].sstr = uptake(0.4, 30);
  const auto burden = burden_of(assembled, record::Registration(), 0.5, base::Run());
  EXPECT_DOUBLE_EQ(burden.sstr_volume_ml.value(), 2);
  EXPECT_DOUBLE_EQ(burden.sstr_total_uptake.value(), 20);
  EXPECT_DOUBLE_EQ(burden.sstr_only_ml.value(), 1);  // voxel 0
  EXPECT_EQ(burden.by_site.at("unknown").lesions, 2);
  EXPECT_DOUBLE_EQ(burden.by_site.at("unknown").sstr_volume_ml, 2);
  assembled.lesions[1].sstr->outline_method = "supplied mask";
  const auto drawn = burden_of(assembled, record::Registration(), 0.5, base::Run());
  EXPECT_DOUBLE_EQ(drawn.sstr_volume_ml.value(), 2.4);
  EXPECT_DOUBLE_EQ(drawn.sstr_only_ml.value(), 2);
}

}  // namespace
}  // namespace netpet::pipeline
