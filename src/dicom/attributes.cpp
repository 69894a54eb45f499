#include "dicom/attributes.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcsequen.h>
#include <dcmtk/dcmdata/dcspchrs.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "dicom/toolkit.h"

namespace netpet::dicom {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\\', begin), text.size());
    parts.emplace_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

/// VR DS or IS; digits, sign, point and exponent only, and finite.
std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80       ? 1
                               : lead >> 5 == 6  ? 2
                               : lead >> 4 == 14 ? 3
                               : lead >> 3 == 30 ? 4
                                                 : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t j = 1; j < length; ++j)
      if (static_cast<unsigned char>(text[i + j]) >> 6 != 2) return false;
    i += length;
  }
  return true;
}

/// Binary numbers as text, so that every VR is read the same way.
std::optional<std::string> binary_numbers(DcmElement& element) {
  std::string text;
  for (unsigned long i = 0; i < element.getVM(); ++i) {
    std::string value;
    Uint16 u16 = 0;
    Sint16 s16 = 0;
    Uint32 u32 = 0;
    Sint32 s32 = 0;
    Float32 f32 = 0;
    Float64 f64 = 0;
    if (element.getUint16(u16, i).good())
      value = fmt::format("{}", u16);
    else if (element.getSint16(s16, i).good())
      value = fmt::format("{}", s16);
    else if (element.getUint32(u32, i).good())
      value = fmt::format("{}", u32);
    else if (element.getSint32(s32, i).good())
      value = fmt::format("{}", s32);
    else if (element.getFloat64(f64, i).good())
      value = fmt::format("{}", f64);
    else if (element.getFloat32(f32, i).good())
      value = fmt::format("{}", f32);
    else
      return std::nullopt;
    text += (i == 0 ? "" : "\\") + value;
  }
  return text;
}

/// All values of an element, as text.
std::optional<std::string> raw_text(DcmElement* element) {
  if (element == nullptr || element->getLength() == 0) return std::nullopt;
  switch (element->ident()) {
    case EVR_US:
    case EVR_SS:
    case EVR_UL:
    case EVR_SL:
    case EVR_FL:
    case EVR_FD:
    case EVR_xs:
    case EVR_lt:
      return binary_numbers(*element);
    case EVR_SQ:
      return std::nullopt;
    default:
      break;
  }
  char* text = nullptr;
  if (element->getString(text).good())
    return text == nullptr ? std::nullopt : std::optional(std::string(text));
  // A private element of unknown type: its bytes are its text.
  Uint8* bytes = nullptr;
  if (element->getUint8Array(bytes).good() && bytes != nullptr)
    return std::string(reinterpret_cast<const char*>(bytes), element->getLength());
  return std::nullopt;
}

}  // namespace

std::string to_string(Tag tag) {
  return fmt::format("({:04X},{:04X})", tag.group, tag.element);
}

struct Attributes::Elements {
  explicit Elements(DcmItem& from) : item(from) {
    for (DcmObject* at = from.nextInContainer(nullptr); at != nullptr; at = from.nextInContainer(at))
      by_tag.push_back({{at->getGTag(), at->getETag()}, static_cast<DcmElement*>(at)});
    const auto earlier = [](const Entry& a, const Entry& b) { return a.tag < b.tag; };
    if (!std::is_sorted(by_tag.begin(), by_tag.end(), earlier))
      std::stable_sort(by_tag.begin(), by_tag.end(), earlier);
  }

  struct Entry {
    Tag tag;
    DcmElement* element;
  };
  /// The first entry that is not before `tag`.
  auto from(Tag tag) const {
    return std::lower_bound(by_tag.begin(), by_tag.end(), tag,
                            [](const Entry& entry, Tag wanted) { return entry.tag < wanted; });
  }
  DcmElement* find(Tag tag) const {
    const auto entry = from(tag);
    return entry != by_tag.end() && entry->tag == tag ? entry->element : nullptr;
  }

  DcmItem& item;
  std::vector<Entry> by_tag;
};

Attributes::Attributes(DcmItem& item, std::vector<record::Warning>& problems)
    : items_{std::make_shared<const Elements>(item)}, problems_(&problems) {}

std::optional<std::string> Attributes::raw(Tag tag) const {
  for (const auto& item : items_)
    if (auto text = raw_text(item->find(tag))) return text;
  return std::nullopt;
}

