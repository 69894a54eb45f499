#include "pipeline/apply_review.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"

namespace netpet::pipeline {
namespace {

using base::Error;

// A reader points at a lesion with the mouse, not to the voxel.
constexpr double reach_mm = 15;

std::size_t label_at(const image::LabelMap& labels, space::PointLps at) {
  if (labels.empty()) return 0;
  const space::IndexIjk index = labels.geometry().nearest(at);
  return labels.geometry().contains(index) ? labels(index) : 0U;
}

std::optional<std::size_t> lesion_at(space::PointLps at,
                                     const std::optional<record::Registration>& registration,
                                     const AssembledLesions& assembled) {
  if (const std::size_t label = label_at(assembled.sstr_labels, at)) return label - 1;
  // Of two scans that do not lie on each other the place is the SSTR scan's.
  if (registration || assembled.sstr_labels.empty()) {
    const space::PointLps on_fdg = registration ? registration->fixed_to_moving(at) : at;
    if (const std::size_t label = label_at(assembled.fdg_labels, on_fdg)) return label - 1;
  }
  std::optional<std::size_t> nearest;
  double least = reach_mm;
  for (std::size_t n = 0; n < assembled.lesions.size(); ++n) {
    const auto& middle = assembled.lesions[n].centroid_lps_mm;
    if (!middle || space::distance(*middle, at) > least) continue;
    least = space::distance(*middle, at);
    nearest = n;
  }
  return nearest;
}

std::size_t lesion_of(const record::LesionReview& word,
                      const std::optional<record::Registration>& registration,
                      const AssembledLesions& assembled) {
  std::optional<std::size_t> found;
  if (word.tracking_uid) {
    const auto same =
        std::find_if(assembled.lesions.begin(), assembled.lesions.end(),
                     [&](const record::Lesion& lesion) { return lesion.tracking_uid == *word.tracking_uid; });
    if (same != assembled.lesions.end()) found = static_cast<std::size_t>(same - assembled.lesions.begin());
  } else {
    found = lesion_at(*word.at_lps_mm, registration, assembled);
  }
  if (!found)
    throw Error::input("review_lesion_not_found",
                       fmt::format("{} names no lesion of this reading; places are those of the SSTR study "
                                   "(of FDG where that is alone), lesions are found again by their UID only "
                                   "in the same series",
                                   word.place));
  return *found;
}

}  // namespace

void apply_review(const record::Review& review, const std::optional<record::Registration>& registration,
                  AssembledLesions& assembled) {
  std::set<std::size_t> spoken_of;
  for (const record::LesionReview& word : review.lesions) {
    if (word.added_on) continue;
    const std::size_t n = lesion_of(word, registration, assembled);
    record::Lesion& lesion = assembled.lesions[n];
    if (!spoken_of.insert(n).second)
      throw Error::input(
          "review_lesion_twice",
          fmt::format("{} names {}, of which the review has spoken before", word.place, lesion.id));
    if (word.status) {
      lesion.status = *word.status;
      lesion.status_confidence = 1;
      lesion.status_reason = word.reason.value_or("said by the reader");
    } else if (word.reason) {
      lesion.status_reason = *word.reason;
    }
    lesion.status_by = review.reader;
    if (word.site) lesion.site = *word.site, lesion.location = *word.site;
    if (word.size_mm) lesion.size_mm = *word.size_mm, lesion.size_source = record::SizeSource::reader;
  }
}

}  // namespace netpet::pipeline
