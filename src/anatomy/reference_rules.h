#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/resources.h"
#include "record/tracer.h"

namespace netpet::anatomy {

/// data/references.json, "liver". Lengths in mm.
struct LiverRule {
  double erosion_mm, candidate_margin_mm, sphere_diameter_mm;
  double least_ml;        ///< of clean eroded liver, where no clean sphere fits
  double replaced_share;  ///< above this share of candidate voxels the liver is no reference
  std::string source;
};

struct SpleenRule {
  double erosion_mm, candidate_margin_mm, largest_sphere_diameter_mm, smallest_sphere_diameter_mm;
  double least_ml;  ///< of the spleen, and of its clean core that is measured
  double replaced_share;
  std::string source;
};

struct BloodPoolRule {
  double cylinder_diameter_mm, cylinder_length_mm, erosion_mm, candidate_margin_mm;
  double least_ml;
  std::string source;
};

/// Marrow in a spine whose vertebrae have no labels of their own.
struct VertebraRule {
  double ball_radius_mm;
  double body_depth_mm;             ///< deeper in the spine than this lies a vertebral body
  double pitch_mm;                  ///< from vertebra to vertebra
  double below_dome_mm, length_mm;  ///< where to begin below the dome of the liver, and how far to go
  std::size_t least_bodies;
  double like_median;  ///< the farthest that a body's mean lies from the median, as a share
  double candidate_margin_mm;
  std::string source;
};

/// A tissue whose whole clean core is its reference.
struct TissueRule {
  std::string name;
  std::vector<std::uint16_t> organs;     ///< record::Organ ids
  std::vector<std::uint16_t> otherwise;  ///< taken where `organs` hold too little
  double erosion_mm, candidate_margin_mm, least_ml;
  std::string source;
};

struct ReferenceRules {
  LiverRule liver;
  SpleenRule spleen;
  BloodPoolRule blood_pool;
  VertebraRule vertebrae;
  std::vector<TissueRule> tissues;
};

/// Published SUVmean range of a normal organ.
struct ReferenceRange {
  record::Role role;
  std::string organ;
  double low, high;
  std::string source;
};

/// Reads data/references.json; refuses (`rules_malformed`) unknown or missing keys and negative sizes.
ReferenceRules read_reference_rules(const base::Resources& resources);
/// Reads data/reference_ranges.json; refuses as above.
std::vector<ReferenceRange> read_reference_ranges(const base::Resources& resources);

}  // namespace netpet::anatomy