std::string Attributes::to_utf8(std::string text) const {
  if (std::all_of(text.begin(), text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\x1b'; }))
    return text;
  OFString character_set, converted;
  // Items of a sequence use the character set of the data set around them.
  for (DcmObject* object = &items_.front()->item; object != nullptr && character_set.empty();
       object = object->getParent())
    if (auto* item = dynamic_cast<DcmItem*>(object))
      item->findAndGetOFStringArray(DCM_SpecificCharacterSet, character_set);
  DcmSpecificCharacterSet converter;
  if (converter.selectCharacterSet(character_set, "ISO_IR 192").good() &&
      converter.convertString(text.c_str(), text.size(), converted, "\\^=").good() &&
      is_utf8(converted.c_str()))
    return {converted.c_str(), converted.size()};
  if (is_utf8(text)) return text;
  for (char& c : text)
    if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  return text;
}

std::vector<std::string> Attributes::texts(Tag tag) const {
  const auto value = raw(tag);
  return value ? split(to_utf8(*value)) : std::vector<std::string>();
}

std::string Attributes::text(Tag tag) const {
  const auto values = texts(tag);
  return values.empty() ? std::string() : values.front();
}

void Attributes::add_malformed(Tag tag, std::string_view text) const {
  constexpr std::size_t shown = 40;
  std::string quoted = to_utf8(std::string(text.substr(0, shown)));
  std::replace_if(
      quoted.begin(), quoted.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
  record::Warning problem{"malformed_value",
                          fmt::format("{} holds \"{}\", which is not a valid value; it counts as absent",
                                      to_string(tag), quoted)};
  if (std::find(problems_->begin(), problems_->end(), problem) == problems_->end())
    problems_->push_back(std::move(problem));
}

std::vector<double> Attributes::numbers(Tag tag) const {
  const auto value = raw(tag);
  if (!value || trimmed(*value).empty()) return {};
  std::vector<double> result;
  for (const std::string& part : split(*value)) {
    const auto parsed_part = parse_number(part);
    if (!parsed_part) {
      add_malformed(tag, *value);
      return {};
    }
    result.push_back(*parsed_part);
  }
  return result;
}

std::optional<double> Attributes::number(Tag tag) const {
  const auto values = numbers(tag);
  return values.empty() ? std::nullopt : std::optional(values.front());
}

std::optional<int> Attributes::integer(Tag tag) const {
  const auto value = number(tag);
  if (!value) return std::nullopt;
  constexpr double greatest = 2147483647.0;
  if (*value != std::floor(*value) || std::abs(*value) > greatest) {
    add_malformed(tag, fmt::format("{}", *value));
    return std::nullopt;
  }
  return static_cast<int>(*value);
}

template <class Value>
std::optional<Value> Attributes::parsed(Tag tag, std::optional<Value> (*parse)(std::string_view)) const {
  const auto value = raw(tag);
  if (!value || trimmed(*value).empty()) return std::nullopt;
  const auto result = parse(*value);
  if (!result) add_malformed(tag, *value);
  return result;
}

std::optional<base::Date> Attributes::date(Tag tag) const {
  return parsed(tag, parse_date);
}

std::optional<base::TimeOfDay> Attributes::time(Tag tag) const {
  return parsed(tag, parse_time);
}

std::optional<DateTime> Attributes::date_time(Tag tag) const {
  return parsed(tag, parse_date_time);
}

std::vector<Attributes> Attributes::items(Tag sequence) const {
  std::vector<Attributes> result;
  for (const auto& holder : items_) {
    DcmElement* element = holder->find(sequence);
    if (element == nullptr || element->ident() != EVR_SQ) continue;
    auto* found = static_cast<DcmSequenceOfItems*>(element);
    for (DcmObject* item = found->nextInContainer(nullptr); item != nullptr;
         item = found->nextInContainer(item))
      result.push_back(Attributes(static_cast<DcmItem&>(*item), *problems_));
    if (!result.empty()) break;
  }
  return result;
}

Attributes Attributes::behind(const Attributes& nearer) const {
  Attributes both = nearer;
  both.items_.insert(both.items_.end(), items_.begin(), items_.end());
  return both;
}

std::optional<record::Code> Attributes::code(Tag sequence) const {
  const auto found = items(sequence);
  if (found.empty()) return std::nullopt;
  const Attributes& first = found.front();
  record::Code code{first.text(tags::code_value), first.text(tags::coding_scheme),
                    first.text(tags::code_meaning)};
  if (code.value.empty()) code.value = first.text(tags::long_code_value);
  return code.value.empty() && code.meaning.empty() ? std::nullopt : std::optional(std::move(code));
}

std::optional<Tag> Attributes::private_tag(std::uint16_t group, std::string_view creator,
                                           std::uint8_t element) const {
  constexpr std::uint16_t first_block = 0x10, last_block = 0xFF;
  for (const auto& item : items_) {
    const auto end = item->from({group, last_block + 1});
    for (auto entry = item->from({group, first_block}); entry != end; ++entry) {
      const auto owner = raw_text(entry->element);
      const Tag candidate{group, static_cast<std::uint16_t>(entry->tag.element << 8 | element)};
      // One creator may hold several blocks: the one that has the element counts.
      if (owner && trimmed(*owner) == creator && item->find(candidate) != nullptr) return candidate;
    }
  }
  return std::nullopt;
}

struct DataSet::Parsed {
  DcmDataset data_set;
};

DataSet::DataSet(const std::filesystem::path& file, const FileLayout& layout, HeaderPart part)
    : DataSet(file, layout,
              bytes_of(file, layout, part == HeaderPart::leading ? layout.leading : layout.header)) {}

DataSet::DataSet(const std::filesystem::path& file, const FileLayout& layout,
                 std::span<const std::uint8_t> bytes)
    : parsed_(std::make_unique<Parsed>()), problems_(std::make_unique<std::vector<record::Warning>>()) {
  prepare_toolkit();
  DcmInputBufferStream stream;
  stream.setBuffer(bytes.data(), static_cast<offile_off_t>(bytes.size()));
  stream.setEos();
  const E_TransferSyntax encoding = layout.vr_encoding == VrEncoding::implicit_vr ? EXS_LittleEndianImplicit
                                    : layout.byte_order == ByteOrder::big         ? EXS_BigEndianExplicit
                                                                                  : EXS_LittleEndianExplicit;
  parsed_->data_set.transferInit();
  const OFCondition done = parsed_->data_set.read(stream, encoding, EGL_noChange);
  parsed_->data_set.transferEnd();
  if (done.bad() && done != EC_EndOfStream)
    throw base::Error::input("header_unreadable", fmt::format("the header is malformed: {}", done.text()))
        .in_file(file.string());
  attributes_.reset(new Attributes(parsed_->data_set, *problems_));
}

DataSet::~DataSet() = default;
DataSet::DataSet(DataSet&&) noexcept = default;
DataSet& DataSet::operator=(DataSet&&) noexcept = default;

}  // namespace netpet::dicom
