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
