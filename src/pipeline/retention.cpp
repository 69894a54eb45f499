#include "pipeline/retention.h"

namespace netpet::pipeline {
namespace {

base::Computed<double> percent_of(const base::Computed<double>& total_uptake,
                                  const std::optional<double>& weight_kg) {
  if (!total_uptake.has_value()) return total_uptake;
  if (!weight_kg) return base::NotComputable{"the weight is not known"};
  return 100 * total_uptake.value() / (1000 * *weight_kg);
}

base::Computed<double> hours_after_administration(const record::TracerScan& scan) {
  if (!scan.acquired || !scan.suv.administered)
    return base::NotComputable{"the time of administration or of the scan is not known"};
  return (*scan.acquired - *scan.suv.administered).value / 3600;
}

}  // namespace

std::optional<record::PostTherapy> retention_of(const record::Reading& reading) {
  if (!reading.sstr || reading.sstr->tracer.tracer_class != record::TracerClass::therapy) return std::nullopt;
  record::PostTherapy result;
  result.hours_after_administration = hours_after_administration(*reading.sstr);
  double total = 0;
  for (const auto& lesion : reading.lesions) {
    if (!lesion.counts() || !lesion.sstr || !lesion.sstr->outlined) continue;
    result.lesions.push_back({lesion.id, percent_of(lesion.sstr->total_uptake, reading.sstr->weight_kg)});
    total += lesion.sstr->total_uptake.value_or(0);
  }
  result.total_percent = percent_of(total, reading.sstr->weight_kg);
  return result;
}

}  // namespace netpet::pipeline
