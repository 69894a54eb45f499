#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "record/pet_header.h"
#include "record/tracer.h"
#include "record/warning.h"

namespace netpet::suv {

struct RecognisedTracer {
  record::Tracer tracer;
  std::vector<record::Warning> warnings;  ///< `tracer_contradictory`, `tracer_from_description`
};

/// The tracer of data/tracers.json that the header names by the radiopharmaceutical's code, its text and the
/// code's meaning, with the header's nuclide: "68Ga-DOTATATE". Whatever names a compound must name the same
/// one, and one that exists with that nuclide; otherwise nothing is recognised, the name stays the header's
/// text and a warning says why (the class is kept where all that is named is of one class). The series
/// description counts only where code and text name nothing at all and the nuclide is known to fit, with a
/// warning. A therapeutic nuclide turns an SSTR tracer into `therapy`, also without a named compound where
/// SSTR therapy with it exists.
RecognisedTracer recognise_tracer(const record::PetHeader& header, const base::Resources& resources);

/// "Ga-68"; by code, text, or half-life; empty if unknown.
std::string radionuclide_of(const record::PetHeader& header, const base::Resources& resources);

/// Whether a scan in that role can be made with the nuclide; true where it is unknown (empty).
bool nuclide_fits(std::string_view nuclide, record::Role role, const base::Resources& resources);

}  // namespace netpet::suv
