#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/error.h"
#include "record/grade.h"
#include "record/reading.h"

/// The JSON documents of the contract (interface.md), written from and read into plain values. Keys keep the
/// order of the contract. A number that cannot be had is {"not_computable": reason}, one that does not apply
/// is null, and a non-finite number is our bug.
namespace netpet::record {

using Json = nlohmann::ordered_json;

/// Four decimals would hide a factor of 4e-4, so numbers are written with six significant digits.
Json number(double value);
/// With twelve digits, for a factor that others multiply with.
Json precise_number(double value);
Json json_of(const base::Computed<double>& value);
Json json_of(const base::Computed<bool>& value);
Json json_of(const base::Computed<std::string>& value);
/// The contract's {"error":{"code", "message", "context", "file", "tag", "accept"}}.
Json json_of(const base::Error& error);
Json json_of(const Warning& warning);
Json json_of(const std::vector<Warning>& warnings);
Json json_of(const space::PointLps& point);
Json json_of(const Reference& reference);
/// liver, blood_pool, spleen and marrow always, null where there is none; then the others by name.
Json json_of(const References& references);
Json json_of(const Grade& grade);
Json json_of(const Uptake& uptake);
/// {"lesion", "why", "alternatives": ids, "alternatives_why": a sentence each}.
Json json_of_biopsy(const std::string& target, const std::string& why,
                    const std::vector<BiopsyAlternative>& alternatives);
/// The `grade` command's answer for one case.
Json json_of(const GradingResult& result);
Json json_of(const Lesion& lesion);
/// As `read_clinical` reads it.
Json json_of(const Clinical& clinical);
Json json_of(const Tracer& tracer);
Json json_of(const SuvProvenance& suv);
Json json_of(const TracerScan& scan);
Json json_of(const RegistrationQuality& quality);
Json json_of(const Registration& registration);
/// The whole document, schema netpet-reading/1.
Json json_of(const Reading& reading);

/// A document as it is written to a file or to the terminal: indented, UTF-8 whatever its texts held.
std::string text_of(const Json& document);

}  // namespace netpet::record
