#pragma once

#include <memory>
#include <string>
#include <vector>

#include "phantom/anatomy.h"
#include "phantom/case_table.h"

namespace netpet::phantom {

/// A lesion of the simulated patient: a lobed ellipsoid in the patient's own millimetres. SUV of its tissue
/// before blurring.
struct SimulatedLesion {
  std::string id;      ///< "L1" …, head to feet, then right to left
  std::string parent;  ///< the mass that it is a focus of; empty for a lesion by itself
  std::string site;
  std::uint16_t host = 0;  ///< organ that it sits in, 0 for a node or nodule on its own
  Vec3 centre;
  Vec3 radii;
  double degrees = 0;  ///< turned about z
  double hu = 40;
  double sstr = 0, fdg = 0;
  std::shared_ptr<const NoiseField> lobes;

  /// About the signed distance to its surface, mm, negative inside.
  double distance(Vec3 body) const;
  double longest_mm() const;
  double shortest_mm() const;
  double reach() const;  ///< no point of it is farther from the centre
};

/// The lesions of `planned` in the anatomy of one patient; sizes, places and uptake differ a little from seed
/// to seed.
std::vector<SimulatedLesion> place_lesions(const Case& planned, const CaseTable& table,
                                           const Anatomy& anatomy);

}  // namespace netpet::phantom
