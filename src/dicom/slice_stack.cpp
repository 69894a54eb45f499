#include "dicom/slice_stack.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <tuple>

#include "base/error.h"

namespace netpet::dicom {
namespace {

using base::Error;

constexpr double same_cosine = 1e-4;       // rounding to four digits; 0.05 mm across 500 mm
constexpr double same_spacing_mm = 1e-3;   // of pixels: 0.5 mm across 512 pixels
constexpr double same_position_mm = 0.01;  // closer slices are one slice twice
constexpr double jitter_mm = 0.02;         // positions rounded to 0.01 mm
constexpr double jitter_share =
    0.05;  // of the spacing: where two beds join, a step may be 2.4 % off (GE Discovery ST)
constexpr double drift_share =
    0.25;                          // of the spacing: how far a slice may lie from its place on an even grid
constexpr double gap_share = 1.5;  // of the spacing: nearer to two steps than to one
constexpr double sideways_mm = 0.1;
constexpr double sideways_share = 5e-4;                             // of the distance: 0.03°
constexpr int greatest_image_side = 8192;                           // PET has at most 1024, CT 4096
constexpr std::size_t greatest_voxel_count = std::size_t{1} << 30;  // 4 GiB of float

Error refuse(const Instance& instance, std::string code, std::string message) {
  return Error::input(std::move(code), std::move(message)).in_file(instance.file.string());
}

void check_one_origin(const std::vector<Instance>& instances) {
  const Instance& first = instances.front();
  const auto check = [&](std::string_view code, std::string_view what, auto&& value_of) {
    for (const Instance& one : instances)
      if (value_of(one) != value_of(first))
        throw refuse(
            one, std::string(code),
            fmt::format("one series holds images of several {}: \"{}\" and \"{}\"; split it before reading",
                        what, value_of(first), value_of(one)));
  };
  check("mixed_patients", "patients", [](const Instance& one) { return one.patient.id; });
  check("mixed_patients", "patients", [](const Instance& one) { return one.patient.name; });
  check("mixed_studies", "studies", [](const Instance& one) { return one.study_uid; });
  check("mixed_series", "series", [](const Instance& one) { return one.series_uid; });
  check("mixed_series", "kinds of object", [](const Instance& one) { return one.sop_class_uid; });
  check("mixed_patients", "birth dates", [](const Instance& one) { return one.patient.birth_date; });
  check("mixed_units", "units", [](const Instance& one) { return one.units; });
  check("mixed_units", "kinds of SUV", [](const Instance& one) { return one.suv_type; });
  check("mixed_frames_of_reference", "frames of reference",
        [](const Instance& one) { return one.frame_of_reference_uid; });
}

bool bits_fit(const PixelFormat& format) {
  if (format.number == PixelNumber::float32) return format.bits_allocated == 32;
  if (format.number == PixelNumber::float64) return format.bits_allocated == 64;
  return format.bits_stored >= 1 && format.bits_stored <= format.bits_allocated &&
         format.high_bit >= format.bits_stored - 1 && format.high_bit < format.bits_allocated &&
         (format.bits_allocated == 8 || format.bits_allocated == 16 || format.bits_allocated == 32);
}

/// Stacks, time points and phases of one object are volumes of their own.
void check_one_volume(const std::vector<Instance>& instances) {
  const FrameGroup& first = instances.front().group;
  for (const Instance& one : instances) {
    if (one.group.phase != first.phase)
      throw refuse(
          one, "gated_series",
          "the object holds several phases of heart or breath; export one of them, or the ungated image");
    if (one.group.time != first.time)
      throw refuse(one, "dynamic_series", "the object holds several time points; export one of them");
    if (one.group.stack != first.stack)
      throw refuse(
          one, "several_stacks",
          fmt::format("the object holds several stacks of images (\"{}\" and \"{}\"); export one of them",
                      first.stack, one.group.stack));
  }
}

void check_image(const Instance& one) {
  if (!one.format || !one.layout.pixels) throw refuse(one, "no_pixels", "the object holds no image");
  const PixelFormat& format = *one.format;
  if (format.frames > 1)
    throw refuse(one, "multiframe_not_supported",
                 "the file holds several frames; export the series as single-frame images");
  if (format.rows > greatest_image_side || format.columns > greatest_image_side)
    throw refuse(one, "image_too_large",
                 fmt::format("an image of {} × {} pixels is larger than any scanner makes", format.columns,
                             format.rows));
  if (format.samples != 1 || format.rows < 1 || format.columns < 1 || !bits_fit(format))
    throw refuse(one, "pixel_format_not_supported",
                 fmt::format("{} × {} pixels of {} samples with {} of {} bits (highest {}) cannot be read",
                             format.columns, format.rows, format.samples, format.bits_stored,
                             format.bits_allocated, format.high_bit));
  // Which half of a 32-bit number comes first in big-endian words is open.
  if (format.number == PixelNumber::whole && format.bits_allocated == 32 &&
      one.layout.byte_order == ByteOrder::big)
    throw refuse(one, "pixel_format_not_supported", "big-endian pixels of 32 bits cannot be read");
  if (!one.photometric.empty() && !one.photometric.starts_with("MONOCHROME"))
    throw refuse(one, "pixel_format_not_supported",
                 fmt::format("pixels in {} are colours, not measured values", one.photometric))
        .at_tag(to_string(tags::photometric_interpretation));
  const PixelBytes& pixels = *one.layout.pixels;
  const std::uint64_t needed = format.pixels() * static_cast<std::uint64_t>(format.bits_allocated / 8);
  const bool native = pixels.storage == PixelStorage::native;
  if (pixels.completeness == Completeness::cut_short || (native && pixels.native.length < needed))
    throw refuse(one, "truncated_pixels", "the file ends before its pixels do; copy or export it again")
        .at_tag("(7FE0,0010)");
  if (!one.plane)
    throw refuse(one, "position_missing",
                 "position, orientation or pixel spacing is missing or malformed, so the image has no place "
                 "in the patient")
        .at_tag(to_string(tags::image_position));
  if (!one.rescale)
    throw refuse(one, "rescale_missing",
                 "rescale slope or intercept is missing, so stored numbers have no meaning")
        .at_tag(to_string(tags::rescale_slope));
}

void check_same_plane(const Instance& one, const Instance& first) {
  const ImagePlane &a = *one.plane, &b = *first.plane;
  if (one.format->rows != first.format->rows || one.format->columns != first.format->columns ||
      std::abs(a.column_spacing_mm - b.column_spacing_mm) > same_spacing_mm ||
      std::abs(a.row_spacing_mm - b.row_spacing_mm) > same_spacing_mm)
    throw refuse(one, "mixed_sizes", "the images of the series differ in size or pixel spacing");
  for (int axis = 0; axis < 3; ++axis)
    if (std::abs(a.along_columns[axis] - b.along_columns[axis]) > same_cosine ||
        std::abs(a.along_rows[axis] - b.along_rows[axis]) > same_cosine)
      throw refuse(one, "mixed_orientation", "the images of the series differ in orientation")
          .at_tag(to_string(tags::image_orientation));
}

/// The series' slices along the normal.
struct Line {
  std::vector<std::size_t> order;
  std::vector<double> at;  ///< mm along the normal, of slice k
  space::Vec3 normal;
};

/// What tells images apart whatever their files are called.
auto naming_order(const Instance& one) {
  const space::PointLps& at = one.plane->position;
  return std::tuple(std::string_view(one.sop_instance_uid), one.frame, at.x, at.y, at.z);
}

Line sort_along_normal(const std::vector<Instance>& instances) {
  // Cosines may differ by rounding: the smallest UID decides, so that neither order nor names of files
  // matter.
  const ImagePlane& plane =
      *std::min_element(instances.begin(), instances.end(), [](const auto& a, const auto& b) {
         return naming_order(a) < naming_order(b);
       })->plane;
  Line line;
  line.normal = cross(plane.along_columns, plane.along_rows);
  std::vector<double> place;
  for (const Instance& one : instances)
    place.push_back(dot(one.plane->position - space::PointLps{}, line.normal));
  line.order.resize(instances.size());
  std::iota(line.order.begin(), line.order.end(), std::size_t{0});
  std::sort(line.order.begin(), line.order.end(), [&](std::size_t a, std::size_t b) {
    // Two slices at one place are refused below; the name only makes the message the same on every run.
    return std::tie(place[a], instances[a].file, instances[a].frame) <
           std::tie(place[b], instances[b].file, instances[b].frame);
  });
  for (const std::size_t which : line.order) line.at.push_back(place[which]);
  return line;
}

double usual_step(const std::vector<double>& at) {
  std::vector<double> steps;
  for (std::size_t k = 1; k < at.size(); ++k) steps.push_back(at[k] - at[k - 1]);
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

/// What two images at one place are, by what the series says of itself.
Error doubled(const Instance& one, const Instance& other) {
  const std::string where = fmt::format("{} and {}", short_name(one), short_name(other));
  if (other.series_type == "GATED")
    return refuse(other, "gated_series",
                  "the gated series holds several phases: two images lie at the same place (" + where + ")");
  if (other.series_type == "DYNAMIC")
    return refuse(
        other, "dynamic_series",
        "the dynamic series holds several time points: two images lie at the same place (" + where + ")");
  return refuse(other, "duplicate_slice",
                "two images lie at the same place (" + where +
                    "): a doubled slice, or a series with several time points; keep one");
}

/// Refuses a stack whose steps differ; returns the mean step.
double even_step(const std::vector<Instance>& instances, const Line& line) {
  const auto file = [&](std::size_t k) -> const Instance& { return instances[line.order[k]]; };
  for (std::size_t k = 1; k < line.at.size(); ++k)
    if (line.at[k] - line.at[k - 1] < same_position_mm) throw doubled(file(k - 1), file(k));
  const double usual = usual_step(line.at);
  const double allowed = std::max(jitter_mm, jitter_share * usual);
  for (std::size_t k = 1; k < line.at.size(); ++k) {
    const double step = line.at[k] - line.at[k - 1];
    const std::string where = fmt::format("between {} and {}", short_name(file(k - 1)), short_name(file(k)));
    if (step > gap_share * usual)
      throw refuse(file(k), "missing_slice",
                   fmt::format("slices are missing {}: a step of {:.3f} mm where the others have {:.3f} mm",
                               where, step, usual));
    if (std::abs(step - usual) > allowed)
      throw refuse(
          file(k), "uneven_spacing",
          fmt::format("slices are unevenly spaced {}: a step of {:.3f} mm where the others have {:.3f} mm",
                      where, step, usual));
  }
  const double mean = (line.at.back() - line.at.front()) / static_cast<double>(line.at.size() - 1);
  for (std::size_t k = 0; k < line.at.size(); ++k)
    if (std::abs(line.at[k] - line.at.front() - mean * static_cast<double>(k)) > drift_share * usual)
      throw refuse(file(k), "uneven_spacing", "the slices drift away from an even spacing along the series");
  return mean;
}

void check_no_tilt(const std::vector<Instance>& instances, const Line& line) {
  const space::PointLps start = instances[line.order.front()].plane->position;
  for (const std::size_t which : line.order) {
    const space::Vec3 way = instances[which].plane->position - start;
    const double along = dot(way, line.normal);
    const double sideways = norm(way - line.normal * along);
    if (sideways > sideways_mm + sideways_share * std::abs(along))
      throw refuse(
          instances[which], "gantry_tilt",
          fmt::format("the slices are sheared: {:.2f} mm sideways over {:.1f} mm (gantry tilt); export the "
                      "series resampled without tilt",
                      sideways, along))
          .at_tag(to_string(tags::image_position));
  }
}

double single_slice_step(const Instance& one) {
  const auto step = one.spacing_between_slices_mm ? one.spacing_between_slices_mm : one.slice_thickness_mm;
  if (!step || !(*step > 0))
    throw refuse(one, "slice_spacing_missing", "a single slice without thickness has no volume")
        .at_tag(to_string(tags::slice_thickness));
  return *step;
}

}  // namespace

SliceStack stack_slices(const std::vector<Instance>& instances) {
  if (instances.empty()) throw Error::input("no_pixels", "the series holds no image");
  const Instance& first = instances.front();
  for (const Instance& one : instances)
    if (one.refusal) throw base::Error(*one.refusal).in_file(one.file.string());
  check_one_origin(instances);
  check_one_volume(instances);
  for (const Instance& one : instances) check_image(one);
  for (const Instance& one : instances) check_same_plane(one, first);
  if (instances.size() > greatest_voxel_count / first.format->pixels())
    throw refuse(first, "image_too_large",
                 fmt::format("{} images of {} × {} pixels do not fit into memory", instances.size(),
                             first.format->columns, first.format->rows));
  const Line line = sort_along_normal(instances);
  check_no_tilt(instances, line);
  const double step = instances.size() == 1 ? single_slice_step(first) : even_step(instances, line);

  // Rounding differs between slices: take everything from the lowest one, so that file order does not matter.
  const Instance& lowest = instances[line.order.front()];
  const ImagePlane& plane = *lowest.plane;
  const space::Vec3 i = plane.along_columns, j = plane.along_rows, k = cross(i, j);
  SliceStack stack;
  stack.geometry.origin = plane.position;
  stack.geometry.spacing = {plane.column_spacing_mm, plane.row_spacing_mm, step};
  stack.geometry.direction = {{i.x, j.x, k.x, i.y, j.y, k.y, i.z, j.z, k.z}};
  stack.geometry.size = {lowest.format->columns, lowest.format->rows, static_cast<int>(instances.size())};
  stack.geometry.frame_of_reference_uid = lowest.frame_of_reference_uid;
  stack.order = line.order;
  return stack;
}

}  // namespace netpet::dicom
