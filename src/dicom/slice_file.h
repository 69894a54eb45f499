#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dicom/instance.h"
#include "dicom/tags.h"
#include "dicom/write_study.h"
#include "record/pet_header.h"
#include "space/geometry.h"

class DcmFileFormat;
class DcmItem;

/// One DICOM file in the making; for the writers of this room.
namespace netpet::dicom {

/// A DS value of at most 16 characters, as near to `value` as that allows.
std::string decimal_string(double value);
/// DA, TM and DT of an instant, TM to the microsecond.
std::string date_string(base::Instant instant);
std::string time_string(base::Instant instant);
std::string date_time_string(base::Instant instant);

/// A data set or an item of a sequence, to be filled. The value representation comes from the dictionary.
class ItemWriter {
 public:
  explicit ItemWriter(DcmItem& item) : item_(&item) {}
  void put(Tag tag, std::string_view text);
  void put(Tag tag, double value) { put(tag, decimal_string(value)); }
  void put_us(Tag tag, std::uint16_t value);
  void put_us(Tag tag, std::span<const std::uint16_t> values);
  void put_ul(Tag tag, std::span<const std::uint32_t> values);
  /// The number of another element, as 0xggggeeee.
  void put_tag(Tag tag, std::uint32_t value);
  void put_fd(Tag tag, double value);
  /// Numbers of a DS, each as `decimal_string`.
  void put(Tag tag, std::initializer_list<double> values);
  /// Bytes of an OB; an odd number of them is padded with one more 0.
  void put_bytes(Tag tag, std::span<const std::uint8_t> bytes);
  /// One of the elements that are US or SS as the pixels are unsigned or signed.
  void put_stored_value(Tag tag, int value, PixelFormat::Sign sign);
  void put_empty(Tag tag) { put(tag, std::string_view()); }
  /// A sequence without items.
  void put_empty_sequence(Tag sequence);
  /// Reserves the block 0x10 of the group for `creator` and writes (gggg,10ee) with this value
  /// representation.
  enum class PrivateVr { decimal, date_time };
  void put_private(std::uint16_t group, std::string_view creator, std::uint8_t element, PrivateVr vr,
                   std::string_view text);
  ItemWriter add_item(Tag sequence);
  void put_code(Tag sequence, const record::Code& code);

 private:
  DcmItem* item_;
};

/// The series that a slice belongs to, and its place there.
struct SliceOfSeries {
  std::string sop_class_uid;
  std::string modality;
  std::string series_uid;
  std::string series_description;
  int series_number = 0;
  int instance_number = 0;
  base::Instant series_started;
  base::Instant acquired;
  std::string model;
};

class SliceFile : public ItemWriter {
 public:
  SliceFile();
  ~SliceFile();
  SliceFile(const SliceFile&) = delete;
  SliceFile& operator=(const SliceFile&) = delete;

  /// Patient, study, series, equipment, frame of reference and identity of the instance.
  void put_identity(const StudyToWrite& study, const SliceOfSeries& slice);
  /// Image plane of slice k, and the size and layout of its 16-bit pixels.
  enum class Stored { unsigned_16, signed_16 };
  void put_plane(const space::Geometry& geometry, int k, Stored stored);
  void put_pixels(const std::vector<std::uint16_t>& pixels);
  /// SHA-256 over the data set as it would be written.
  std::string content_hash() const;
  /// Explicit little endian. Environment errors as base::write_file.
  void save(const std::filesystem::path& file);

 private:
  explicit SliceFile(std::unique_ptr<DcmFileFormat> format);
  std::unique_ptr<DcmFileFormat> format_;
};

/// The instance number of slice k, from 1: the head first with Siemens and GE, the feet first with Philips.
int instance_number(Vendor vendor, const space::Geometry& geometry, int k);
/// A file name as that vendor's export writes it.
std::string file_name(const StudyToWrite& study, const SliceOfSeries& slice);
/// The product whose manner is followed.
std::string model_of(Vendor vendor);

}  // namespace netpet::dicom
