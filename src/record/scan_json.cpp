#include "record/json_parts.h"

namespace netpet::record {

Json json_of(const Tracer& tracer) {
  return {{"name", tracer.name},
          {"code", text_or_null(tracer.code)},
          {"scheme", text_or_null(tracer.scheme)},
          {"class", name_of(tracer.tracer_class)}};
}

Json json_of(const SuvProvenance& suv) {
  return {{"type", suv.type},
          {"unit", suv.unit},
          {"rule", suv.rule},
          {"factor", Json::array({precise_number(suv.factor[0]), precise_number(suv.factor[1])})},
          {"dose_bq", number_or_null(suv.dose_bq)},
          {"weight_kg", number_or_null(suv.weight_kg)},
          {"half_life_s", number_or_null(suv.half_life_s)},
          {"administered", time_or_null(suv.administered)},
          {"reference_time", time_or_null(suv.reference_time)},
          {"decay_factor", number_or_null(suv.decay_factor)},
          {"steps", suv.steps},
          {"doubts", suv.doubts}};
}

Json json_of(const TracerScan& scan) {
  return {{"study_uid", scan.study_uid},
          {"series_uid", scan.series_uid},
          {"frame_of_reference_uid", text_or_null(scan.frame_of_reference_uid)},
          {"description", text_or_null(scan.description)},
          {"tracer", json_of(scan.tracer)},
          {"radionuclide", text_or_null(scan.radionuclide)},
          {"acquired", time_or_null(scan.acquired)},
          {"weight_kg", number_or_null(scan.weight_kg)},
          {"height_m", number_or_null(scan.height_m)},
          {"suv", json_of(scan.suv)},
          {"voxel_mm",
           Json::array({number(scan.voxel_mm[0]), number(scan.voxel_mm[1]), number(scan.voxel_mm[2])})},
          {"size", scan.size},
          {"scanner", text_or_null(scan.scanner)},
          {"reconstruction", text_or_null(scan.reconstruction)},
          {"uptake_min", number_or_null(scan.uptake_min)},
          {"has_ct", scan.has_ct},
          {"warnings", json_of(scan.warnings)}};
}

}  // namespace netpet::record
