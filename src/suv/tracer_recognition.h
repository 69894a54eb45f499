#pragma once

#include <string>

#include "base/resources.h"
#include "record/pet_header.h"
#include "record/tracer.h"

namespace netpet::suv {

/// The tracer of data/tracers.json that the radiopharmaceutical's code names, else its text or the code's
/// meaning, with the header's nuclide: "68Ga-DOTATATE". A therapeutic nuclide makes the class `therapy`, also
/// without a known compound. A compound that contradicts the nuclide ("FDG" with Ga-68) is not recognised:
/// its class is `unknown` and its name the header's text. Without any text the name is that of the nuclide.
record::Tracer recognise_tracer(const record::PetHeader& header, const base::Resources& resources);

/// "Ga-68"; by code, text, or half-life; empty if unknown.
std::string radionuclide_of(const record::PetHeader& header, const base::Resources& resources);

}  // namespace netpet::suv
