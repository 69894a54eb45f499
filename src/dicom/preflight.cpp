#include "dicom/preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "base/error.h"

namespace netpet::dicom {
namespace {

using base::Error;

// Real objects nest fewer than ten sequences (structured reports most); each level costs a recursive parser
// stack.
constexpr std::size_t greatest_nesting = 64;
// The largest plain image is a few MiB, the largest segmentation a few hundred.
constexpr std::uint64_t inflate_limit_bytes = std::uint64_t{512} << 20;
// One image has one fragment, or one a stripe; a list of millions is an attack on memory.
constexpr std::size_t greatest_fragment_count = 100'000;
// Types that decide what an image is and how it lies end with group 0054 (nuclear medicine).
constexpr std::uint16_t last_leading_group = 0x0054;
constexpr std::uint64_t preamble_bytes = 128;
constexpr std::uint32_t undefined_length = 0xFFFFFFFF;

struct TagNumber {
  std::uint16_t group = 0;
  std::uint16_t element = 0;
  bool operator==(const TagNumber&) const = default;
};
constexpr TagNumber item_tag{0xFFFE, 0xE000};
constexpr TagNumber item_end_tag{0xFFFE, 0xE00D};
constexpr TagNumber sequence_end_tag{0xFFFE, 0xE0DD};
constexpr TagNumber pixel_data_tag{0x7FE0, 0x0010};
constexpr TagNumber float_pixels_tag{0x7FE0, 0x0008};
constexpr TagNumber double_pixels_tag{0x7FE0, 0x0009};
constexpr TagNumber transfer_syntax_tag{0x0002, 0x0010};

/// One element's head: tag, VR (explicit only) and declared length of the value that follows at `value`.
struct ElementHead {
  TagNumber tag;
  std::array<char, 2> vr{};
  std::uint32_t length = 0;
  std::uint64_t start = 0;
  std::uint64_t value = 0;
  std::uint64_t end() const { return value + length; }
  bool undefined() const { return length == undefined_length; }
  bool is(std::string_view name) const { return vr[0] == name[0] && vr[1] == name[1]; }
};

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

/// VRs with a 32-bit length after two reserved bytes. Future VRs (two unknown capitals) are defined to be
/// such too.
bool has_long_length(std::array<char, 2> vr) {
  constexpr std::array<std::string_view, 21> short_ones{"AE", "AS", "AT", "CS", "DA", "DS", "DT",
                                                        "FD", "FL", "IS", "LO", "LT", "PN", "SH",
                                                        "SL", "SS", "ST", "TM", "UI", "UL", "US"};
  const std::string_view name(vr.data(), 2);
  return is_upper(vr[0]) && is_upper(vr[1]) &&
         std::find(short_ones.begin(), short_ones.end(), name) == short_ones.end();
}

bool is_pixels(TagNumber tag) {
  return tag == pixel_data_tag || tag == float_pixels_tag || tag == double_pixels_tag;
}

PixelNumber number_of(TagNumber tag) {
  if (tag == float_pixels_tag) return PixelNumber::float32;
  return tag == double_pixels_tag ? PixelNumber::float64 : PixelNumber::whole;
}

Error refuse(std::string code, const ElementHead& head, std::string_view message) {
  return Error::input(std::move(code), fmt::format("{} (at byte {})", message, head.start))
      .at_tag(fmt::format("({:04X},{:04X})", head.tag.group, head.tag.element));
}

Error ends_early(std::uint64_t offset) {
  return Error::input(
      "truncated",
      fmt::format("the file ends inside its header, at byte {}; copy or export it again", offset));
}

/// Reads element heads from a source in one encoding.
class HeadReader {
 public:
  HeadReader(ByteSource& bytes, ByteOrder order) : bytes_(bytes), order_(order) {}

