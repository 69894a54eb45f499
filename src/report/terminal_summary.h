#pragma once

#include <string>

#include "record/reading.h"
#include "report/texts.h"

namespace netpet::report {

/// The reading in about ten plain lines for a terminal: patient, scans, grade, lesions, references,
/// alignment, warnings. Nothing in it can move the cursor or change colours: control characters of header
/// texts are replaced.
std::string terminal_summary(const record::Reading& reading, const Texts& texts);

}  // namespace netpet::report
