#include "record/json_parts.h"

namespace netpet::record {

Json json_of(const space::PointLps& point) {
  return Json::array({number(point.x), number(point.y), number(point.z)});
}

Json json_of(const Reference& reference) {
  Json json{{"mean", number(reference.mean)},
            {"sd", number(reference.sd)},
            {"max", number_or_null(reference.max)},
            {"volume_ml", number_or_null(reference.volume_ml)},
            {"centroid_lps_mm", reference.centroid_lps_mm ? json_of(*reference.centroid_lps_mm) : Json()},
            {"source", reference.source}};
  if (!reference.note.empty()) json["note"] = reference.note;
  return json;
}

Json json_of(const References& references) {
  Json json = Json::object();
  // The contract's own four are always there; null where the patient or the scan has no such region.
  for (const char* name : {"liver", "blood_pool", "spleen", "marrow"}) json[name] = nullptr;
  for (const auto& [name, reference] : references) json[name] = json_of(reference);
  return json;
}

}  // namespace netpet::record
