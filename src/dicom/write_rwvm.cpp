#include "dicom/write_rwvm.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/version.h"
#include "dicom/attributes.h"
#include "dicom/read_image.h"
#include "dicom/slice_file.h"
#include "dicom/slice_stack.h"
#include "dicom/write_study.h"

namespace netpet::dicom {
namespace {

constexpr std::string_view rwvm_class = "1.2.840.10008.5.1.4.1.1.67";

/// How a kind of SUV is coded: unit of CID 85, method of PS3.16.
struct CodedSuv {
  std::string_view type, unit, meaning, method, method_meaning;
};
constexpr std::array<CodedSuv, 6> coded_suvs{
    {{"bw", "g/ml{SUVbw}", "Standardized Uptake Value body weight", "126410",
      "SUV body weight calculation method"},
     {"lbm-janma", "g/ml{SUVlbm(Janma)}", "Standardized Uptake Value lean body mass (Janma)", "126414",
      "SUV lean body mass calculation Janmahasatian method"},
     {"lbm-james128", "g/ml{SUVlbm(James128)}",
      "Standardized Uptake Value lean body mass (James 128 multiplier)", "126415",
      "SUV lean body mass calculation method using 128 multiplier"},
     {"lbm-james120", "g/ml{SUVlbm}", "Standardized Uptake Value lean body mass (James)", "126411",
      "SUV lean body mass calculation method"},
     {"bsa", "cm2/ml{SUVbsa}", "Standardized Uptake Value body surface area", "126412",
      "SUV body surface area calculation method"},
     {"ibw", "g/ml{SUVibw}", "Standardized Uptake Value ideal body weight", "126413",
      "SUV ideal body weight calculation method"}}};

const CodedSuv& coded(std::string_view type) {
  const auto found = std::find_if(coded_suvs.begin(), coded_suvs.end(),
                                  [&](const CodedSuv& one) { return one.type == type; });
  base::check(found != coded_suvs.end(), "an SUV type without a code");
  return *found;
}

/// Stored value to SUV.
struct Line {
  double slope = 1, intercept = 0;
  auto operator<=>(const Line&) const = default;
};

/// Images with one mapping, the lowest slice first.
struct Group {
  Line line;
  std::vector<const Instance*> images;
};

std::vector<Group> groups_of(const std::vector<Instance>& instances, const SliceStack& stack,
                             const SuvMapping& mapping) {
  base::check(mapping.per_slice.size() == stack.order.size(), "SUV factors of another series");
  std::vector<Group> groups;
  std::map<Line, std::size_t> known;
  for (std::size_t k = 0; k < stack.order.size(); ++k) {
    const Instance& image = instances[stack.order[k]];
    const Line line{image.rescale->slope * mapping.per_slice[k],
                    image.rescale->intercept * mapping.per_slice[k]};
    base::check(std::isfinite(line.slope) && std::isfinite(line.intercept), "an SUV factor is not finite");
    const auto [at, is_new] = known.try_emplace(line, groups.size());
    if (is_new) groups.push_back({line, {}});
    groups[at->second].images.push_back(&image);
  }
  return groups;
}

void put_reference(ItemWriter& item, const Instance& image, const std::vector<int>& frames) {
  item.put({0x0008, 0x1150}, image.sop_class_uid);
  item.put(tags::referenced_sop_instance_uid, image.sop_instance_uid);
  std::string numbers;
  for (const int frame : frames) numbers += (numbers.empty() ? "" : "\\") + std::to_string(frame);
  if (!frames.empty()) item.put(tags::referenced_frame_number, numbers);
}

/// One item an object, with the frames of it that are among `images`.
void put_references(ItemWriter& holder, Tag sequence, const std::vector<const Instance*>& images) {
  std::map<std::string_view, std::vector<int>> frames;
  for (const Instance* image : images) {
    auto& of_object = frames[image->sop_instance_uid];
    if (image->frame != 0) of_object.push_back(image->frame);
  }
  for (const Instance* image : images) {
    const auto at = frames.find(image->sop_instance_uid);
    if (at == frames.end()) continue;
    std::sort(at->second.begin(), at->second.end());
    ItemWriter item = holder.add_item(sequence);
    put_reference(item, *image, at->second);
    frames.erase(at);
  }
}

void put_range(ItemWriter& item, const Instance& image) {
  const PixelFormat& format = *image.format;
  if (format.number != PixelNumber::whole || format.bits_stored > 16) {
    const double range = std::ldexp(1.0, format.bits_stored - 1);
    const bool with_sign = format.sign == PixelFormat::Sign::with;
    const bool real = format.number != PixelNumber::whole;
    constexpr double greatest_float = 3.4028234663852886e38;
    item.put_fd(tags::mapped_first_double, real ? -greatest_float : with_sign ? -range : 0);
    item.put_fd(tags::mapped_last_double, real ? greatest_float : (with_sign ? range : 2 * range) - 1);
    return;
  }
  const int range = 1 << format.bits_stored;
  const bool with_sign = format.sign == PixelFormat::Sign::with;
  item.put_stored_value(tags::mapped_first, with_sign ? -range / 2 : 0, format.sign);
  item.put_stored_value(tags::mapped_last, (with_sign ? range / 2 : range) - 1, format.sign);
}

void put_quantity(ItemWriter& item, const record::Code& name, const record::Code& value) {
  ItemWriter quantity = item.add_item(tags::quantity_definition);
  quantity.put({0x0040, 0xA040}, "CODE");
  quantity.put_code(tags::concept_name_code, name);
  quantity.put_code(tags::concept_code, value);
}

void put_mapping(ItemWriter& group, const Line& line, const CodedSuv& suv, const Instance& image) {
  ItemWriter item = group.add_item(tags::real_world_value_mapping);
  item.put({0x0028, 0x3003}, suv.meaning);
  item.put_code(tags::measurement_units, {std::string(suv.unit), "UCUM", std::string(suv.meaning)});
  item.put(tags::lut_label, "SUV" + std::string(suv.type));
  put_range(item, image);
  item.put_fd(tags::mapped_intercept, line.intercept);
  item.put_fd(tags::mapped_slope, line.slope);
  put_quantity(item, {"246205007", "SCT", "Quantity"}, {"126400", "DCM", "Standardized Uptake Value"});
  put_quantity(item, {"370129005", "SCT", "Measurement Method"},
               {std::string(suv.method), "DCM", std::string(suv.method_meaning)});
}

/// Patient and study as the PET's own header has them.
void copy_patient_and_study(SliceFile& object, const std::filesystem::path& pet_file) {
  const DataSet data_set(pet_file, examine(pet_file), HeaderPart::leading);
  constexpr std::array<Tag, 12> copied{
      tags::study_date,        tags::study_time,         Tag{0x0008, 0x0050}, Tag{0x0008, 0x0090},
      tags::study_description, tags::patient_name,       tags::patient_id,    tags::patient_birth_date,
      tags::patient_sex,       tags::study_instance_uid, Tag{0x0020, 0x0010}, Tag{0x0010, 0x1030}};
  for (const Tag tag : copied) object.put(tag, data_set.attributes().text(tag));
}

void put_time(SliceFile& object, const Instance& image) {
  std::optional<base::Instant> when = image.acquired;
  if (!when && image.study_date) when = base::Instant::of(*image.study_date, {});
  const std::string date = when ? date_string(*when) : "", time = when ? time_string(*when) : "";
  object.put(tags::series_date, date);
  object.put(tags::series_time, time);
  object.put({0x0008, 0x0023}, date);
  object.put({0x0008, 0x0033}, time);
}

}  // namespace

void write_rwvm(const record::Series& pet, const SuvMapping& mapping, const std::filesystem::path& file,
                const base::Run& run) {
  const auto instances = read_instances(pet, run);
  const SliceStack stack = stack_slices(instances);
  const std::vector<Group> groups = groups_of(instances, stack, mapping);
  const Instance& lowest = instances[stack.order.front()];
  const CodedSuv& suv = coded(mapping.type);
  const std::string series_seed = fmt::format("{}/rwvm/{}", pet.uid, mapping.type);
  std::string seed = series_seed;
  for (const Group& group : groups) seed += fmt::format("/{}+{}", group.line.slope, group.line.intercept);

  SliceFile object;
  object.put(tags::specific_character_set, "ISO_IR 192");
  object.put(tags::sop_class_uid, rwvm_class);
  object.put(tags::sop_instance_uid, uid_of_seed(seed));
  copy_patient_and_study(object, lowest.file);
  put_time(object, lowest);
  object.put(tags::modality, "RWV");
  object.put(tags::manufacturer, "netpet");
  object.put(tags::model_name, "netpet");
  object.put({0x0018, 0x1000}, "0");
  object.put({0x0018, 0x1020}, std::string(base::version()));
  object.put(tags::series_description, "SUV factors (" + std::string(suv.type) + ")");
  object.put(tags::series_instance_uid, uid_of_seed(series_seed));
  object.put({0x0020, 0x0011}, "1");
  object.put_empty({0x0020, 0x0060});
  object.put({0x0020, 0x0013}, "1");
  object.put({0x0070, 0x0080}, "SUV");
  object.put({0x0070, 0x0081}, suv.meaning);
  object.put({0x0070, 0x0084}, "netpet");

  std::vector<const Instance*> all;
  for (const std::size_t which : stack.order) all.push_back(&instances[which]);
  ItemWriter referenced_series = object.add_item({0x0008, 0x1115});
  referenced_series.put(tags::series_instance_uid, pet.uid);
  put_references(referenced_series, tags::referenced_instance, all);
  for (const Group& group : groups) {
    ItemWriter item = object.add_item(tags::referenced_image_mapping);
    put_references(item, tags::referenced_image, group.images);
    put_mapping(item, group.line, suv, *group.images.front());
  }
  object.save(file);
}

}  // namespace netpet::dicom
