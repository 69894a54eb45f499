#pragma once

#include "record/pet_header.h"

namespace netpet::suv {

inline base::Instant at(const std::string& iso) {
  return base::parse_iso(iso).value();
}

/// The header from which header_corruptions.txt starts.
inline record::PetHeader sound_header() {
  record::PetHeader header;
  header.file = "slice.dcm";
  header.units = "BQML";
  header.decay_correction = "START";
  header.corrected_image = {"NORM", "DTIM", "ATTN", "SCAT", "DECY", "RAN"};
  header.patient.sex = "M";
  header.weight = 70;
  header.height = 1.75;
  header.radiopharmaceutical = "FDG";
  header.radionuclide_code = record::Code{"C-111A1", "SRT", "^18^Fluorine"};
  header.half_life_s = 6586.2;
  header.total_dose = 368.08e6;
  header.administered_datetime = at("2025-01-01T10:00:00");
  header.series_date = at("2025-01-01").date();
  header.series_time = base::TimeOfDay{11 * 3'600'000'000LL};
  record::PetSlice slice;
  slice.file = "slice.dcm";
  slice.acquired = at("2025-01-01T11:00:00");
  slice.frame_duration_ms = 300000;
  slice.frame_reference_time_ms = 149605.344;
  header.slices = {slice, slice};
  return header;
}

}  // namespace netpet::suv
