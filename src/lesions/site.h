#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "image/volume.h"
#include "lesions/outline.h"
#include "record/spine_levels.h"

namespace netpet::lesions {

/// Where a lesion lies.
struct Site {
  std::string name;         ///< the contract's `site`: liver, node, bone, pancreas, bowel, lung, …
  std::string location;     ///< "L3 vertebra", "right lobe of liver", "soft tissue"
  std::uint16_t organ = 0;  ///< the organ that names it, 0 where none does
  bool certain = true;      ///< most of the lesion lies in that organ; otherwise it only lies near
};

/// What parts of the liver and regions of nodes are told by. LPS mm; nothing where the map does not show it.
struct SiteLandmarks {
  std::optional<double> lobes_divide_x;  ///< the plane between the lobes of the liver
  double lobes_border_mm = 0;            ///< how near to it either lobe may be meant
  std::optional<double> liver_middle_z;  ///< halfway up the liver, about where the portal vein divides
  std::optional<double> midline_x, lung_top_z, lung_low_z, kidney_low_z, bladder_high_z;
};

SiteLandmarks site_landmarks(const image::LabelMap& organs);

/// "neck", "axilla or chest wall", "mediastinum or hilum", "upper abdomen", "lower abdomen", "pelvis", each
/// with its side where it has one; empty where the map does not show enough to tell.
std::string node_region(const SiteLandmarks& marks, space::PointLps at);

/// Names sites on one organ map, which must outlive it, as must the levels.
class Sites {
 public:
  /// `tolerance_mm`: how near an organ is that an outline only lies beside. `levels` (may be null) tell the
  /// vertebrae where the map labels them as one.
  Sites(const image::LabelMap& organs, double tolerance_mm, const record::SpineLevels* levels = nullptr);

  /// The site of an outline on the grid of the map: the organ that holds most of it; else an organ within the
  /// tolerance; else a lymph node where it is small and compact, and soft tissue otherwise. Muscle, vessels
  /// and ids without a meaning name no site.
  Site of(const Outline& outline) const;

 private:
  std::string location_of(std::uint16_t organ, const Outline& outline) const;
  std::string part_of_liver(const Outline& outline) const;

  const image::LabelMap& organs_;
  double tolerance_mm_;
  const record::SpineLevels* levels_;
  SiteLandmarks marks_;
};

}  // namespace netpet::lesions
