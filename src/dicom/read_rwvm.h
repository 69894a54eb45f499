#pragma once

#include <vector>

#include "record/real_world_value_mapping.h"
#include "record/study.h"

namespace netpet::dicom {

/// Reads the Real World Value Mapping objects of a series (role `rwvm`), one a file, in the order of
/// `series.files`. Refuses what `examine` refuses, `header_unreadable`, and `rwvm_malformed` where an object
/// maps no image.
std::vector<record::RealWorldValueMappings> read_rwvm(const record::Series& series);

}  // namespace netpet::dicom
