#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "base/staged_output.h"
#include "image/nifti.h"
#include "record/registration.h"
#include "registration/register_ct.h"

namespace netpet::pipeline {

/// What is laid on each other.
enum class RegisteredScans { ct, pet };

/// What `netpet register` is asked for. A CT is a folder that holds one CT series, or a NIfTI file in HU; a
/// PET or SPECT is the same in any linear unit.
struct RegistrationRequest {
  std::filesystem::path fixed;
  std::filesystem::path moving;
  std::filesystem::path points;  ///< CSV of x,y,z in fixed LPS mm; empty = none
  RegisteredScans scans = RegisteredScans::ct;
  registration::Freedom freedom = registration::Freedom::deformable;
  std::optional<std::filesystem::path> saved;  ///< registration of these scans, instead of a new one
  image::VectorIntent intent = image::VectorIntent::displacement;  ///< of displacement.nii
};

/// A place of the fixed scan, where it lies in the moving scan, and the error to expect there.
struct MappedPoint {
  space::PointLps fixed_lps_mm;
  space::PointLps moving_lps_mm;
  double error_mm = 0;
};

struct RegistrationOutput {
  record::Registration registration;
  std::vector<MappedPoint> points;
  std::string json;  ///< the contract's document, as in transform.json
};

/// Registers two scans and writes the folder `out`: transform.json, displacement.nii
/// (fixed LPS to moving LPS, mm, on the fixed grid), moving_on_fixed.nii.gz (HU, or the PET's unit), what
/// `load_registration` reads, and of CTs registration.png. PETs are laid on each other rigidly. Refuses what
/// reading refuses, `no_ct_series`, `several_ct_series`, `no_pet`, `several_pet_series`, `points_malformed`,
/// `registration_failed`.
RegistrationOutput register_into(const RegistrationRequest& request, const std::filesystem::path& out,
                                 base::Occupied occupied, const base::Resources& resources,
                                 const base::Run& run);

}  // namespace netpet::pipeline
