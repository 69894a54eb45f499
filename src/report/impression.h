#pragma once

#include <string>

#include "record/reading.h"
#include "report/texts.h"

namespace netpet::report {

/// What a physician would paste into a report, to be corrected there: the scans, lesions by phenotype, the
/// NETPET grade with target, stability and discordant disease, the other scales, the lesion to consider for
/// biopsy, what can change the grade, and that nobody has reviewed it. One sentence a line, UTF-8, without
/// markup; control characters of header texts are replaced.
std::string impression(const record::Reading& reading, const Texts& texts);

}  // namespace netpet::report
