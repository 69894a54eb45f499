#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/run.h"
#include "dicom/write_study.h"
#include "image/volume.h"
#include "record/pet_header.h"

namespace netpet::dicom {

/// (0054,1102): the time to which pixel values are corrected for decay. START: start of the first bed;
/// ADMIN: injection; NONE: each slice as it decayed during its own bed.
enum class DecayCorrection { start, admin, none };
enum class AttenuationCorrection { applied, not_applied };
/// What a stored pixel times its slope is. `philips_counts` is CNTS with Philips' two private factors.
enum class PetUnits { bqml, philips_counts };

/// One bed position: `slices` slices of the volume from `first_slice` on, measured for the frame's duration.
struct Bed {
  int first_slice = 0;
  int slices = 0;
  base::Instant started;
};

/// How a PET series was measured.
struct PetAcquisition {
  std::string description = "PET AC";  ///< (0008,103E)
  int number = 2;                      ///< (0020,0011)
  std::string tracer_text;             ///< (0018,0031), as the site typed it
  record::Code tracer_code;            ///< (0054,0304); left out where empty
  record::Code nuclide_code;           ///< (0054,0300)
  double half_life_s = 0;
  double positron_fraction = 0;
  double dose_bq = 0;
  base::Instant administered;
  std::vector<Bed> beds;  ///< together every slice once; the earliest is the start of the scan
  double frame_duration_s = 120;
  DecayCorrection decay_correction = DecayCorrection::start;
  AttenuationCorrection attenuation = AttenuationCorrection::applied;
  PetUnits units = PetUnits::bqml;
};

/// Beds of equal length that cover `slices` slices, measured from the slice 0 end or from the other one,
/// `step_s` from start to start.
enum class BedOrder { from_first_slice, from_last_slice };
std::vector<Bed> beds_over(int slices, int slices_per_bed, base::Instant first_start, double step_s,
                           BedOrder order);

/// Bq/mL in the image for SUVbw 1 g/mL: dose, decayed from injection to the start of the scan (START), or not
/// (ADMIN), by body mass. Not for NONE, where it differs from bed to bed.
double bq_per_ml_at_suv_1(const StudyToWrite& study, const PetAcquisition& acquisition);

/// Writes one 16-bit file a slice into `folder` (made where missing). `activity` is Bq/mL, corrected for
/// decay as `decay_correction` says. Stored values are exact to half a slope: one slope a slice (Siemens, GE)
/// or one a series (Philips). Refuses (our bug) a volume that is empty, holds a non-finite value, or beds
/// that do not cover it.
WrittenSeries write_pet(const image::PetVolume& activity, const StudyToWrite& study,
                        const PetAcquisition& acquisition, const std::filesystem::path& folder,
                        const base::Run& run);

}  // namespace netpet::dicom
