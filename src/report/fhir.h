#pragma once

#include <string>

#include "base/resources.h"
#include "record/reading.h"

namespace netpet::report {

/// The reading as a FHIR R4 (4.0.1) Bundle of type collection: Patient, Device, an ImagingStudy a scan, an
/// Observation for each value of each lesion and for each grade, and the preliminary DiagnosticReport of
/// them. Numbers have the digits of reading.json and UCUM units; one that cannot be had carries its reason as
/// dataAbsentReason. Dates are days, for scanners write no time zone. Ids follow from the reading's UIDs.
/// [hl7.org/fhir/R4]
std::string fhir_bundle(const record::Reading& reading, const base::Resources& resources);

}  // namespace netpet::report
