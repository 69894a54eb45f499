#include "dicom/read_seg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"
#include "dicom/seg_pixels.h"

namespace netpet::dicom {
namespace {

using base::Error;

constexpr Tag segment_sequence{0x0062, 0x0002}, segment_identification{0x0062, 0x000A},
    referenced_segment_number{0x0062, 0x000B};
constexpr std::size_t most_frames = std::size_t{1} << 20U;

/// Where one frame lies; its pixels are those of number `index`.
struct Plane {
  std::size_t index = 0;
  space::PointLps position;
  double place_mm = 0;  ///< along the common normal
};

/// The axes that all frames share.
struct Axes {
  space::Vec3 along_columns, along_rows, normal;
  double column_spacing_mm = 0, row_spacing_mm = 0;
  double step_mm = 0;  ///< between planes
};

/// What a frame's own functional groups say, else what the shared ones do.
std::optional<Attributes> group_of(const Attributes& frame, const std::optional<Attributes>& shared,
                                   Tag group) {
  if (auto own = frame.items(group); !own.empty()) return own.front();
  if (shared)
    if (auto common = shared->items(group); !common.empty()) return common.front();
  return std::nullopt;
}

space::Vec3 vector_of(const std::vector<double>& numbers, std::size_t from) {
  return {numbers[from], numbers[from + 1], numbers[from + 2]};
}

Axes axes_of(const Attributes& frame, const std::optional<Attributes>& shared) {
  const auto orientation = group_of(frame, shared, tags::plane_orientation);
  const auto measures = group_of(frame, shared, tags::pixel_measures);
  const auto cosines = orientation ? orientation->numbers(tags::image_orientation) : std::vector<double>();
  const auto spacing = measures ? measures->numbers(tags::pixel_spacing) : std::vector<double>();
  if (cosines.size() != 6 || spacing.size() != 2 || !(spacing[0] > 0) || !(spacing[1] > 0))
    throw malformed_seg("a frame has no orientation or no spacing");
  Axes axes{vector_of(cosines, 0), vector_of(cosines, 3), {}, spacing[1], spacing[0], 0};
  axes.normal = cross(axes.along_columns, axes.along_rows);
  if (std::abs(norm(axes.along_columns) - 1) > 1e-3 || std::abs(norm(axes.normal) - 1) > 1e-3)
    throw malformed_seg("a frame's axes are not perpendicular");
  const auto step = measures->number(tags::spacing_between_slices);
  axes.step_mm = step && *step > 0 ? *step : measures->number(tags::slice_thickness).value_or(0);
  return axes;
}

bool same_axes(const Axes& a, const Axes& b) {
  constexpr double cosine = 1e-4, share = 1e-4;
  return norm(a.along_columns - b.along_columns) < cosine && norm(a.along_rows - b.along_rows) < cosine &&
         std::abs(a.column_spacing_mm - b.column_spacing_mm) < share * a.column_spacing_mm &&
         std::abs(a.row_spacing_mm - b.row_spacing_mm) < share * a.row_spacing_mm;
}

/// The planes of each segment, and the axes of all. A label map shows every segment in every frame.
struct Stack {
  Axes axes;
  std::map<int, std::vector<Plane>> planes;
};

/// The least distance between planes: that of neighbours where any lie next to each other.
double least_step(const std::map<int, std::vector<Plane>>& planes) {
  std::vector<double> places;
  for (const auto& [segment, of_segment] : planes)
    for (const Plane& plane : of_segment) places.push_back(plane.place_mm);
  std::sort(places.begin(), places.end());
  constexpr double same_place_mm = 0.01;
  double least = 0;
  for (std::size_t n = 1; n < places.size(); ++n) {
    const double step = places[n] - places[n - 1];
    if (step > same_place_mm && (least == 0 || step < least)) least = step;
  }
  return least;
}

Stack stack_of(const Attributes& object, const std::vector<Attributes>& frames,
               const std::vector<int>& segments, bool label_map) {
  const auto all_shared = object.items(tags::shared_functional_groups);
  const std::optional<Attributes> shared =
      all_shared.empty() ? std::nullopt : std::optional(all_shared.front());
  Stack stack;
  for (std::size_t n = 0; n < frames.size(); ++n) {
    const Axes axes = axes_of(frames[n], shared);
    if (n == 0) stack.axes = axes;
    if (!same_axes(axes, stack.axes)) throw malformed_seg("its frames differ in orientation or spacing");
    const auto place = group_of(frames[n], shared, tags::plane_position);
    const auto position = place ? place->numbers(tags::image_position) : std::vector<double>();
    if (position.size() != 3) throw malformed_seg("a frame has no position");
    Plane plane{n, {position[0], position[1], position[2]}, 0};
    plane.place_mm = dot(plane.position - space::PointLps{}, stack.axes.normal);
    if (label_map) {
      for (const int segment : segments) stack.planes[segment].push_back(plane);
      continue;
    }
    const auto identification = group_of(frames[n], shared, segment_identification);
    const auto segment = identification ? identification->integer(referenced_segment_number) : std::nullopt;
    if (!segment || std::find(segments.begin(), segments.end(), *segment) == segments.end())
      throw malformed_seg("a frame belongs to no segment");
    stack.planes[*segment].push_back(plane);
  }
  // A sparse segment leaves slices out, and some programs declare a step that is too long: the shorter holds.
  const double least = least_step(stack.planes);
  if (least > 0 && (stack.axes.step_mm <= 0 || least < stack.axes.step_mm)) stack.axes.step_mm = least;
  if (!(stack.axes.step_mm > 0)) throw malformed_seg("its slices have no thickness");
  for (auto& [segment, planes] : stack.planes)
    std::sort(planes.begin(), planes.end(),
              [](const Plane& a, const Plane& b) { return a.place_mm < b.place_mm; });
  return stack;
}

/// The smallest block of the grid that holds all pixels of the planes, one voxel wider.
struct Block {
  std::array<int, 3> first{0, 0, 0}, last{-1, -1, -1};
};

Block block_of(const std::vector<Plane>& planes, const Axes& axes, const SegPixels& pixels,
               const space::Geometry& grid) {
  std::array<double, 3> least{1e30, 1e30, 1e30}, greatest{-1e30, -1e30, -1e30};
  for (const Plane& plane : planes) {
    for (const int corner : {0, 1, 2, 3, 4, 5, 6, 7}) {
      const double u = (corner & 1) != 0 ? pixels.columns() : -1, v = (corner & 2) != 0 ? pixels.rows() : -1;
      const double w = (corner & 4) != 0 ? axes.step_mm : -axes.step_mm;
      const auto at = grid.to_ijk(plane.position + axes.along_columns * (u * axes.column_spacing_mm) +
                                  axes.along_rows * (v * axes.row_spacing_mm) + axes.normal * w);
      const std::array<double, 3> place{at.i, at.j, at.k};
      for (std::size_t axis = 0; axis < 3; ++axis) {
        least[axis] = std::min(least[axis], place[axis]);
        greatest[axis] = std::max(greatest[axis], place[axis]);
      }
    }
  }
  Block block;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double top = grid.size[axis] - 1.0;
    block.first[axis] = static_cast<int>(std::clamp(std::floor(least[axis]), 0.0, top + 1));
    block.last[axis] = static_cast<int>(std::clamp(std::ceil(greatest[axis]), -1.0, top));
  }
  return block;
}

/// The nearest plane within half a step; null between planes that lie further apart.
const Plane* plane_at(const std::vector<Plane>& planes, double place_mm, double step_mm) {
  auto above = std::lower_bound(planes.begin(), planes.end(), place_mm,
                                [](const Plane& plane, double place) { return plane.place_mm < place; });
  if (above == planes.end() ||
      (above != planes.begin() && place_mm - std::prev(above)->place_mm < above->place_mm - place_mm))
    --above;
  constexpr double half_and_rounding = 0.505;
  return std::abs(above->place_mm - place_mm) <= half_and_rounding * step_mm ? &*above : nullptr;
}

/// Whether the pixel centres of all planes are voxel centres of the grid, one step apart.
MaskPlacing placing_of(const Stack& stack, const space::Geometry& grid) {
  constexpr double same_voxel = 0.02;
  const auto off_whole = [](double place) { return std::abs(place - std::round(place)); };
  const auto is_one_step = [&](const space::Vec3& step) {
    const auto from = grid.to_ijk(grid.origin), to = grid.to_ijk(grid.origin + step);
    const double i = std::abs(to.i - from.i), j = std::abs(to.j - from.j), k = std::abs(to.k - from.k);
    return std::abs(std::max({i, j, k}) - 1) <= same_voxel && std::abs(i + j + k - 1) <= same_voxel;
  };
  const Axes& axes = stack.axes;
  bool shared = is_one_step(axes.along_columns * axes.column_spacing_mm) &&
                is_one_step(axes.along_rows * axes.row_spacing_mm) && is_one_step(axes.normal * axes.step_mm);
  for (const auto& [segment, planes] : stack.planes)
    for (const Plane& plane : planes) {
      const auto at = grid.to_ijk(plane.position);
      shared &= std::max({off_whole(at.i), off_whole(at.j), off_whole(at.k)}) <= same_voxel;
    }
  return shared ? MaskPlacing::on_voxels : MaskPlacing::between_voxels;
}

image::Region voxels_of(int segment, const Stack& stack, const SegPixels& pixels,
                        const space::Geometry& grid) {
  image::Region voxels;
  const auto found = stack.planes.find(segment);
  if (found == stack.planes.end()) return voxels;
  const Axes& axes = stack.axes;
  const Block block = block_of(found->second, axes, pixels, grid);
  for (int k = block.first[2]; k <= block.last[2]; ++k) {
    for (int j = block.first[1]; j <= block.last[1]; ++j) {
      for (int i = block.first[0]; i <= block.last[0]; ++i) {
        const space::IndexIjk index{i, j, k};
        const space::PointLps point = grid.to_lps(index);
        const Plane* plane =
            plane_at(found->second, dot(point - space::PointLps{}, axes.normal), axes.step_mm);
        if (!plane) continue;
        const space::Vec3 way = point - plane->position;
        const auto column = std::lround(dot(way, axes.along_columns) / axes.column_spacing_mm);
        const auto row = std::lround(dot(way, axes.along_rows) / axes.row_spacing_mm);
        if (column < 0 || row < 0 || column >= pixels.columns() || row >= pixels.rows()) continue;
        const auto pixel = static_cast<std::size_t>(row * pixels.columns() + column);
        if (pixels.inside(plane->index, pixel, segment)) voxels.push_back(grid.offset(index));
      }
    }
  }
  return voxels;
}

ObjectMask described(const Attributes& segment) {
  ObjectMask mask;
  const auto number = segment.integer({0x0062, 0x0004});
  if (!number || *number < 0 || *number > 65535) throw malformed_seg("a segment has no number");
  mask.number = *number;
  mask.name = segment.text({0x0062, 0x0005});
  mask.tracking_uid = segment.text({0x0062, 0x0021});
  mask.type = segment.code({0x0062, 0x000F});
  if (const auto types = segment.items({0x0062, 0x000F}); !types.empty())
    mask.type_modifier = types.front().code({0x0062, 0x0011});
  return mask;
}

/// The place outside all segments may have a segment of its own: coded as background (DCM 125040), or what a
/// label map is padded with. It marks nothing.
bool is_background(const ObjectMask& segment, std::optional<int> padding) {
  return segment.number == padding ||
         (segment.type && segment.type->scheme == "DCM" && segment.type->value == "125040");
}

}  // namespace

