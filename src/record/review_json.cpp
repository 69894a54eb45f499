#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
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

/// A 1 cm sphere is the smallest that is no voxel's noise; none of 12 cm fits an organ.
constexpr double least_radius_mm = 4, most_radius_mm = 60;

LesionStatus status_of(const std::string& name, const std::string& place) {
  for (const LesionStatus status : {LesionStatus::unreviewed, LesionStatus::pathologic,
                                    LesionStatus::physiologic, LesionStatus::excluded})
    if (name == name_of(status)) return status;
  throw Error::input(
      "unknown_value",
      fmt::format("{} is \"{}\"; it must be pathologic, physiologic, excluded or unreviewed", place, name));
}

LesionSource source_of(const std::string& name, const std::string& place) {
  if (name == "sstr") return LesionSource::sstr;
  if (name == "fdg") return LesionSource::fdg;
  if (name == "ct") return LesionSource::ct;
  throw Error::input("unknown_value", fmt::format("{} is \"{}\"; it must be sstr, fdg or ct", place, name));
}

Role role_of(const std::string& name, const std::string& place) {
  if (name == "sstr") return Role::sstr;
  if (name == "fdg") return Role::fdg;
  throw Error::input("unknown_value", fmt::format("{} is \"{}\"; it must be sstr or fdg", place, name));
}

space::PointLps read_point(const InputJson& value, const std::string& place) {
  if (!value.is_array() || value.size() != 3) refuse_type(place, "a list of three numbers");
  for (const auto& one : value)
    if (!one.is_number()) refuse_type(place, "a list of three numbers");
  return {value[0].get<double>(), value[1].get<double>(), value[2].get<double>()};
}

LesionReview read_lesion(const InputJson& value, const std::string& place) {
  JsonFields fields(value, place);
  LesionReview one;
  const bool is_added = fields.yes_or_no("add").value_or(false);
  if (is_added) one.added_on = source_of(fields.required_text("tracer"), fields.place_of("tracer"));
  one.place = place;
  if (const InputJson* at = fields.value("at_lps_mm"))
    one.at_lps_mm = read_point(*at, fields.place_of("at_lps_mm"));
  if (!is_added) one.tracking_uid = fields.text("tracking_uid");
  if (is_added && !one.at_lps_mm)
    throw Error::input("review_lesion_unnamed",
                       fmt::format("{} needs at_lps_mm, to say where the lesion is", place));
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

std::string reference_organ(const std::string& name, const std::string& place) {
  constexpr std::array names{"liver",  "spleen", "blood_pool", "marrow", "pancreas",
                             "muscle", "lung",   "brain",      "adrenal"};
  if (std::find(names.begin(), names.end(), name) != names.end()) return name;
  throw Error::input("unknown_value",
                     fmt::format("{} is \"{}\"; it must be one of {}", place, name, fmt::join(names, ", ")));
}

ReferenceReview read_reference_review(const InputJson& value, const std::string& place) {
  JsonFields fields(value, place);
  ReferenceReview one;
  one.place = place;
  one.tracer = role_of(fields.required_text("tracer"), fields.place_of("tracer"));
  one.organ = reference_organ(fields.required_text("organ"), fields.place_of("organ"));
  const InputJson* centre = fields.value("centre_lps_mm");
  if (!centre) refuse_type(fields.place_of("centre_lps_mm"), "a list of three numbers");
  one.centre_lps_mm = read_point(*centre, fields.place_of("centre_lps_mm"));
  one.radius_mm = fields.required_number("radius_mm");
  if (one.radius_mm < least_radius_mm || one.radius_mm > most_radius_mm)
    throw Error::input(
        "value_out_of_range",
        fmt::format("{} is {} mm; a reference has a radius of {} to {} mm", fields.place_of("radius_mm"),
                    one.radius_mm, least_radius_mm, most_radius_mm));
  fields.refuse_unknown();
  return one;
}

void refuse_twice(const std::vector<ReferenceReview>& references) {
  for (std::size_t n = 1; n < references.size(); ++n)
    for (std::size_t m = 0; m < n; ++m)
      if (references[m].tracer == references[n].tracer && references[m].organ == references[n].organ)
        throw Error::input("review_reference_twice", fmt::format("{} and {} are on the same organ and tracer",
                                                                 references[m].place, references[n].place));
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
  review.references = fields.list("references", read_reference_review);
  refuse_twice(review.references);
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
