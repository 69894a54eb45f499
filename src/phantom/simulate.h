#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "phantom/anatomy.h"
#include "phantom/case_table.h"
#include "phantom/image_ct.h"
#include "phantom/lesion.h"
#include "phantom/pose.h"
#include "phantom/protocol.h"

namespace netpet::phantom {

/// Which simulated patient to make. The same request gives the same bytes on every machine and for any number
/// of threads.
struct Request {
  std::string case_name = "P2a";
  std::uint64_t seed = 1;
  dicom::Vendor vendor = dicom::Vendor::siemens;
  Detail detail = Detail::full;
  Variant variant = Variant::none;
};

/// The patient before any scan: body, disease and both poses.
struct SimulatedPatient {
  Request request;
  Case planned;
  std::unique_ptr<const Anatomy> anatomy;
  std::vector<SimulatedLesion> lesions;
  std::unique_ptr<const Pose> pose;

  space::PointLps centroid(const SimulatedLesion& lesion, Session session) const {
    return session == Session::sstr ? pose->to_sstr(lesion.centre) : pose->to_fdg(lesion.centre);
  }
};

/// Refuses (usage) `unknown_case`.
SimulatedPatient simulate(const Request& request, const base::Resources& resources);

/// One PET/CT study as the scanners show it. PET in SUVbw.
struct SimulatedStudy {
  Session session = Session::sstr;
  Protocol protocol;
  CtImage ct;
  image::PetVolume clean;                    ///< without noise
  image::PetVolume suv;                      ///< with noise
  std::vector<image::Region> lesion_voxels;  ///< of each lesion on the PET grid; at least one voxel
};

SimulatedStudy scan(const SimulatedPatient& patient, Session session, const base::Run& run);

}  // namespace netpet::phantom
