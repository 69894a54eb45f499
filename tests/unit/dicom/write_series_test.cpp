#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "base/random.h"
#include "dicom/write_ct.h"
#include "dicom/write_pet.h"

namespace netpet::dicom {
namespace {

namespace fs = std::filesystem;

constexpr Vendor vendors[] = {Vendor::siemens, Vendor::ge, Vendor::philips};

base::Instant at(const char* iso) {
  return *base::parse_iso(iso);
}

class WriteSeries : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("netpet_write_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) +
               std::to_string(::getpid()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  const fs::path& folder() const { return folder_; }

  static StudyToWrite study(Vendor vendor) {
    StudyToWrite result;
    result.uid_seed = "write test";
    result.vendor = vendor;
    result.patient = {"P1", "Müller^Änne", "F", "1960-02-29"};
    result.weight_kg = 70;
    result.height_m = 1.7;
    result.description = "PET/CT whole body";
    result.id = "1";
    result.started = at("2024-01-02T10:00:00");
    return result;
  }
  static PetAcquisition pet() {
    PetAcquisition result;
    result.tracer_text = "68Ga-DOTATATE";
    result.tracer_code = {"724025002", "SCT", "Gallium-68 DOTATATE"};
    result.nuclide_code = {"35337001", "SCT", "^68^Gallium"};
    result.half_life_s = 4062.6;
    result.positron_fraction = 0.89;
    result.dose_bq = 150e6;
    result.administered = at("2024-01-02T09:00:00");
    result.beds = beds_over(6, 4, at("2024-01-02T10:01:00"), 125, BedOrder::from_first_slice);
    return result;
  }
  static space::Geometry grid() {
    space::Geometry geometry;
    geometry.origin = {-20, -15, 100};
    geometry.spacing = {4, 5, 3};
    geometry.size = {9, 7, 6};
    return geometry;
  }
  /// Slices whose activities differ by orders of magnitude, one without any.
  static image::PetVolume activity() {
    image::PetVolume volume(grid());
    base::Random random(7);
    for (std::size_t n = 0; n < volume.voxels().size(); ++n) {
      const int k = volume.geometry().index(n).k;
      volume[n] = k == 3 ? 0.F : static_cast<float>(std::pow(10., k) * random.uniform());
    }
    return volume;
  }

 private:
  fs::path folder_;
};

struct ReadSlice {
  std::vector<double> values;
  double slope = 0;
};

ReadSlice read_slice(const fs::path& file) {
  DcmFileFormat format;
  EXPECT_TRUE(format.loadFile(file.c_str()).good());
  DcmDataset& data = *format.getDataset();
  ReadSlice result;
  Float64 intercept = 0;
  Uint16 is_signed = 0;
  EXPECT_TRUE(data.findAndGetFloat64(DCM_RescaleSlope, result.slope).good());
  EXPECT_TRUE(data.findAndGetFloat64(DCM_RescaleIntercept, intercept).good());
  EXPECT_TRUE(data.findAndGetUint16(DCM_PixelRepresentation, is_signed).good());
  const Uint16* pixels = nullptr;
  unsigned long count = 0;
  EXPECT_TRUE(data.findAndGetUint16Array(DCM_PixelData, pixels, &count).good());
  for (unsigned long n = 0; n < count; ++n) {
    const double stored = is_signed ? double(static_cast<Sint16>(pixels[n])) : double(pixels[n]);
    result.values.push_back(stored * result.slope + intercept);
  }
  return result;
}

std::string text_of(const fs::path& file, const DcmTagKey& tag) {
  DcmFileFormat format;
  EXPECT_TRUE(format.loadFile(file.c_str()).good());
  OFString text;
  format.getDataset()->findAndGetOFStringArray(tag, text, OFTrue);
  return text.c_str();
}

TEST_F(WriteSeries, PetComesBackToHalfASlope) {
  const image::PetVolume written = activity();
  for (const Vendor vendor : vendors) {
    for (const PetUnits units : {PetUnits::bqml, PetUnits::philips_counts}) {
      PetAcquisition acquisition = pet();
      acquisition.units = units;
      const fs::path place = folder() / name_of(vendor) / (units == PetUnits::bqml ? "bqml" : "cnts");
      const WrittenSeries series = write_pet(written, study(vendor), acquisition, place, base::Run());
      const double unit = units == PetUnits::bqml ? 1 : 2.5;
      ASSERT_EQ(series.files.size(), 6U);
      for (std::size_t k = 0; k < 6; ++k) {
        const ReadSlice slice = read_slice(series.files[k]);
        ASSERT_EQ(slice.values.size(), 63U);
        for (std::size_t n = 0; n < 63; ++n) {
          EXPECT_NEAR(slice.values[n] * unit, written[k * 63 + n], slice.slope * unit * 0.5001);
        }
      }
    }
  }
}

TEST_F(WriteSeries, EachSliceHasItsOwnSlopeExceptInTheMannerOfPhilips) {
  for (const Vendor vendor : vendors) {
    const WrittenSeries series =
        write_pet(activity(), study(vendor), pet(), folder() / name_of(vendor), base::Run());
    const bool same = read_slice(series.files[0]).slope == read_slice(series.files[5]).slope;
    EXPECT_EQ(same, vendor == Vendor::philips) << name_of(vendor);
  }
}

TEST_F(WriteSeries, NegativeActivityIsKept) {
  image::PetVolume volume = activity();
  volume[5] = -0.25F;
  const WrittenSeries series = write_pet(volume, study(Vendor::siemens), pet(), folder(), base::Run());
  const ReadSlice slice = read_slice(series.files[0]);
  EXPECT_NEAR(slice.values[5], -0.25, slice.slope);
}

TEST_F(WriteSeries, CtComesBackExactly) {
  image::CtVolume ct(grid());
  for (std::size_t n = 0; n < ct.voxels().size(); ++n) ct[n] = static_cast<std::int16_t>(int(n) * 17 - 1024);
  for (const Vendor vendor : vendors) {
    CtAcquisition acquisition;
    acquisition.started = at("2024-01-02T10:00:10");
    const WrittenSeries series =
        write_ct(ct, study(vendor), acquisition, folder() / name_of(vendor), base::Run());
    for (std::size_t k = 0; k < 6; ++k) {
      const ReadSlice slice = read_slice(series.files[k]);
      for (std::size_t n = 0; n < 63; ++n) ASSERT_EQ(slice.values[n], ct[k * 63 + n]) << name_of(vendor);
    }
  }
}

TEST_F(WriteSeries, CtAndPetShareOneFrameOfReference) {
  const StudyToWrite one = study(Vendor::ge);
  const fs::path pet_file = write_pet(activity(), one, pet(), folder() / "pet", base::Run()).files[0];
  const fs::path ct_file = write_ct(image::CtVolume(grid()), one, {}, folder() / "ct", base::Run()).files[0];
  EXPECT_EQ(text_of(pet_file, DCM_FrameOfReferenceUID), frame_of_reference_uid(one));
  EXPECT_EQ(text_of(ct_file, DCM_FrameOfReferenceUID), frame_of_reference_uid(one));
  EXPECT_EQ(text_of(pet_file, DCM_StudyInstanceUID), text_of(ct_file, DCM_StudyInstanceUID));
  EXPECT_NE(text_of(pet_file, DCM_SeriesInstanceUID), text_of(ct_file, DCM_SeriesInstanceUID));
}

TEST_F(WriteSeries, TheSameInputGivesTheSameBytes) {
  const auto bytes = [](const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::vector<char>{std::istreambuf_iterator<char>(in), {}};
  };
  const base::Run two_threads(nullptr, {}, 2);
  const WrittenSeries a = write_pet(activity(), study(Vendor::siemens), pet(), folder() / "a", base::Run());
  const WrittenSeries b = write_pet(activity(), study(Vendor::siemens), pet(), folder() / "b", two_threads);
  for (std::size_t k = 0; k < 6; ++k) EXPECT_EQ(bytes(a.files[k]), bytes(b.files[k]));
}

TEST_F(WriteSeries, TimesFollowTheVendor) {
  const auto times = [&](Vendor vendor) {
    const auto files =
        write_pet(activity(), study(vendor), pet(), folder() / name_of(vendor), base::Run()).files;
    return std::pair(text_of(files[5], DCM_AcquisitionTime),
                     std::stod(text_of(files[5], DCM_FrameReferenceTime)));
  };
  // T_ave of a 120 s frame is a little less than its middle.
  EXPECT_EQ(times(Vendor::siemens).first, "100305.000000");
  EXPECT_NEAR(times(Vendor::siemens).second, (125 + 59.9) * 1000, 5);
  EXPECT_EQ(times(Vendor::ge).first, "100100.000000");
  EXPECT_EQ(times(Vendor::ge).second, 125000);
  EXPECT_EQ(times(Vendor::philips).first, "100305.000000");
}

TEST_F(WriteSeries, PrivateAttributesFollowTheVendor) {
  const auto file = [&](Vendor vendor) {
    return write_pet(activity(), study(vendor), pet(), folder() / name_of(vendor), base::Run()).files[0];
  };
  EXPECT_EQ(text_of(file(Vendor::siemens), DcmTagKey(0x0071, 0x1022)), "20240102100100.000000");
  EXPECT_EQ(text_of(file(Vendor::ge), DcmTagKey(0x0009, 0x100D)), "20240102100100.000000");
  EXPECT_EQ(text_of(file(Vendor::ge), DcmTagKey(0x0009, 0x103B)), "20240102090000.000000");
  const double factor = std::stod(text_of(file(Vendor::philips), DcmTagKey(0x7053, 0x1000)));
  EXPECT_NEAR(factor * bq_per_ml_at_suv_1(study(Vendor::philips), pet()), 1, 1e-9);
}

TEST_F(WriteSeries, TheActivityAtSuvOneIsDoseAtScanStartByMass) {
  const double halves = 3660 / 4062.6;
  EXPECT_NEAR(bq_per_ml_at_suv_1(study(Vendor::ge), pet()), 150e6 * std::pow(0.5, halves) / 70000, 1e-6);
}

TEST_F(WriteSeries, UidsAreValidAndFollowTheSeed) {
  const std::string uid = uid_of_seed("x");
  EXPECT_THAT(uid, testing::MatchesRegex("2\\.25\\.[1-9][0-9]+"));
  EXPECT_LE(uid.size(), 64U);
  EXPECT_EQ(uid, uid_of_seed("x"));
  EXPECT_NE(uid, uid_of_seed("y"));
}

TEST_F(WriteSeries, ThePetIsAValidInformationObject) {
  if (std::system("command -v dciodvfy >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "dciodvfy (dicom3tools) is not here";
  for (const Vendor vendor : vendors) {
    const auto pet_files =
        write_pet(activity(), study(vendor), pet(), folder() / name_of(vendor), base::Run()).files;
    const auto ct_files =
        write_ct(image::CtVolume(grid()), study(vendor), {}, folder() / name_of(vendor), base::Run()).files;
    for (const fs::path& file : {pet_files[0], ct_files[0]}) {
      const fs::path report = folder() / "report.txt";
      const std::string command = "dciodvfy '" + file.string() + "' > '" + report.string() + "' 2>&1";
      [[maybe_unused]] const int status = std::system(command.c_str());
      std::ifstream in(report);
      for (std::string line; std::getline(in, line);)
        EXPECT_NE(line.substr(0, 5), "Error") << file << ": " << line;
    }
  }
}

}  // namespace
}  // namespace netpet::dicom
