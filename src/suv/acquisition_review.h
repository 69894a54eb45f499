#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/resources.h"
#include "record/pet_header.h"
#include "record/tracer.h"
#include "record/warning.h"

namespace netpet::suv {

/// How an image was made, as far as its numbers depend on it.
struct Acquisition {
  std::optional<double> uptake_min;  ///< from injection to the start of the scan
  std::string reconstruction;        ///< as the header names it; empty where it does not
  std::vector<record::Warning> warnings;
};

/// Uptake time (from `administered`, which SUV found, to the earliest slice), scatter correction and
/// reconstruction of a PET series, against data/tracers.json and data/acquisition.json.
///
/// Warns `uptake_time_outside` where the tracer has a published window and the scan lies outside it (a scan
/// with `short_uptake_time` has its warning already), `no_scatter_correction`, `resolution_modelling` and
/// `reconstruction_unknown`. A post-therapy scan is warned of scatter only: nobody compares its SUV with the
/// published ones.
Acquisition review_acquisition(const record::PetHeader& header, const record::Tracer& tracer,
                               const std::optional<base::Instant>& administered,
                               const base::Resources& resources);

/// What is said of a CT with contrast agent (`ct_contrast`), with the phase where agent and image carry their
/// times: attenuation correction from such a CT raises SUV where the agent is. Nothing for a CT without.
std::optional<record::Warning> contrast_of(const record::Series& ct, const base::Resources& resources);

/// The greatest believable change of body mass between two scans of one reading, relative to the lesser mass.
double most_weight_change(const base::Resources& resources);

}  // namespace netpet::suv
