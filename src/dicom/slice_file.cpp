#include "dicom/slice_file.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dctk.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/resources.h"
#include "base/staged_output.h"
#include "dicom/toolkit.h"

namespace netpet::dicom {
namespace {

DcmTagKey key(Tag tag) {
  return {tag.group, tag.element};
}

void check_put(const OFCondition& condition, Tag tag) {
  base::check(condition.good(),
              fmt::format("cannot write ({:04X},{:04X}): {}", tag.group, tag.element, condition.text()));
}

std::int64_t microseconds_of_day(base::Instant instant) {
  return instant.microseconds - base::Instant::of(instant.date(), {}).microseconds;
}

std::string without(std::string text, char unwanted) {
  std::erase(text, unwanted);
  return text;
}

std::string joined(std::initializer_list<double> values) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "" : "\\") + decimal_string(value);
  return text;
}

/// Letters and digits of ASCII, as file names on a CD have them.
std::string plain_name(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
      result += c;
    } else if (!result.empty() && result.back() != '_') {
      result += '_';
    }
  }
  return result.empty() ? "PATIENT" : result;
}

std::string maker_of(Vendor vendor) {
  switch (vendor) {
    case Vendor::siemens:
      return "SIEMENS";
    case Vendor::ge:
      return "GE MEDICAL SYSTEMS";
    default:
      return "Philips";
  }
}

}  // namespace

std::string decimal_string(double value) {
  base::check(std::isfinite(value), "a number for DICOM is not finite");
  for (int digits = 17;; --digits) {
    std::string text = fmt::format("{:.{}g}", value, digits);
    if (text.size() <= 16) return text;
  }
}

std::string date_string(base::Instant instant) {
  return without(base::iso(instant.date()), '-');
}

std::string time_string(base::Instant instant) {
  const std::int64_t us = microseconds_of_day(instant);
  return fmt::format("{:02}{:02}{:02}.{:06}", us / 3'600'000'000, us / 60'000'000 % 60, us / 1'000'000 % 60,
                     us % 1'000'000);
}

std::string date_time_string(base::Instant instant) {
  return date_string(instant) + time_string(instant);
}

void ItemWriter::put(Tag tag, std::string_view text) {
  check_put(item_->putAndInsertString(DcmTag(key(tag)), std::string(text).c_str()), tag);
}

void ItemWriter::put_us(Tag tag, std::uint16_t value) {
  check_put(item_->putAndInsertUint16(DcmTag(key(tag)), value), tag);
}

void ItemWriter::put_us(Tag tag, std::span<const std::uint16_t> values) {
  check_put(item_->putAndInsertUint16Array(DcmTag(key(tag)), values.data(), values.size()), tag);
}

void ItemWriter::put_ul(Tag tag, std::span<const std::uint32_t> values) {
  auto element = std::make_unique<DcmUnsignedLong>(DcmTag(key(tag)));
  check_put(element->putUint32Array(values.data(), values.size()), tag);
  check_put(item_->insert(element.get(), true), tag);
  static_cast<void>(element.release());  // the item owns it now
}

void ItemWriter::put_tag(Tag tag, std::uint32_t value) {
  const auto group = static_cast<Uint16>(value >> 16U), element = static_cast<Uint16>(value & 0xFFFFU);
  check_put(item_->putAndInsertTagKey(DcmTag(key(tag)), DcmTagKey(group, element)), tag);
}

void ItemWriter::put(Tag tag, std::initializer_list<double> values) {
  put(tag, joined(values));
}

void ItemWriter::put_bytes(Tag tag, std::span<const std::uint8_t> bytes) {
  check_put(item_->putAndInsertUint8Array(DcmTag(key(tag), EVR_OB), bytes.data(), bytes.size()), tag);
}

void ItemWriter::put_fd(Tag tag, double value) {
  check_put(item_->putAndInsertFloat64(DcmTag(key(tag)), value), tag);
}

void ItemWriter::put_stored_value(Tag tag, int value, PixelFormat::Sign sign) {
  const bool with_sign = sign == PixelFormat::Sign::with;
  const DcmTag full(key(tag), with_sign ? EVR_SS : EVR_US);
  check_put(with_sign ? item_->putAndInsertSint16(full, static_cast<Sint16>(value))
                      : item_->putAndInsertUint16(full, static_cast<Uint16>(value)),
            tag);
}

