#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "dicom/instance.h"

namespace netpet::dicom {

/// The numbers of one image as they are stored, row by row, in their own type. They lie in the buffer that
/// they were read into, until it is used again.
using StoredPixels =
    std::variant<std::span<const std::uint8_t>, std::span<const std::int8_t>, std::span<const std::uint16_t>,
                 std::span<const std::int16_t>, std::span<const std::uint32_t>, std::span<const std::int32_t>,
                 std::span<const float>, std::span<const double>>;

/// Memory for one image after another.
class PixelBuffer {
 public:
  /// Room for `count` numbers; what was there before is lost.
  template <class T>
  std::span<T> room_for(std::size_t count) {
    bytes_.resize(std::max(bytes_.size(), count * sizeof(T)));
    return {reinterpret_cast<T*>(bytes_.data()), count};
  }

 private:
  std::vector<std::byte> bytes_;
};

/// Reads one image into `buffer`; whole numbers are masked to their stored bits and sign-extended. Native and
/// RLE storage, JPEG, JPEG-LS, JPEG 2000 and HTJ2K; lossless ones bit-exact. Refuses `truncated_pixels`,
/// `malformed_pixels` and `transfer_syntax_not_supported`. The instance has passed `stack_slices`, which
/// bounds its size.
StoredPixels read_stored_pixels(const Instance& instance, PixelBuffer& buffer);

}  // namespace netpet::dicom
