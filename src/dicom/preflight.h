#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dicom/byte_source.h"

namespace netpet::dicom {

enum class VrEncoding { implicit_vr, explicit_vr };
enum class ByteOrder { little, big };
enum class Packing { plain, deflated };
/// `native`: rows of numbers; `encapsulated`: fragments of a compressed stream.
enum class PixelStorage { native, encapsulated };
/// What one pixel is: (7FE0,0010), Float Pixel Data (7FE0,0008) or Double Float Pixel Data (7FE0,0009).
enum class PixelNumber { whole, float32, float64 };
/// `cut_short`: the file ends before the pixels do.
enum class Completeness { whole, cut_short };

/// A run of bytes; offsets are from the start of the file, or of the inflated data set.
struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::uint64_t end() const { return offset + length; }
};

/// Where the pixels of a file lie.
struct PixelBytes {
  std::uint64_t tag_offset = 0;  ///< where the pixels' element begins: the header ends here
  PixelNumber number = PixelNumber::whole;
  PixelStorage storage = PixelStorage::native;
  Completeness completeness = Completeness::whole;
  ByteRange native;                  ///< of native pixels
  std::vector<ByteRange> fragments;  ///< of encapsulated pixels, without the offset table
  ByteRange offset_table;            ///< of encapsulated pixels: where each frame begins; may be empty
  bool words = false;                ///< VR OW: bytes are swapped in pairs in a big-endian file
};

/// What a walk over a file's structure finds: how it is encoded, and where its parts lie.
struct FileLayout {
  std::string transfer_syntax;
  VrEncoding vr_encoding = VrEncoding::explicit_vr;
  ByteOrder byte_order = ByteOrder::little;
  Packing packing = Packing::plain;
  std::uint64_t data_set_offset =
      0;              ///< in the file; offsets below are in the inflated data set where it is deflated
  ByteRange leading;  ///< elements up to group 0054: everything a catalogue needs
  ByteRange header;   ///< all elements before the pixels
  std::optional<PixelBytes> pixels;
  std::optional<FileStamp> stamp;  ///< nothing for bytes that are no file
};

/// Walks over the structure of a DICOM file, without recursion and without reading pixels, before any parser
/// that trusts it. Refuses `not_dicom`, `file_unreadable`, `truncated` (the file ends inside the header),
/// `length_exceeds_file` and `length_exceeds_parent` (a declared length goes beyond what is there),
/// `nesting_too_deep` (more than 64 sequences within each other), `undefined_length`, `malformed_structure`,
/// `malformed_deflate`, `inflate_limit` (a deflated data set above 512 MiB) and
/// `transfer_syntax_not_supported`. Pixels that are cut short are noted, not refused. A missing preamble is
/// accepted where the first element makes sense.
FileLayout examine(const std::filesystem::path& file);
/// The same over bytes from anywhere.
FileLayout examine(ByteSource& bytes);

/// What `examine` finds in a file, and its header where that is short: one opening serves both.
struct ExaminedFile {
  FileLayout layout;
  std::vector<std::uint8_t> header;  ///< the bytes of `layout.header`; empty where they are many or deflated
};
/// `most_bytes`: what counts as short.
ExaminedFile examine_file(const std::filesystem::path& file, std::uint64_t most_bytes);

/// The bytes of `range` of a file that `examine` laid out, inflated where the file is deflated. Refuses
/// `file_changed` where another file has taken its place since.
std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file, const FileLayout& layout,
                                   ByteRange range);
/// The same into memory that is there: as many bytes as `into` holds, from `offset` on.
void read_bytes(const std::filesystem::path& file, const FileLayout& layout, std::uint64_t offset,
                std::span<std::uint8_t> into);

}  // namespace netpet::dicom