void ItemWriter::put_private(std::uint16_t group, std::string_view creator, std::uint8_t element,
                             PrivateVr vr, std::string_view text) {
  const std::string owner(creator), value(text);
  check_put(item_->putAndInsertString(DcmTag(group, 0x0010, EVR_LO), owner.c_str()), {group, 0x0010});
  const Tag tag{group, static_cast<std::uint16_t>(0x1000 | element)};
  DcmTag full(key(tag), vr == PrivateVr::decimal ? EVR_DS : EVR_DT);
  full.setPrivateCreator(owner.c_str());
  check_put(item_->putAndInsertString(full, value.c_str()), tag);
}

void ItemWriter::put_empty_sequence(Tag sequence) {
  check_put(item_->insertEmptyElement(DcmTag(key(sequence))), sequence);
}

ItemWriter ItemWriter::add_item(Tag sequence) {
  DcmItem* item = nullptr;
  check_put(item_->findOrCreateSequenceItem(DcmTag(key(sequence)), item, -2), sequence);
  return ItemWriter(*item);
}

void ItemWriter::put_code(Tag sequence, const record::Code& code) {
  ItemWriter item = add_item(sequence);
  constexpr std::size_t longest_code = 16;  // of VR SH
  item.put(code.value.size() > longest_code ? tags::long_code_value : tags::code_value, code.value);
  item.put(tags::coding_scheme, code.scheme);
  item.put(tags::code_meaning, code.meaning);
}

SliceFile::SliceFile() : SliceFile((prepare_toolkit(), std::make_unique<DcmFileFormat>())) {}

SliceFile::SliceFile(std::unique_ptr<DcmFileFormat> format)
    : ItemWriter(*format->getDataset()), format_(std::move(format)) {}

SliceFile::~SliceFile() = default;

void SliceFile::put_identity(const StudyToWrite& study, const SliceOfSeries& slice) {
  put({0x0008, 0x0005}, "ISO_IR 192");
  put({0x0008, 0x0016}, slice.sop_class_uid);
  put({0x0008, 0x0018}, uid_of_seed(fmt::format("{}/{}", slice.series_uid, slice.instance_number)));
  put({0x0008, 0x0020}, date_string(study.started));
  put({0x0008, 0x0030}, time_string(study.started));
  put({0x0008, 0x0021}, date_string(slice.series_started));
  put({0x0008, 0x0031}, time_string(slice.series_started));
  put({0x0008, 0x0022}, date_string(slice.acquired));
  put({0x0008, 0x0032}, time_string(slice.acquired));
  put({0x0008, 0x0023}, date_string(slice.acquired));
  put({0x0008, 0x0033}, time_string(slice.acquired));
  put_empty({0x0008, 0x0050});
  put({0x0008, 0x0060}, slice.modality);
  put({0x0008, 0x0070}, maker_of(study.vendor));
  put_empty({0x0008, 0x0090});
  put({0x0008, 0x1030}, study.description);
  put({0x0008, 0x103E}, slice.series_description);
  put({0x0008, 0x1090}, slice.model);
  put({0x0010, 0x0010}, study.patient.name);
  put({0x0010, 0x0020}, study.patient.id);
  put({0x0010, 0x0030}, without(study.patient.birth_date, '-'));
  put({0x0010, 0x0040}, study.patient.sex);
  put({0x0010, 0x1020}, study.height_m);
  put({0x0010, 0x1030}, study.weight_kg);
  put({0x0018, 0x0015}, "WHOLEBODY");
  put({0x0018, 0x1020}, "netpet phantom");
  put({0x0020, 0x000D}, study_uid(study));
  put({0x0020, 0x000E}, slice.series_uid);
  put({0x0020, 0x0010}, study.id);
  put({0x0020, 0x0011}, std::to_string(slice.series_number));
  put({0x0020, 0x0013}, std::to_string(slice.instance_number));
  put({0x0020, 0x0052}, frame_of_reference_uid(study));
  put_empty({0x0020, 0x1040});
}

