#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace netpet::image {

/// An 8-bit picture: rows from the top, pixels from the left, grey (1 channel) or red-green-blue (3
/// channels).
struct Picture {
  int width = 0;
  int height = 0;
  int channels = 3;
  std::vector<std::uint8_t> samples;  ///< width · height · channels

  Picture() = default;
  Picture(int width_px, int height_px, int channel_count, std::uint8_t fill = 0);
  std::uint8_t* at(int x, int y) {
    return samples.data() +
           (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
               static_cast<std::size_t>(channels);
  }
  const std::uint8_t* at(int x, int y) const { return const_cast<Picture*>(this)->at(x, y); }
};

/// The picture as the bytes of a PNG file, without a time stamp: the same picture gives the same bytes.
std::string encode_png(const Picture& picture);

}  // namespace netpet::image
