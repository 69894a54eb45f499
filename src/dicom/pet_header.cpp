#include "dicom/pet_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"
#include "dicom/enhanced_pet.h"
#include "dicom/series_role.h"
#include "dicom/value_mapping.h"

namespace netpet::dicom {
namespace {

void read_radiopharmaceutical(record::PetHeader& header, const Attributes& from, const Attributes& data_set) {
  header.radiopharmaceutical = from.text(tags::radiopharmaceutical);
  header.radiopharmaceutical_code = from.code(tags::radiopharmaceutical_code);
  if (header.radiopharmaceutical.empty() && header.radiopharmaceutical_code)
    header.radiopharmaceutical = header.radiopharmaceutical_code->meaning;
  header.radionuclide_code = from.code(tags::radionuclide_code);
  header.half_life_s = from.number(tags::radionuclide_half_life);
  header.total_dose = from.number(tags::radionuclide_total_dose);
  const auto administered = from.date_time(tags::radiopharmaceutical_start_date_time);
  header.administered_datetime = on_scanner_clock(administered, data_set);
  if (administered && administered->utc_offset_minutes && !utc_offset_of(data_set))
    header.problems.push_back({"timezone_unclear",
                               "the time of injection states its offset from UTC, the times of the scan do "
                               "not: both were taken as the "
                               "same clock"});
  header.administered_time = from.time(tags::radiopharmaceutical_start_time);
}

/// Of several administrations, the one that the functional groups of the frame name.
std::optional<Attributes> agent_of_frame(const std::vector<Attributes>& administrations,
                                         const Attributes& frame) {
  const auto named = frame.integer(tags::radiopharmaceutical_agent_number);
  if (!named) return std::nullopt;
  for (const Attributes& one : administrations)
    if (one.integer(tags::radiopharmaceutical_agent_number) == named) return one;
  return std::nullopt;
}

void read_processing(record::PetHeader& header, const Attributes& from) {
  header.series_type = from.texts(tags::series_type);
  header.time_slices = from.integer(tags::number_of_time_slices);
  header.counts_source = from.text(tags::counts_source);
  header.randoms_correction_method = from.text(tags::randoms_correction_method);
  header.attenuation_correction_method = from.text(tags::attenuation_correction_method);
  header.scatter_correction_method = from.text(tags::scatter_correction_method);
  header.reconstruction_method = from.text(tags::reconstruction_method);
  header.convolution_kernel = from.text(tags::convolution_kernel);
  header.patient_position = from.text(tags::patient_position);
}

/// Who reserves a block of private elements, and whose scanners they are.
struct PrivateBlock {
  std::uint16_t group;
  std::string_view creator;
  std::string_view maker;  ///< as the manufacturer's name begins, in lower case
};

/// The element of a block; where the file has lost the name of the block's owner it counts if the scanner is
/// that maker's and the block's usual place is nobody else's.
std::optional<Tag> private_tag_of(record::PetHeader& header, const Attributes& from,
                                  const PrivateBlock& block, std::uint8_t element) {
  if (const auto tag = from.private_tag(block.group, block.creator, element)) return tag;
  const Tag usual{block.group, static_cast<std::uint16_t>(0x1000 | element)}, owner{block.group, 0x0010};
  const bool orphaned = from.text(owner).empty() && !from.text(usual).empty();
  if (!orphaned || !base::lowered(header.manufacturer).starts_with(block.maker)) return std::nullopt;
  const record::Warning missing{
      "private_creator_missing",
      fmt::format(
          "private elements of the group {:04X} do not name their owner; they were taken as those of {}",
          block.group, block.creator)};
  if (std::find(header.problems.begin(), header.problems.end(), missing) == header.problems.end())
    header.problems.push_back(missing);
  return usual;
}

void read_private(record::PetHeader& header, const Attributes& from) {
  constexpr PrivateBlock ge{0x0009, "GEMS_PETD_01", "ge "}, siemens{0x0071, "SIEMENS MED PT", "siemens"},
      philips{0x7053, "Philips PET Private Group", "philips"};
  const auto instant = [&](const PrivateBlock& block, std::uint8_t element) {
    const auto tag = private_tag_of(header, from, block, element);
    return tag ? on_scanner_clock(from.date_time(*tag), from) : std::nullopt;
  };
  const auto number = [&](const PrivateBlock& block, std::uint8_t element) {
    const auto tag = private_tag_of(header, from, block, element);
    return tag ? from.number(*tag) : std::nullopt;
  };
  header.ge_scan_datetime = instant(ge, 0x0D);
  header.ge_administered = instant(ge, 0x3B);
  header.siemens_reference_time = instant(siemens, 0x22);
  header.philips_suv_factor = number(philips, 0x00);
  header.philips_activity_factor = number(philips, 0x09);
}

}  // namespace

record::PetHeader pet_header_of(const Instance& instance, const Attributes& from) {
  record::PetHeader header;
  header.file = instance.file.string();
  header.study_uid = instance.study_uid;
  header.series_uid = instance.series_uid;
  header.frame_of_reference_uid = instance.frame_of_reference_uid;
  header.patient = instance.patient;
  header.manufacturer = instance.manufacturer;
  header.model = instance.model;
  header.series_description = instance.series_description;
  header.units = instance.units;
  header.suv_type = instance.suv_type;
  header.decay_correction = from.text(tags::decay_correction);
  header.corrected_image = instance.corrected_image;
  header.weight = from.number(tags::patient_weight);
  header.height = from.number(tags::patient_size);
  header.study_date = instance.study_date;
  header.series_date = from.date(tags::series_date);
  header.series_time = from.time(tags::series_time);
  header.timezone_offset = from.text(tags::timezone_offset);
  const auto administrations = from.items(tags::radiopharmaceutical_information);
  const auto agent = agent_of_frame(administrations, from);
  if (agent)
    read_radiopharmaceutical(header, *agent, from);
  else if (!administrations.empty())
    read_radiopharmaceutical(header, administrations.front(), from);
  if (administrations.size() > 1 && !agent)
    header.problems.push_back(
        {"several_radiopharmaceuticals",
         fmt::format("the header lists {} administrations; the first one counts", administrations.size())});
  read_private(header, from);
  read_processing(header, from);
  if (is_enhanced(instance.sop_class_uid)) read_enhanced(header, instance, from);
  return header;
}

record::PetSlice pet_slice_of(const Instance& instance, const Attributes& from) {
  record::PetSlice slice;
  slice.file = instance.file.string();
  slice.sop_instance_uid = instance.sop_instance_uid;
  slice.frame = instance.frame;
  slice.slope = instance.rescale ? instance.rescale->slope : 1;
  slice.intercept = instance.rescale ? instance.rescale->intercept : 0;
  slice.acquired = instance.acquired;
  slice.frame_duration_ms = from.number(tags::frame_acquisition_duration);
  if (!slice.frame_duration_ms) slice.frame_duration_ms = from.number(tags::actual_frame_duration);
  slice.frame_reference_time_ms = from.number(tags::frame_reference_time);
  slice.decay_factor = from.number(tags::decay_factor);
  slice.mappings = mappings_of(from);
  return slice;
}

}  // namespace netpet::dicom
