#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"

namespace netpet::test {

/// A folder that is gone when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "netpet-test-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// What a test slice holds. Positions are LPS mm.
struct TestSlice {
  std::string modality = "PT";
  std::string patient = "P1";
  std::string study = "1.2.3";
  std::string series = "1.2.3.4";
  std::string frame_of_reference = "1.2.3.9";
  std::array<double, 3> position{-10, -20, 30};
  std::array<double, 6> orientation{1, 0, 0, 0, 1, 0};
  std::array<double, 2> spacing{2, 2};  // between rows, between columns
  int rows = 4, columns = 5;
  int bits_allocated = 16, bits_stored = 16, high_bit = 15, is_signed = 1;
  double slope = 1, intercept = 0;
  std::vector<std::uint16_t> words;  // 0, 1, 2, … where empty
  std::function<void(DcmDataset&)> change = [](DcmDataset&) {};

  std::size_t pixels() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }
};

inline std::string joined(const double* begin, std::size_t count) {
  std::string text;
  for (std::size_t n = 0; n < count; ++n) {
    char number[32];
    std::snprintf(number, sizeof number, "%.8g", begin[n]);
    text += (n == 0 ? "" : "\\") + std::string(number);
  }
  return text;
}

inline std::vector<std::uint16_t> words_of(const TestSlice& slice) {
  if (!slice.words.empty()) return slice.words;
  std::vector<std::uint16_t> words(slice.pixels());
  for (std::size_t n = 0; n < words.size(); ++n) words[n] = static_cast<std::uint16_t>(n);
  return words;
}

/// The slice as a DCMTK object.
inline void fill(DcmDataset& data, const TestSlice& slice) {
  static int next_instance = 0;
  const std::string instance = "1.2.3.5." + std::to_string(++next_instance);
  const auto text = [&](const DcmTagKey& tag, const std::string& value) {
    data.putAndInsertString(tag, value.c_str());
  };
  const auto number = [&](const DcmTagKey& tag, int value) {
    data.putAndInsertUint16(tag, static_cast<Uint16>(value));
  };
  const bool pet = slice.modality == "PT";
  text(DCM_SOPClassUID, pet ? UID_PositronEmissionTomographyImageStorage : UID_CTImageStorage);
  text(DCM_SOPInstanceUID, instance);
  text(DCM_ImageType, "ORIGINAL\\PRIMARY");
  text(DCM_StudyDate, "20240102");
  text(DCM_Modality, slice.modality);
  text(DCM_Manufacturer, "MAKER");
  text(DCM_SeriesDescription, "a series");
  text(DCM_PatientName, "DOE^JANE");
  text(DCM_PatientID, slice.patient);
  text(DCM_StudyInstanceUID, slice.study);
  text(DCM_SeriesInstanceUID, slice.series);
  text(DCM_FrameOfReferenceUID, slice.frame_of_reference);
  text(DCM_SliceThickness, "3");
  text(DCM_ImagePositionPatient, joined(slice.position.data(), 3));
  text(DCM_ImageOrientationPatient, joined(slice.orientation.data(), 6));
  text(DCM_PixelSpacing, joined(slice.spacing.data(), 2));
  number(DCM_SamplesPerPixel, 1);
  text(DCM_PhotometricInterpretation, "MONOCHROME2");
  number(DCM_Rows, slice.rows);
  number(DCM_Columns, slice.columns);
  number(DCM_BitsAllocated, slice.bits_allocated);
  number(DCM_BitsStored, slice.bits_stored);
  number(DCM_HighBit, slice.high_bit);
  number(DCM_PixelRepresentation, slice.is_signed);
  text(DCM_RescaleIntercept, joined(&slice.intercept, 1));
  text(DCM_RescaleSlope, joined(&slice.slope, 1));
  if (pet) {
    text(DCM_Units, "BQML");
    text(DCM_CorrectedImage, "ATTN\\DECY");
  }
  const auto words = words_of(slice);
  if (slice.bits_allocated == 8) {
    std::vector<Uint8> bytes(words.begin(), words.end());
    if (bytes.size() % 2 != 0) bytes.push_back(0);
    data.putAndInsertUint8Array(DCM_PixelData, bytes.data(), static_cast<unsigned long>(bytes.size()));
  } else {
    data.putAndInsertUint16Array(DCM_PixelData, words.data(), static_cast<unsigned long>(words.size()));
  }
  slice.change(data);
}

inline void write_slice(const std::filesystem::path& file, const TestSlice& slice,
                        E_TransferSyntax syntax = EXS_LittleEndianExplicit,
                        const DcmRepresentationParameter* parameter = nullptr) {
  std::filesystem::create_directories(file.parent_path());
  DcmFileFormat format;
  fill(*format.getDataset(), slice);
  ASSERT_TRUE(format.getDataset()->chooseRepresentation(syntax, parameter).good());
  ASSERT_TRUE(format.saveFile(file.c_str(), syntax).good());
}

/// `count` slices along z, 3 mm apart; the words of slice k begin with 100 · k.
inline std::vector<TestSlice> axial_series(int count) {
  std::vector<TestSlice> slices(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < slices.size(); ++k) {
    slices[k].position[2] = 3.0 * static_cast<double>(k);
    slices[k].words = words_of(slices[k]);
    for (auto& word : slices[k].words) word = static_cast<std::uint16_t>(word + 100 * k);
  }
  return slices;
}

inline void write_series(const std::filesystem::path& folder, const std::vector<TestSlice>& slices,
                         const std::string& prefix = "slice") {
  for (std::size_t k = 0; k < slices.size(); ++k)
    write_slice(folder / (prefix + std::to_string(k) + ".dcm"), slices[k]);
}

inline void write_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The code of the Error that `work` ends in; "no error" where it ends well.
template <class Work>
std::string code_of(Work&& work) {
  try {
    work();
  } catch (const base::Error& error) {
    return error.code();
  }
  return "no error";
}

}  // namespace netpet::test
