#include "dicom/derived_object.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/version.h"
#include "dicom/write_study.h"

namespace netpet::dicom {

namespace {

/// The frames of one object are one item.
void put_objects(ItemWriter& holder, Tag sequence, const std::vector<const SourceImage*>& images) {
  std::map<std::string_view, const SourceImage*> objects;
  for (const SourceImage* image : images) objects.emplace(image->sop_instance_uid, image);
  for (const auto& [uid, image] : objects) {
    ItemWriter item = holder.add_item(sequence);
    item.put({0x0008, 0x1150}, image->sop_class_uid);
    item.put(tags::referenced_sop_instance_uid, uid);
  }
}

/// [DICOM PS3.15 E.2, E.3; context group 7050]
void put_deidentification(SliceFile& object) {
  object.put({0x0012, 0x0062}, "YES");
  object.put({0x0012, 0x0063}, "DICOM PS3.15 Basic Profile by netpet");
  constexpr std::array<std::array<std::string_view, 2>, 4> profile{
      {{"113100", "Basic Application Confidentiality Profile"},
       {"113105", "Clean Descriptors Option"},
       {"113107", "Retain Longitudinal Temporal Information Modified Dates Option"},
       {"113108", "Retain Patient Characteristics Option"}}};
  for (const auto& [value, meaning] : profile) {
    ItemWriter item = object.add_item({0x0012, 0x0064});
    item.put(tags::code_value, value);
    item.put(tags::coding_scheme, "DCM");
    item.put(tags::code_meaning, meaning);
  }
  object.put({0x0028, 0x0303}, "MODIFIED");
}

}  // namespace

void put_head(SliceFile& object, const SourceSeries& source, const DerivedKind& kind) {
  object.put(tags::specific_character_set, "ISO_IR 192");
  object.put(tags::sop_class_uid, kind.sop_class_uid);
  for (const auto& [tag, text] : source.patient_and_study) object.put(tag, text);
  if (source.identity == SourceSeries::Identity::removed) put_deidentification(object);
  const std::string date = source.acquired ? date_string(*source.acquired) : "";
  const std::string time = source.acquired ? time_string(*source.acquired) : "";
  constexpr Tag content_date{0x0008, 0x0023}, content_time{0x0008, 0x0033};
  for (const Tag tag : {tags::series_date, content_date}) object.put(tag, date);
  for (const Tag tag : {tags::series_time, content_time}) object.put(tag, time);
  object.put(tags::modality, kind.modality);
  object.put(tags::manufacturer, "netpet");
  object.put(tags::model_name, "netpet");
  object.put({0x0018, 0x1000}, "0");  // a device serial number is asked for; a program has none
  object.put({0x0018, 0x1020}, base::version());
  object.put(tags::series_description, kind.series_description);
  object.put({0x0020, 0x0011}, std::to_string(kind.series_number));
  object.put({0x0020, 0x0013}, "1");
}

std::string_view burned_in_annotation(const SourceSeries& source) {
  return source.identity == SourceSeries::Identity::removed ? "NO" : "YES";
}

void put_private_scheme(ItemWriter& object) {
  ItemWriter scheme = object.add_item({0x0008, 0x0110});
  scheme.put(tags::coding_scheme, private_scheme);
  scheme.put({0x0008, 0x0115}, "netpet: scales and uptake patterns without a standard code");
  scheme.put({0x0008, 0x0116}, "netpet");
}

void put_frame_of_reference(ItemWriter& object, const SourceSeries& source) {
  object.put(tags::frame_of_reference_uid, source.geometry.frame_of_reference_uid);
  object.put_empty({0x0020, 0x1040});
}

void put_image_reference(ItemWriter& item, const SourceImage& image) {
  item.put({0x0008, 0x1150}, image.sop_class_uid);
  item.put(tags::referenced_sop_instance_uid, image.sop_instance_uid);
  if (image.frame != 0) item.put(tags::referenced_frame_number, std::to_string(image.frame));
}

void put_source_images(ItemWriter& object, Tag sequence, const SourceSeries& series) {
  std::vector<const SourceImage*> images;
  for (const SourceImage& image : series.images) images.push_back(&image);
  put_objects(object, sequence, images);
}

void put_referenced_series(ItemWriter& object, const std::string& series_uid,
                           const std::vector<const SourceImage*>& images) {
  ItemWriter series = object.add_item({0x0008, 0x1115});
  series.put(tags::series_instance_uid, series_uid);
  put_objects(series, tags::referenced_instance, images);
}

WrittenObject save_derived(SliceFile& object, const SourceSeries& source, const DerivedKind& kind,
                           const std::filesystem::path& file) {
  const std::string content = object.content_hash();
  WrittenObject written{std::string(kind.sop_class_uid), uid_of_seed(content + "/instance"),
                        uid_of_seed(content + "/series"), source.study_uid};
  object.put(tags::sop_instance_uid, written.sop_instance_uid);
  object.put(tags::series_instance_uid, written.series_uid);
  object.save(file);
  return written;
}

}  // namespace netpet::dicom
