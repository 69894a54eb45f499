#include "dicom/write_seg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "base/error.h"
#include "base/version.h"

namespace netpet::dicom {
namespace {

constexpr std::string_view seg_class = "1.2.840.10008.5.1.4.1.1.66.4";
constexpr Tag segment_sequence{0x0062, 0x0002}, segment_identification{0x0062, 0x000A},
    referenced_segment_number{0x0062, 0x000B};

/// The voxels of one segment in one slice.
struct SegFrame {
  std::size_t segment = 0;  ///< from 0
  std::size_t slice = 0;
  std::span<const std::size_t> voxels;  ///< offsets into the volume
};

std::vector<SegFrame> frames_of(const std::vector<Segment>& segments, std::size_t pixels) {
  std::vector<SegFrame> frames;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    const std::span<const std::size_t> all(segments[s].voxels);
    base::check(!all.empty(), "a segment without voxels");
    for (std::size_t begin = 0; begin < all.size();) {
      const std::size_t slice = all[begin] / pixels;
      std::size_t end = begin;
      while (end < all.size() && all[end] / pixels == slice) ++end;
      frames.push_back({s, slice, all.subspan(begin, end - begin)});
      begin = end;
    }
  }
  return frames;
}

/// One bit a pixel, the first in the lowest bit, and no gap between frames.
std::vector<std::uint8_t> packed(const std::vector<SegFrame>& frames, std::size_t pixels) {
  std::vector<std::uint8_t> bytes((frames.size() * pixels + 7) / 8, 0);
  for (std::size_t f = 0; f < frames.size(); ++f) {
    for (const std::size_t voxel : frames[f].voxels) {
      const std::size_t bit = f * pixels + voxel % pixels;
      bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] | 1U << (bit % 8));
    }
  }
  return bytes;
}

/// The slices that any frame shows, lowest first.
std::vector<std::size_t> slices_of(const std::vector<SegFrame>& frames) {
  std::vector<std::size_t> slices;
  slices.reserve(frames.size());
  for (const SegFrame& frame : frames) slices.push_back(frame.slice);
  std::sort(slices.begin(), slices.end());
  slices.erase(std::unique(slices.begin(), slices.end()), slices.end());
  return slices;
}

void put_image(ItemWriter& object, const Segmentation& segmentation, const space::Geometry& grid,
               std::size_t frames) {
  object.put(tags::image_type, "DERIVED\\PRIMARY");
  object.put(tags::number_of_frames, std::to_string(frames));
  object.put_us(tags::samples_per_pixel, 1);
  object.put(tags::photometric_interpretation, "MONOCHROME2");
  object.put_us(tags::rows, static_cast<std::uint16_t>(grid.size[1]));
  object.put_us(tags::columns, static_cast<std::uint16_t>(grid.size[0]));
  object.put_us(tags::bits_allocated, 1);
  object.put_us(tags::bits_stored, 1);
  object.put_us(tags::high_bit, 0);
  object.put_us(tags::pixel_representation, 0);
  object.put(tags::lossy_image_compression, "00");
  object.put({0x0062, 0x0001}, "BINARY");
  object.put({0x0070, 0x0080}, segmentation.content_label);
  object.put({0x0070, 0x0081}, segmentation.series_description);
  object.put_empty({0x0070, 0x0084});
}

void put_segment(ItemWriter& object, const Segment& segment, std::size_t number) {
  ItemWriter item = object.add_item(segment_sequence);
  item.put_us({0x0062, 0x0004}, static_cast<std::uint16_t>(number));
  item.put({0x0062, 0x0005}, segment.label);
  if (!segment.description.empty()) item.put({0x0062, 0x0006}, segment.description);
  item.put({0x0062, 0x0008}, "AUTOMATIC");
  item.put({0x0062, 0x0009}, fmt::format("netpet {}", base::version()));
  item.put_us({0x0062, 0x000D}, display_cielab(segment.colour));
  item.put_code({0x0062, 0x0003}, segment.category);
  item.put_code({0x0062, 0x000F}, segment.type);
  if (segment.site) item.put_code({0x0008, 0x2218}, *segment.site);
  if (!segment.tracking_uid.empty()) {
    item.put({0x0062, 0x0020}, segment.label);
    item.put({0x0062, 0x0021}, segment.tracking_uid);
  }
}

bool has_private_code(const Segment& segment) {
  return segment.category.scheme == private_scheme || segment.type.scheme == private_scheme;
}

