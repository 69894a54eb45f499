#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "dicom/catalogue.h"
#include "dicom/read_ct.h"
#include "dicom/read_pet.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using test::code_of;
using test::TestSlice;

const base::Run two_threads(nullptr, {}, 2);

record::Series only_series(const std::filesystem::path& folder) {
  const auto catalogue = scan_folder(folder, two_threads);
  EXPECT_EQ(catalogue.patients.size(), 1u);
  EXPECT_EQ(catalogue.patients.at(0).studies.size(), 1u);
  EXPECT_EQ(catalogue.patients.at(0).studies.at(0).series.size(), 1u);
  return catalogue.patients.at(0).studies.at(0).series.at(0);
}

TEST(ReadPet, RescalesEverySliceByItsOwnSlope) {
  const test::TemporaryFolder folder;
  auto slices = test::axial_series(6);
  for (std::size_t k = 0; k < slices.size(); ++k) slices[k].slope = 0.5 + static_cast<double>(k);
  slices[2].intercept = -7;
  test::write_series(folder.path(), slices);
  const PetSeries pet = read_pet(only_series(folder.path()), two_threads);
  ASSERT_EQ(pet.pixels.geometry().size, (std::array{5, 4, 6}));
  for (std::size_t k = 0; k < slices.size(); ++k)
    for (std::size_t n = 0; n < slices[k].pixels(); ++n)
      ASSERT_FLOAT_EQ(pet.pixels[k * slices[k].pixels() + n],
                      static_cast<float>(slices[k].words[n] * slices[k].slope + slices[k].intercept));
  ASSERT_EQ(pet.header.slices.size(), 6u);
  EXPECT_DOUBLE_EQ(pet.header.slices[3].slope, 3.5);
  EXPECT_DOUBLE_EQ(pet.header.slices[2].intercept, -7);
}

TEST(ReadPet, DoesNotDependOnOrderNamesOrThreads) {
  const test::TemporaryFolder one, other;
  auto slices = test::axial_series(12);
  test::write_series(one.path(), slices);
  std::shuffle(slices.begin(), slices.end(), std::minstd_rand(3));
  for (std::size_t k = 0; k < slices.size(); ++k)
    test::write_slice(
        other.path() / ("deep" + std::to_string(k % 3)) / "x" / ("f" + std::to_string(97 * k % 13)),
        slices[k]);
  const PetSeries a = read_pet(only_series(one.path()), base::Run(nullptr, {}, 1));
  record::Series shuffled = only_series(other.path());
  std::reverse(shuffled.files.begin(), shuffled.files.end());
  const PetSeries b = read_pet(shuffled, base::Run(nullptr, {}, 4));
  EXPECT_EQ(a.pixels.geometry(), b.pixels.geometry());
  EXPECT_EQ(a.pixels.voxels(), b.pixels.voxels());
}

TEST(ReadPet, PutsEveryValueAtTheSamePlaceInThePatientWhicheverWayItsAxesRun) {
  // One field, value = 1 + x + 10 y + 100 z, stored with axes that run either way.
  const auto value_at = [](double x, double y, double z) {
    return static_cast<std::uint16_t>(1 + x + 10 * y + 100 * z);
  };
  for (const double sign_i : {1.0, -1.0})
    for (const double sign_j : {1.0, -1.0}) {
      const test::TemporaryFolder folder;
      auto slices = test::axial_series(4);
      for (std::size_t k = 0; k < slices.size(); ++k) {
        TestSlice& slice = slices[k];
        slice.orientation = {sign_i, 0, 0, 0, sign_j, 0};
        const double x0 = sign_i > 0 ? 0 : 8, y0 = sign_j > 0 ? 0 : 6;
        slice.position = {x0, y0, 3.0 * static_cast<double>(k)};
        for (int j = 0; j < 4; ++j)
          for (int i = 0; i < 5; ++i)
            slice.words[static_cast<std::size_t>(j * 5 + i)] =
                value_at(x0 + sign_i * 2 * i, y0 + sign_j * 2 * j, slice.position[2]);
      }
      test::write_series(folder.path(), slices);
      const auto pixels = read_pet(only_series(folder.path()), two_threads).pixels;
      EXPECT_NEAR(pixels.geometry().direction.determinant(), 1, 1e-12);
      for (std::size_t n = 0; n < pixels.voxels().size(); ++n) {
        const auto at = pixels.geometry().to_lps(pixels.geometry().index(n));
        ASSERT_EQ(pixels[n], value_at(at.x, at.y, at.z));
      }
    }
}

