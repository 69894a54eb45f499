#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dicom/derived_object.h"
#include "dicom/display_colour.h"
#include "image/volume.h"
#include "record/code.h"

namespace netpet::dicom {

/// One segment: what it is called, what it is, and its voxels on the grid of the source series.
struct Segment {
  std::string label;         ///< "L3"; also its tracking identifier
  std::string description;   ///< may be empty
  std::string tracking_uid;  ///< empty where it is not followed over time
  record::Code category;     ///< CID 7150
  record::Code type;         ///< CID 7151
  std::optional<record::Code> site;
  Rgb colour;
  image::Region voxels;  ///< not empty
};

/// A Segmentation object in the making. Segment n is `segments[n − 1]`; there is at least one.
struct Segmentation {
  std::string series_description;
  std::string content_label;  ///< (0070,0080): capitals, digits and underscores
  int series_number = 0;
  std::vector<Segment> segments;
};

/// Writes a binary Segmentation, one frame for each slice that a segment touches, with the size, place and
/// orientation of the source image of that slice, to which it refers. UIDs follow from the content. Refuses
/// (our bug) what has no segment or an empty one; environment errors as base::write_file.
/// [DICOM PS3.3 A.51, C.8.20]
WrittenObject write_seg(const Segmentation& segmentation, const SourceSeries& source,
                        const std::filesystem::path& file);

}  // namespace netpet::dicom
