#include "anatomy/organ_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
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

std::string code_of_refusal(std::string_view json) {
  try {
    read_organ_numbering(json, base::Resources());
  } catch (const base::Error& error) {
    return error.code();
  }
  return "";
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
      import_organs(labels, read_organ_numbering(R"({"3": "liver", "8": 52})", base::Resources()));
  EXPECT_EQ(map.labels[0], id_of(Organ::liver));
  EXPECT_EQ(map.labels[1], 1005);
  EXPECT_EQ(map.labels[2], 0);
}

TEST(OrganMap, AMalformedNumberingIsRefused) {
  EXPECT_EQ(code_of_refusal("[1]"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal("{"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal("{}"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal(R"({"-1": "liver"})"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal(R"({"99999999999": "liver"})"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal(R"({"1": 70000})"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal(R"({"1": "lever"})"), "organ_name_unknown");
}

TEST(OrganMap, NamesMeanTheIdsOfTheEnumeration) {
  const auto numbering = read_organ_numbering(
      R"({"1":"spleen","2":"aorta","3":"brain","4":"urinary_bladder","5":"vertebrae_L1","6":"gluteus_maximus_left","7":"bone"})",
      base::Resources());
  EXPECT_EQ(numbering.at(1), id_of(Organ::spleen));
  EXPECT_EQ(numbering.at(2), id_of(Organ::aorta));
  EXPECT_EQ(numbering.at(3), id_of(Organ::brain));
  EXPECT_EQ(numbering.at(4), id_of(Organ::bladder));
  EXPECT_EQ(numbering.at(5), id_of(Organ::vertebra_l1));
  EXPECT_EQ(numbering.at(6), id_of(Organ::gluteus_maximus_left));
  EXPECT_EQ(numbering.at(7), id_of(Organ::bone));
}

TEST(OrganMap, OrgansComeToAnotherGridThroughTheTransform) {
  const auto patient = make_patient(patient_grid(4));
  const OrganMap map = import_organs(patient.organs);
  space::Geometry moved = patient_grid(4);
  moved.origin = moved.origin + space::Vec3{8, 0, 0};
  const space::Affine grid_to_map{{}, {-8, 0, 0}};
  EXPECT_EQ(organs_on_grid(map, moved, grid_to_map, base::Run()).voxels(), patient.organs.voxels());
}

}  // namespace
}  // namespace netpet::anatomy
