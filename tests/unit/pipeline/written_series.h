#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "dicom/write_ct.h"
#include "dicom/write_pet.h"

/// Series of a few voxels, written as a scanner would, in a folder that goes with the test.
namespace netpet::pipeline {

class FolderOfTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        std::filesystem::temp_directory_path() / (std::string("netpet_") + test->test_suite_name() + "_" +
                                                  test->name() + "_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

inline dicom::StudyToWrite study_of(const std::string& seed, const char* started = "2024-03-01T10:00:00") {
  dicom::StudyToWrite study;
  study.uid_seed = seed;
  study.patient = {"P1", "Test^One", "M", "1950-01-01"};
  study.weight_kg = 80;
  study.height_m = 1.8;
  study.started = base::parse_iso(started).value();
  return study;
}

inline dicom::PetAcquisition dotatoc() {
  dicom::PetAcquisition pet;
  pet.tracer_text = "68Ga-DOTATOC";
  pet.nuclide_code = {"35337001", "SCT", "^68^Gallium"};
  pet.half_life_s = 4062.6;
  pet.dose_bq = 160e6;
  return pet;
}

inline dicom::PetAcquisition fdg() {
  dicom::PetAcquisition pet;
  pet.tracer_text = "FDG";
  pet.nuclide_code = {"77004003", "SCT", "^18^Fluorine"};
  pet.half_life_s = 6586.2;
  pet.dose_bq = 300e6;
  return pet;
}

inline space::Geometry grid_of(const dicom::StudyToWrite& study, int slices) {
  space::Geometry grid;
  grid.spacing = {4, 4, 3};
  grid.size = {4, 3, slices};
  grid.frame_of_reference_uid = dicom::frame_of_reference_uid(study);
  return grid;
}

/// Returns the series' UID.
inline std::string write_small_pet(const dicom::StudyToWrite& study, dicom::PetAcquisition pet, int slices,
                                   const std::filesystem::path& place) {
  pet.administered = study.started - base::Seconds(3600);
  pet.beds = dicom::beds_over(slices, slices, study.started, 180, dicom::BedOrder::from_first_slice);
  return write_pet(image::PetVolume(grid_of(study, slices), 5000.0F), study, pet, place, base::Run()).uid;
}

inline std::string write_small_ct(const dicom::StudyToWrite& study, dicom::CtAcquisition ct, int slices,
                                  const std::filesystem::path& place) {
  ct.started = study.started;
  return write_ct(image::CtVolume(grid_of(study, slices), std::int16_t{40}), study, ct, place, base::Run())
      .uid;
}

/// Puts every file of a folder into another patient space: its frame of reference's last digit changes.
inline void move_to_other_space(const dicom::StudyToWrite& study, const std::filesystem::path& place) {
  const std::string uid = dicom::frame_of_reference_uid(study);
  std::string other = uid;
  other.back() = uid.back() == '1' ? '2' : '1';
  for (const auto& entry : std::filesystem::directory_iterator(place)) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    in.close();
    const auto at = bytes.find(uid);
    ASSERT_NE(at, std::string::npos) << entry.path();
    bytes.replace(at, uid.size(), other);
    std::ofstream(entry.path(), std::ios::binary) << bytes;
  }
}

}  // namespace netpet::pipeline
