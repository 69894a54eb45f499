#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "record/document_file.h"
#include "record/grading_case_json.h"
#include "record/json_fields.h"
#include "record/json_parts.h"
#include "record/review.h"

namespace netpet::record {
namespace {

using base::Error;

[[noreturn]] void refuse_unsupported(const std::string& place) {
  throw Error::input("review_part_unsupported",
                     fmt::format("{} cannot be applied yet; nothing of the review was used", place));
}

LesionStatus status_of(const std::string& name, const std::string& place) {
  for (const LesionStatus status : {LesionStatus::unreviewed, LesionStatus::pathologic,
                                    LesionStatus::physiologic, LesionStatus::excluded})
    if (name == name_of(status)) return status;
  throw Error::input(
      "unknown_value",
      fmt::format("{} is \"{}\"; it must be pathologic, physiologic, excluded or unreviewed", place, name));
}

space::PointLps read_point(const InputJson& value, const std::string& place) {
  if (!value.is_array() || value.size() != 3) refuse_type(place, "a list of three numbers");
  for (const auto& one : value)
    if (!one.is_number()) refuse_type(place, "a list of three numbers");
  return {value[0].get<double>(), value[1].get<double>(), value[2].get<double>()};
}

LesionReview read_lesion(const InputJson& value, const std::string& place) {
  JsonFields fields(value, place);
  if (fields.yes_or_no("add").value_or(false)) refuse_unsupported(fields.place_of("add"));
  LesionReview one;
  one.place = place;
  if (const InputJson* at = fields.value("at_lps_mm"))
    one.at_lps_mm = read_point(*at, fields.place_of("at_lps_mm"));
  one.tracking_uid = fields.text("tracking_uid");
  if (!one.at_lps_mm && !one.tracking_uid)
    throw Error::input(
        "review_lesion_unnamed",
        fmt::format("{} needs at_lps_mm or tracking_uid, to say which lesion is meant", place));
  if (const auto status = fields.text("status")) one.status = status_of(*status, fields.place_of("status"));
  one.reason = fields.text("reason");
  one.site = fields.text("site");
  one.size_mm = fields.number("size_mm");
  fields.refuse_unknown();
  return one;
}

Review read_review(const InputJson& document) {
  JsonFields fields(document, "");
  if (const std::string schema = fields.required_text("schema"); schema != "netpet-review/1")
    throw Error::input("review_schema",
                       fmt::format("the schema is \"{}\"; it must be netpet-review/1", schema));
  Review review;
  review.reader = fields.required_text("reader");
  review.time = fields.text("time");
  review.impression = fields.text("impression");
  review.is_signed = fields.yes_or_no("signed").value_or(false);
  review.lesions = fields.list("lesions", read_lesion);
  if (const InputJson* references = fields.value("references"); references && !references->empty())
    refuse_unsupported("references");
  InputJson opinion{{"name", review.reader}};
  for (const char* part : {"visual", "overrides"})
    if (const InputJson* value = fields.value(part)) opinion[part] = *value;
  review.opinion = read_reader_opinion(opinion, "review");
  fields.refuse_unknown();
  return review;
}

}  // namespace

Review load_review(const std::filesystem::path& file) {
  const std::string text = document_text(file, "a review");
  try {
    return read_review(parse_json(text));
  } catch (Error& error) {
    throw std::move(error).in_file(file.string());
  }
}

}  // namespace netpet::record
