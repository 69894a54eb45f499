#include "record/json_parts.h"

namespace netpet::record {
namespace {

Json point_or_null(const std::optional<space::PointLps>& point) {
  return point ? json_of(*point) : Json();
}

Json uptake_or_null(const std::optional<Uptake>& uptake) {
  return uptake ? json_of(*uptake) : Json();
}

Json outline_of(const Uptake& uptake) {
  if (uptake.outline_method.empty()) return nullptr;
  return {{"method", uptake.outline_method}, {"threshold_suv", json_of(uptake.outline_threshold)}};
}

/// The program proposes the uptake level; the category needs what only a reader knows (rules of
/// SSTR-RADS 1.0).
Json sstr_rads_of(const Lesion& lesion) {
  return {{"uptake_level", json_of(lesion.sstr_rads_uptake_level)},
          {"category", json_of(lesion.sstr_rads_category)},
          {"needs_reader", lesion.sstr_rads_needs_reader}};
}

Json heterogeneity_of(const Lesion& lesion) {
  if (!lesion.sstr) return nullptr;
  if (!lesion.heterogeneous.has_value())
    return lesion.heterogeneous.does_not_apply() ? Json() : json_of(lesion.heterogeneous);
  Json parts = Json::array();
  for (const SubRegion& part : lesion.sub_regions)
    parts.push_back({{"krenning", part.krenning},
                     {"volume_ml", number(part.volume_ml)},
                     {"suvmean", number(part.suvmean)}});
  return {{"heterogeneous", lesion.heterogeneous.value()}, {"sub_regions", parts}};
}

}  // namespace

Json json_of(const Uptake& uptake) {
  return {{"suvmax", json_of(uptake.suvmax)},
          {"suvpeak", json_of(uptake.suvpeak)},
          {"suvpeak_local", json_of(uptake.suvpeak_local)},
          {"suvmean", json_of(uptake.suvmean)},
          {"volume_ml", json_of(uptake.volume_ml)},
          {"total_uptake", json_of(uptake.total_uptake)},
          {"to_liver", json_of(uptake.to_liver)},
          {"to_spleen", json_of(uptake.to_spleen)},
          {"to_blood_pool", json_of(uptake.to_blood_pool)},
          {"cov", json_of(uptake.cov)},
          {"asphericity", json_of(uptake.asphericity)},
          {"positive", json_of(uptake.positive)},
          {"background", text_or_null(uptake.background)},
          {"outlined", uptake.outlined},
          {"outline", outline_of(uptake)}};
}

Json json_of(const Lesion& lesion) {
  return {{"id", lesion.id},
          {"tracking_uid", text_or_null(lesion.tracking_uid)},
          {"parent", lesion.parent ? Json(*lesion.parent) : Json()},
          {"status", name_of(lesion.status)},
          {"status_reason", lesion.status_reason},
          {"status_by", lesion.status_by},
          {"status_confidence", number(lesion.status_confidence)},
          {"site", lesion.site},
          {"location", lesion.location},
          {"centroid_lps_mm", point_or_null(lesion.centroid_lps_mm)},
          {"centroid_fdg_lps_mm", point_or_null(lesion.centroid_fdg_lps_mm)},
          {"size_mm", json_of(lesion.size_mm)},
          {"size_source", lesion.size_mm.has_value() ? Json(name_of(lesion.size_source)) : Json()},
          {"volume_ml", json_of(lesion.volume_ml)},
          {"registration_error_mm", json_of(lesion.registration_error_mm)},
          {"uptake", {{"sstr", uptake_or_null(lesion.sstr)}, {"fdg", uptake_or_null(lesion.fdg)}}},
          {"fdg_to_sstr", json_of(lesion.fdg_to_sstr)},
          {"pattern", text_or_null(lesion.pattern)},
          {"netpet_pattern", text_or_null(lesion.netpet_pattern)},
          {"krenning", json_of(lesion.krenning)},
          {"decides", lesion.decides},
          {"sstr_rads", sstr_rads_of(lesion)},
          {"heterogeneity", heterogeneity_of(lesion)},
          {"flags", lesion.flags}};
}

}  // namespace netpet::record
