#include "record/json_parts.h"

namespace netpet::record {
namespace {

Json scan_or_null(const std::optional<TracerScan>& scan) {
  return scan ? json_of(*scan) : Json();
}

Json json_of_software(const Software& software) {
  return {{"name", software.name},
          {"version", software.version},
          {"revision", software.revision},
          {"rules", software.rules}};
}

Json json_of_patient(const Patient& patient) {
  return {{"id", text_or_null(patient.id)},
          {"name", text_or_null(patient.name)},
          {"sex", text_or_null(patient.sex)},
          {"birth_date", text_or_null(patient.birth_date)}};
}

Json json_of_range(const Range& range) {
  return {number(range.least), number(range.most)};
}

Json json_of_ranges(const std::optional<PhenotypeRanges>& ranges) {
  if (!ranges) return nullptr;
  return {{"sstr_only_ml", json_of_range(ranges->sstr_only_ml)},
          {"both_ml", json_of_range(ranges->both_ml)},
          {"fdg_only_ml", json_of_range(ranges->fdg_only_ml)}};
}

Json json_of_sites(const std::map<std::string, SiteBurden>& sites) {
  Json json = Json::object();
  for (const auto& [site, sum] : sites)
    json[site] = {{"lesions", sum.lesions},
                  {"sstr_volume_ml", number(sum.sstr_volume_ml)},
                  {"sstr_total_uptake", number(sum.sstr_total_uptake)},
                  {"fdg_volume_ml", number(sum.fdg_volume_ml)},
                  {"fdg_total_uptake", number(sum.fdg_total_uptake)}};
  return json;
}

Json json_of_alternative(const OutlineAlternative& one) {
  return {{"tracer", name_of(one.tracer)},
          {"method", one.method},
          {"used", one.used},
          {"lesions", one.lesions},
          {"outlined", one.outlined},
          {"volume_ml", json_of(one.volume_ml)},
          {"total_uptake", json_of(one.total_uptake)},
          {"netpet", json_of(one.netpet)}};
}

Json json_of_alternatives(const std::vector<OutlineAlternative>& alternatives) {
  Json json = Json::array();
  for (const OutlineAlternative& one : alternatives) json.push_back(json_of_alternative(one));
  return json;
}

Json json_of_burden(const Burden& burden) {
  return {{"sstr_volume_ml", json_of(burden.sstr_volume_ml)},
          {"sstr_total_uptake", json_of(burden.sstr_total_uptake)},
          {"fdg_volume_ml", json_of(burden.fdg_volume_ml)},
          {"fdg_total_uptake", json_of(burden.fdg_total_uptake)},
          {"sstr_only_ml", json_of(burden.sstr_only_ml)},
          {"both_ml", json_of(burden.both_ml)},
          {"fdg_only_ml", json_of(burden.fdg_only_ml)},
          {"within_alignment", json_of_ranges(burden.within_alignment)},
          {"by_site", json_of_sites(burden.by_site)}};
}

Json json_of_post_therapy(const std::optional<PostTherapy>& scan) {
  if (!scan) return nullptr;
  Json lesions = Json::array();
  for (const Retention& one : scan->lesions)
    lesions.push_back({{"lesion", one.lesion}, {"retention_percent", json_of(one.percent)}});
  return {{"hours_after_administration", json_of(scan->hours_after_administration)},
          {"retention_percent", json_of(scan->total_percent)},
          {"lesions", lesions}};
}

Json json_of_biopsy_target(const Reading& reading) {
  if (!reading.biopsy_target) return nullptr;
  return json_of_biopsy(*reading.biopsy_target, reading.biopsy_why, reading.biopsy_alternatives);
}

Json json_of_review(const std::optional<Review>& review) {
  if (!review) return nullptr;
  return {{"reader", review->reader},
          {"time", review->time ? Json(*review->time) : Json()},
          {"impression", review->impression ? Json(*review->impression) : Json()}};
}

/// Who signed, and when; null while nobody has.
Json json_of_signature(const std::optional<Review>& review) {
  if (!review || !review->is_signed) return nullptr;
  return {{"reader", review->reader}, {"time", review->time ? Json(*review->time) : Json()}};
}

}  // namespace

Json json_of(const Reading& reading) {
  Json lesions = Json::array();
  for (const Lesion& lesion : reading.lesions) lesions.push_back(json_of(lesion));
  Json grades = Json::object();
  for (const Grade& grade : reading.grades) grades[grade.scale] = json_of(grade);
  return {{"schema", "netpet-reading/1"},
          {"software", json_of_software(reading.software)},
          {"patient", json_of_patient(reading.patient)},
          {"headline", reading.headline},
          {"scans", {{"sstr", scan_or_null(reading.sstr)}, {"fdg", scan_or_null(reading.fdg)}}},
          {"interval_days", json_of(reading.interval_days)},
          {"registration", reading.registration ? json_of(*reading.registration) : Json()},
          {"organs_source", text_or_null(reading.organs_source)},
          {"references",
           {{"sstr", reading.sstr ? json_of(reading.sstr_references) : Json()},
            {"fdg", reading.fdg ? json_of(reading.fdg_references) : Json()}}},
          {"lesions", std::move(lesions)},
          {"grades", std::move(grades)},
          {"burden", json_of_burden(reading.burden)},
          {"outline_alternatives", json_of_alternatives(reading.outline_alternatives)},
          {"clinical", reading.clinical ? json_of(*reading.clinical) : Json()},
          {"post_therapy", json_of_post_therapy(reading.post_therapy)},
          {"biopsy_target", json_of_biopsy_target(reading)},
          {"review", json_of_review(reading.review)},
          {"deidentified", reading.deidentified},
          {"reviewed", reading.review.has_value()},
          {"signed", json_of_signature(reading.review)},
          {"accepted", reading.accepted},
          {"warnings", json_of(reading.warnings)}};
}

}  // namespace netpet::record
