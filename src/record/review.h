#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "record/lesion.h"
#include "record/reader_opinion.h"
#include "record/tracer.h"

namespace netpet::record {

/// Where a reader sees a lesion that the program missed.
enum class LesionSource { sstr, fdg, ct };

/// What a reader says of one lesion: which one, by a place in it or by its tracking UID, and what differs; or
/// that there is one more.
struct LesionReview {
  std::optional<space::PointLps> at_lps_mm;  ///< in the space of `Lesion::centroid_lps_mm`
  std::optional<std::string> tracking_uid;
  std::optional<LesionStatus> status;
  std::optional<std::string> reason;
  std::optional<std::string> site;
  std::optional<double> size_mm;
  std::optional<LesionSource> added_on;  ///< the lesion is to be added at `at_lps_mm`
  std::string place;                     ///< in the document, for messages: "lesions[2]"
};

/// A ball in which a reader wants a reference measured.
struct ReferenceReview {
  Role tracer = Role::sstr;
  std::string organ;              ///< a name of `References`
  space::PointLps centre_lps_mm;  ///< in the patient space of that tracer's own scan
  double radius_mm = 0;
  std::string place;  ///< in the document, for messages: "references[0]"
};

/// A reader's review of a reading, schema netpet-review/1.
struct Review {
  std::string reader;
  std::optional<std::string> time;
  std::optional<std::string> impression;
  bool is_signed = false;
  std::vector<LesionReview> lesions;
  std::vector<ReferenceReview> references;
  ReaderOpinion opinion;  ///< scores by eye and overrides
};

/// Reads a review. Strict, as a word of the reader that is misspelt would be lost in silence: refuses unknown
/// keys and values (`unknown_key`, `unknown_value`, `wrong_type`), another schema (`review_schema`), a lesion
/// without a place or UID (`review_lesion_unnamed`), one to add without a place or tracer, and a reference of
/// no size or one a body does not hold (`value_out_of_range`).
Review load_review(const std::filesystem::path& file);

}  // namespace netpet::record