  ElementHead read(std::uint64_t offset, VrEncoding encoding) const {
    std::array<std::uint8_t, 8> raw{};
    if (!bytes_.read(offset, raw)) throw ends_early(offset);
    ElementHead head;
    head.start = offset;
    head.tag = {u16(&raw[0]), u16(&raw[2])};
    head.value = offset + 8;
    // Items and delimiters never carry a VR.
    if (encoding == VrEncoding::implicit_vr || head.tag.group == item_tag.group) {
      head.length = u32(&raw[4]);
      return head;
    }
    head.vr = {static_cast<char>(raw[4]), static_cast<char>(raw[5])};
    if (has_long_length(head.vr)) {
      std::array<std::uint8_t, 4> length{};
      if (!bytes_.read(offset + 8, length)) throw ends_early(offset);
      head.length = u32(length.data());
      head.value = offset + 12;
    } else {
      head.length = u16(&raw[6]);
    }
    return head;
  }

  bool starts_with_item(const ElementHead& head) const {
    std::array<std::uint8_t, 4> raw{};
    return head.length >= 8 && bytes_.read(head.value, raw) &&
           TagNumber{u16(&raw[0]), u16(&raw[2])} == item_tag;
  }

 private:
  std::uint16_t u16(const std::uint8_t* p) const {
    return static_cast<std::uint16_t>(order_ == ByteOrder::little ? p[0] | p[1] << 8 : p[1] | p[0] << 8);
  }
  std::uint32_t u32(const std::uint8_t* p) const {
    const std::uint32_t first = u16(p), second = u16(p + 2);
    return order_ == ByteOrder::little ? first | second << 16 : second | first << 16;
  }
  ByteSource& bytes_;
  ByteOrder order_;
};

/// Walks over a data set and fills the layout. Nesting is kept in a list of open containers, never on the
/// stack.
class Walker {
 public:
  Walker(ByteSource& bytes, FileLayout& layout)
      : bytes_(bytes), layout_(layout), heads_(bytes, layout.byte_order) {}

  void walk(std::uint64_t start) {
    layout_.leading.offset = layout_.header.offset = position_ = start;
    while (step()) {
    }
    if (!header_ended_) layout_.header.length = position_ - layout_.header.offset;
    if (!leading_ended_)
      layout_.leading.length = std::min(position_, layout_.header.end()) - layout_.leading.offset;
  }

 private:
  enum class Kind { sequence, item };
  struct Container {
    Kind kind;
    VrEncoding encoding;
    std::uint64_t end;  ///< `unbounded` where a delimiter ends it
  };
  static constexpr std::uint64_t unbounded = ~std::uint64_t{0};

  /// One element, item or end of a container; false at the end of the data set.
  bool step() {
    if (!open_.empty() && position_ == open_.back().end) {
      open_.pop_back();
      return true;
    }
    if (open_.empty()) {
      if (!bytes_.reaches(position_ + 1) || only_padding_left()) return false;
      return element();
    }
    return open_.back().kind == Kind::sequence ? item() : element();
  }

  /// Some writers pad files with zero bytes to an even or block size.
  bool only_padding_left() {
    if (bytes_.reaches(position_ + 8)) return false;
    std::uint8_t byte = 0;
    for (std::uint64_t at = position_; bytes_.reaches(at + 1); ++at)
      if (!bytes_.read(at, std::span(&byte, 1)) || byte != 0) throw ends_early(position_);
    return true;
  }

  std::uint64_t innermost_end() const {
    for (auto container = open_.rbegin(); container != open_.rend(); ++container)
      if (container->end != unbounded) return container->end;
    return unbounded;
  }

  void check_end(const ElementHead& head) const {
    if (head.end() > innermost_end())
      throw refuse("length_exceeds_parent", head, "an element is longer than the sequence that holds it");
    if (head.end() > bytes_.size())
      throw refuse("length_exceeds_file", head,
                   fmt::format("an element declares {} bytes, more than the file holds", head.length));
  }

