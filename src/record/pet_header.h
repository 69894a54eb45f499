#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "record/code.h"
#include "record/real_world_value_mapping.h"
#include "record/study.h"
#include "record/warning.h"

namespace netpet::record {

/// What one slice of a PET series says for itself.
struct PetSlice {
  std::string file;
  std::string sop_instance_uid;
  int frame = 0;                            ///< from 1, of a multi-frame object; 0 of a file with one image
  double slope = 1;                         ///< (0028,1053)
  double intercept = 0;                     ///< (0028,1052)
  std::optional<base::Instant> acquired;    ///< (0008,002A), else (0008,0022) with (0008,0032)
  std::optional<double> frame_duration_ms;  ///< (0018,1242)
  std::optional<double> frame_reference_time_ms;  ///< (0054,1300)
  std::optional<double> decay_factor;             ///< (0054,1321)
  std::vector<RealWorldValueMapping> mappings;    ///< (0040,9096) of the image itself
};

/// The attributes of a PET series that decide its SUV, parsed but neither judged nor repaired: an absent
/// attribute is absent here. Slices stand in the order of the volume (k = 0 first). Units are those of the
/// header.
struct PetHeader {
  std::string file;  ///< the first file, for messages
  std::string study_uid;
  std::string series_uid;
  std::string frame_of_reference_uid;
  Patient patient;
  std::string manufacturer;  ///< (0008,0070)
  std::string model;         ///< (0008,1090)
  std::string series_description;
  std::string units;                         ///< (0054,1001)
  std::string suv_type;                      ///< (0054,1006)
  std::string decay_correction;              ///< (0054,1102)
  std::vector<std::string> corrected_image;  ///< (0028,0051)
  /// The time to which pixels are corrected for decay, where the header states it as such: (0018,9701) of
  /// Enhanced PET, where `decay_correction` is empty. It needs no rule.
  std::optional<base::Instant> decay_corrected_to;
  std::vector<std::string> series_type;       ///< (0054,1000): STATIC, DYNAMIC, GATED, WHOLE BODY; then IMAGE
  std::optional<int> time_slices;             ///< (0054,0101)
  std::string counts_source;                  ///< (0054,1002): EMISSION or TRANSMISSION
  std::string randoms_correction_method;      ///< (0054,1100)
  std::string attenuation_correction_method;  ///< (0054,1101)
  std::string scatter_correction_method;      ///< (0054,1105)
  std::string reconstruction_method;          ///< (0054,1103)
  std::string convolution_kernel;             ///< (0018,1210)
  std::string patient_position;               ///< (0018,5100): HFS, FFS, …
  std::optional<double> weight;               ///< (0010,1030), kg by the standard
  std::optional<double> height;               ///< (0010,1020), m by the standard
  std::string radiopharmaceutical;            ///< (0018,0031) or the code's meaning
  std::optional<Code> radiopharmaceutical_code;         ///< (0054,0304)
  std::optional<Code> radionuclide_code;                ///< (0054,0300)
  std::optional<double> half_life_s;                    ///< (0018,1075)
  std::optional<double> total_dose;                     ///< (0018,1074), Bq by the standard
  std::optional<base::Instant> administered_datetime;   ///< (0018,1078)
  std::optional<base::TimeOfDay> administered_time;     ///< (0018,1072)
  std::optional<base::Date> study_date;                 ///< (0008,0020)
  std::optional<base::Date> series_date;                ///< (0008,0021)
  std::optional<base::TimeOfDay> series_time;           ///< (0008,0031)
  std::string timezone_offset;                          ///< (0008,0201), "+0100"
  std::optional<base::Instant> ge_scan_datetime;        ///< (0009,xx0D), creator GEMS_PETD_01
  std::optional<base::Instant> ge_administered;         ///< (0009,xx3B), creator GEMS_PETD_01
  std::optional<base::Instant> siemens_reference_time;  ///< (0071,xx22), creator "SIEMENS MED PT"
  std::optional<double> philips_suv_factor;             ///< (7053,xx00), creator "Philips PET Private Group"
  std::optional<double> philips_activity_factor;        ///< (7053,xx09)
  std::vector<PetSlice> slices;
  std::vector<Warning> problems;  ///< malformed attributes, which count as absent above; lossy compression
};

}  // namespace netpet::record
