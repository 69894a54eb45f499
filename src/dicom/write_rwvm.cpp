#include "dicom/write_rwvm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "base/error.h"

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
  std::vector<const SourceImage*> images;
};

std::vector<Group> groups_of(const SourceSeries& pet, const SuvMapping& mapping) {
  base::check(mapping.per_slice.size() == pet.images.size(), "SUV factors of another series");
  std::vector<Group> groups;
  std::map<Line, std::size_t> known;
  for (std::size_t k = 0; k < pet.images.size(); ++k) {
    const SourceImage& image = pet.images[k];
    const Line line{image.rescale->slope * mapping.per_slice[k],
                    image.rescale->intercept * mapping.per_slice[k]};
    base::check(std::isfinite(line.slope) && std::isfinite(line.intercept), "an SUV factor is not finite");
    const auto [at, is_new] = known.try_emplace(line, groups.size());
    if (is_new) groups.push_back({line, {}});
    groups[at->second].images.push_back(&image);
  }
  return groups;
}

void put_reference(ItemWriter& item, const SourceImage& image, const std::vector<int>& frames) {
  item.put({0x0008, 0x1150}, image.sop_class_uid);
  item.put(tags::referenced_sop_instance_uid, image.sop_instance_uid);
  std::string numbers;
  for (const int frame : frames) numbers += (numbers.empty() ? "" : "\\") + std::to_string(frame);
  if (!frames.empty()) item.put(tags::referenced_frame_number, numbers);
}

/// One item an object, with the frames of it that are among `images`.
void put_references(ItemWriter& holder, Tag sequence, const std::vector<const SourceImage*>& images) {
  std::map<std::string_view, std::vector<int>> frames;
  for (const SourceImage* image : images) {
    auto& of_object = frames[image->sop_instance_uid];
    if (image->frame != 0) of_object.push_back(image->frame);
  }
  for (const SourceImage* image : images) {
    const auto at = frames.find(image->sop_instance_uid);
    if (at == frames.end()) continue;
    std::sort(at->second.begin(), at->second.end());
    ItemWriter item = holder.add_item(sequence);
    put_reference(item, *image, at->second);
    frames.erase(at);
  }
}

void put_range(ItemWriter& item, const SourceImage& image) {
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

void put_mapping(ItemWriter& group, const Line& line, const CodedSuv& suv, const SourceImage& image) {
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

}  // namespace

WrittenObject write_rwvm(const SourceSeries& pet, const SuvMapping& mapping,
                         const std::filesystem::path& file) {
  const CodedSuv& suv = coded(mapping.type);
  const std::string description = "SUV factors (" + std::string(suv.type) + ")";
  const DerivedKind kind{rwvm_class, "RWV", description, 1};
  SliceFile object;
  put_head(object, pet, kind);
  object.put_empty({0x0020, 0x0060});  // laterality: asked for where no body part is named
  object.put({0x0070, 0x0080}, "SUV");
  object.put({0x0070, 0x0081}, suv.meaning);
  object.put_empty({0x0070, 0x0084});

  std::vector<const SourceImage*> all;
  for (const SourceImage& image : pet.images) all.push_back(&image);
  ItemWriter referenced_series = object.add_item({0x0008, 0x1115});
  referenced_series.put(tags::series_instance_uid, pet.series_uid);
  put_references(referenced_series, tags::referenced_instance, all);
  for (const Group& group : groups_of(pet, mapping)) {
    ItemWriter item = object.add_item(tags::referenced_image_mapping);
    put_references(item, tags::referenced_image, group.images);
    put_mapping(item, group.line, suv, *group.images.front());
  }
  return save_derived(object, pet, kind, file);
}

}  // namespace netpet::dicom
