#include "report/dicom_segments.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/text.h"
#include "report/palette.h"

namespace netpet::report {
namespace {

constexpr int lesions_series_number = 9010, references_series_number = 9020;
/// Of reference regions, one after the other: none is a colour of a lesion.
constexpr std::array<dicom::Rgb, 4> reference_colours{
    {{0, 158, 115}, {86, 180, 233}, {240, 228, 66}, {204, 121, 167}}};

/// The voxels of each label, n at n − 1; offsets ascend.
std::vector<image::Region> regions_of(const image::LabelMap& labels, std::size_t count) {
  std::vector<image::Region> regions(count);
  const auto& voxels = labels.voxels();
  for (std::size_t n = 0; n < voxels.size(); ++n)
    if (voxels[n] != 0) regions.at(voxels[n] - 1U).push_back(n);
  return regions;
}

dicom::Segment segment_of(const record::Lesion& lesion, image::Region voxels, const CodedTerms& terms,
                          const Texts& texts) {
  const bool physiologic = lesion.status == record::LesionStatus::physiologic;
  const Colour colour = colour_of(class_of(lesion));
  dicom::Segment segment;
  segment.label = lesion.id;
  segment.description = fmt::format("{}, {}", lesion.location.empty() ? lesion.site : lesion.location,
                                    texts.named("status", std::string(name_of(lesion.status))));
  segment.tracking_uid = lesion.tracking_uid;
  segment.category = terms.finding(physiologic ? "physiologic_category" : "lesion_category");
  segment.type = terms.finding(physiologic ? "physiologic" : "lesion");
  segment.site = terms.site(lesion.site);
  segment.colour = {colour.red, colour.green, colour.blue};
  segment.voxels = std::move(voxels);
  return segment;
}

}  // namespace

dicom::Segmentation lesion_segments(const record::Reading& reading, record::Role role,
                                    const image::LabelMap& labels, const CodedTerms& terms,
                                    const Texts& texts) {
  dicom::Segmentation segmentation;
  segmentation.series_description = fmt::format("netpet lesions {}", label_of(role));
  segmentation.content_label = fmt::format("LESIONS_{}", label_of(role));
  segmentation.series_number = lesions_series_number;
  auto regions = regions_of(labels, reading.lesions.size());
  for (std::size_t n = 0; n < regions.size(); ++n)
    if (!regions[n].empty())
      segmentation.segments.push_back(segment_of(reading.lesions[n], std::move(regions[n]), terms, texts));
  return segmentation;
}

dicom::Segmentation reference_segments(record::Role role, const ReferenceRegions& regions,
                                       const CodedTerms& terms) {
  dicom::Segmentation segmentation;
  segmentation.series_description = fmt::format("netpet references {}", label_of(role));
  segmentation.content_label = fmt::format("REFERENCES_{}", label_of(role));
  segmentation.series_number = references_series_number;
  for (const auto& [name, voxels] : regions) {
    if (voxels.empty()) continue;
    dicom::Segment segment;
    segment.label = name;
    segment.category = terms.finding("reference_category");
    segment.type = terms.finding("reference");
    segment.site = terms.site(name);
    segment.colour = reference_colours[segmentation.segments.size() % reference_colours.size()];
    segment.voxels = voxels;
    segmentation.segments.push_back(std::move(segment));
  }
  return segmentation;
}

}  // namespace netpet::report
