#pragma once

#include <filesystem>
#include <string>

#include "image/volume.h"
#include "record/registration.h"

namespace netpet::pipeline {

/// Which scan a registration was made of.
struct ScanIdentity {
  std::string frame_of_reference_uid;  ///< empty where unknown (NIfTI) or not to be told
  std::string content;                 ///< 64-bit hash of voxels and grid, in hexadecimal
  bool operator==(const ScanIdentity&) const = default;
};

ScanIdentity identity_of(const image::CtVolume& scan);
ScanIdentity identity_of(const image::PetVolume& scan);

/// The two scans of a registration.
struct RegisteredPair {
  ScanIdentity fixed, moving;
};

/// Writes what `load_registration` reads into `folder`: registration.json (schema netpet-registration/1) and,
/// where the transform bends, registration_there.nii.gz and registration_back.nii.gz, vectors in mm (LPS) at
/// the nodes that it was found on.
void save_registration(const record::Registration& registration, const RegisteredPair& pair,
                       const std::filesystem::path& folder);

/// A registration that was saved before, the very numbers. `place` is its folder or its registration.json.
/// One of the same scans in the other order is turned round. Refuses `registration_of_other_scans` where a
/// scan's content, or its frame of reference where both know it, is another; `file_missing`,
/// `registration_malformed`, and what reading JSON and NIfTI refuses.
record::Registration load_registration(const std::filesystem::path& place, const RegisteredPair& pair);

}  // namespace netpet::pipeline
