#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "dicom/attributes.h"
#include "dicom/preflight.h"

namespace netpet::dicom {

/// `seg_malformed`.
base::Error malformed_seg(const std::string& message);

/// The pixels of all frames of a Segmentation. Refuses what `read_seg` says of pixels.
class SegPixels {
 public:
  SegPixels(const std::filesystem::path& file, const FileLayout& layout, const Attributes& object,
            std::size_t frames);

  int rows() const { return rows_; }
  int columns() const { return columns_; }
  bool is_label_map() const { return label_map_; }
  /// Whether a pixel (row by row) of a frame belongs to the segment; of a fraction, whether it is a half or
  /// more.
  bool inside(std::size_t frame, std::size_t pixel, int segment) const {
    const std::size_t at = frame * in_frame() + pixel;
    if (bits_ == 1) return (bytes_[at / 8] >> (at % 8) & 1U) != 0;
    const unsigned value =
        bits_ == 8 ? bytes_[at] : bytes_[2 * at] | static_cast<unsigned>(bytes_[2 * at + 1]) << 8U;
    return label_map_ ? value == static_cast<unsigned>(segment) : 2.0 * value >= greatest_;
  }

 private:
  std::size_t in_frame() const {
    return static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_);
  }
  void read_type(const Attributes& object);
  void decode(const std::filesystem::path& file, const FileLayout& layout, const Attributes& object,
              std::size_t frames);

  int rows_ = 0, columns_ = 0, bits_ = 0;
  bool label_map_ = false;
  double greatest_ = 1;
  std::vector<std::uint8_t> bytes_;  // numbers of 16 bits: the lower byte first
};

}  // namespace netpet::dicom
