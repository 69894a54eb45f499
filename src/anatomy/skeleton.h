#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "anatomy/scene.h"
#include "image/components.h"
#include "image/volume.h"
#include "record/organ.h"

namespace netpet::anatomy {

/// Tells the region of a bone by where it lies to the landmarks: column, apices of the lungs, crests and
/// hips.
class Skeleton {
 public:
  /// All must outlive it. Needs a CT.
  Skeleton(const Scene& scene, const Landmarks& marks, const image::Mask& bones, const base::Run& run);

  /// Skull, spine (with the sacrum), sternum, or ribs, shoulder, arm, hip bone or leg of one side; `bone`
  /// where no landmark tells. `voxel` is one of the bones.
  record::Organ region_at(std::size_t voxel) const;

  /// How surely the landmarks tell that region, 0 … 1.
  double confidence_of(record::Organ region) const;

 private:
  struct Place;

  void set_heights();
  void find_arms_and_head();
  Place place_of(std::size_t voxel) const;
  bool is_at_shoulders(double z_mm) const;
  bool is_in_column(const Place& place) const;
  bool is_in_sacrum(const Place& place) const;
  bool is_of_arm(const Place& place) const;
  bool is_of_leg(const Place& place) const;
  record::Organ region_of_chest(const Place& place) const;
  record::Organ region_of_pelvis(const Place& place) const;

  const Scene& scene_;
  const Landmarks& marks_;
  double midline_x_;
  double apex_z_, crest_z_, hips_z_;
  double ribs_z_ =
      -HUGE_VAL;  ///< below it ribs need no lung beside them: as high above the crests as the domes
  bool heights_agree_ = false;  ///< crests and both hips are seen, as far apart as in a pelvis
  image::Volume<float> from_lung_mm_;
  image::Components pieces_;  ///< of the bones without the height of the shoulders
  std::vector<bool> arms_;    ///< piece n at n − 1
  std::uint32_t head_ = 0;    ///< the piece of the skull
};

}  // namespace netpet::anatomy
