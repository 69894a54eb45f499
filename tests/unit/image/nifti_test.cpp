#include "image/nifti.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>

#include "image/nifti_header.h"
#include "space/affine.h"

namespace netpet::image {
namespace {

namespace fs = std::filesystem;

class Nifti : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("netpet_nifti_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) +
               std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path at(const std::string& name) const { return folder_ / name; }

  static space::Geometry oblique(std::array<int, 3> size = {7, 5, 3}) {
    space::Geometry geometry;
    geometry.origin = {-120.5, 33.25, 900};
    geometry.spacing = {2.5, 3, 4};
    geometry.direction = space::rigid({0, 0, 0}, {11, -7, 4}, {0, 0, 0}).linear;
    geometry.size = size;
    return geometry;
  }
  static PetVolume ramp(const space::Geometry& geometry) {
    PetVolume volume(geometry);
    for (std::size_t n = 0; n < geometry.voxels(); ++n) volume[n] = 0.37F * float(n) - 4;
    return volume;
  }
  static std::vector<char> bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void put_bytes(const std::string& name, const std::vector<char>& bytes) const {
    std::ofstream(at(name), std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
  }
  /// A valid plain image whose header was changed.
  void put_changed(const std::string& name, const std::function<void(detail::NiftiHeader&)>& change) const {
    write_nifti(ramp(oblique()), at("base.nii"));
    std::vector<char> bytes = bytes_of(at("base.nii"));
    detail::NiftiHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    change(header);
    std::memcpy(bytes.data(), &header, sizeof header);
    put_bytes(name, bytes);
  }
  static std::string code_of(const fs::path& file) {
    try {
      read_nifti_float(file);
    } catch (const base::Error& error) {
      EXPECT_EQ(error.kind(), base::ErrorKind::input);
      return error.code();
    }
    return "read";
  }

 private:
  fs::path folder_;
};

TEST_F(Nifti, AnImageComesBackAsItWasWritten) {
  const PetVolume written = ramp(oblique());
  for (const char* name : {"a.nii", "a.nii.gz"}) {
    write_nifti(written, at(name));
    const PetVolume read = read_nifti_float(at(name));
    EXPECT_EQ(read.voxels(), written.voxels());
    EXPECT_TRUE(space::same_grid(read.geometry(), written.geometry(), 1e-4)) << name;
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(at(".")), fs::directory_iterator()),
            2);  // nothing else is left
}

TEST_F(Nifti, ALeftHandedGridKeepsItsVoxelOrder) {
  space::Geometry geometry = oblique();
  for (int row = 0; row < 3; ++row) geometry.direction(row, 2) *= -1;
  write_nifti(ramp(geometry), at("a.nii"));
  const PetVolume read = read_nifti_float(at("a.nii"));
  EXPECT_TRUE(space::same_grid(read.geometry(), geometry, 1e-4));
  EXPECT_EQ(read.voxels(), ramp(geometry).voxels());
}

TEST_F(Nifti, QformAndSformSayTheSame) {
  for (const space::Vec3 angles :
       {space::Vec3{0, 0, 0}, {11, -7, 4}, {180, 0, 0}, {0, 180, 0}, {0, 0, 180}, {90, 90, 0}}) {
    for (const double handed : {1., -1.}) {
      space::Geometry geometry = oblique();
      geometry.direction = space::rigid({0, 0, 0}, angles, {0, 0, 0}).linear;
      for (int row = 0; row < 3; ++row) geometry.direction(row, 2) *= handed;
      detail::NiftiHeader header;
      detail::put_geometry(geometry, header);
      header.sform_code = 0;
      EXPECT_TRUE(space::same_grid(detail::geometry_of(header, "x"), geometry, 1e-4))
          << angles.x << " " << handed;
    }
  }
}

TEST_F(Nifti, OnDiskTheWorldIsRas) {
  space::Geometry geometry;
  geometry.origin = {10, 20, 30};
  geometry.size = {2, 2, 2};
  detail::NiftiHeader header;
  detail::put_geometry(geometry, header);
  EXPECT_THAT(header.srow_x, testing::ElementsAre(-1, 0, 0, -10));
  EXPECT_THAT(header.srow_y, testing::ElementsAre(0, -1, 0, -20));
  EXPECT_THAT(header.srow_z, testing::ElementsAre(0, 0, 1, 30));
}

TEST_F(Nifti, IntegerImagesKeepTheirType) {
  write_nifti(CtVolume(oblique(), std::int16_t{-1024}), at("ct.nii.gz"));
  EXPECT_EQ(read_nifti_float(at("ct.nii.gz"))[3], -1024.F);
  write_nifti(LabelMap(oblique(), std::uint16_t{65535}), at("labels.nii.gz"));
  EXPECT_EQ(read_nifti_labels(at("labels.nii.gz"))[3], 65535);
}

TEST_F(Nifti, TheOtherByteOrderIsRead) {
  write_nifti(ramp(oblique()), at("little.nii"));
  std::vector<char> bytes = bytes_of(at("little.nii"));
  detail::NiftiHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  detail::swap_bytes(header);
  std::memcpy(bytes.data(), &header, sizeof header);
  for (std::size_t n = 352; n + 4 <= bytes.size(); n += 4) std::reverse(&bytes[n], &bytes[n] + 4);
  put_bytes("big.nii", bytes);
  const PetVolume read = read_nifti_float(at("big.nii"));
  EXPECT_EQ(read.voxels(), ramp(oblique()).voxels());
  EXPECT_TRUE(space::same_grid(read.geometry(), oblique(), 1e-4));
}

TEST_F(Nifti, TheSlopeIsApplied) {
  put_changed("scaled.nii", [](detail::NiftiHeader& h) { h.scl_slope = 2, h.scl_inter = 3; });
  EXPECT_FLOAT_EQ(read_nifti_float(at("scaled.nii"))[10], 2 * ramp(oblique())[10] + 3);
  put_changed("unset.nii", [](detail::NiftiHeader& h) { h.scl_slope = 0, h.scl_inter = 3; });
  EXPECT_FLOAT_EQ(read_nifti_float(at("unset.nii"))[10], ramp(oblique())[10]);
}

TEST_F(Nifti, ADisplacementIsAFiveDimensionalVectorImage) {
  const space::Geometry grid = oblique();
  DisplacementLps shift{std::vector<float>(grid.voxels(), 1), std::vector<float>(grid.voxels(), 2),
                        std::vector<float>(grid.voxels(), 3)};
  write_nifti_displacement(grid, shift, at("d.nii"));
  const std::vector<char> bytes = bytes_of(at("d.nii"));
  detail::NiftiHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  EXPECT_THAT(header.dim, testing::ElementsAre(5, 7, 5, 3, 1, 3, 1, 1));
  EXPECT_EQ(header.intent_code, 1006);
  ASSERT_EQ(bytes.size(), 352 + 3 * 4 * grid.voxels());
  float last = 0;
  std::memcpy(&last, &bytes[bytes.size() - 4], 4);
  EXPECT_EQ(last, 3);
}

TEST_F(Nifti, VectorsThatItkShallNotTurnAreNamedSo) {
  for (const auto& [intent, code] :
       {std::pair{VectorIntent::displacement, 1006}, std::pair{VectorIntent::vector, 1007}}) {
    const space::Transform shift(space::rigid({0, 0, 0}, {0, 0, 0}, {4, 5, 6}));
    write_nifti_displacement(oblique(), shift, at("v.nii"), intent, {});
    const std::vector<char> bytes = bytes_of(at("v.nii"));
    detail::NiftiHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    EXPECT_EQ(header.intent_code, code);
    float first = 0;
    std::memcpy(&first, &bytes[352], 4);
    EXPECT_NEAR(first, 4, 1e-4);  // LPS with either
  }
}

TEST_F(Nifti, UnusableFilesAreRefusedByName) {
  struct Row {
    const char* code;
    std::function<void(detail::NiftiHeader&)> change;
  };
  const Row rows[] = {
      {"read", [](auto&) {}},
      {"read", [](auto& h) { h.dim[0] = 4; }},
      {"read", [](auto& h) { h.xyzt_units = 0; }},
      {"nifti_malformed", [](auto& h) { h.magic[0] = 'x'; }},
      {"nifti_malformed", [](auto& h) { h.dim[0] = 0; }},
      {"nifti_malformed", [](auto& h) { h.dim[0] = 9; }},
      {"nifti_malformed", [](auto& h) { h.dim[2] = -3; }},
      {"nifti_malformed", [](auto& h) { h.dim[3] = 4; }},  // one slice more than the file holds
      {"nifti_malformed", [](auto& h) { h.vox_offset = 3e7F; }},
      {"nifti_malformed", [](auto& h) { h.vox_offset = -1; }},
      {"nifti_malformed", [](auto& h) { h.vox_offset = NAN; }},
      {"nifti_malformed", [](auto& h) { h.srow_x[0] = INFINITY; }},
      {"nifti_malformed", [](auto& h) { h.srow_z[3] = NAN; }},
      {"nifti_malformed", [](auto& h) { h.xyzt_units = 5; }},
      {"nifti_too_large", [](auto& h) { h.dim[1] = h.dim[2] = h.dim[3] = 32767; }},
      {"nifti_not_supported", [](auto& h) { h.dim[0] = 4, h.dim[4] = 2; }},
      {"nifti_not_supported", [](auto& h) { h.datatype = 32; }},   // complex
      {"nifti_not_supported", [](auto& h) { h.magic[1] = 'i'; }},  // pair of files
      {"nifti_no_orientation", [](auto& h) { h.sform_code = h.qform_code = 0; }},
      {"nifti_sheared", [](auto& h) { h.srow_x[1] += 0.01F; }},
      {"nifti_not_finite", [](auto& h) { h.datatype = detail::nifti_float32, h.scl_slope = 3e38F; }},
  };
  int number = 0;
  for (const Row& row : rows) {
    put_changed("changed.nii", row.change);
    EXPECT_EQ(code_of(at("changed.nii")), row.code) << "row " << number;
    ++number;
  }
}

TEST_F(Nifti, ATruncatedOrDamagedFileIsRefused) {
  EXPECT_EQ(code_of(at("absent.nii")), "nifti_unreadable");
  EXPECT_EQ(code_of(at(".")), "nifti_unreadable");
  put_bytes("empty.nii", {});
  EXPECT_EQ(code_of(at("empty.nii")), "nifti_malformed");
  write_nifti(ramp(oblique({40, 40, 20})), at("a.nii.gz"));
  const std::vector<char> whole = bytes_of(at("a.nii.gz"));
  for (const std::size_t length : {std::size_t{5}, std::size_t{100}, whole.size() / 2, whole.size() - 20}) {
    put_bytes("cut.nii.gz", {whole.begin(), whole.begin() + std::ptrdiff_t(length)});
    EXPECT_EQ(code_of(at("cut.nii.gz")), "nifti_malformed") << length;
  }
}

TEST_F(Nifti, AHeaderThatDeclaresGigabytesIsRefusedBeforeMemoryIsTaken) {
  LabelMap one(oblique({1, 1, 1}));
  write_nifti(one, at("one.nii"));
  std::vector<char> bytes = bytes_of(at("one.nii"));
  detail::NiftiHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.dim[1] = header.dim[2] = 1024, header.dim[3] = 1000;
  std::memcpy(bytes.data(), &header, sizeof header);
  put_bytes("huge.nii", bytes);
  EXPECT_EQ(code_of(at("huge.nii")), "nifti_malformed");
}

TEST_F(Nifti, LabelsAreWholeNumbers) {
  PetVolume values(oblique(), 3.F);
  write_nifti(values, at("whole.nii"));
  EXPECT_EQ(read_nifti_labels(at("whole.nii"))[0], 3);
  for (const float bad : {0.5F, -1.F, 65536.F, NAN}) {
    values[4] = bad;
    write_nifti(values, at("bad.nii"));
    EXPECT_THROW(read_nifti_labels(at("bad.nii")), base::Error) << bad;
  }
}

TEST_F(Nifti, APlaceThatCannotBeWrittenIsAnEnvironmentFailure) {
  try {
    write_nifti(ramp(oblique()), "/proc/no/such/folder/a.nii");
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::environment);
    EXPECT_EQ(error.code(), "output_not_writable");
  }
}

}  // namespace
}  // namespace netpet::image
