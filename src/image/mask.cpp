#include "image/mask.h"

#include <algorithm>
#include <cmath>

namespace netpet::image {

namespace {

void include(Box& box, int i_first, int i_last, int j, int k) {
  if (box.empty()) {
    box = {{i_first, j, k}, {i_last, j, k}};
    return;
  }
  box.first = {std::min(box.first[0], i_first), std::min(box.first[1], j), std::min(box.first[2], k)};
  box.last = {std::max(box.last[0], i_last), std::max(box.last[1], j), std::max(box.last[2], k)};
}

}  // namespace

Mask mask_of(const space::Geometry& geometry, const Region& region) {
  Mask mask(geometry);
  for (const std::size_t offset : region) {
    base::check(offset < mask.voxels().size(), "a region reaches outside its grid");
    mask[offset] = 1;
  }
  return mask;
}

Region region_of(const Mask& mask) {
  Region region;
  for (std::size_t offset = 0; offset < mask.voxels().size(); ++offset)
    if (mask[offset]) region.push_back(offset);
  return region;
}

Mask mask_of_label(const LabelMap& labels, std::uint16_t label) {
  Mask mask(labels.geometry());
  for (std::size_t offset = 0; offset < mask.voxels().size(); ++offset)
    mask[offset] = labels[offset] == label;
  return mask;
}

Box Box::grown(const space::Geometry& geometry, double margin_mm) const {
  if (empty()) return *this;
  Box box = *this;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const int margin = static_cast<int>(std::ceil(margin_mm / geometry.spacing[axis])) + 1;
    box.first[a] = std::max(first[a] - margin, 0);
    box.last[a] = std::min(last[a] + margin, geometry.size[a] - 1);
  }
  return box;
}

Box bounding_box(const Mask& mask) {
  Box box;
  const auto& size = mask.geometry().size;
  const std::uint8_t* row = mask.voxels().data();
  for (int k = 0; k < size[2]; ++k)
    for (int j = 0; j < size[1]; ++j, row += size[0]) {
      const std::uint8_t* end = row + size[0];
      const auto is_set = [](std::uint8_t v) { return v != 0; };
      const std::uint8_t* first = std::find_if(row, end, is_set);
      if (first == end) continue;
      const std::uint8_t* last = end - 1;
      while (!*last) --last;
      include(box, static_cast<int>(first - row), static_cast<int>(last - row), j, k);
    }
  return box;
}

std::map<std::uint16_t, Box> boxes_of_labels(const LabelMap& labels) {
  std::map<std::uint16_t, Box> boxes;
  const auto& size = labels.geometry().size;
  const std::uint16_t* row = labels.voxels().data();
  for (int k = 0; k < size[2]; ++k)
    for (int j = 0; j < size[1]; ++j, row += size[0])
      for (int i = 0; i < size[0];) {
        const std::uint16_t label = row[i];
        const int first = i;
        while (i < size[0] && row[i] == label) ++i;
        if (label != 0) include(boxes[label], first, i - 1, j, k);
      }
  return boxes;
}

Box box_between(const space::Geometry& geometry, space::PointLps low, space::PointLps high) {
  Box box{{geometry.size[0], geometry.size[1], geometry.size[2]}, {-1, -1, -1}};
  for (int corner = 0; corner < 8; ++corner) {
    const space::IndexIjk at = geometry.nearest(
        {corner & 1 ? high.x : low.x, corner & 2 ? high.y : low.y, corner & 4 ? high.z : low.z});
    const int index[3] = {at.i, at.j, at.k};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box.first[axis] = std::max(0, std::min(box.first[axis], index[axis]));
      box.last[axis] = std::min(geometry.size[axis] - 1, std::max(box.last[axis], index[axis]));
    }
  }
  return box;
}

Box union_of(const Box& a, const Box& b) {
  if (a.empty()) return b;
  Box both = a;
  if (b.empty()) return both;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    both.first[axis] = std::min(a.first[axis], b.first[axis]);
    both.last[axis] = std::max(a.last[axis], b.last[axis]);
  }
  return both;
}

Box bounding_box(const space::Geometry& geometry, const Region& region) {
  Box box;
  for (const std::size_t offset : region) {
    const space::IndexIjk at = geometry.index(offset);
    include(box, at.i, at.i, at.j, at.k);
  }
  return box;
}

}  // namespace netpet::image