TEST(ReadPet, TakesTheHeaderAsItStands) {
  const test::TemporaryFolder folder;
  auto slices = test::axial_series(3);
  for (TestSlice& slice : slices)
    slice.change = [](DcmDataset& data) {
      data.putAndInsertString(DCM_PatientWeight, "70.5");
      data.putAndInsertString(DCM_DecayCorrection, "START");
      data.putAndInsertString(DCM_SeriesDate, "20240102");
      data.putAndInsertString(DCM_SeriesTime, "101500.5");
      data.putAndInsertString(DCM_AcquisitionDate, "20240102");
      data.putAndInsertString(DCM_AcquisitionTime, "not a time");
      data.putAndInsertString(DCM_TimezoneOffsetFromUTC, "+0200");
      DcmItem* item = nullptr;
      data.findOrCreateSequenceItem(DCM_RadiopharmaceuticalInformationSequence, item);
      item->putAndInsertString(DCM_Radiopharmaceutical, "68Ga-DOTATATE");
      item->putAndInsertString(DCM_RadionuclideTotalDose, "1.5e8");
      item->putAndInsertString(DCM_RadiopharmaceuticalStartDateTime, "20240102080000+0100");
      DcmItem* code = nullptr;
      item->findOrCreateSequenceItem(DCM_RadionuclideCodeSequence, code);
      code->putAndInsertString(DCM_CodeValue, "C-131A3");
      code->putAndInsertString(DCM_CodingSchemeDesignator, "SRT");
    };
  test::write_series(folder.path(), slices);
  const record::PetHeader header = read_pet_header(only_series(folder.path()));
  EXPECT_EQ(header.weight, 70.5);
  EXPECT_FALSE(header.height);
  EXPECT_EQ(header.total_dose, 1.5e8);
  EXPECT_EQ(header.radiopharmaceutical, "68Ga-DOTATATE");
  EXPECT_EQ(header.radionuclide_code->value, "C-131A3");
  EXPECT_EQ(base::iso(*header.administered_datetime),
            "2024-01-02T09:00:00");  // moved to the clock of the data set
  EXPECT_EQ(header.series_time->microseconds, 36'900'500'000);
  EXPECT_THAT(header.corrected_image, testing::ElementsAre("ATTN", "DECY"));
  EXPECT_FALSE(header.slices[0].acquired);
  ASSERT_EQ(header.problems.size(), 1u);
  EXPECT_EQ(header.problems[0].code, "malformed_value");
  EXPECT_THAT(header.problems[0].message, testing::HasSubstr("(0008,0032)"));
}

TEST(ReadPet, FindsPrivateElementsByTheirCreatorInWhateverBlock) {
  const test::TemporaryFolder folder;
  auto slices = test::axial_series(2);
  for (TestSlice& slice : slices)
    slice.change = [](DcmDataset& data) {
      const auto text = [&](Uint16 group, Uint16 element, DcmEVR vr, const char* value) {
        data.putAndInsertString(DcmTag(group, element, vr), value);
      };
      text(0x0009, 0x0010, EVR_LO, "SOMEONE ELSE");
      text(0x0009, 0x100D, EVR_DT, "19990101000000");
      text(0x0009, 0x0021, EVR_LO, "GEMS_PETD_01");
      text(0x0009, 0x210D, EVR_DT, "20240102101112.00");
      text(0x0071, 0x0015, EVR_LO, "SIEMENS MED PT");
      text(0x0071, 0x1522, EVR_DT, "20240102101500");
      text(0x7053, 0x0012, EVR_LO, "Philips PET Private Group");
      text(0x7053, 0x1200, EVR_DS, "0.000551");
    };
  test::write_series(folder.path(), slices);
  for (const auto syntax : {EXS_LittleEndianExplicit, EXS_LittleEndianImplicit}) {
    test::write_slice(folder.path() / "slice0.dcm", slices[0], syntax);
    const record::PetHeader header = read_pet_header(only_series(folder.path()));
    ASSERT_TRUE(header.ge_scan_datetime && header.siemens_reference_time && header.philips_suv_factor);
    EXPECT_EQ(base::iso(*header.ge_scan_datetime), "2024-01-02T10:11:12");
    EXPECT_EQ(base::iso(*header.siemens_reference_time), "2024-01-02T10:15:00");
    EXPECT_DOUBLE_EQ(*header.philips_suv_factor, 0.000551);
    EXPECT_FALSE(header.philips_activity_factor);
  }
}

TEST(ReadPet, RefusesASlopeOfZeroOverCountsOnly) {
  const test::TemporaryFolder folder;
  auto slices = test::axial_series(3);
  slices[1].slope = 0;
  test::write_series(folder.path(), slices);
  EXPECT_EQ(code_of([&] { read_pet(only_series(folder.path()), two_threads); }), "rescale_invalid");
  slices[1].words.assign(slices[1].pixels(), 0);  // an empty slice may have one
  test::write_slice(folder / "slice1.dcm", slices[1]);
  EXPECT_EQ(code_of([&] { read_pet(only_series(folder.path()), two_threads); }), "no error");
}

/// The voxels of one slice of `words` whose header `change` changes.
std::vector<float> pet_of(const std::vector<std::uint16_t>& words, std::function<void(DcmDataset&)> change) {
  const test::TemporaryFolder folder;
  TestSlice slice;
  slice.rows = 1;
  slice.columns = static_cast<int>(words.size());
  slice.words = words;
  slice.slope = 2;
  slice.change = std::move(change);
  test::write_slice(folder / "a", slice);
  return read_pet(only_series(folder.path()), two_threads).pixels.voxels();
}

TEST(ReadPet, TakesPaddingBelowZeroForNoActivityAndRefusesToGuessAbove) {
  const auto padded = [](const char* value, const char* limit) {
    return [=](DcmDataset& data) {
      data.putAndInsertString(DcmTag(0x0028, 0x0120, EVR_SS), value);
      if (*limit != 0) data.putAndInsertString(DcmTag(0x0028, 0x0121, EVR_SS), limit);
    };
  };
  const std::vector<std::uint16_t> words{1, 0x8000, 0x8001, 3};
  EXPECT_THAT(pet_of(words, padded("-32768", "")), testing::ElementsAre(2, 0, -65534, 6));
  EXPECT_THAT(pet_of(words, padded("-32767", "-32768")), testing::ElementsAre(2, 0, 0, 6));
  EXPECT_THAT(pet_of(words, padded("0", "")), testing::ElementsAre(2, -65536, -65534, 6));
  EXPECT_EQ(code_of([&] { pet_of(words, padded("3", "")); }), "padding_ambiguous");
  EXPECT_EQ(code_of([&] { pet_of(words, padded("4", "")); }), "no error");
}

TEST(ReadPet, OfFloatPixelsNeedsNoSlopeAndRefusesWhatIsNoNumber) {
  const auto of = [](std::vector<float> values) {
    return pet_of({0, 0, 0}, [values](DcmDataset& data) {
      data.findAndDeleteElement(DCM_PixelData);
      for (const DcmTagKey& tag : {DCM_RescaleSlope, DCM_RescaleIntercept, DCM_BitsStored, DCM_HighBit})
        data.findAndDeleteElement(tag);
      data.putAndInsertUint16(DCM_BitsAllocated, 32);
      data.putAndInsertFloat32Array(DCM_FloatPixelData, values.data(),
                                    static_cast<unsigned long>(values.size()));
    });
  };
  EXPECT_THAT(of({0.25f, -1, 1e9f}), testing::ElementsAre(0.25f, -1, 1e9f));
  EXPECT_EQ(code_of([&] { of({0.25f, std::numeric_limits<float>::quiet_NaN(), 1}); }), "pixels_not_finite");
  EXPECT_EQ(code_of([&] { of({0.25f, 1}); }), "truncated_pixels");
}

TEST(ReadCt, PutsAirWhereTheHeaderSaysThatNothingWasMeasured) {
  const auto of = [](const char* padding) {
    const test::TemporaryFolder folder;
    TestSlice slice;
    slice.modality = "CT";
    slice.rows = 1;
    slice.columns = 4;
    slice.words = {static_cast<std::uint16_t>(-2000), 40, static_cast<std::uint16_t>(-1024), 0};
    slice.change = [=](DcmDataset& data) {
      data.putAndInsertString(DcmTag(0x0028, 0x0120, EVR_SS), padding);
    };
    test::write_slice(folder / "a", slice);
    test::write_slice(folder / "b", slice, EXS_LittleEndianImplicit);
    const std::string without_vr = test::read_bytes(folder / "b");
    std::filesystem::remove(folder / "b");
    const auto with_vr = read_ct(only_series(folder.path()), two_threads).voxels();
    test::write_bytes(folder / "a", without_vr);
    EXPECT_EQ(read_ct(only_series(folder.path()), two_threads).voxels(), with_vr);
    return with_vr;
  };
  EXPECT_THAT(of("-2000"), testing::ElementsAre(-1024, 40, -1024, 0));
  EXPECT_THAT(of("0"), testing::ElementsAre(-2000, 40, -1024, 0));  // water is never taken for padding
}

TEST(ReadCt, GivesHounsfieldUnitsRoundedAndClamped) {
  const test::TemporaryFolder folder;
  TestSlice slice;
  slice.modality = "CT";
  slice.is_signed = 0;
  slice.slope = 1.5;
  slice.intercept = -1024;
  slice.rows = 1;
  slice.columns = 4;
  slice.words = {0, 1, 700, 65535};
  test::write_slice(folder / "a", slice);
  const auto ct = read_ct(only_series(folder.path()), two_threads);
  EXPECT_THAT(ct.voxels(), testing::ElementsAre(-1024, -1023, 26, 32767));
}

TEST(ReadCt, OfHostileHeadersIsRefusedByName) {
  const auto refusal = [](auto&& change) {
    const test::TemporaryFolder folder;
    auto slices = test::axial_series(3);
    for (TestSlice& slice : slices) slice.modality = "CT";
    slices[1].change = change;
    test::write_series(folder.path(), slices);
    const auto series = only_series(folder.path());
    EXPECT_EQ(series.problems.size(), 1u);
    const std::string code = code_of([&] { read_ct(series, two_threads); });
    EXPECT_EQ(series.problems.at(0).code, code);  // what inspect says is what reading says
    return code;
  };
  EXPECT_EQ(refusal([](DcmDataset& data) {
              data.putAndInsertUint16(DCM_Rows, 65535);
              data.putAndInsertUint16(DCM_Columns, 65535);
            }),
            "image_too_large");
  EXPECT_EQ(refusal([](DcmDataset& data) { data.putAndInsertUint16(DCM_Rows, 400); }), "truncated_pixels");
  EXPECT_EQ(refusal([](DcmDataset& data) { data.putAndInsertString(DCM_NumberOfFrames, "12"); }),
            "multiframe_not_supported");
  EXPECT_EQ(refusal([](DcmDataset& data) { data.putAndInsertString(DCM_PatientID, "SOMEBODY ELSE"); }),
            "mixed_patients");
  EXPECT_EQ(refusal([](DcmDataset& data) { data.putAndInsertString(DCM_FrameOfReferenceUID, "1.2"); }),
            "mixed_frames_of_reference");
  EXPECT_EQ(refusal([](DcmDataset& data) { data.putAndInsertString(DCM_ImagePositionPatient, "1\\2"); }),
            "position_missing");
}

}  // namespace
}  // namespace netpet::dicom
