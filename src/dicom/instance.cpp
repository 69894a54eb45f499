#include "dicom/instance.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "dicom/enhanced_pet.h"
#include "dicom/series_role.h"

namespace netpet::dicom {
namespace {

// Direction cosines are written with four digits or more; beyond this they are not a rotation.
constexpr double cosine_tolerance = 1e-3;

/// Unit vectors at right angles from (0020,0037), rounding removed; nothing where they are no rotation.
std::optional<std::array<space::Vec3, 2>> axes_of(const std::vector<double>& cosines) {
  if (cosines.size() != 6) return std::nullopt;
  const space::Vec3 i{cosines[0], cosines[1], cosines[2]}, j{cosines[3], cosines[4], cosines[5]};
  const bool sound = std::abs(norm(i) - 1) < cosine_tolerance && std::abs(norm(j) - 1) < cosine_tolerance &&
                     std::abs(dot(i, j)) < cosine_tolerance;
  if (!sound) return std::nullopt;
  const space::Vec3 unit_i = i * (1 / norm(i));
  const space::Vec3 across = j - unit_i * dot(unit_i, j);
  return std::array{unit_i, across * (1 / norm(across))};
}

std::optional<ImagePlane> plane_of(const Attributes& attributes) {
  const auto position = attributes.numbers(tags::image_position);
  const auto axes = axes_of(attributes.numbers(tags::image_orientation));
  const auto spacing = attributes.numbers(tags::pixel_spacing);  // between rows, then between columns
  if (position.size() != 3 || !axes || spacing.size() != 2 || !(spacing[0] > 0) || !(spacing[1] > 0))
    return std::nullopt;
  return ImagePlane{{position[0], position[1], position[2]}, (*axes)[0], (*axes)[1], spacing[1], spacing[0]};
}

std::optional<PixelFormat> format_of(const Attributes& attributes, PixelNumber number) {
  const auto rows = attributes.integer(tags::rows), columns = attributes.integer(tags::columns);
  if (!rows || !columns) return std::nullopt;
  PixelFormat format;
  format.number = number;
  format.rows = *rows;
  format.columns = *columns;
  format.samples = attributes.integer(tags::samples_per_pixel).value_or(1);
  format.frames = attributes.integer(tags::number_of_frames).value_or(1);
  format.bits_allocated = attributes.integer(tags::bits_allocated).value_or(0);
  format.bits_stored = attributes.integer(tags::bits_stored).value_or(format.bits_allocated);
  format.high_bit = attributes.integer(tags::high_bit).value_or(format.bits_stored - 1);
  if (attributes.integer(tags::pixel_representation).value_or(0) == 1) format.sign = PixelFormat::Sign::with;
  return format;
}

/// (0028,0120) has the type of the pixels, but files of implicit types leave its sign open.
double with_sign_of(const PixelFormat& format, int stored) {
  constexpr int words = 65536;
  if (format.sign == PixelFormat::Sign::with) return stored >= words / 2 ? stored - words : stored;
  return stored < 0 ? stored + words : stored;
}

std::optional<StoredRange> padding_of(const Attributes& attributes, const PixelFormat& format) {
  std::optional<double> value, limit;
  if (format.number == PixelNumber::whole) {
    if (const auto stored = attributes.integer(tags::pixel_padding_value))
      value = with_sign_of(format, *stored);
    if (const auto stored = attributes.integer(tags::pixel_padding_limit))
      limit = with_sign_of(format, *stored);
  } else {
    value = attributes.number(format.number == PixelNumber::float32 ? tags::float_padding_value
                                                                    : tags::double_padding_value);
  }
  if (!value) return std::nullopt;
  return StoredRange{std::min(*value, limit.value_or(*value)), std::max(*value, limit.value_or(*value))};
}

record::Patient patient_of(const Attributes& attributes) {
  record::Patient patient;
  patient.id = attributes.text(tags::patient_id);
  patient.name = attributes.text(tags::patient_name);
  patient.sex = attributes.text(tags::patient_sex);
  if (const auto birth = attributes.date(tags::patient_birth_date)) patient.birth_date = base::iso(*birth);
  return patient;
}

record::CtFacts ct_facts_of(const Attributes& attributes) {
  record::CtFacts facts;
  facts.contrast_agent = attributes.text(tags::contrast_agent);
  if (const auto code = attributes.code(tags::contrast_agent_code); code && facts.contrast_agent.empty())
    facts.contrast_agent = code->meaning;
  facts.contrast_route = attributes.text(tags::contrast_route);
  facts.contrast_started = attributes.time(tags::contrast_start_time);
  facts.contrast_stopped = attributes.time(tags::contrast_stop_time);
  facts.contrast_volume_ml = attributes.number(tags::contrast_volume);
  facts.convolution_kernel = attributes.text(tags::convolution_kernel);
  return facts;
}

/// What the header says, or a compression that always loses or may lose (JPEG 2000 says which in
/// (0028,2110)).
bool is_lossy(const Attributes& attributes, std::string_view transfer_syntax) {
  constexpr std::array<std::string_view, 3> always{"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51",
                                                   "1.2.840.10008.1.2.4.81"};
  const bool may_lose =
      transfer_syntax == "1.2.840.10008.1.2.4.91" || transfer_syntax == "1.2.840.10008.1.2.4.203";
  const std::string said = attributes.text(tags::lossy_image_compression);
  return said == "01" || std::find(always.begin(), always.end(), transfer_syntax) != always.end() ||
         (may_lose && said != "00");
}

}  // namespace

std::optional<int> utc_offset_of(const Attributes& data_set) {
  if (const auto own = parse_utc_offset(data_set.text(tags::timezone_offset))) return own;
  const auto acquired = data_set.date_time(tags::acquisition_date_time);
  return acquired ? acquired->utc_offset_minutes : std::nullopt;
}

std::optional<base::Instant> on_scanner_clock(const std::optional<DateTime>& value,
                                              const Attributes& data_set) {
  if (!value) return std::nullopt;
  const auto own = utc_offset_of(data_set);
  if (!value->utc_offset_minutes || !own) return value->clock;
  return value->clock + base::Seconds(60.0 * (*own - *value->utc_offset_minutes));
}

std::optional<base::Instant> acquired_of(const Attributes& attributes) {
  if (const auto frame = attributes.date_time(tags::frame_acquisition_date_time))
    return on_scanner_clock(frame, attributes);
  if (const auto both = attributes.date_time(tags::acquisition_date_time))
    return on_scanner_clock(both, attributes);
  const auto date = attributes.date(tags::acquisition_date);
  const auto time = attributes.time(tags::acquisition_time);
  return date && time ? std::optional(base::Instant::of(*date, *time)) : std::nullopt;
}

Instance instance_of(const std::filesystem::path& file, const FileLayout& layout, const Attributes& from) {
  Instance instance;
  instance.file = file;
  instance.layout = layout;
  instance.sop_class_uid = from.text(tags::sop_class_uid);
  instance.sop_instance_uid = from.text(tags::sop_instance_uid);
  instance.patient = patient_of(from);
  instance.study_uid = from.text(tags::study_instance_uid);
  instance.study_date = from.date(tags::study_date);
  instance.study_description = from.text(tags::study_description);
  instance.series_uid = from.text(tags::series_instance_uid);
  instance.series_description = from.text(tags::series_description);
  instance.modality = from.text(tags::modality);
  instance.manufacturer = from.text(tags::manufacturer);
  instance.model = from.text(tags::model_name);
  instance.frame_of_reference_uid = from.text(tags::frame_of_reference_uid);
  instance.acquired = acquired_of(from);
  instance.image_type = from.texts(tags::image_type);
  instance.corrected_image = corrections_of(from);
  instance.units = from.text(tags::units);
  instance.suv_type = from.text(tags::suv_type);
  instance.series_type = from.text(tags::series_type);
  instance.attenuation_correction_method = from.text(tags::attenuation_correction_method);
  instance.number_of_slices = from.integer(tags::number_of_slices);
  instance.slice_thickness_mm = from.number(tags::slice_thickness);
  instance.spacing_between_slices_mm = from.number(tags::spacing_between_slices);
  instance.photometric = from.text(tags::photometric_interpretation);
  const PixelNumber number = layout.pixels ? layout.pixels->number : PixelNumber::whole;
  instance.format = format_of(from, number);
  if (instance.format) {
    instance.plane = plane_of(from);
    instance.padding = padding_of(from, *instance.format);
  }
  const auto slope = from.number(tags::rescale_slope), intercept = from.number(tags::rescale_intercept);
  if (slope && intercept) instance.rescale = Rescale{*slope, *intercept};
  if (!slope && !intercept && number != PixelNumber::whole) instance.rescale = Rescale{};
  if (is_enhanced(instance.sop_class_uid) && instance.modality == "PT") take_units_of_mapping(instance, from);
  if (instance.modality == "CT" && instance.format) instance.ct = ct_facts_of(from);
  instance.burned_in_annotation = from.text(tags::burned_in_annotation) == "YES";
  instance.lossy = is_lossy(from, layout.transfer_syntax);
  return instance;
}

std::string short_name(const Instance& instance) {
  const std::string file = instance.file.filename().string();
  return instance.frame == 0 ? file : fmt::format("{} frame {}", file, instance.frame);
}

}  // namespace netpet::dicom
