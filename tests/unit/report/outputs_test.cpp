#include "report/outputs.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "image/nifti.h"
#include "made_up_reading.h"
#include "report/plane.h"
#include "report/registration_picture.h"

namespace netpet::report {
namespace {

namespace fs = std::filesystem;

class Outputs : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("netpet_outputs_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string text_of(const std::string& file) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / file, std::ios::binary).rdbuf();
    return text.str();
  }

  fs::path folder_;
  base::Resources resources_;
};

TEST_F(Outputs, AllFilesOfTheContractAreWritten) {
  const record::Reading reading = testing::made_up_reading();
  const auto sstr = testing::made_up_pet(reading, record::Role::sstr, 10);
  const auto fdg = testing::made_up_pet(reading, record::Role::fdg, 10);
  image::LabelMap labels(sstr.geometry());
  labels[1234] = 7;
  ReportInput input{reading};
  input.sstr_suv = &sstr;
  input.fdg_suv = &fdg;
  input.fdg_on_sstr_suv = &fdg;
  input.organs = input.lesions_sstr = input.lesions_fdg = &labels;
  write_outputs(input, folder_, resources_, base::Run(nullptr, {}, 2));
  for (const char* file : {"reading.json", "fhir.json", "report.html", "lesions.csv", "images/mip_sstr.png",
                           "images/mip_fdg.png", "volumes/sstr_suv.nii.gz", "volumes/fdg_suv.nii.gz",
                           "volumes/fdg_on_sstr_suv.nii.gz", "volumes/lesions_sstr.nii.gz",
                           "volumes/lesions_fdg.nii.gz", "volumes/organs.nii.gz"})
    EXPECT_TRUE(fs::is_regular_file(folder_ / file)) << file;
  EXPECT_EQ(image::read_nifti_labels(folder_ / "volumes/lesions_sstr.nii.gz").voxels(), labels.voxels());
}

TEST_F(Outputs, ThreadsDoNotChangeAByte) {
  const record::Reading reading = testing::made_up_reading();
  const auto sstr = testing::made_up_pet(reading, record::Role::sstr, 10);
  const auto fdg = testing::made_up_pet(reading, record::Role::fdg, 10);
  ReportInput input{reading};
  input.sstr_suv = &sstr;
  input.fdg_suv = &fdg;
  const std::vector<std::string> files{"reading.json", "fhir.json", "report.html", "images/mip_sstr.png",
                                       "volumes/sstr_suv.nii.gz"};
  write_outputs(input, folder_, resources_, base::Run(nullptr, {}, 1));
  std::vector<std::string> first;
  for (const auto& file : files) first.push_back(text_of(file));
  write_outputs(input, folder_, resources_, base::Run(nullptr, {}, 3));
  for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(text_of(files[i]), first[i]) << files[i];
}

TEST_F(Outputs, AReadingWithoutVolumesHasADocumentAndAPage) {
  const record::Reading reading = testing::made_up_reading();
  write_outputs(ReportInput{reading}, folder_, resources_, base::Run());
  EXPECT_TRUE(fs::is_regular_file(folder_ / "reading.json"));
  EXPECT_EQ(text_of("report.html").find("<img"), std::string::npos);
}

TEST_F(Outputs, TheReadingHoldsToItsSchema) {
  if (std::system("/usr/bin/python3 -c 'import jsonschema' 2>/dev/null") != 0)
    GTEST_SKIP() << "python3-jsonschema is not installed: reading.json is NOT checked against its schema";
  const std::string root = std::string(NETPET_TEST_DATA) + "/..";
  const std::string validate = "/usr/bin/python3 " + root + "/tools/validate_json.py " + root +
                               "/schemas/netpet-reading-1.json " + (folder_ / "reading.json").string();
  record::Reading reading = testing::made_up_reading();
  write_outputs(ReportInput{reading}, folder_, resources_, base::Run());
  EXPECT_EQ(std::system(validate.c_str()), 0);

  record::Reading bare;
  bare.software = reading.software;
  bare.fdg = testing::scan(record::Role::fdg);
  bare.fdg->acquired.reset();
  bare.fdg->tracer = {};
  bare.lesions = {record::Lesion{}};
  bare.lesions[0].id = "L1";
  bare.lesions[0].size_mm = base::NotComputable{"cut by the edge of the scan"};
  bare.grades = {record::Grade{}};
  bare.grades[0].scale = "netpet";
  bare.grades[0].value = base::NotComputable{"no SSTR study"};
  write_outputs(ReportInput{bare}, folder_, resources_, base::Run());
  EXPECT_EQ(std::system(validate.c_str()), 0);

  std::ofstream(folder_ / "reading.json") << R"({"schema":"netpet-reading/1"})";
  EXPECT_NE(std::system((validate + " 2>/dev/null").c_str()), 0) << "the check must be able to fail";
}

TEST(Plane, PicturesReadAsRadiologistsRead) {
  const Box box{{-100, -50, -200}, {100, 50, 200}};
  const Plane axial = axial_plane(box, 7, 2);
  EXPECT_EQ(axial.width, 100);
  EXPECT_EQ(axial.height, 50);
  EXPECT_EQ(axial.at(0, 0), (space::PointLps{-100, -50, 7}));  // the patient's right and front, upper left
  const Plane coronal = coronal_plane(box, 0, 2);
  EXPECT_EQ(coronal.at(0, 0), (space::PointLps{-100, 0, 200}));  // the head up
  EXPECT_GT(coronal.at(0, 0).z, coronal.at(0, 10).z);
  const Plane sagittal = sagittal_plane(box, 0, 2);
  EXPECT_LT(sagittal.at(0, 0).y, sagittal.at(10, 0).y);  // the front on the left
}

TEST(RegistrationPicture, TheTransformBringsTheMovingScanOntoTheFixedOne) {
  space::Geometry grid;
  grid.size = {60, 60, 60};
  grid.spacing = {4, 4, 4};
  image::CtVolume fixed(grid, -1000);
  for (int k = 10; k < 50; ++k)
    for (int j = 20; j < 40; ++j)
      for (int i = 15; i < 45; ++i) fixed({i, j, k}) = 40;
  space::Geometry shifted = grid;
  shifted.origin = {30, -20, 44};
  const image::CtVolume moving(shifted, fixed.voxels());
  space::Affine right;
  right.translation = {30, -20, 44};
  const auto dark = [](const image::Picture& picture) {  // right of the panels as scanned
    std::size_t pixels = 0;
    for (int y = 0; y < picture.height; ++y)
      for (int x = picture.width / 2; x < picture.width; ++x) pixels += *picture.at(x, y) < 20 ? 1 : 0;
    return pixels;
  };
  // Rightly aligned the body's box is full of body; misaligned, squares of the moving scan show air.
  record::Registration aligned, unaligned;
  aligned.rigid = right;
  aligned.fixed_to_moving = right;
  EXPECT_LT(dark(draw_registration(fixed, moving, aligned)) * 20,
            dark(draw_registration(fixed, moving, unaligned)));
}

}  // namespace
}  // namespace netpet::report
