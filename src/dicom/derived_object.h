#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "dicom/slice_file.h"
#include "dicom/source_series.h"

/// What all objects share that are made from an image series: patient and study of the source, a series of
/// their own, and UIDs that follow from their content.
namespace netpet::dicom {

/// A written object, for others that refer to it.
struct WrittenObject {
  std::string sop_class_uid;
  std::string sop_instance_uid;
  std::string series_uid;
  std::string study_uid;
};

/// What kind of object it is, and what its series is called.
struct DerivedKind {
  std::string_view sop_class_uid;
  std::string_view modality;
  std::string_view series_description;
  int series_number = 0;
};

/// Patient, study, series, equipment and times. Content dates are those of the source's acquisition, so that
/// the same input gives the same bytes.
void put_head(SliceFile& object, const SourceSeries& source, const DerivedKind& kind);

/// (0028,0301) of pictures and pages with words: "YES" where they can show whose they are, else "NO".
std::string_view burned_in_annotation(const SourceSeries& source);

/// Declares the coding scheme of codes that are the program's own: (0008,0110).
inline constexpr std::string_view private_scheme = "99NETPET";
void put_private_scheme(ItemWriter& object);

/// Frame of reference of the source.
void put_frame_of_reference(ItemWriter& object, const SourceSeries& source);

/// (0008,1150), (0008,1155) and, of a frame, (0008,1160).
void put_image_reference(ItemWriter& item, const SourceImage& image);

/// One item of `sequence` for each image object of a series.
void put_source_images(ItemWriter& object, Tag sequence, const SourceSeries& series);

/// The series that an object refers to and those of its images that it means, as an item of (0008,1115).
void put_referenced_series(ItemWriter& object, const std::string& series_uid,
                           const std::vector<const SourceImage*>& images);

/// Gives the object UIDs made from all that it holds, and writes it: another content is another object in
/// another series, and the same content the same. Environment errors as base::write_file.
WrittenObject save_derived(SliceFile& object, const SourceSeries& source, const DerivedKind& kind,
                           const std::filesystem::path& file);

}  // namespace netpet::dicom
