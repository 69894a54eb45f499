#include "registration/body.h"

#include <algorithm>
#include <vector>

#include "image/components.h"

namespace netpet::registration {
namespace {

using space::Geometry;
using space::IndexIjk;

constexpr float tissue_hu = -350;  // between foam, clothes or lung and fat
constexpr float couch_spread_hu =
    60;  // a couch varies along its length by noise and sag only; a body never so little
constexpr double most_couch_share =
    0.4;  // more can be no couch: a test object as even along its length as one
constexpr std::size_t fewest_slices_for_couch =
    40;  // a short scan of one organ may look as constant as a couch

/// Per axial place: whether HU hardly change along the patient (10th to 90th percentile).
std::vector<std::uint8_t> constant_columns(const Field& hu) {
  const auto& size = hu.geometry().size;
  const std::size_t plane = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
  const auto slices = static_cast<std::size_t>(size[2]);
  const auto width = static_cast<std::size_t>(size[0]);
  std::vector<std::uint8_t> constant(plane, 0);
  std::vector<float> columns(width * slices);  // of one row
  for (std::size_t row = 0; row < plane; row += width) {
    for (std::size_t k = 0; k < slices; ++k)
      for (std::size_t i = 0; i < width; ++i) columns[i * slices + k] = hu[k * plane + row + i];
    for (std::size_t i = 0; i < width; ++i) {
      const auto first = columns.begin() + static_cast<std::ptrdiff_t>(i * slices),
                 end = first + static_cast<std::ptrdiff_t>(slices);
      const auto low = first + static_cast<std::ptrdiff_t>(slices / 10);
      const auto high = first + static_cast<std::ptrdiff_t>(slices - 1 - slices / 10);
      std::nth_element(first, low, end);
      const float lowest = *low;
      std::nth_element(first, high, end);
      constant[row + i] = *high - lowest < couch_spread_hu ? 1 : 0;
    }
  }
  return constant;
}

/// The set places of a plane that a path over set places joins to its border.
std::vector<std::uint8_t> joined_to_border(const std::vector<std::uint8_t>& plane, int width, int height) {
  std::vector<std::uint8_t> joined(plane.size(), 0);
  std::vector<int> open;
  const auto visit = [&](int i, int j) {
    if (i < 0 || j < 0 || i >= width || j >= height) return;
    const auto n = static_cast<std::size_t>(j * width + i);
    if (!plane[n] || joined[n]) return;
    joined[n] = 1;
    open.push_back(j * width + i);
  };
  for (int i = 0; i < width; ++i) visit(i, 0), visit(i, height - 1);
  for (int j = 0; j < height; ++j) visit(0, j), visit(width - 1, j);
  while (!open.empty()) {
    const int n = open.back();
    open.pop_back();
    const int i = n % width, j = n / width;
    visit(i - 1, j), visit(i + 1, j), visit(i, j - 1), visit(i, j + 1);
  }
  return joined;
}

void remove_couch(const Field& hu, image::Mask& tissue) {
  const auto& size = hu.geometry().size;
  if (static_cast<std::size_t>(size[2]) < fewest_slices_for_couch) return;
  const auto couch = joined_to_border(constant_columns(hu), size[0], size[1]);
  image::Mask rest = tissue;
  for (std::size_t n = 0; n < rest.voxels().size(); ++n)
    if (couch[n % couch.size()]) rest[n] = 0;
  const auto count = [](const image::Mask& mask) {
    return static_cast<double>(std::count(mask.voxels().begin(), mask.voxels().end(), 1));
  };
  if (count(rest) > (1 - most_couch_share) * count(tissue)) tissue = std::move(rest);
}

/// Minimum or maximum of three neighbours along each axis; beyond the border stands the border voxel.
template <class Choose>
void filter_3x3x3(image::Mask& mask, Choose&& choose) {
  const auto& size = mask.geometry().size;
  std::vector<std::uint8_t> before;
  std::size_t stride = 1;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::size_t line = stride * static_cast<std::size_t>(size[axis]);
    before = mask.voxels();
    for (std::size_t first = 0; first < before.size(); first += line)
      for (std::size_t n = first; n < first + line; ++n) {
        const std::uint8_t below = n >= first + stride ? before[n - stride] : before[n];
        const std::uint8_t above = n + stride < first + line ? before[n + stride] : before[n];
        mask[n] = choose(choose(below, before[n]), above);
      }
    stride = line;
  }
}

void open_3x3x3(image::Mask& mask) {
  filter_3x3x3(mask, [](std::uint8_t a, std::uint8_t b) { return std::min(a, b); });
  filter_3x3x3(mask, [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
}

/// Adds to `body` what `walls` enclose in each axial slice: lungs, airways and gas.
void add_enclosed(const image::Mask& walls, image::Mask& body) {
  const auto& size = body.geometry().size;
  const std::size_t plane = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
  std::vector<std::uint8_t> air(plane);
  for (std::size_t k = 0; k < static_cast<std::size_t>(size[2]); ++k) {
    const std::uint8_t* wall = walls.voxels().data() + k * plane;
    std::uint8_t* slice = body.voxels().data() + k * plane;
    for (std::size_t n = 0; n < plane; ++n) air[n] = wall[n] ? 0 : 1;
    const auto outside = joined_to_border(air, size[0], size[1]);
    for (std::size_t n = 0; n < plane; ++n)
      if (air[n] && !outside[n]) slice[n] = 1;
  }
}

}  // namespace

image::Mask body_mask(const Field& hu) {
  image::Mask tissue(hu.geometry());
  for (std::size_t n = 0; n < tissue.voxels().size(); ++n) tissue[n] = hu[n] > tissue_hu ? 1 : 0;
  remove_couch(hu, tissue);
  image::Mask thick = tissue;
  open_3x3x3(thick);
  image::Mask body = image::largest_component(thick, image::Neighbourhood::faces6);
  // Over the lungs a thin chest wall may be lost with clothes and couch; here it still keeps the outside out.
  add_enclosed(tissue, body);
  body = image::largest_component(body, image::Neighbourhood::faces6);  // not the inside of a couch
  add_enclosed(image::Mask(body), body);
  return body;
}

}  // namespace netpet::registration
