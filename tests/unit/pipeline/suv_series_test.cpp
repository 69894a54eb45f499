#include "pipeline/suv_series.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "dicom/write_pet.h"
#include "written_series.h"

namespace netpet::pipeline {
namespace {

namespace fs = std::filesystem;

base::Instant at(const char* iso) {
  return base::parse_iso(iso).value();
}

class SuvOfFolder : public FolderOfTest {
 protected:
  /// A series whose voxels are 0, 0.25, 0.5 … 9.75 g/mL.
  fs::path written(dicom::Vendor vendor, dicom::PetAcquisition pet) const {
    dicom::StudyToWrite study;
    study.uid_seed = "suv of folder";
    study.vendor = vendor;
    study.patient = {"P1", "Test^One", "M", "1950-01-01"};
    study.weight_kg = 82;
    study.height_m = 1.8;
    study.started = at("2024-03-01T00:10:00");
    space::Geometry grid;
    grid.spacing = {4, 4, 3};
    grid.size = {4, 2, 5};
    grid.frame_of_reference_uid = dicom::frame_of_reference_uid(study);
    image::PetVolume activity(grid);
    const double unit = bq_per_ml_at_suv_1(study, pet);
    for (std::size_t n = 0; n < 40; ++n) activity[n] = static_cast<float>(0.25 * double(n) * unit);
    const fs::path place = folder_ / dicom::name_of(vendor);
    write_pet(activity, study, pet, place, base::Run());
    return place;
  }
  static dicom::PetAcquisition acquisition() {
    dicom::PetAcquisition pet;
    pet.tracer_text = "68Ga-DOTATOC";
    pet.nuclide_code = {"35337001", "SCT", "^68^Gallium"};
    pet.half_life_s = 4062.6;
    pet.dose_bq = 160e6;
    pet.administered = at("2024-02-29T23:15:00");  // over midnight, and in a leap year
    pet.beds = dicom::beds_over(5, 2, at("2024-03-01T00:15:00"), 180, dicom::BedOrder::from_last_slice);
    pet.frame_duration_s = 170;
    return pet;
  }
};

TEST_F(SuvOfFolder, WhatIsWrittenInAnyMannerIsReadAsTheSameSuv) {
  for (const dicom::Vendor vendor : {dicom::Vendor::siemens, dicom::Vendor::ge, dicom::Vendor::philips}) {
    for (const auto correction : {dicom::DecayCorrection::start, dicom::DecayCorrection::admin}) {
      dicom::PetAcquisition pet = acquisition();
      pet.decay_correction = correction;
      const SuvSeries read = suv_of_folder(written(vendor, pet), {}, base::Resources(), base::Run());
      ASSERT_EQ(read.suv.voxels().size(), 40U);
      for (std::size_t n = 0; n < 40; ++n) {
        EXPECT_NEAR(read.suv[n], 0.25 * double(n), 9.75 / 32767 / 2 * 1.01) << dicom::name_of(vendor);
      }
      EXPECT_NEAR(read.max, 9.75, 1e-3);
      for (const record::Warning& warning : read.warnings) {
        EXPECT_EQ(warning.code, "injection_day_before") << warning.message;  // Philips writes the time alone
      }
    }
  }
}

TEST_F(SuvOfFolder, TheDocumentHoldsTheFactorAndItsProvenance) {
  const auto document =
      json_of(suv_of_folder(written(dicom::Vendor::ge, acquisition()), {}, base::Resources(), base::Run()));
  EXPECT_EQ(document.at("type"), "bw");
  EXPECT_EQ(document.at("unit"), "g/mL");
  EXPECT_EQ(document.at("factor").size(), 2U);
  EXPECT_EQ(document.at("size"), (std::vector<int>{4, 2, 5}));
  EXPECT_EQ(document.at("provenance").at("dose_bq"), 160e6);
  EXPECT_FALSE(document.at("provenance").at("steps").empty());
}

TEST_F(SuvOfFolder, PetWithoutAttenuationCorrectionIsRefused) {
  dicom::PetAcquisition pet = acquisition();
  pet.attenuation = dicom::AttenuationCorrection::not_applied;
  try {
    suv_of_folder(written(dicom::Vendor::siemens, pet), {}, base::Resources(), base::Run());
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), "nac_only");
  }
}

}  // namespace
}  // namespace netpet::pipeline
