#include "dicom/seg_pixels.h"

#include <fmt/format.h>

#include <span>
#include <variant>

#include "dicom/frames.h"
#include "dicom/instance.h"
#include "dicom/stored_pixels.h"

namespace netpet::dicom {

using base::Error;

Error malformed_seg(const std::string& message) {
  return Error::input("seg_malformed", "the Segmentation cannot be used: " + message);
}

SegPixels::SegPixels(const std::filesystem::path& file, const FileLayout& layout, const Attributes& object,
                     std::size_t frames)
    : rows_(object.integer(tags::rows).value_or(0)),
      columns_(object.integer(tags::columns).value_or(0)),
      bits_(object.integer(tags::bits_allocated).value_or(0)) {
  if (rows_ < 1 || columns_ < 1 || rows_ > 65535 || columns_ > 65535) throw malformed_seg("it has no size");
  read_type(object);
  if (!layout.pixels) throw Error::input("no_pixels", "the Segmentation holds no pixels");
  if (layout.pixels->storage != PixelStorage::native) {
    decode(file, layout, object, frames);
    return;
  }
  if (layout.byte_order == ByteOrder::big && bits_ == 16)
    throw Error::input("transfer_syntax_not_supported", "big-endian Segmentations of 16 bits are not read");
  const std::uint64_t needed =
      (static_cast<std::uint64_t>(frames) * in_frame() * static_cast<unsigned>(bits_) + 7) / 8;
  if (layout.pixels->completeness != Completeness::whole || layout.pixels->native.length < needed)
    throw Error::input("truncated_pixels", "the Segmentation holds fewer pixels than it declares");
  bytes_ = bytes_of(file, layout, layout.pixels->native);
}

void SegPixels::read_type(const Attributes& object) {
  const std::string type = object.text({0x0062, 0x0001});
  label_map_ = type == "LABELMAP";
  const bool fits = (type == "BINARY" && bits_ == 1) || (type == "FRACTIONAL" && bits_ == 8) ||
                    (label_map_ && (bits_ == 8 || bits_ == 16));
  if (!fits)
    throw Error::input("pixel_format_not_supported",
                       fmt::format("a Segmentation of type '{}' with {} bits is not read", type, bits_));
  if (type != "FRACTIONAL") return;
  greatest_ = object.number({0x0062, 0x000E}).value_or(0);
  if (greatest_ < 1) throw malformed_seg("its greatest fractional value is missing");
}

/// Compressed frames are put one after another, as native ones lie.
void SegPixels::decode(const std::filesystem::path& file, const FileLayout& layout, const Attributes& object,
                       std::size_t frames) {
  Instance frame = instance_of(file, layout, object);
  if (bits_ == 1 || !frame.format || frame.format->samples != 1 || frame.format->bits_stored != bits_)
    throw Error::input("transfer_syntax_not_supported",
                       "compressed Segmentations of this kind are not read: export it uncompressed");
  constexpr std::size_t most_bytes = std::size_t{1} << 31U;
  const auto bytes_a_pixel = static_cast<std::size_t>(bits_) / 8;
  if (frames > most_bytes / (in_frame() * bytes_a_pixel)) throw malformed_seg("it is too large");
  frame.format->frames = 1;
  PixelBuffer buffer;
  for (const PixelBytes& place : pixels_of_frames(file, layout, *frame.format, frames)) {
    frame.layout.pixels = place;
    const StoredPixels stored = read_stored_pixels(frame, buffer);
    if (const auto* narrow = std::get_if<std::span<const std::uint8_t>>(&stored)) {
      bytes_.insert(bytes_.end(), narrow->begin(), narrow->end());
    } else if (const auto* wide = std::get_if<std::span<const std::uint16_t>>(&stored)) {
      for (const std::uint16_t value : *wide) {
        bytes_.push_back(static_cast<std::uint8_t>(value & 0xFFU));
        bytes_.push_back(static_cast<std::uint8_t>(value >> 8U));
      }
    } else {
      throw malformed_seg("its pixels are signed");
    }
  }
  if (bytes_.size() != frames * in_frame() * bytes_a_pixel) throw malformed_seg("a frame has another size");
}

}  // namespace netpet::dicom
