#pragma once

#include <optional>
#include <string>

#include "anatomy/organ_block.h"
#include "anatomy/reference_rules.h"

namespace netpet::anatomy {

/// Where a reference is measured, or why it is not.
struct ReferenceSite {
  image::Region region;  ///< voxels of the whole grid, sorted; empty = none
  std::string note;      ///< what the reader must know
  std::string why_not;   ///< where `region` is empty
};

/// The sphere of lowest variation about the median of the clean eroded liver: in the upper right lobe, else
/// anywhere in the right half, else anywhere; else all of the clean eroded liver where it is large enough.
ReferenceSite liver_site(const image::PetVolume& suv, const OrganBlock& liver, const LiverRule& rule,
                         const base::Run& run);

/// The largest sphere, within the sizes of the rule, around the innermost clean place of the spleen.
ReferenceSite spleen_site(const OrganBlock& spleen, const SpleenRule& rule);

/// A cylinder along the descending thoracic aorta, of all such places the one whose mean lies nearest to that
/// of the aorta from the arch to the hiatus: between the arch and the dome of the liver (`liver_top_z_mm`,
/// LPS, where known) if one there is like it, else down to the hiatus; else in its next part below, else the
/// core of any part of the aorta, both with a note.
ReferenceSite aorta_site(const image::PetVolume& suv, const OrganBlock& aorta,
                         std::optional<double> liver_top_z_mm, const BloodPoolRule& rule);

/// The core of the heart, only where its hottest voxel stays near the mean of the core: a myocardium that
/// takes up glucose is no blood pool.
ReferenceSite heart_site(const image::PetVolume& suv, const OrganBlock& heart, const BloodPoolRule& rule);

/// Balls in the vertebral bodies of a spine that is labelled as one, from below the dome of the liver
/// (`liver_top_z_mm`, LPS, where known) down: per vertebra the ball about which uptake is highest, since
/// discs take up less; those that are near their median.
ReferenceSite vertebra_site(const image::PetVolume& suv, const OrganBlock& spine,
                            std::optional<double> liver_top_z_mm, const VertebraRule& rule);

/// All of a tissue's clean core.
ReferenceSite core_site(const OrganBlock& tissue, double erosion_mm, double margin_mm, double least_ml);

}  // namespace netpet::anatomy
