#include "dicom/stored_pixels.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>

#include "base/error.h"
#include "dicom/jpeg2000.h"
#include "dicom/jpeg_ls.h"
#include "dicom/jpeg_size.h"
#include "dicom/toolkit.h"

namespace netpet::dicom {
namespace {

using base::Error;

Error refuse(const Instance& instance, std::string code, std::string message) {
  return Error::input(std::move(code), std::move(message))
      .in_file(instance.file.string())
      .at_tag("(7FE0,0010)");
}

Error truncated(const Instance& instance) {
  return refuse(instance, "truncated_pixels", "the file ends before its pixels do; copy or export it again");
}

bool is_jpeg2000(const std::string& transfer_syntax) {
  constexpr std::array<std::string_view, 5> known{
      UID_JPEG2000LosslessOnlyTransferSyntax, UID_JPEG2000TransferSyntax, "1.2.840.10008.1.2.4.201",
      "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203"};  // HTJ2K
  return std::find(known.begin(), known.end(), transfer_syntax) != known.end();
}

/// Keeps the stored bits of every number and extends their sign; `high_bit` is where they end.
template <class T>
void keep_stored_bits(std::span<T> values, const PixelFormat& format, int high_bit) {
  constexpr int width = 8 * static_cast<int>(sizeof(T));
  const int above = width - 1 - high_bit, below = width - format.bits_stored;
  if (above == 0 && below == 0) return;
  for (T& value : values) {
    const auto at_the_top = static_cast<T>(static_cast<std::make_unsigned_t<T>>(value) << above);
    value = static_cast<T>(at_the_top >> below);
  }
}

template <class T>
StoredPixels read_native(const Instance& instance, PixelBuffer& buffer) {
  const PixelFormat& format = *instance.format;
  const PixelBytes& pixels = *instance.layout.pixels;
  const bool big = instance.layout.byte_order == ByteOrder::big;
  // Bytes in a big-endian file of 16-bit words come in swapped pairs even when pixels have 8 bits.
  const bool pairs = sizeof(T) == 1 && pixels.words && big;
  const std::size_t count = format.pixels(), numbers = pairs ? (count + 1) / 2 * 2 : count;
  if (pixels.native.length < numbers * sizeof(T)) throw truncated(instance);
  const std::span<T> values = buffer.room_for<T>(numbers);
  const std::span raw(reinterpret_cast<std::uint8_t*>(values.data()), values.size_bytes());
  read_bytes(instance.file, instance.layout, pixels.native.offset, raw);
  const std::size_t swapped = pairs ? 2 : big ? sizeof(T) : 1;
  if (swapped > 1)
    for (auto word = raw.begin(); word != raw.end(); word += static_cast<std::ptrdiff_t>(swapped))
      std::reverse(word, word + static_cast<std::ptrdiff_t>(swapped));
  if constexpr (std::is_integral_v<T>) keep_stored_bits(values, format, format.high_bit);
  return values.first(count);
}

std::vector<std::uint8_t> code_stream(const Instance& instance) {
  std::vector<std::uint8_t> stream;
  for (const ByteRange& fragment : instance.layout.pixels->fragments) {
    const auto piece = bytes_of(instance.file, instance.layout, fragment);
    stream.insert(stream.end(), piece.begin(), piece.end());
  }
  return stream;
}

/// Takes over decoded numbers, whose stored bits end at `high_bit`.
template <class T, class Decoded>
StoredPixels stored_from(const std::vector<Decoded>& decoded, const PixelFormat& format, int high_bit,
                         PixelBuffer& buffer) {
  const std::span<T> values = buffer.room_for<T>(decoded.size());
  std::transform(decoded.begin(), decoded.end(), values.begin(), [](auto v) { return static_cast<T>(v); });
  keep_stored_bits(values, format, high_bit);
  return values;
}

template <class T>
StoredPixels read_jpeg2000(const Instance& instance, PixelBuffer& buffer) {
  const PixelFormat& format = *instance.format;
  // The code stream holds the number itself, not its place in a word.
  return stored_from<T>(decode_jpeg2000(code_stream(instance), format.columns, format.rows), format,
                        format.bits_stored - 1, buffer);
}

template <class T>
StoredPixels read_jpeg_ls(const Instance& instance, PixelBuffer& buffer) {
  const PixelFormat& format = *instance.format;
  const JpegLsImage image = decode_jpeg_ls(code_stream(instance), format.columns, format.rows);
  // More bits than are stored: the whole word was compressed.
  const bool whole_word = image.precision > format.bits_stored;
  return stored_from<T>(image.samples, format, whole_word ? format.high_bit : format.bits_stored - 1, buffer);
}

/// A data set of nothing but the image, so that no other part of the file can disturb its decoding.
std::unique_ptr<DcmDataset> compressed_image(const Instance& instance, E_TransferSyntax syntax) {
  const PixelFormat& format = *instance.format;
  auto data_set = std::make_unique<DcmDataset>();
  const auto put = [&](const DcmTagKey& tag, int value) {
    data_set->putAndInsertUint16(tag, static_cast<Uint16>(value));
  };
  put(DCM_SamplesPerPixel, 1);
  data_set->putAndInsertString(DCM_PhotometricInterpretation, "MONOCHROME2");
  put(DCM_Rows, format.rows);
  put(DCM_Columns, format.columns);
  put(DCM_BitsAllocated, format.bits_allocated);
  put(DCM_BitsStored, format.bits_stored);
  put(DCM_HighBit, format.high_bit);
  put(DCM_PixelRepresentation, format.sign == PixelFormat::Sign::with ? 1 : 0);
  auto sequence = std::make_unique<DcmPixelSequence>(DcmTag(DCM_PixelSequenceTag));
  sequence->insert(new DcmPixelItem(DcmTag(DCM_PixelItemTag)));  // an empty offset table
  for (const ByteRange& fragment : instance.layout.pixels->fragments) {
    const auto bytes = bytes_of(instance.file, instance.layout, fragment);
    auto item = std::make_unique<DcmPixelItem>(DcmTag(DCM_PixelItemTag));
    item->putUint8Array(bytes.data(), static_cast<unsigned long>(bytes.size()));
    sequence->insert(item.release());
  }
  auto pixels = std::make_unique<DcmPixelData>(DcmTag(DCM_PixelData, EVR_OB));
  pixels->putOriginalRepresentation(syntax, nullptr, sequence.release());
  data_set->insert(pixels.release());
  return data_set;
}

template <class T>
StoredPixels read_with_codec(const Instance& instance, E_TransferSyntax syntax, PixelBuffer& buffer) {
  prepare_toolkit();
  const auto data_set = compressed_image(instance, syntax);
  DcmElement* element = nullptr;
  Uint16 bits = 0;
  const bool decoded = data_set->chooseRepresentation(EXS_LittleEndianExplicit, nullptr).good() &&
                       data_set->findAndGetElement(DCM_PixelData, element).good() &&
                       data_set->findAndGetUint16(DCM_BitsAllocated, bits).good();
  if (!decoded || element == nullptr)
    throw refuse(instance, "malformed_pixels", "the compressed pixels cannot be decoded");
  const std::size_t count = instance.format->pixels();
  if (element->getLength() < count * (bits / 8u)) throw truncated(instance);
  const std::span<T> values = buffer.room_for<T>(count);
  Uint16* words = nullptr;
  Uint8* bytes = nullptr;
  // A codec may store 8-bit pixels in 8 bits where the header allocates 16.
  if (bits == 8 * sizeof(T) && bits > 8 && element->getUint16Array(words).good() && words != nullptr)
    std::memcpy(values.data(), words, count * sizeof(T));
  else if (bits == 8 && sizeof(T) <= 2 && element->getUint8Array(bytes).good() && bytes != nullptr)
    std::transform(bytes, bytes + count, values.begin(), [](Uint8 byte) { return static_cast<T>(byte); });
  else
    throw refuse(instance, "malformed_pixels", "the compressed pixels decode to an unexpected size");
  keep_stored_bits(values, *instance.format, instance.format->high_bit);
  return values;
}

template <class T>
StoredPixels read_as(const Instance& instance, PixelBuffer& buffer) {
  if (instance.layout.pixels->storage == PixelStorage::native) return read_native<T>(instance, buffer);
  const std::string& uid = instance.layout.transfer_syntax;
  if constexpr (std::is_integral_v<T>) {
    if (uid == UID_RLELosslessTransferSyntax) return read_with_codec<T>(instance, EXS_RLELossless, buffer);
  }
  if constexpr (std::is_integral_v<T> && sizeof(T) <= 2) {
    if (is_jpeg2000(uid)) return read_jpeg2000<T>(instance, buffer);
    switch (const E_TransferSyntax syntax = DcmXfer(uid.c_str()).getXfer()) {
      case EXS_JPEGProcess1:
      case EXS_JPEGProcess2_4:
      case EXS_JPEGProcess14:
      case EXS_JPEGProcess14SV1:
        if (!announces_jpeg_of(code_stream(instance), instance.format->columns, instance.format->rows))
          throw refuse(instance, "malformed_pixels", "the JPEG pixels are broken or of another size");
        return read_with_codec<T>(instance, syntax, buffer);
      case EXS_JPEGLSLossless:
      case EXS_JPEGLSLossy:
        return read_jpeg_ls<T>(instance, buffer);
      default:
        break;
    }
  }
  throw refuse(
      instance, "transfer_syntax_not_supported",
      fmt::format("pixels of {} bits in transfer syntax {} cannot be decoded; export them uncompressed",
                  8 * sizeof(T), instance.layout.transfer_syntax));
}

StoredPixels read_by_type(const Instance& instance, PixelBuffer& buffer) {
  const PixelFormat& format = *instance.format;
  if (format.number == PixelNumber::float32) return read_as<float>(instance, buffer);
  if (format.number == PixelNumber::float64) return read_as<double>(instance, buffer);
  const bool with_sign = format.sign == PixelFormat::Sign::with;
  if (format.bits_allocated == 8)
    return with_sign ? read_as<std::int8_t>(instance, buffer) : read_as<std::uint8_t>(instance, buffer);
  if (format.bits_allocated == 16)
    return with_sign ? read_as<std::int16_t>(instance, buffer) : read_as<std::uint16_t>(instance, buffer);
  return with_sign ? read_as<std::int32_t>(instance, buffer) : read_as<std::uint32_t>(instance, buffer);
}

}  // namespace

StoredPixels read_stored_pixels(const Instance& instance, PixelBuffer& buffer) {
  try {
    return read_by_type(instance, buffer);
  } catch (Error& error) {
    throw error.file() ? error : std::move(error).in_file(instance.file.string());
  }
}

}  // namespace netpet::dicom