void SliceFile::put_plane(const space::Geometry& geometry, int k, Stored stored) {
  const space::PointLps corner = geometry.to_lps(space::IndexIjk{0, 0, k});
  const space::Mat3& d = geometry.direction;
  put({0x0018, 0x0050}, geometry.spacing.z);
  put({0x0020, 0x0032}, {corner.x, corner.y, corner.z});
  put({0x0020, 0x0037}, {d(0, 0), d(1, 0), d(2, 0), d(0, 1), d(1, 1), d(2, 1)});
  put({0x0020, 0x1041}, corner.z);
  put_us({0x0028, 0x0002}, 1);
  put({0x0028, 0x0004}, "MONOCHROME2");
  put_us({0x0028, 0x0010}, static_cast<std::uint16_t>(geometry.size[1]));
  put_us({0x0028, 0x0011}, static_cast<std::uint16_t>(geometry.size[0]));
  put({0x0028, 0x0030}, {geometry.spacing.y, geometry.spacing.x});
  put_us({0x0028, 0x0100}, 16);
  put_us({0x0028, 0x0101}, 16);
  put_us({0x0028, 0x0102}, 15);
  put_us({0x0028, 0x0103}, stored == Stored::signed_16 ? 1 : 0);
}

void SliceFile::put_pixels(const std::vector<std::uint16_t>& pixels) {
  const DcmTag tag(DCM_PixelData, EVR_OW);
  check_put(format_->getDataset()->putAndInsertUint16Array(tag, pixels.data(), pixels.size()),
            {0x7FE0, 0x0010});
}

namespace {

constexpr E_TransferSyntax written_syntax = EXS_LittleEndianExplicit;
constexpr E_EncodingType written_encoding = EET_ExplicitLength;

/// The bytes of a data set, or of a file with its preamble.
template <class Object>
std::string encoded(Object& object) {
  // Preamble, group length and rounding: far below a kilobyte.
  std::string bytes(object.calcElementLength(written_syntax, written_encoding) + 1024, '\0');
  DcmOutputBufferStream stream(bytes.data(), static_cast<offile_off_t>(bytes.size()));
  object.transferInit();
  const OFCondition written = object.write(stream, written_syntax, written_encoding, nullptr);
  object.transferEnd();
  base::check(written.good(), std::string("cannot encode an object: ") + written.text());
  void* from = nullptr;
  offile_off_t length = 0;
  stream.flushBuffer(from, length);
  bytes.resize(static_cast<std::size_t>(length));
  return bytes;
}

}  // namespace

std::string SliceFile::content_hash() const {
  return base::sha256(encoded(*format_->getDataset()));
}

void SliceFile::save(const std::filesystem::path& file) {
  check_put(format_->validateMetaInfo(written_syntax), {0x0002, 0x0000});
  base::write_file(file, encoded(*format_));
}

int instance_number(Vendor vendor, const space::Geometry& geometry, int k) {
  const bool last_is_head = geometry.direction(2, 2) > 0;
  const bool head_first = vendor != Vendor::philips;
  return last_is_head == head_first ? geometry.size[2] - k : k + 1;
}

std::string file_name(const StudyToWrite& study, const SliceOfSeries& slice) {
  switch (study.vendor) {
    case Vendor::siemens:
      return fmt::format("{}.{}.{}.{:04}.{:04}.{}.{}.IMA", plain_name(study.patient.name), slice.modality,
                         plain_name(study.description), slice.series_number, slice.instance_number,
                         date_string(slice.acquired), time_string(slice.acquired).substr(0, 6));
    case Vendor::ge:
      return fmt::format("i{:06}.{}DC.{}", slice.series_number * 10000 + slice.instance_number,
                         slice.modality, slice.instance_number);
    default:
      return fmt::format("IM_{:02}_{:04}", slice.series_number, slice.instance_number);
  }
}

std::string model_of(Vendor vendor) {
  switch (vendor) {
    case Vendor::siemens:
      return "Biograph64_mCT";
    case Vendor::ge:
      return "Discovery MI";
    default:
      return "Ingenuity TF PET/CT";
  }
}

}  // namespace netpet::dicom
