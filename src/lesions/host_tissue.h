#pragma once

#include <cstdint>
#include <vector>

#include "base/run.h"
#include "image/volume.h"
#include "lesions/local_level.h"
#include "lesions/rules.h"

namespace netpet::lesions {

/// Level and spread of a tissue, metastases left out.
struct Level {
  double mean = 0;
  double sd = 0;
};

/// The level of values of which most belong to normal tissue, though a part, even half, may be lesions:
/// starts at the densest place (half-sample mode), then clips at 3 SD with median and MAD until it stands.
/// Refuses (our bug) no values. Source: half-sample mode, Robertson & Cryer 1974; Bickel & Frühwirth, Comput
/// Stat Data Anal 2006;50:3500.
Level robust_level(std::vector<float> values);

/// What is normal in one tissue of a scan. SUV of 1 cm³ means.
struct Tissue {
  Level level;
  double background = 0;  ///< the level, or the blood pool where that is higher and decides
  double limit = 0;       ///< a hot spot's peak exceeds it; infinity where any uptake is the organ's own
  double grow = 0;        ///< and its region reaches down to here
  double notice = 0;  ///< stands out above it, though up to `limit` it is what the tissue takes up in health
  bool explains_any = false;
};

/// Every voxel's tissue.
struct HostTissues {
  std::vector<Tissue> tissues;         ///< 0 = outside all rules: soft tissue
  std::vector<std::uint8_t> of_organ;  ///< tissue by organ id
  image::Volume<std::uint8_t> at;      ///< tissue of each voxel
  double blood_pool = 0;
  LocalLevel local;                ///< of soft tissue, which differs from place to place
  std::vector<double> soft_noise;  ///< a slice: spread of its 1 cm³ means by noise, a share of the level
  double usual_noise = 0;          ///< the median slice's
  FindingRules rules;

  /// What is normal at a voxel: its organ's tissue, or the soft tissue of its neighbourhood.
  Tissue tissue_at(std::size_t voxel) const;
  /// The same where the organ of the place is known better than by the voxel.
  Tissue tissue_of(std::uint16_t organ, std::size_t voxel) const;
  /// The spread that noise gives to a 1 cm³ mean of soft tissue in the slice of a voxel, a share of the
  /// level.
  double noise_at(std::size_t voxel) const;

 private:
  Tissue in_slice_of(Tissue tissue, std::size_t voxel) const;
  Tissue soft_tissue_at(std::size_t voxel) const;
};

/// Measures each tissue of the table in `means` (1 cm³ means of SUV), as far inside its organs as the rules
/// ask.
HostTissues host_tissues(const image::PetVolume& means, const image::LabelMap& organs,
                         const FindingRules& finding, const std::vector<TissueRule>& rules,
                         const base::Run& run);

}  // namespace netpet::lesions
