#include "dicom/source_series.h"

#include <algorithm>
#include <array>

#include "dicom/attributes.h"
#include "dicom/read_image.h"
#include "dicom/slice_file.h"
#include "dicom/slice_stack.h"
#include "dicom/write_study.h"

namespace netpet::dicom {
namespace {

using Copied = std::vector<std::pair<Tag, std::string>>;

void copy_texts(const Attributes& from, Copied& to) {
  constexpr std::array<Tag, 6> of_every_object{Tag{0x0008, 0x0050}, Tag{0x0008, 0x0090},
                                               tags::patient_name,  tags::patient_id,
                                               Tag{0x0020, 0x0010}, tags::study_instance_uid};
  for (const Tag tag : of_every_object) to.emplace_back(tag, from.text(tag));
  for (const Tag tag : {tags::study_description, Tag{0x0010, 0x0021}, tags::timezone_offset})
    if (std::string text = from.text(tag); !text.empty()) to.emplace_back(tag, std::move(text));
}

/// A patient who was made anonymous stays so, with the method that did it.
void copy_anonymity(const Attributes& from, Copied& to) {
  constexpr Tag identity_removed{0x0012, 0x0062}, method{0x0012, 0x0063};
  const std::string removed = from.text(identity_removed), by = from.text(method);
  if (removed != "YES" || by.empty()) return;
  to.emplace_back(identity_removed, removed);
  to.emplace_back(method, by);
}

std::string time_text(std::optional<base::TimeOfDay> time) {
  return time ? time_string(base::Instant::of({}, *time)) : std::string();
}

std::string date_text(std::optional<base::Date> date) {
  return date ? date_string(base::Instant::of(*date, {})) : std::string();
}

Copied patient_and_study(const Attributes& from) {
  Copied copied;
  copied.emplace_back(tags::study_date, date_text(from.date(tags::study_date)));
  copied.emplace_back(tags::study_time, time_text(from.time(tags::study_time)));
  copied.emplace_back(tags::patient_birth_date, date_text(from.date(tags::patient_birth_date)));
  const std::string sex = from.text(tags::patient_sex);
  copied.emplace_back(tags::patient_sex, sex == "F" || sex == "M" || sex == "O" ? sex : std::string());
  for (const Tag tag : {tags::patient_size, tags::patient_weight})
    if (const auto value = from.number(tag)) copied.emplace_back(tag, decimal_string(*value));
  copy_texts(from, copied);
  copy_anonymity(from, copied);
  return copied;
}

}  // namespace

SourceSeries source_series(const record::Series& series, const base::Run& run, const Headers& known) {
  const std::vector<Instance> instances = read_instances(series, run, known);
  const SliceStack stack = stack_slices(instances);
  const Instance& lowest = instances[stack.order.front()];
  const DataSet data_set(lowest.file, examine(lowest.file), HeaderPart::leading);

  SourceSeries source;
  source.patient_and_study = patient_and_study(data_set.attributes());
  source.study_uid = lowest.study_uid;
  source.series_uid = lowest.series_uid;
  source.modality = lowest.modality;
  source.acquired = lowest.acquired;
  if (!source.acquired && lowest.study_date) source.acquired = base::Instant::of(*lowest.study_date, {});
  source.geometry = stack.geometry;
  if (source.geometry.frame_of_reference_uid.empty())
    source.geometry.frame_of_reference_uid = uid_of_seed(source.series_uid + "/frame of reference");
  for (const std::size_t which : stack.order) {
    const Instance& image = instances[which];
    source.images.push_back({image.sop_class_uid, image.sop_instance_uid, image.frame, image.plane->position,
                             image.rescale, image.format});
  }
  return source;
}

}  // namespace netpet::dicom
