// What reading fast must not change.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "dicom/catalogue.h"
#include "dicom/padding.h"
#include "dicom/preflight.h"
#include "dicom/read_ct.h"
#include "dicom/read_pet.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using test::code_of;
using test::TestSlice;

const base::Run two_threads(nullptr, {}, 2);

record::Series only_series(const std::filesystem::path& folder) {
  return scan_folder(folder, two_threads).patients.at(0).studies.at(0).series.at(0);
}

/// A CT slice of every number that 16 bits can hold.
TestSlice every_number(int is_signed, double slope, double intercept) {
  TestSlice slice;
  slice.modality = "CT";
  slice.is_signed = is_signed;
  slice.slope = slope;
  slice.intercept = intercept;
  slice.rows = slice.columns = 256;
  slice.words.resize(65536);
  for (std::size_t n = 0; n < slice.words.size(); ++n) slice.words[n] = static_cast<std::uint16_t>(n);
  return slice;
}

TEST(ReadCt, RoundsEveryStoredNumberToTheNearestAndHalvesAwayFromZero) {
  const struct {
    double slope, intercept;
  } rescales[] = {{1, -1024},      {1, 0},         {1, 40000},   {1, -70000},   {-1, 0},
                  {0.5, 0},        {0.5, -1024.5}, {0.1, -0.05}, {1, 0.5},      {0, 7},
                  {1e300, -1e300}, {-0.25, 0.125}, {3, 1e9},     {1, -1000000}, {1, 3e9}};
  for (const auto [slope, intercept] : rescales)
    for (const int is_signed : {0, 1}) {
      const test::TemporaryFolder folder;
      test::write_slice(folder / "a", every_number(is_signed, slope, intercept));
      const auto ct = read_ct(only_series(folder.path()), two_threads);
      ASSERT_EQ(ct.voxels().size(), 65536u);
      for (std::size_t n = 0; n < 65536; ++n) {
        const double stored = is_signed != 0 ? static_cast<double>(static_cast<std::int16_t>(n)) : double(n);
        const double hu = std::clamp(std::round(stored * slope + intercept), -32768.0, 32767.0);
        ASSERT_EQ(ct[n], hu) << stored << " · " << slope << " + " << intercept;
      }
    }
}

TEST(Padding, IsTestedWithinTheRangeOfTheType) {
  EXPECT_TRUE(PaddingTest<std::int16_t>(-2000, -2000)(-2000));
  EXPECT_FALSE(PaddingTest<std::int16_t>(-2000, -2000)(-1999));
  EXPECT_TRUE(PaddingTest<std::int16_t>(-1e9, -1000)(-32768));
  EXPECT_FALSE(PaddingTest<std::int16_t>(-1e9, -1000)(-999));
  EXPECT_TRUE(PaddingTest<std::uint8_t>(-3, 0)(0));
  EXPECT_FALSE(PaddingTest<std::uint8_t>(-3, -1)(0));
  EXPECT_FALSE(PaddingTest<std::uint8_t>(256, 300)(255));
  EXPECT_FALSE(PaddingTest<std::uint16_t>(0.25, 0.75)(0));  // no whole number lies between
  EXPECT_FALSE(PaddingTest<std::uint16_t>(0.25, 0.75)(1));
  EXPECT_TRUE(PaddingTest<std::uint32_t>(4294967295.0, 1e12)(4294967295U));
  EXPECT_TRUE(PaddingTest<float>(-0.5, 0.25)(0.25F));
  EXPECT_FALSE(PaddingTest<float>(-0.5, 0.25)(0.26F));
  EXPECT_FALSE(PaddingTest<float>(-0.5, 0.25)(std::numeric_limits<float>::quiet_NaN()));
}

