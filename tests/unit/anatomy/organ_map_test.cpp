#include "anatomy/organ_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "synthetic_patient.h"

namespace netpet::anatomy {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;

auto has_warning(const char* code) {
  return Contains(Field(&record::Warning::code, code));
}

TEST(OrganMap, APlausibleMapIsTakenAsItIs) {
  const auto patient = make_patient(patient_grid(4));
  const OrganMap map = import_organs(patient.organs);
  EXPECT_EQ(map.labels.voxels(), patient.organs.voxels());
  EXPECT_EQ(map.source, "imported");
  EXPECT_THAT(map.warnings, IsEmpty());
}

TEST(OrganMap, AnEmptyMapIsWarnedOf) {
  EXPECT_THAT(import_organs(image::LabelMap(patient_grid(20))).warnings, has_warning("organ_map_empty"));
}

TEST(OrganMap, AnIdWithoutAMeaningIsKeptAndNamed) {
  auto patient = make_patient(patient_grid(4));
  patient.organs[0] = 4711;
  const OrganMap map = import_organs(patient.organs);
  EXPECT_EQ(map.labels[0], 4711);
  EXPECT_THAT(map.warnings, has_warning("organ_ids_unknown"));
}

TEST(OrganMap, ATinyLiverIsImplausible) {
  auto patient = make_patient(patient_grid(4));
  space::Geometry shrunk = patient.organs.geometry();
  shrunk.spacing = shrunk.spacing * 0.5;
  EXPECT_THAT(import_organs(image::LabelMap(shrunk, patient.organs.voxels())).warnings,
              has_warning("organ_volume_implausible"));
}

TEST(OrganMap, AMirroredMapIsWarnedOf) {
  auto patient = make_patient(patient_grid(4));
  for (auto& id : patient.organs.voxels())
    id = id == id_of(Organ::liver)    ? id_of(Organ::spleen)
         : id == id_of(Organ::spleen) ? id_of(Organ::liver)
                                      : id;
  EXPECT_THAT(import_organs(patient.organs).warnings, has_warning("organ_sides_swapped"));
}

TEST(OrganMap, ANumberingRenamesAndNeverLetsAForeignIdPassForAnOrgan) {
  image::LabelMap labels(patient_grid(20));
  labels[0] = 3;
  labels[1] = 5;  // some other organ there, the liver here
  const OrganMap map =
      import_organs(labels, OrganNames(base::Resources()).read_numbering(R"({"3": "liver", "8": 52})"));
  EXPECT_EQ(map.labels[0], id_of(Organ::liver));
  EXPECT_EQ(map.labels[1], 1005);
  EXPECT_EQ(map.labels[2], 0);
}

TEST(OrganMap, OrgansComeToAnotherGridThroughTheTransform) {
  const auto patient = make_patient(patient_grid(4));
  const OrganMap map = import_organs(patient.organs);
  space::Geometry moved = patient_grid(4);
  moved.origin = moved.origin + space::Vec3{8, 0, 0};
  const space::Affine grid_to_map{{}, {-8, 0, 0}};
  EXPECT_EQ(organs_on_grid(map, moved, grid_to_map, base::Run()).voxels(), patient.organs.voxels());
}

TEST(OrganMap, TakesNoRegionOfItsOwnForAnOrgan) {
  auto patient = make_patient(patient_grid(4));
  const std::size_t voxel = patient.organs.voxels().size() / 2;
  patient.organs[voxel] = id_of(Organ::pancreas_region);
  EXPECT_EQ(import_organs(patient.organs).labels[voxel], 0);
}

}  // namespace
}  // namespace netpet::anatomy
