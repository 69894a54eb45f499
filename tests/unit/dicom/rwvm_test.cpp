#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dicom/catalogue.h"
#include "dicom/read_pet.h"
#include "dicom/read_rwvm.h"
#include "dicom/write_rwvm.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using test::code_of;
using testing::ElementsAre;

record::Series series_of_role(const std::filesystem::path& folder, record::SeriesRole role) {
  const auto catalogue = scan_folder(folder, base::Run());
  for (const auto& patient : catalogue.patients)
    for (const auto& study : patient.studies)
      for (const auto& series : study.series)
        if (series.role == role) return series;
  ADD_FAILURE() << "no such series";
  return {};
}

/// A PET of five slices with the slopes 0.5, 1, 0.5, 2, 1.
std::filesystem::path write_pet_below(const test::TemporaryFolder& folder) {
  auto slices = test::axial_series(5);
  const double slopes[]{0.5, 1, 0.5, 2, 1};
  for (std::size_t k = 0; k < 5; ++k) slices[k].slope = slopes[k];
  test::write_series(folder / "pet", slices);
  return folder / "pet";
}

TEST(Rwvm, MapsTheStoredValuesOfEachSliceToSuv) {
  const test::TemporaryFolder folder;
  const record::Series pet = series_of_role(write_pet_below(folder), record::SeriesRole::pet_ac);
  write_rwvm(source_series(pet, base::Run()), {"bw", {1e-3, 1e-3, 1e-3, 1e-3, 2e-3}}, folder / "rwvm.dcm");
  const record::Series rwvm = series_of_role(folder.path(), record::SeriesRole::rwvm);
  EXPECT_EQ(rwvm.study_uid, pet.study_uid);
  EXPECT_EQ(rwvm.patient_id, pet.patient_id);
  const auto objects = read_rwvm(rwvm);
  ASSERT_EQ(objects.size(), 1u);
  std::map<std::string, double> slope_of;
  for (const record::MappedImages& group : objects[0].groups) {
    ASSERT_EQ(group.mappings.size(), 1u);
    const record::RealWorldValueMapping& mapping = group.mappings[0];
    EXPECT_EQ(mapping.intercept, 0);
    EXPECT_EQ(mapping.first, -32768);
    EXPECT_EQ(mapping.last, 32767);
    EXPECT_EQ(mapping.unit.value, "g/ml{SUVbw}");
    EXPECT_EQ(mapping.quantity->value, "126400");
    EXPECT_EQ(mapping.method->value, "126410");
    for (const auto& image : group.images) {
      EXPECT_THAT(image.frames, ElementsAre());
      EXPECT_TRUE(slope_of.emplace(image.sop_instance_uid, *mapping.slope).second);
    }
  }
  const record::PetHeader header = read_pet_header(pet);
  std::vector<double> slopes;
  for (const record::PetSlice& slice : header.slices) slopes.push_back(slope_of.at(slice.sop_instance_uid));
  EXPECT_THAT(slopes, ElementsAre(0.5e-3, 1e-3, 0.5e-3, 2e-3, 2e-3));
  EXPECT_EQ(objects[0].groups.size(), 3u);  // images with one mapping share it
}

TEST(Rwvm, IsTheSameOnEveryRunAndAnotherForAnotherType) {
  const test::TemporaryFolder folder;
  const record::Series pet = series_of_role(write_pet_below(folder), record::SeriesRole::pet_ac);
  const auto write = [&](const char* type, double factor) {
    write_rwvm(source_series(pet, base::Run()), {type, std::vector<double>(5, factor)}, folder / "x");
    return test::read_bytes(folder / "x");
  };
  EXPECT_EQ(write("bw", 1e-3), write("bw", 1e-3));
  const auto uid_of = [&](const char* type, double factor) {
    write(type, factor);
    return read_rwvm(series_of_role(folder.path(), record::SeriesRole::rwvm))[0].sop_instance_uid;
  };
  EXPECT_NE(uid_of("bw", 1e-3), uid_of("lbm-janma", 1e-3));
  EXPECT_NE(uid_of("bw", 1e-3), uid_of("bw", 2e-3));
  for (const char* type : {"bw", "lbm-janma", "lbm-james128", "lbm-james120", "bsa", "ibw"})
    EXPECT_EQ(code_of([&] { write(type, 1); }), "no error") << type;
  // A code of more than 16 characters has an attribute of its own.
  write("lbm-james128", 1);
  const auto objects = read_rwvm(series_of_role(folder.path(), record::SeriesRole::rwvm));
  EXPECT_EQ(objects[0].groups[0].mappings[0].unit.value, "g/ml{SUVlbm(James128)}");
}

TEST(Rwvm, OfNothingIsRefused) {
  const test::TemporaryFolder folder;
  test::TestSlice slice;
  slice.change = [](DcmDataset& data) {
    data.putAndInsertString(DCM_SOPClassUID, UID_RealWorldValueMappingStorage);
  };
  test::write_slice(folder / "a", slice);
  const record::Series series = series_of_role(folder.path(), record::SeriesRole::rwvm);
  EXPECT_EQ(code_of([&] { read_rwvm(series); }), "rwvm_malformed");
}

TEST(Rwvm, InsideAnImageIsPartOfItsSlice) {
  const test::TemporaryFolder folder;
  auto slices = test::axial_series(2);
  for (test::TestSlice& slice : slices)
    slice.change = [](DcmDataset& data) {
      DcmItem* item = nullptr;
      data.findOrCreateSequenceItem(DCM_RealWorldValueMappingSequence, item);
      item->putAndInsertFloat64(DCM_RealWorldValueSlope, 0.002);
      item->putAndInsertFloat64(DCM_RealWorldValueIntercept, 0);
      item->putAndInsertUint16(DcmTag(DCM_RealWorldValueFirstValueMapped, EVR_US), 0);
      item->putAndInsertUint16(DcmTag(DCM_RealWorldValueLastValueMapped, EVR_US), 400);
      DcmItem* unit = nullptr;
      item->findOrCreateSequenceItem(DCM_MeasurementUnitsCodeSequence, unit);
      unit->putAndInsertString(DCM_CodeValue, "{SUVbw}g/ml");
    };
  test::write_series(folder.path(), slices);
  const PetSeries pet = read_pet(series_of_role(folder.path(), record::SeriesRole::pet_ac), base::Run());
  EXPECT_EQ(pet.header.units, "BQML");  // (0054,1001) counts; the mapping is there to be compared
  ASSERT_EQ(pet.header.slices[1].mappings.size(), 1u);
  EXPECT_EQ(pet.header.slices[1].mappings[0].slope, 0.002);
  EXPECT_EQ(pet.header.slices[1].mappings[0].last, 400);
  EXPECT_EQ(pet.pixels[0], 0);
}

}  // namespace
}  // namespace netpet::dicom