TEST(Headers, ThatAreKnownGiveTheSameSeriesAsThoseReadAgain) {
  for (const char* modality : {"PT", "CT"}) {
    const test::TemporaryFolder folder;
    auto slices = test::axial_series(9);
    for (std::size_t k = 0; k < slices.size(); ++k) {
      slices[k].modality = modality;
      slices[k].slope = 1 + 0.25 * static_cast<double>(k);
    }
    test::write_series(folder.path(), slices);
    Headers known;
    const auto series =
        scan_folder(folder.path(), known, two_threads).patients.at(0).studies.at(0).series.at(0);
    for (const auto& file : series.files) ASSERT_TRUE(known.find(file));
    if (series.modality == "CT") {
      EXPECT_EQ(read_ct(series, two_threads, known).voxels(), read_ct(series, two_threads).voxels());
      continue;
    }
    const PetSeries quick = read_pet(series, two_threads, known), fresh = read_pet(series, two_threads);
    EXPECT_EQ(quick.pixels.voxels(), fresh.pixels.voxels());
    EXPECT_EQ(quick.pixels.geometry(), fresh.pixels.geometry());
    ASSERT_EQ(quick.header.slices.size(), fresh.header.slices.size());
    for (std::size_t k = 0; k < slices.size(); ++k)
      EXPECT_EQ(quick.header.slices[k].file, fresh.header.slices[k].file);
    EXPECT_EQ(quick.header.file, fresh.header.file);
    EXPECT_EQ(quick.header.problems, fresh.header.problems);
  }
}

TEST(Headers, OfAFileThatIsWrittenToAfterTheScanLeadToARefusal) {
  const test::TemporaryFolder folder;
  const auto slices = test::axial_series(4);
  test::write_series(folder.path(), slices);
  Headers known;
  const auto series =
      scan_folder(folder.path(), known, two_threads).patients.at(0).studies.at(0).series.at(0);
  TestSlice other = slices[2];
  other.slope = 3;
  test::write_slice(series.files[2], other);
  EXPECT_EQ(code_of([&] { read_pet(series, two_threads, known); }), "file_changed");
  EXPECT_EQ(code_of([&] { read_pet(series, two_threads); }), "no error");
}

TEST(Headers, LongerThanWhatIsParsedAtOnceSayTheSame) {
  for (const std::size_t padding : {std::size_t{16}, std::size_t{200'000}}) {
    const test::TemporaryFolder folder;
    auto slices = test::axial_series(3);
    for (TestSlice& slice : slices)
      slice.change = [&](DcmDataset& data) {
        data.putAndInsertString(DCM_PatientWeight, "70.5");
        const std::vector<Uint8> bytes(padding);
        data.putAndInsertString(DcmTag(0x0071, 0x0010, EVR_LO), "SIEMENS MED PT");
        data.putAndInsertString(DcmTag(0x0071, 0x1022, EVR_DT), "20240102103000");
        data.putAndInsertUint8Array(DcmTag(0x0073, 0x1001, EVR_OB), bytes.data(),
                                    static_cast<unsigned long>(padding));
      };
    test::write_series(folder.path(), slices);
    const auto header = read_header(folder / "slice0.dcm");
    ASSERT_TRUE(header.pet) << padding;
    EXPECT_EQ(header.pet->weight, 70.5);
    EXPECT_TRUE(header.pet->siemens_reference_time);
    EXPECT_EQ(header.images.front().format->columns, 5);
  }
}

TEST(Bytes, OfAFileThatChangedSinceItsHeaderWasReadAreRefused) {
  const test::TemporaryFolder folder;
  const auto file = folder / "a.dcm";
  TestSlice slice;
  test::write_slice(file, slice);
  const FileLayout layout = examine(file);
  const auto pixels = [&] { return bytes_of(file, layout, layout.pixels->native); };
  EXPECT_EQ(pixels().size(), 40u);
  std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) + std::chrono::seconds(1));
  EXPECT_EQ(code_of(pixels), "file_changed");

  const FileLayout again = examine(file);
  const std::string bytes = test::read_bytes(file);
  test::write_bytes(file, bytes.substr(0, bytes.size() - 2));
  EXPECT_EQ(code_of([&] { bytes_of(file, again, again.pixels->native); }), "file_changed");
  std::filesystem::remove(file);
  EXPECT_EQ(code_of([&] { bytes_of(file, again, again.pixels->native); }), "file_unreadable");
}

}  // namespace
}  // namespace netpet::dicom
