#include "dicom/frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/error.h"
#include "dicom/series_role.h"

namespace netpet::dicom {
namespace {

using base::Error;

// The longest scanner makes some 1500 slices; CT has a few thousand.
constexpr std::size_t greatest_frame_count = 16384;

/// What is looked into for the attributes of a frame. Others repeat tags with another meaning.
constexpr std::array<Tag, 17> functional_groups{tags::frame_content,
                                                tags::plane_position,
                                                tags::plane_orientation,
                                                tags::pixel_measures,
                                                tags::cardiac_synchronization,
                                                tags::respiratory_synchronization,
                                                tags::temporal_position,
                                                tags::pixel_value_transformation,
                                                tags::pet_frame_type,
                                                tags::pet_frame_correction_factors,
                                                tags::radiopharmaceutical_usage,
                                                tags::pet_reconstruction,
                                                tags::ct_frame_type,
                                                tags::ct_reconstruction,
                                                tags::unassigned_shared_converted,
                                                tags::unassigned_per_frame_converted,
                                                tags::contrast_usage};

/// Puts the functional groups of one item before the attributes found so far.
Attributes with_groups(const Attributes& groups, Attributes found) {
  found = found.behind(groups);
  for (const Tag tag : functional_groups)
    if (const auto items = groups.items(tag); !items.empty()) found = found.behind(items.front());
  return found;
}

bool may_hold_frames(const Instance& instance) {
  if (!instance.format || !is_scanner_image(instance)) return false;
  return instance.format->frames != 1 || is_enhanced(instance.sop_class_uid);
}

Error contradiction(std::string message) {
  return Error::input("frame_count_contradictory", std::move(message));
}

std::size_t bytes_of_frame(const PixelFormat& format) {
  return format.pixels() * static_cast<std::size_t>(std::max(format.bits_allocated, 0)) / 8;
}

/// The fragments of each frame: one a frame, or as the offset table says; nothing where neither holds.
std::optional<std::vector<std::span<const ByteRange>>> fragments_by_frame(const std::filesystem::path& file,
                                                                          const FileLayout& layout,
                                                                          std::size_t frames) {
  const std::span<const ByteRange> all(layout.pixels->fragments);
  std::vector<std::span<const ByteRange>> result;
  if (frames == 1) return std::vector{all};
  if (all.size() < frames) return std::nullopt;
  if (all.size() == frames) {
    for (std::size_t n = 0; n < frames; ++n) result.push_back(all.subspan(n, 1));
    return result;
  }
  const ByteRange table = layout.pixels->offset_table;
  if (table.length != 4 * frames) return std::nullopt;
  const auto offsets = bytes_of(file, layout, table);
  const auto start_of = [&](std::size_t n) {
    std::uint64_t offset = 0;
    for (std::size_t byte = 4; byte-- > 0;) offset = offset << 8 | offsets[4 * n + byte];
    return table.end() + offset;
  };
  constexpr std::uint64_t item_head = 8;
  for (std::size_t n = 0, next = 0; n < frames; ++n) {
    if (next >= all.size() || all[next].offset - item_head != start_of(n)) return std::nullopt;
    const std::size_t first = next++;
    while (next < all.size() && (n + 1 == frames || all[next].offset - item_head < start_of(n + 1))) ++next;
    result.push_back(all.subspan(first, next - first));
  }
  return result;
}

FrameGroup group_of(const Attributes& from) {
  FrameGroup group;
  group.stack = from.text(tags::stack_id);
  group.time =
      from.text(tags::temporal_position_index) + "/" + from.text(tags::temporal_position_time_offset);
  group.phase = from.text(tags::cardiac_cycle_position) + "/" + from.text(tags::cardiac_phase) + "/" +
                from.text(tags::respiratory_cycle_position) + "/" + from.text(tags::respiratory_phase);
  return group;
}

std::vector<Frame> refused(Instance whole, const Attributes& attributes, Error why) {
  whole.refusal = std::move(why);
  std::vector<Frame> result;
  result.push_back({std::move(whole), attributes});
  return result;
}

}  // namespace

std::vector<PixelBytes> pixels_of_frames(const std::filesystem::path& file, const FileLayout& layout,
                                         const PixelFormat& format, std::size_t frames) {
  const PixelBytes& pixels = *layout.pixels;
  PixelBytes shared = pixels;
  shared.fragments.clear();
  if (pixels.storage == PixelStorage::native) {
    const std::size_t each = bytes_of_frame(format);
    if (pixels.completeness == Completeness::cut_short || each == 0 || pixels.native.length / each < frames)
      throw Error::input("truncated_pixels", "the file ends before its pixels do; copy or export it again");
    std::vector<PixelBytes> places(frames, shared);
    for (std::size_t n = 0; n < frames; ++n) places[n].native = {pixels.native.offset + n * each, each};
    return places;
  }
  const auto fragments = fragments_by_frame(file, layout, frames);
  if (!fragments)
    throw contradiction(fmt::format("{} compressed fragments cannot be told apart into {} frames",
                                    pixels.fragments.size(), frames));
  std::vector<PixelBytes> places(frames, shared);
  for (std::size_t n = 0; n < frames; ++n)
    places[n].fragments.assign((*fragments)[n].begin(), (*fragments)[n].end());
  return places;
}

std::vector<Frame> frames_of(const std::filesystem::path& file, const FileLayout& layout,
                             const DataSet& data_set) {
  const Attributes& object = data_set.attributes();
  Instance whole = instance_of(file, layout, object);
  whole.problems = data_set.problems();
  if (!may_hold_frames(whole) || !layout.pixels) {
    std::vector<Frame> result;
    result.push_back({std::move(whole), object});
    return result;
  }
  const auto per_frame = object.items(tags::per_frame_functional_groups);
  const auto shared = object.items(tags::shared_functional_groups);
  if (per_frame.empty())
    return refused(
        std::move(whole), object,
        Error::input(
            "multiframe_not_supported",
            "the file holds several frames without saying where each of them lies; export the series "
            "as single-frame images"));
  const int declared = whole.format->frames;
  if (declared < 1 || static_cast<std::size_t>(declared) != per_frame.size())
    return refused(std::move(whole), object,
                   contradiction(fmt::format("the header declares {} frames and describes {}", declared,
                                             per_frame.size())));
  if (per_frame.size() > greatest_frame_count)
    return refused(
        std::move(whole), object,
        Error::input("image_too_large", fmt::format("{} frames are more than a volume has", declared)));
  std::vector<PixelBytes> places;
  try {
    places = pixels_of_frames(file, layout, *whole.format, per_frame.size());
  } catch (const Error& why) {
    return refused(std::move(whole), object, why);
  }

  FileLayout without_pixels = layout;
  without_pixels.pixels.reset();
  const Attributes common = shared.empty() ? object : with_groups(shared.front(), object);
  std::vector<Frame> frames;
  for (std::size_t n = 0; n < per_frame.size(); ++n) {
    const Attributes attributes = with_groups(per_frame[n], common);
    FileLayout of_frame = without_pixels;
    of_frame.pixels = std::move(places[n]);
    Instance instance = instance_of(file, of_frame, attributes);
    instance.format->frames = 1;
    instance.frame = static_cast<int>(n) + 1;
    instance.group = group_of(attributes);
    frames.push_back({std::move(instance), attributes});
  }
  for (Frame& frame : frames) frame.instance.problems = data_set.problems();
  return frames;
}

namespace {

Instance read_leading(const std::filesystem::path& file, const FileLayout& layout) {
  const DataSet data_set(file, layout, HeaderPart::leading);
  Instance instance = instance_of(file, layout, data_set.attributes());
  instance.problems = data_set.problems();
  return instance;
}

}  // namespace

std::vector<Instance> images_of(const std::filesystem::path& file, const FileLayout& layout) {
  Instance whole = read_leading(file, layout);
  std::vector<Instance> result;
  if (!may_hold_frames(whole)) {
    result.push_back(std::move(whole));
    return result;
  }
  const DataSet data_set(file, layout, HeaderPart::whole);
  for (Frame& frame : frames_of(file, layout, data_set)) result.push_back(std::move(frame.instance));
  return result;
}

}  // namespace netpet::dicom
