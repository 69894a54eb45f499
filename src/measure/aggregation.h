#pragma once

#include <string>
#include <vector>

namespace netpet::measure {

/// How a texture feature is formed from the matrices of slices and directions (IBSI, "aggregating features").
/// Slices are those of the image (constant k).
enum class Aggregation {
  none,  ///< not a texture
  // Families with directions (co-occurrence, run length).
  slices_averaged,          ///< a feature of each slice and direction, averaged (BTW3)
  slices_merged,            ///< directions merged in each slice, the features averaged (SUJT)
  slice_directions_merged,  ///< slices merged for each direction, the features averaged (JJUI)
  all_slices_merged,        ///< slices and directions merged (ZW7Z)
  volume_averaged,          ///< 3-D directions, the features averaged (ITBB)
  volume_merged,            ///< 3-D directions merged (IAZD)
  // Families without directions.
  slices,         ///< a feature of each slice, averaged (8QNN)
  slices_as_one,  ///< slices merged (62GR)
  volume          ///< 3-D (KOBO)
};

/// The label that IBSI's tables of reference values add to a tag: "2D_avg", …, "3D"; empty for none.
std::string label_of(Aggregation aggregation);
/// IBSI's four-character code; empty for none.
std::string id_of(Aggregation aggregation);

std::vector<Aggregation> aggregations_with_directions();
std::vector<Aggregation> aggregations_without_directions();

}  // namespace netpet::measure
