#include "dicom/enhanced_pet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "dicom/series_role.h"
#include "dicom/value_mapping.h"

namespace netpet::dicom {
namespace {

// Enhanced PET states the administered activity in MBq, where classic PET has Bq (C.8.22.4). Nobody is given
// 100 GBq: a greater number is Bq in the wrong place.
constexpr double greatest_dose_mbq = 1e5;
constexpr double bq_per_mbq = 1e6;

/// Which of the units of several mappings is wanted first.
int rank_of(const MappedUnits& units) {
  if (units.units == "BQML") return 0;
  if (units.suv_type == "BW") return 1;
  return units.suv_type.empty() ? 3 : 2;
}

bool is_linear(const record::RealWorldValueMapping& mapping) {
  return mapping.slope && mapping.intercept && mapping.first && mapping.last;
}

void read_dose(record::PetHeader& header) {
  if (!header.total_dose) return;
  if (*header.total_dose < greatest_dose_mbq) {
    *header.total_dose *= bq_per_mbq;
  } else {
    header.problems.push_back(
        {"dose_in_bq",
         fmt::format("the administered activity of an Enhanced PET is stated in MBq, but {:g} MBq "
                     "is impossible: it was taken as Bq",
                     *header.total_dose)});
  }
}

void read_decay_correction(record::PetHeader& header, const Attributes& from) {
  if (!header.decay_correction.empty()) return;
  const std::string corrected = from.text(tags::decay_corrected);
  if (corrected == "NO") header.decay_correction = "NONE";
  if (corrected == "YES")
    header.decay_corrected_to = on_scanner_clock(from.date_time(tags::decay_correction_date_time), from);
}

std::string reconstruction_of(const Attributes& from) {
  std::string text = from.text(tags::reconstruction_algorithm);
  const auto iterations = from.integer(tags::iterations), subsets = from.integer(tags::subsets);
  if (iterations) text += fmt::format("{}{}i", text.empty() ? "" : " ", *iterations);
  if (iterations && subsets) text += fmt::format("{}s", *subsets);
  return text;
}

}  // namespace

std::vector<std::string> corrections_of(const Attributes& attributes) {
  auto listed = attributes.texts(tags::corrected_image);
  if (!listed.empty()) return listed;
  constexpr std::array<std::pair<Tag, const char*>, 11> flags{{{tags::decay_corrected, "DECY"},
                                                               {tags::attenuation_corrected, "ATTN"},
                                                               {tags::scatter_corrected, "SCAT"},
                                                               {tags::dead_time_corrected, "DTIM"},
                                                               {tags::gantry_motion_corrected, "MOTN"},
                                                               {tags::patient_motion_corrected, "PMOT"},
                                                               {tags::count_loss_corrected, "CLN"},
                                                               {tags::randoms_corrected, "RAN"},
                                                               {tags::radial_sampling_corrected, "RADL"},
                                                               {tags::sensitivity_calibrated, "DCAL"},
                                                               {tags::detector_normalized, "NORM"}}};
  for (const auto& [tag, term] : flags)
    if (attributes.text(tag) == "YES") listed.emplace_back(term);
  return listed;
}

void take_units_of_mapping(Instance& instance, const Attributes& attributes) {
  if (!instance.units.empty()) return;
  const auto mappings = mappings_of(attributes);
  if (mappings.empty()) return;
  const auto rank = [](const auto& mapping) { return rank_of(units_of(mapping.unit)); };
  const auto chosen = std::min_element(mappings.begin(), mappings.end(),
                                       [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  const MappedUnits units = units_of(chosen->unit);
  const auto rivals = std::count_if(mappings.begin(), mappings.end(),
                                    [&](const auto& one) { return units_of(one.unit) == units; });
  if (!is_linear(*chosen) || rivals > 1) {
    instance.refusal = base::Error::input(
        "mapping_not_supported",
        fmt::format("the mapping of pixels to {} is a table, or one of several for parts of their range",
                    chosen->unit.value));
    return;
  }
  instance.units = units.units;
  instance.suv_type = units.suv_type;
  instance.rescale = Rescale{*chosen->slope, *chosen->intercept};
  instance.mapped =
      StoredRange{std::min(*chosen->first, *chosen->last), std::max(*chosen->first, *chosen->last)};
}

void read_enhanced(record::PetHeader& header, const Instance& instance, const Attributes& attributes) {
  read_decay_correction(header, attributes);
  if (header.reconstruction_method.empty()) header.reconstruction_method = reconstruction_of(attributes);
  if (header.attenuation_correction_method.empty())
    header.attenuation_correction_method = attributes.text(tags::attenuation_correction_source);
  if (instance.sop_class_uid == enhanced_pet_class) read_dose(header);
}

}  // namespace netpet::dicom
