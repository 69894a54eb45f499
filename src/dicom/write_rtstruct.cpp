#include "dicom/write_rtstruct.h"

#include <fmt/format.h>

#include <string>

#include "base/error.h"
#include "dicom/slice_outlines.h"

namespace netpet::dicom {
namespace {

constexpr std::string_view rtstruct_class = "1.2.840.10008.5.1.4.1.1.481.3",
                           detached_study_management = "1.2.840.10008.3.1.2.3.1";
constexpr Tag contour_image{0x3006, 0x0016};

/// The images of the series, as the standard nests them: frame of reference, study, series.
void put_referenced_images(ItemWriter& object, const SourceSeries& source) {
  ItemWriter frame = object.add_item({0x3006, 0x0010});
  frame.put(tags::frame_of_reference_uid, source.geometry.frame_of_reference_uid);
  ItemWriter study = frame.add_item({0x3006, 0x0012});
  study.put({0x0008, 0x1150}, detached_study_management);  // retired, and still what every system writes
  study.put(tags::referenced_sop_instance_uid, source.study_uid);
  ItemWriter series = study.add_item({0x3006, 0x0014});
  series.put(tags::series_instance_uid, source.series_uid);
  for (const SourceImage& image : source.images) {
    ItemWriter item = series.add_item(contour_image);
    put_image_reference(item, image);
  }
}

void put_contour(ItemWriter& region, const PixelOutline& outline, const SourceSeries& source) {
  const space::Geometry& grid = source.geometry;
  const SourceImage& image = source.images[outline.slice];
  const auto axis = [&](int column) {
    return space::Vec3{grid.direction(0, column), grid.direction(1, column), grid.direction(2, column)};
  };
  std::string points;
  for (const auto& [column, row] : outline.corners) {
    const space::PointLps at =
        image.position + axis(0) * (column * grid.spacing.x) + axis(1) * (row * grid.spacing.y);
    for (const double coordinate : {at.x, at.y, at.z})
      points += (points.empty() ? "" : "\\") + decimal_string(coordinate);
  }
  ItemWriter contour = region.add_item({0x3006, 0x0040});
  ItemWriter on = contour.add_item(contour_image);
  put_image_reference(on, image);
  contour.put({0x3006, 0x0042}, "CLOSED_PLANAR");
  contour.put({0x3006, 0x0046}, std::to_string(outline.corners.size()));
  contour.put({0x3006, 0x0050}, points);
}

void put_region(SliceFile& object, const Segment& segment, const std::string& number,
                const SourceSeries& source) {
  ItemWriter roi = object.add_item({0x3006, 0x0020});
  roi.put({0x3006, 0x0022}, number);
  roi.put({0x3006, 0x0024}, source.geometry.frame_of_reference_uid);
  roi.put({0x3006, 0x0026}, segment.label);
  if (!segment.description.empty()) roi.put({0x3006, 0x0028}, segment.description);
  roi.put({0x3006, 0x0036}, "AUTOMATIC");

  ItemWriter region = object.add_item({0x3006, 0x0039});
  region.put({0x3006, 0x002A},
             fmt::format("{}\\{}\\{}", segment.colour.red, segment.colour.green, segment.colour.blue));
  for (const PixelOutline& outline : outlines_of(segment.voxels, source.geometry))
    put_contour(region, outline, source);
  region.put({0x3006, 0x0084}, number);

  ItemWriter observation = object.add_item({0x3006, 0x0080});
  observation.put({0x3006, 0x0082}, number);
  observation.put({0x3006, 0x0084}, number);
  observation.put_empty({0x3006, 0x00A4});  // interpreted type and interpreter: nobody has judged it
  observation.put_empty({0x3006, 0x00A6});
}

}  // namespace

WrittenObject write_rtstruct(const Segmentation& regions, const SourceSeries& source,
                             const std::filesystem::path& file) {
  base::check(!regions.segments.empty(), "a structure set without regions");
  const DerivedKind kind{rtstruct_class, "RTSTRUCT", regions.series_description, regions.series_number};
  SliceFile object;
  put_head(object, source, kind);
  put_frame_of_reference(object, source);
  object.put_empty({0x0008, 0x1070});
  object.put({0x3006, 0x0002}, regions.content_label);
  object.put({0x3006, 0x0008}, source.acquired ? date_string(*source.acquired) : "");
  object.put({0x3006, 0x0009}, source.acquired ? time_string(*source.acquired) : "");
  object.put({0x300E, 0x0002}, "UNAPPROVED");
  put_referenced_images(object, source);
  for (std::size_t n = 0; n < regions.segments.size(); ++n)
    put_region(object, regions.segments[n], std::to_string(n + 1), source);
  return save_derived(object, source, kind, file);
}

}  // namespace netpet::dicom