  void enter(Kind kind, VrEncoding encoding, const ElementHead& head) {
    if (!head.undefined()) check_end(head);
    if (open_.size() >= 2 * greatest_nesting)
      throw refuse("nesting_too_deep", head,
                   fmt::format("more than {} sequences lie within each other", greatest_nesting));
    open_.push_back({kind, encoding, head.undefined() ? unbounded : head.end()});
    position_ = head.value;
  }

  bool item() {
    const ElementHead head = heads_.read(position_, VrEncoding::implicit_vr);
    if (head.tag == item_tag) {
      enter(Kind::item, open_.back().encoding, head);
    } else if (head.tag == sequence_end_tag && open_.back().end == unbounded && head.length == 0) {
      open_.pop_back();
      position_ = head.value;
    } else {
      throw refuse("malformed_structure", head, "a sequence holds something that is not an item");
    }
    return true;
  }

  bool element() {
    const VrEncoding encoding = open_.empty() ? layout_.vr_encoding : open_.back().encoding;
    const ElementHead head = heads_.read(position_, encoding);
    if (head.tag.group == item_tag.group) return end_item(head);
    if (open_.empty()) note_header_parts(head);
    if (is_pixels(head.tag) && !head.is("SQ")) return pixels(head, encoding);
    if (is_sequence(head, encoding)) {
      // A private sequence of unknown VR is written with implicit VRs whatever the rest of the file does.
      enter(Kind::sequence, head.is("UN") ? VrEncoding::implicit_vr : encoding, head);
      return true;
    }
    if (head.undefined())
      throw refuse("undefined_length", head, "an element without a length is neither a sequence nor pixels");
    check_end(head);
    if (!bytes_.reaches(head.end()))
      throw refuse("length_exceeds_file", head,
                   fmt::format("an element declares {} bytes, more than the file holds", head.length));
    position_ = head.end();
    return true;
  }

  bool end_item(const ElementHead& head) {
    const bool ends_here = head.tag == item_end_tag && !open_.empty() && open_.back().end == unbounded;
    if (!ends_here || head.length != 0)
      throw refuse("malformed_structure", head, "an item or a delimiter stands where an element should");
    open_.pop_back();
    position_ = head.value;
    return true;
  }

  bool is_sequence(const ElementHead& head, VrEncoding encoding) const {
    if (encoding == VrEncoding::explicit_vr) return head.is("SQ") || (head.is("UN") && head.undefined());
    // Implicit files name no type: what begins with an item is what a parser would take for a sequence.
    const bool bulk = head.tag.group == pixel_data_tag.group || (head.tag.group & 0xFF00) == 0x6000;
    return head.undefined() || (!bulk && heads_.starts_with_item(head));
  }

  void note_header_parts(const ElementHead& head) {
    if (!leading_ended_ && head.tag.group > last_leading_group) {
      layout_.leading.length = head.start - layout_.leading.offset;
      leading_ended_ = true;
    }
    if (!header_ended_ && is_pixels(head.tag)) {
      layout_.header.length = head.start - layout_.header.offset;
      header_ended_ = true;
    }
  }

  bool pixels(const ElementHead& head, VrEncoding encoding) {
    PixelBytes found;
    found.tag_offset = head.start;
    found.number = number_of(head.tag);
    found.words = encoding == VrEncoding::implicit_vr || head.is("OW");
    if (head.undefined()) {
      if (encoding == VrEncoding::implicit_vr)
        throw refuse("undefined_length", head, "pixels without a length in an uncompressed file");
      found.storage = PixelStorage::encapsulated;
      position_ = head.value;
      walk_fragments(found);
    } else {
      if (head.end() > innermost_end()) check_end(head);
      found.native = {head.value, head.length};
      position_ = head.end();
      if (!bytes_.reaches(head.end())) found.completeness = Completeness::cut_short;
    }
    const bool cut_short = found.completeness == Completeness::cut_short;
    if (cut_short && !open_.empty()) throw ends_early(position_);  // an icon, inside a sequence
    if (open_.empty() && !layout_.pixels) layout_.pixels = std::move(found);
    return !cut_short;
  }

