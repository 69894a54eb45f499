#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/resources.h"
#include "record/tracer.h"

namespace netpet::grading {

/// How far values would move if the patient were measured again: data/stability.json. Standard deviations of
/// one measurement, of the natural logarithm unless a unit is named.
struct MeasurementErrors {
  struct Uptake {
    double scan = 0;    ///< shared by everything on one scan: dose, weight, uptake time
    double lesion = 0;  ///< of each lesion on its own
  };
  struct References {
    std::map<std::string, double> organ;  ///< by name, without the scan's share
    double other = 0;                     ///< of an organ that has no number of its own
    double of(const std::string& name) const;
  };

  std::size_t draws_of_read = 0;
  std::uint64_t seed = 0;
  double widening = 1;  ///< factor on every SD, so that a stated share comes out
  Uptake sstr;
  Uptake fdg;
  double suvpeak_noise = 0;
  double suvmax_noise = 0;
  References sstr_references;
  References fdg_references;
  double reference_sd = 0;  ///< of a reference's own SD over voxels
  double reference_volume_ml_when_unknown = 0;
  double resolution_cell_ml = 1;  ///< voxels within are one sample of the mean
  double ct_size_share = 0;
  double ct_size_least_mm = 0;
  double pet_size_share = 0;
  double pet_size_least_mm = 0;
  double volume = 0;
  double sphere_radius_mm = 0;  ///< of the 1 cm³ sphere of SUVpeak

  static MeasurementErrors read(const base::Resources& resources);
  const Uptake& uptake(record::Role role) const { return role == record::Role::sstr ? sstr : fdg; }
  const References& references(record::Role role) const {
    return role == record::Role::sstr ? sstr_references : fdg_references;
  }
};

}  // namespace netpet::grading
