#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "record/lesion.h"
#include "record/reader_opinion.h"

namespace netpet::record {

/// What a reader says of one lesion: which one, by a place in it or by its tracking UID, and what differs.
struct LesionReview {
  std::optional<space::PointLps> at_lps_mm;  ///< in the space of `Lesion::centroid_lps_mm`
  std::optional<std::string> tracking_uid;
  std::optional<LesionStatus> status;
  std::optional<std::string> reason;
  std::optional<std::string> site;
  std::optional<double> size_mm;
  std::string place;  ///< in the document, for messages: "lesions[2]"
};

/// A reader's review of a reading, schema netpet-review/1.
struct Review {
  std::string reader;
  std::optional<std::string> time;
  std::optional<std::string> impression;
  bool is_signed = false;
  std::vector<LesionReview> lesions;
  ReaderOpinion opinion;  ///< scores by eye and overrides
};

/// Reads a review. Strict, as a word of the reader that is misspelt would be lost in silence: refuses unknown
/// keys and values (`unknown_key`, `unknown_value`, `wrong_type`), another schema (`review_schema`), a lesion
/// without a place or UID (`review_lesion_unnamed`), and what is not applied yet (`review_part_unsupported`:
/// lesions to add, references to measure elsewhere).
Review load_review(const std::filesystem::path& file);

}  // namespace netpet::record