/// Frames are told apart by segment and by place.
void put_dimensions(ItemWriter& object, const SourceSeries& source, const Segmentation& segmentation) {
  const std::string uid =
      uid_of_seed(fmt::format("{}/dimensions/{}", source.series_uid, segmentation.content_label));
  object.add_item({0x0020, 0x9221}).put({0x0020, 0x9164}, uid);
  struct Dimension {
    std::uint32_t index, group;
    std::string_view label;
  };
  constexpr std::array<Dimension, 2> dimensions{
      {{0x0062000B, 0x0062000A, "Segment"}, {0x00200032, 0x00209113, "Position"}}};
  for (const auto& [index, group, label] : dimensions) {
    ItemWriter item = object.add_item({0x0020, 0x9222});
    item.put({0x0020, 0x9164}, uid);
    item.put_tag({0x0020, 0x9165}, index);
    item.put_tag({0x0020, 0x9167}, group);
    item.put({0x0020, 0x9421}, label);
  }
}

void put_shared_groups(ItemWriter& object, const space::Geometry& grid) {
  ItemWriter shared = object.add_item(tags::shared_functional_groups);
  const space::Mat3& d = grid.direction;
  shared.add_item(tags::plane_orientation)
      .put(tags::image_orientation, {d(0, 0), d(1, 0), d(2, 0), d(0, 1), d(1, 1), d(2, 1)});
  ItemWriter measures = shared.add_item(tags::pixel_measures);
  measures.put(tags::slice_thickness, grid.spacing.z);
  measures.put(tags::spacing_between_slices, grid.spacing.z);
  measures.put(tags::pixel_spacing, {grid.spacing.y, grid.spacing.x});
}

void put_derivation(ItemWriter& frame, const SourceImage& image) {
  ItemWriter derivation = frame.add_item({0x0008, 0x9124});
  derivation.put_code({0x0008, 0x9215}, {"113076", "DCM", "Segmentation"});
  ItemWriter from = derivation.add_item({0x0008, 0x2112});
  put_image_reference(from, image);
  from.put({0x0028, 0x135A}, "YES");
  from.put_code({0x0040, 0xA170}, {"121322", "DCM", "Source image for image processing operation"});
}

void put_frame(ItemWriter& object, const SegFrame& frame, std::size_t position, const SourceImage& image) {
  ItemWriter item = object.add_item(tags::per_frame_functional_groups);
  put_derivation(item, image);
  const auto segment_number = static_cast<std::uint16_t>(frame.segment + 1);
  const std::array<std::uint32_t, 2> place{segment_number, static_cast<std::uint32_t>(position)};
  item.add_item(tags::frame_content).put_ul({0x0020, 0x9157}, place);
  item.add_item(tags::plane_position)
      .put(tags::image_position, {image.position.x, image.position.y, image.position.z});
  item.add_item(segment_identification).put_us(referenced_segment_number, segment_number);
}

}  // namespace

WrittenObject write_seg(const Segmentation& segmentation, const SourceSeries& source,
                        const std::filesystem::path& file) {
  const space::Geometry& grid = source.geometry;
  const auto pixels = static_cast<std::size_t>(grid.size[0]) * static_cast<std::size_t>(grid.size[1]);
  const std::vector<SegFrame> frames = frames_of(segmentation.segments, pixels);
  const std::vector<std::size_t> slices = slices_of(frames);
  base::check(!frames.empty() && slices.back() < source.images.size(), "segments of another series");
  const DerivedKind kind{seg_class, "SEG", segmentation.series_description, segmentation.series_number};

  SliceFile object;
  put_head(object, source, kind);
  if (std::any_of(segmentation.segments.begin(), segmentation.segments.end(), has_private_code))
    put_private_scheme(object);
  put_frame_of_reference(object, source);
  put_image(object, segmentation, grid, frames.size());
  for (std::size_t s = 0; s < segmentation.segments.size(); ++s)
    put_segment(object, segmentation.segments[s], s + 1);
  put_dimensions(object, source, segmentation);
  put_shared_groups(object, grid);
  for (const SegFrame& frame : frames) {
    const auto at = std::lower_bound(slices.begin(), slices.end(), frame.slice) - slices.begin();
    put_frame(object, frame, static_cast<std::size_t>(at) + 1, source.images[frame.slice]);
  }
  std::vector<const SourceImage*> referenced;
  referenced.reserve(slices.size());
  for (const std::size_t slice : slices) referenced.push_back(&source.images[slice]);
  put_referenced_series(object, source.series_uid, referenced);
  object.put_bytes({0x7FE0, 0x0010}, packed(frames, pixels));
  return save_derived(object, source, kind, file);
}

}  // namespace netpet::dicom
