#pragma once

#include <cstdint>
#include <vector>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::lesions {

/// The level of the tissue around a place that no organ label describes: muscle here, bowel there. SUV of 1
/// cm³ means. Held in blocks of about 16 mm, each with the median of what lies within 40 mm; a lesion as
/// large as half of that neighbourhood would raise it. Places below `least` (air, clothes) are left out.
class LocalLevel {
 public:
  /// `described` marks voxels that an organ describes (not 0): they say nothing of the tissue beside them.
  LocalLevel(const image::PetVolume& means, const image::Volume<std::uint8_t>& described, double least,
             const base::Run& run);

  /// 0 where the neighbourhood holds nothing.
  double at(space::IndexIjk index) const;

 private:
  std::size_t block_of(space::IndexIjk index) const;

  std::array<int, 3> step_{1, 1, 1};  ///< voxels a block
  space::Geometry blocks_;            ///< size alone is used
  std::vector<float> level_;
};

/// The spread that noise alone gives to 1 cm³ means where they exceed `least`, as a share of the level: the
/// robust spread of each mean about the average of its two neighbours 12 mm away, which share no voxel with
/// it. Slow changes of the tissue cancel out. One value a slice, for the ends of the field of view count
/// fewer events and shoulders absorb more; 0 where a slice holds too little tissue to tell.
std::vector<double> relative_noise(const image::PetVolume& means,
                                   const image::Volume<std::uint8_t>& described, double least);

}  // namespace netpet::lesions
