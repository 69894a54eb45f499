#include "grading/measurement_errors.h"

#include "base/table.h"

namespace netpet::grading {
namespace {

using base::Table;

void read_uptake(Table& table, const char* tracer, MeasurementErrors::Uptake& uptake) {
  table.part(tracer, [&](Table& part) {
    uptake.scan = part.number("scan");
    uptake.lesion = part.number("lesion");
  });
}

void read_references(Table& table, const char* tracer, MeasurementErrors::References& references) {
  table.part(tracer, [&](Table& part) {
    for (const char* organ : {"blood_pool", "liver", "spleen"}) references.organ[organ] = part.number(organ);
    references.other = part.number("other");
  });
}

}  // namespace

double MeasurementErrors::References::of(const std::string& name) const {
  const auto found = organ.find(name);
  return found == organ.end() ? other : found->second;
}

MeasurementErrors MeasurementErrors::read(const base::Resources& resources) {
  MeasurementErrors errors;
  Table::read(resources, "data/stability.json", [&](Table& table) {
    table.text("source");
    errors.draws_of_read = table.whole("draws_of_read");
    errors.seed = table.whole("seed");
    table.part("calibration", [&](Table& calibration) {
      calibration.text("source");
      errors.widening = calibration.number("widening");
    });
    table.part("uptake", [&](Table& uptake) {
      uptake.text("source");
      read_uptake(uptake, "sstr", errors.sstr);
      read_uptake(uptake, "fdg", errors.fdg);
    });
    table.part("noise", [&](Table& noise) {
      noise.text("source");
      errors.suvpeak_noise = noise.number("suvpeak");
      errors.suvmax_noise = noise.number("suvmax");
    });
    table.part("references", [&](Table& references) {
      references.text("source");
      read_references(references, "sstr", errors.sstr_references);
      read_references(references, "fdg", errors.fdg_references);
      errors.reference_sd = references.number("sd");
      errors.reference_volume_ml_when_unknown = references.number("volume_ml_when_unknown");
      errors.resolution_cell_ml = references.number("resolution_cell_ml");
    });
    table.part("size", [&](Table& size) {
      size.text("source");
      errors.ct_size_share = size.number("ct_share");
      errors.ct_size_least_mm = size.number("ct_least_mm");
      errors.pet_size_share = size.number("pet_share");
      errors.pet_size_least_mm = size.number("pet_least_mm");
      errors.volume = size.number("volume");
    });
    table.part("registration", [&](Table& registration) {
      registration.text("source");
      errors.sphere_radius_mm = registration.number("sphere_radius_mm");
    });
  });
  return errors;
}

}  // namespace netpet::grading
