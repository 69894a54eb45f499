#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "image/volume.h"
#include "lesions/region_rules.h"
#include "lesions/unlabelled_organ.h"
#include "record/organ.h"

namespace netpet::lesions {

enum class NeedsFocus { no, yes };

/// Where an organ that the program has no label for may be looked for.
struct RegionPlace {
  record::Organ region;
  std::vector<record::Organ> landmarks;  ///< that tell it
  space::PointLps low, high;             ///< a box around it
  std::function<bool(space::PointLps)> holds;
  NeedsFocus needs_focus = NeedsFocus::no;  ///< by its place alone it cannot be told from its neighbours
  std::size_t most_foci = 0;
  double focus_reach_mm = 0;
};

/// The places of all organs whose landmarks the map has; a later one takes voxels from an earlier one.
/// `marks` and `rules` must outlive them.
std::vector<RegionPlace> region_places(const Landmarks& marks, const image::LabelMap& organs,
                                       const RegionRules& rules);

}  // namespace netpet::lesions
