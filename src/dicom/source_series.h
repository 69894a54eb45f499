#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/run.h"
#include "dicom/headers.h"
#include "dicom/instance.h"
#include "dicom/tags.h"
#include "record/study.h"
#include "space/geometry.h"

namespace netpet::dicom {

/// One image that others refer to.
struct SourceImage {
  std::string sop_class_uid;
  std::string sop_instance_uid;
  int frame = 0;             ///< from 1, of a multi-frame object
  space::PointLps position;  ///< centre of its first pixel, as its own header says
  std::optional<Rescale> rescale;
  std::optional<PixelFormat> format;
};

/// An image series that objects are made from: what they copy of it, and what they point at.
struct SourceSeries {
  std::vector<std::pair<Tag, std::string>> patient_and_study;  ///< attributes as they are written again
  std::string study_uid;
  std::string series_uid;
  std::string modality;
  std::optional<base::Instant> acquired;
  space::Geometry geometry;         ///< with a frame of reference UID in any case
  std::vector<SourceImage> images;  ///< slice k at k
  /// Whether all that could tell whose it is was taken out of it.
  enum class Identity { of_patient, removed } identity = Identity::of_patient;
};

/// Reads the headers of an image series. Patient and study are copied as they stand; a date, a time or a sex
/// that DICOM does not know is left empty, for what is written must be valid. A series without a frame of
/// reference gets one of its own. Refuses what `stack_slices` refuses.
SourceSeries source_series(const record::Series& series, const base::Run& run, const Headers& known = {});

}  // namespace netpet::dicom
