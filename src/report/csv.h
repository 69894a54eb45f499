#pragma once

#include <string>

#include "record/reading.h"

namespace netpet::report {

/// lesions.csv: a header with units, then one row a lesion, physiologic and excluded ones included. RFC 4180;
/// a number that does not apply or cannot be computed is an empty field.
std::string lesions_csv(const record::Reading& reading);

}  // namespace netpet::report
