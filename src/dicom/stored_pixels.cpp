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

#include <memory>
#include <span>

#include "base/error.h"
#include "dicom/jpeg2000.h"
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

/// Keeps the stored bits of every number and extends their sign.
void interpret(std::span<std::int32_t> values, const PixelFormat& format) {
  const int above = 31 - format.high_bit, below = 32 - format.bits_stored;
  if (format.sign == PixelFormat::Sign::with) {
    for (std::int32_t& value : values)
      value = static_cast<std::int32_t>(static_cast<std::uint32_t>(value) << above) >> below;
  } else {
    for (std::int32_t& value : values)
      value = static_cast<std::int32_t>((static_cast<std::uint32_t>(value) << above) >> below);
  }
}

std::vector<std::int32_t> read_native(const Instance& instance) {
  const PixelFormat& format = *instance.format;
  const PixelBytes& pixels = *instance.layout.pixels;
  const std::size_t count = format.pixels();
  const std::size_t bytes_each = static_cast<std::size_t>(format.bits_allocated / 8);
  if (pixels.native.length < count * bytes_each) throw truncated(instance);
  // Bytes in a big-endian file of 16-bit words come in swapped pairs even when pixels have 8 bits.
  const bool pairs = bytes_each == 1 && pixels.words && instance.layout.byte_order == ByteOrder::big;
  const std::size_t needed = pairs ? (count + 1) / 2 * 2 : count * bytes_each;
  if (pixels.native.length < needed) throw truncated(instance);
  const auto raw = bytes_of(instance.file, instance.layout, {pixels.native.offset, needed});
  std::vector<std::int32_t> values(count);
  if (bytes_each == 1) {
    for (std::size_t n = 0; n < count; ++n) values[n] = raw[pairs ? n ^ 1 : n];
  } else {
    const std::size_t low = instance.layout.byte_order == ByteOrder::little ? 0 : 1, high = 1 - low;
    for (std::size_t n = 0; n < count; ++n) values[n] = raw[2 * n + low] | raw[2 * n + high] << 8;
  }
  interpret(values, format);
  return values;
}

std::vector<std::int32_t> read_jpeg2000(const Instance& instance) {
  std::vector<std::uint8_t> stream;
  for (const ByteRange& fragment : instance.layout.pixels->fragments) {
    const auto piece = bytes_of(instance.file, instance.layout, fragment);
    stream.insert(stream.end(), piece.begin(), piece.end());
  }
  auto values = decode_jpeg2000(stream, instance.format->columns, instance.format->rows);
  // The code stream holds the number itself, not its place in a word.
  PixelFormat placed = *instance.format;
  placed.high_bit = placed.bits_stored - 1;
  interpret(values, placed);
  return values;
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

std::vector<std::int32_t> read_with_codec(const Instance& instance, E_TransferSyntax syntax) {
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
  Uint16* words = nullptr;
  Uint8* bytes = nullptr;
  if (element->getLength() < count * (bits / 8u)) throw truncated(instance);
  std::vector<std::int32_t> values;
  // A codec may store 8-bit pixels in 8 bits where the header allocates 16.
  if (bits == 16 && element->getUint16Array(words).good() && words != nullptr)
    values.assign(words, words + count);
  else if (bits == 8 && element->getUint8Array(bytes).good() && bytes != nullptr)
    values.assign(bytes, bytes + count);
  else
    throw refuse(instance, "malformed_pixels", "the compressed pixels decode to an unexpected size");
  interpret(values, *instance.format);
  return values;
}

}  // namespace

std::vector<std::int32_t> read_stored_pixels(const Instance& instance) {
  if (instance.layout.pixels->storage == PixelStorage::native) return read_native(instance);
  const std::string& uid = instance.layout.transfer_syntax;
  try {
    if (uid == UID_JPEG2000LosslessOnlyTransferSyntax || uid == UID_JPEG2000TransferSyntax)
      return read_jpeg2000(instance);
    const E_TransferSyntax syntax = DcmXfer(uid.c_str()).getXfer();
    switch (syntax) {
      case EXS_RLELossless:
      case EXS_JPEGProcess1:
      case EXS_JPEGProcess2_4:
      case EXS_JPEGProcess14:
      case EXS_JPEGProcess14SV1:
      case EXS_JPEGLSLossless:
      case EXS_JPEGLSLossy:
        return read_with_codec(instance, syntax);
      default:
        throw Error::input(
            "transfer_syntax_not_supported",
            fmt::format("pixels in transfer syntax {} cannot be decoded; export them uncompressed", uid))
            .at_tag("(0002,0010)");
    }
  } catch (Error& error) {
    throw error.file() ? error : std::move(error).in_file(instance.file.string());
  }
}

}  // namespace netpet::dicom