std::vector<ObjectMask> read_seg(const std::filesystem::path& file, const FileLayout& layout,
                                 const Attributes& object, const space::Geometry& grid) {
  const std::string frame_of_reference = object.text(tags::frame_of_reference_uid);
  if (!frame_of_reference.empty() && !grid.frame_of_reference_uid.empty() &&
      frame_of_reference != grid.frame_of_reference_uid)
    throw Error::input("mask_frame", "the Segmentation lies in another frame of reference than the image")
        .at_tag(to_string(tags::frame_of_reference_uid));
  std::vector<ObjectMask> masks;
  std::vector<int> numbers;
  for (const Attributes& segment : object.items(segment_sequence)) {
    masks.push_back(described(segment));
    if (std::find(numbers.begin(), numbers.end(), masks.back().number) != numbers.end())
      throw malformed_seg("two segments have one number");
    numbers.push_back(masks.back().number);
  }
  const auto frames = object.items(tags::per_frame_functional_groups);
  if (masks.empty() || frames.empty() || frames.size() > most_frames)
    throw malformed_seg("it has no segments or no frames");
  const SegPixels pixels(file, layout, object, frames.size());
  const Stack stack = stack_of(object, frames, numbers, pixels.is_label_map());
  const MaskPlacing placing = placing_of(stack, grid);
  const auto padding = pixels.is_label_map() ? object.integer(tags::pixel_padding_value) : std::nullopt;
  std::erase_if(masks, [&](const ObjectMask& mask) { return is_background(mask, padding); });
  for (ObjectMask& mask : masks) {
    mask.frame_of_reference_uid = frame_of_reference;
    mask.placing = placing;
    mask.voxels = voxels_of(mask.number, stack, pixels, grid);
  }
  return masks;
}

}  // namespace netpet::dicom
