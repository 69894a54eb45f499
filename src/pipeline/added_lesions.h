#pragma once

#include <optional>
#include <vector>

#include "lesions/classify.h"
#include "lesions/pair.h"
#include "pipeline/scan_work.h"
#include "record/review.h"

namespace netpet::pipeline {

/// A lesion that a reader adds: outlined on the tracer that it is named on, where it stands out there, else a
/// ball that is measured.
struct AddedLesion {
  lesions::PairedLesion outlines;
  space::PointLps at;    ///< in the space of `Lesion::centroid_lps_mm`
  double radius_mm = 0;  ///< of the ball
  lesions::Verdict verdict;
  record::LesionReview word;
};

/// The scans that lesions are added on.
struct ScansOfReview {
  const std::optional<ScanWork>& sstr;
  const std::optional<ScanWork>& fdg;
  space::Transform sstr_to_fdg;
};

/// The lesions that `review` adds. Refuses `review_scan_missing` (the tracer was not given),
/// `review_place_outside` (no scan holds the place) and `review_lesion_exists` (one of `lesions` lies there).
std::vector<AddedLesion> added_lesions(const record::Review& review, const ScansOfReview& scans,
                                       const std::vector<lesions::PairedLesion>& lesions,
                                       const base::Resources& resources, const base::Run& run);

/// The voxels of a grid within `radius_mm` of a point of its patient space; at least the nearest one, none
/// where that lies outside.
image::Region ball_on(const space::Geometry& grid, space::PointLps centre, double radius_mm);

}  // namespace netpet::pipeline