  void walk_fragments(PixelBytes& found) {
    for (bool offset_table = true;; offset_table = false) {
      if (!bytes_.reaches(position_ + 8)) {
        found.completeness = Completeness::cut_short;
        return;
      }
      const ElementHead head = heads_.read(position_, VrEncoding::implicit_vr);
      position_ = head.value;
      if (head.tag == sequence_end_tag) return;
      if (head.tag != item_tag || head.undefined() || found.fragments.size() >= greatest_fragment_count)
        throw refuse("malformed_structure", head, "the fragments of compressed pixels are broken");
      if (!bytes_.reaches(head.end())) {
        found.completeness = Completeness::cut_short;
        return;
      }
      if (offset_table)
        found.offset_table = {head.value, head.length};
      else
        found.fragments.push_back({head.value, head.length});
      position_ = head.end();
    }
  }

  ByteSource& bytes_;
  FileLayout& layout_;
  HeadReader heads_;
  std::vector<Container> open_;
  std::uint64_t position_ = 0;
  bool leading_ended_ = false;
  bool header_ended_ = false;
};

Error not_dicom() {
  return Error::input("not_dicom", "the file is not DICOM");
}

bool has_marker(ByteSource& bytes) {
  std::array<std::uint8_t, 4> marker{};
  return bytes.read(preamble_bytes, marker) && std::memcmp(marker.data(), "DICM", 4) == 0;
}

/// Without preamble a file counts as DICOM when it begins with a plausible element of group 0002 or 0008.
VrEncoding encoding_without_preamble(ByteSource& bytes) {
  std::array<std::uint8_t, 8> raw{};
  if (!bytes.read(0, raw)) throw not_dicom();
  const ElementHead as_explicit = HeadReader(bytes, ByteOrder::little).read(0, VrEncoding::explicit_vr);
  const ElementHead as_implicit = HeadReader(bytes, ByteOrder::little).read(0, VrEncoding::implicit_vr);
  const TagNumber tag = as_implicit.tag;
  constexpr std::uint16_t greatest_first_element = 0x0070;
  if ((tag.group != 0x0002 && tag.group != 0x0008) || tag.element > greatest_first_element) throw not_dicom();
  constexpr std::array<std::string_view, 6> first_vrs{"UL", "OB", "CS", "UI", "DA", "SH"};
  if (std::any_of(first_vrs.begin(), first_vrs.end(),
                  [&](std::string_view vr) { return as_explicit.is(vr); }))
    return VrEncoding::explicit_vr;
  constexpr std::uint32_t greatest_first_length = 1024;
  if (tag.group == 0x0008 && as_implicit.length <= greatest_first_length) return VrEncoding::implicit_vr;
  throw not_dicom();
}

/// Reads the file meta group, which is always explicit little endian; returns where the data set begins.
std::uint64_t read_meta(ByteSource& bytes, std::uint64_t start, std::string& transfer_syntax) {
  const HeadReader heads(bytes, ByteOrder::little);
  std::uint64_t position = start;
  while (bytes.reaches(position + 8)) {
    std::array<std::uint8_t, 2> group{};
    if (!bytes.read(position, group) || group[0] != 2 || group[1] != 0) break;
    const ElementHead head = heads.read(position, VrEncoding::explicit_vr);
    if (head.undefined() || !bytes.reaches(head.end()))
      throw refuse("length_exceeds_file", head,
                   "the file meta header declares more bytes than the file holds");
    if (head.tag == transfer_syntax_tag && head.length <= 64) {
      transfer_syntax.resize(head.length);
      const std::span text(reinterpret_cast<std::uint8_t*>(transfer_syntax.data()), transfer_syntax.size());
      if (!bytes.read(head.value, text)) throw ends_early(head.value);
      while (!transfer_syntax.empty() && (transfer_syntax.back() == '\0' || transfer_syntax.back() == ' '))
        transfer_syntax.pop_back();
    }
    position = head.end();
  }
  return position;
}

void apply_transfer_syntax(FileLayout& layout) {
  const std::string& uid = layout.transfer_syntax;
  constexpr std::string_view standard = "1.2.840.10008.1.2";
  if (uid == standard) layout.vr_encoding = VrEncoding::implicit_vr;
  if (uid == "1.2.840.10008.1.2.2") layout.byte_order = ByteOrder::big;
  if (uid == "1.2.840.10008.1.2.1.99") layout.packing = Packing::deflated;
  if (!uid.starts_with(standard))
    throw Error::input(
        "transfer_syntax_not_supported",
        fmt::format("transfer syntax \"{}\" is private or unknown; export the images uncompressed", uid))
        .at_tag("(0002,0010)");
}

}  // namespace

FileLayout examine(ByteSource& bytes) {
  FileLayout layout;
  const bool marked = has_marker(bytes);
  // A file of fewer than 132 bytes may still begin with elements.
  const VrEncoding guess = marked ? VrEncoding::implicit_vr : encoding_without_preamble(bytes);
  layout.data_set_offset = read_meta(bytes, marked ? preamble_bytes + 4 : 0, layout.transfer_syntax);
  if (layout.transfer_syntax.empty()) {
    if (layout.data_set_offset != 0)
      throw Error::input("malformed_structure", "the file does not name its transfer syntax")
          .at_tag("(0002,0010)");
    layout.transfer_syntax = guess == VrEncoding::implicit_vr ? "1.2.840.10008.1.2" : "1.2.840.10008.1.2.1";
  }
  apply_transfer_syntax(layout);
  if (!bytes.reaches(layout.data_set_offset + 8)) throw ends_early(layout.data_set_offset);
  if (layout.packing == Packing::deflated) {
    InflatedBytes inflated(bytes, layout.data_set_offset, inflate_limit_bytes);
    Walker(inflated, layout).walk(0);
  } else {
    Walker(bytes, layout).walk(layout.data_set_offset);
  }
  return layout;
}

FileLayout examine(const std::filesystem::path& file) {
  return examine_file(file, 0).layout;
}

ExaminedFile examine_file(const std::filesystem::path& file, std::uint64_t most_bytes) {
  try {
    FileBytes bytes(file);
    ExaminedFile result{examine(bytes), {}};
    result.layout.stamp = bytes.stamp();
    const ByteRange& header = result.layout.header;
    if (result.layout.packing == Packing::plain && header.length <= most_bytes) {
      result.header.resize(header.length);
      if (!bytes.read(header.offset, result.header)) throw ends_early(header.offset);
    }
    return result;
  } catch (Error& error) {
    throw error.file() ? error : std::move(error).in_file(file.string());
  }
}

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file, const FileLayout& layout,
                                   ByteRange range) {
  std::vector<std::uint8_t> result(range.length);
  read_bytes(file, layout, range.offset, result);
  return result;
}

void read_bytes(const std::filesystem::path& file, const FileLayout& layout, std::uint64_t offset,
                std::span<std::uint8_t> into) {
  FileBytes plain(file);
  if (layout.stamp && plain.stamp() != *layout.stamp)
    throw Error::input("file_changed", "the file was changed while it was being read; read the folder again")
        .in_file(file.string());
  if (layout.packing == Packing::plain) return plain.read_past_window(offset, into);
  InflatedBytes inflated(plain, layout.data_set_offset, inflate_limit_bytes);
  constexpr std::uint64_t piece = 32768;  // below the window that inflating keeps
  for (std::uint64_t done = 0; done < into.size(); done += piece) {
    const std::span next = into.subspan(done, std::min(piece, into.size() - done));
    if (!inflated.read(offset + done, next)) throw ends_early(offset + done);
  }
}

}  // namespace netpet::dicom
