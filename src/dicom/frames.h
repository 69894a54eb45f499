#pragma once

#include <filesystem>
#include <vector>

#include "dicom/attributes.h"
#include "dicom/instance.h"

namespace netpet::dicom {

/// One image of a file, with the attributes that hold for it: those of its functional groups before those of
/// the whole object.
struct Frame {
  Instance instance;
  Attributes attributes;
};

/// The images of a file: itself, or the frames of a multi-frame PET or CT, whose pixels stay where they are
/// in the file. A multi-frame object that cannot be taken apart is one instance with a `refusal`:
/// `frame_count_contradictory` (frames, functional groups and pixels do not agree; counted before anything is
/// allocated), `multiframe_not_supported` (no functional groups: frames without a place),
/// `truncated_pixels`. `data_set` is parsed whole, and outlives the result.
std::vector<Frame> frames_of(const std::filesystem::path& file, const FileLayout& layout,
                             const DataSet& data_set);
/// Where the pixels of each of `frames` frames lie. Refuses `truncated_pixels`, `frame_count_contradictory`
/// (compressed fragments that cannot be told apart).
std::vector<PixelBytes> pixels_of_frames(const std::filesystem::path& file, const FileLayout& layout,
                                         const PixelFormat& format, std::size_t frames);
/// The images of a file that was examined, parsing no more of it than is needed. Refuses `header_unreadable`.
std::vector<Instance> images_of(const std::filesystem::path& file, const FileLayout& layout);

}  // namespace netpet::dicom
