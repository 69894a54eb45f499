#include "dicom/read_rtstruct.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/error.h"

namespace netpet::dicom {
namespace {

using base::Error;

constexpr Tag structure_set_rois{0x3006, 0x0020}, roi_number{0x3006, 0x0022}, roi_name{0x3006, 0x0026},
    roi_frame_of_reference{0x3006, 0x0024}, roi_contours{0x3006, 0x0039}, contours{0x3006, 0x0040},
    geometric_type{0x3006, 0x0042}, contour_data{0x3006, 0x0050}, referenced_roi{0x3006, 0x0084};

/// A closed contour in voxels of the grid: (i, j) of each corner, and the slice that it lies in.
struct Polygon {
  double k = 0;
  std::vector<std::pair<double, double>> corners;
};

/// Points are given in at most 16 characters, so a corner meant to lie on a voxel centre misses it by
/// rounding; here it lies there again.
double without_rounding(double voxels) {
  constexpr double finest = 1e5;
  return std::round(voxels * finest) / finest;
}

Polygon polygon_of(const std::vector<double>& numbers, const space::Geometry& grid) {
  if (numbers.empty() || numbers.size() % 3 != 0)
    throw Error::input("rtstruct_malformed", "the corners of a contour are not points")
        .at_tag(to_string(contour_data));
  Polygon polygon;
  double least = 0, greatest = 0;
  for (std::size_t n = 0; n < numbers.size(); n += 3) {
    const auto at = grid.to_ijk(space::PointLps{numbers[n], numbers[n + 1], numbers[n + 2]});
    polygon.corners.emplace_back(without_rounding(at.i), without_rounding(at.j));
    least = n == 0 ? at.k : std::min(least, at.k);
    greatest = n == 0 ? at.k : std::max(greatest, at.k);
  }
  constexpr double flat_mm = 0.2;
  if ((greatest - least) * grid.spacing.z > flat_mm)
    throw Error::input("contour_oblique", "a contour does not lie in a slice of the image")
        .at_tag(to_string(contour_data));
  polygon.k = without_rounding((least + greatest) / 2);
  return polygon;
}

/// The contours of one region, by plane.
using Planes = std::map<double, std::vector<Polygon>>;

Planes planes_of(const Attributes& region, const space::Geometry& grid) {
  constexpr double same_plane_mm = 0.05;
  Planes planes;
  for (const Attributes& contour : region.items(contours)) {
    const std::string type = contour.text(geometric_type);
    if (type != "CLOSED_PLANAR" && type != "CLOSEDPLANAR_XOR") continue;
    Polygon polygon = polygon_of(contour.numbers(contour_data), grid);
    auto plane = planes.lower_bound(polygon.k - same_plane_mm / grid.spacing.z);
    if (plane == planes.end() || plane->first > polygon.k + same_plane_mm / grid.spacing.z)
      plane = planes.emplace(polygon.k, std::vector<Polygon>()).first;
    plane->second.push_back(std::move(polygon));
  }
  return planes;
}

/// The least distance between neighbouring planes of any region, in slices; 1 where no region has two. A
/// region may leave planes out, but hardly all regions of an object do.
double step_of(const std::vector<Planes>& regions) {
  double least = 0;
  for (const Planes& planes : regions) {
    for (auto plane = planes.begin(); plane != planes.end() && std::next(plane) != planes.end(); ++plane) {
      const double step = std::next(plane)->first - plane->first;
      if (least == 0 || step < least) least = step;
    }
  }
  return least == 0 ? 1 : least;
}

/// How far a slice may lie from the plane that speaks for it: half their distance, and what rounding and
/// uneven slices add.
constexpr double reach_in_steps = 0.55;

const std::vector<Polygon>* plane_at(const Planes& planes, double k, double reach) {
  auto nearest = planes.lower_bound(k);
  if (nearest == planes.end() ||
      (nearest != planes.begin() && k - std::prev(nearest)->first < nearest->first - k))
    --nearest;
  return std::abs(nearest->first - k) <= reach ? &nearest->second : nullptr;
}

/// Turns every pixel of one slice over whose centre lies inside, row by row: between an odd and the next
/// crossing of the polygon with the row. A centre on the left or lower edge is inside, on the others not.
void turn_inside(const Polygon& polygon, int columns, int rows, std::vector<std::uint8_t>& pixels) {
  const auto& corners = polygon.corners;
  double least = corners[0].second, greatest = least;
  for (const auto& [i, j] : corners) {
    least = std::min(least, j);
    greatest = std::max(greatest, j);
  }
  const int first = static_cast<int>(std::clamp(std::ceil(least), 0.0, static_cast<double>(rows)));
  const int last = static_cast<int>(std::clamp(std::floor(greatest), -1.0, rows - 1.0));
  std::vector<double> crossings;
  for (int j = first; j <= last; ++j) {
    crossings.clear();
    for (std::size_t n = 0; n < corners.size(); ++n) {
      const auto& [ia, ja] = corners[n == 0 ? corners.size() - 1 : n - 1];
      const auto& [ib, jb] = corners[n];
      if ((ja > j) != (jb > j)) crossings.push_back(without_rounding(ia + (j - ja) * (ib - ia) / (jb - ja)));
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t n = 0; n + 1 < crossings.size(); n += 2) {
      const int from =
          static_cast<int>(std::clamp(std::ceil(crossings[n]), 0.0, static_cast<double>(columns)));
      const int to =
          static_cast<int>(std::clamp(std::ceil(crossings[n + 1]), 0.0, static_cast<double>(columns)));
      for (int i = from; i < to; ++i) pixels[static_cast<std::size_t>(j * columns + i)] ^= 1U;
    }
  }
}

image::Region voxels_of(const Planes& planes, double reach, const space::Geometry& grid) {
  image::Region voxels;
  if (planes.empty()) return voxels;
  const int columns = grid.size[0], rows = grid.size[1];
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  for (int k = 0; k < grid.size[2]; ++k) {
    const std::vector<Polygon>* polygons = plane_at(planes, k, reach);
    if (!polygons) continue;
    std::fill(pixels.begin(), pixels.end(), std::uint8_t{0});
    for (const Polygon& polygon : *polygons) turn_inside(polygon, columns, rows, pixels);
    const std::size_t start = grid.offset({0, 0, k});
    for (std::size_t n = 0; n < pixels.size(); ++n)
      if (pixels[n] != 0) voxels.push_back(start + n);
  }
  return voxels;
}

constexpr double same_slice = 0.02;  ///< of a slice: what rounding alone moves a plane

MaskPlacing placing_of(const Planes& planes) {
  const bool in_slices = std::all_of(planes.begin(), planes.end(), [](const auto& plane) {
    return std::abs(plane.first - std::round(plane.first)) <= same_slice;
  });
  return in_slices ? MaskPlacing::on_voxels : MaskPlacing::between_voxels;
}

void check_space(const Attributes& roi, const space::Geometry& grid) {
  const std::string frame_of_reference = roi.text(roi_frame_of_reference);
  if (!frame_of_reference.empty() && !grid.frame_of_reference_uid.empty() &&
      frame_of_reference != grid.frame_of_reference_uid)
    throw Error::input("mask_frame", "the structure set lies in another frame of reference than the image")
        .at_tag(to_string(roi_frame_of_reference));
}

}  // namespace

std::vector<ObjectMask> read_rtstruct(const Attributes& object, const space::Geometry& grid) {
  std::vector<ObjectMask> masks;
  std::map<int, std::size_t> by_number;
  for (const Attributes& roi : object.items(structure_set_rois)) {
    const auto number = roi.integer(roi_number);
    if (!number || *number < 0 || *number > 65535 || !by_number.emplace(*number, masks.size()).second)
      throw Error::input("rtstruct_malformed", "a region has no number of its own")
          .at_tag(to_string(roi_number));
    check_space(roi, grid);
    ObjectMask mask;
    mask.number = *number;
    mask.name = roi.text(roi_name);
    mask.frame_of_reference_uid = roi.text(roi_frame_of_reference);
    masks.push_back(std::move(mask));
  }
  if (masks.empty()) throw Error::input("rtstruct_malformed", "the structure set holds no region");
  std::vector<Planes> planes(masks.size());
  for (const Attributes& region : object.items(roi_contours)) {
    const auto number = region.integer(referenced_roi);
    const auto known = number ? by_number.find(*number) : by_number.end();
    if (known == by_number.end())
      throw Error::input("rtstruct_malformed", "contours belong to no region")
          .at_tag(to_string(referenced_roi));
    const ObjectMask& mask = masks[known->second];
    planes[known->second] = base::within(fmt::format("region {} ({})", mask.number, mask.name),
                                         [&] { return planes_of(region, grid); });
  }
  const double reach = reach_in_steps * step_of(planes);
  for (std::size_t n = 0; n < masks.size(); ++n) {
    masks[n].placing = placing_of(planes[n]);
    masks[n].voxels = voxels_of(planes[n], reach, grid);
  }
  return masks;
}

}  // namespace netpet::dicom
