#pragma once

#include <vector>

#include "image/mip.h"

namespace netpet::report {

/// A lesion in a picture: its centre and the radius of the ring drawn around it, in pixels.
struct Anchor {
  image::PixelPoint at;
  double radius = 0;
};

/// The two columns beside an image in which labels stand: the x of their inner edges and the rows they may
/// use.
struct LabelColumns {
  double left_x = 0;   ///< labels of the left column end here
  double right_x = 0;  ///< labels of the right column begin here
  double top = 0;
  double bottom = 0;
  double label_height = 0;  ///< with the gap to the next label
};

enum class Side { left, right };

/// Where a label stands and the straight line that leads from it to its lesion's ring.
struct PlacedLabel {
  Side side = Side::left;
  double middle_y = 0;
  image::PixelPoint leader_start;  ///< at the label
  image::PixelPoint leader_end;    ///< at the ring
};

/// How many labels the two columns hold.
std::size_t label_capacity(const LabelColumns& columns);

/// Labels in the columns beside the image, each near the height of its lesion, so that no two labels overlap,
/// no label lies on the image and no two leader lines of a side cross. Refuses (our bug) more anchors than
/// the capacity.
std::vector<PlacedLabel> place_labels(const std::vector<Anchor>& anchors, const LabelColumns& columns);

}  // namespace netpet::report
