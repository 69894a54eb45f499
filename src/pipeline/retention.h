#pragma once

#include <optional>

#include "record/reading.h"

namespace netpet::pipeline {

/// The retention of each lesion that counts, where the SSTR scan of the reading is a post-therapy scan;
/// nothing elsewhere. Lesions are measured and numbered already.
std::optional<record::PostTherapy> retention_of(const record::Reading& reading);

}  // namespace netpet::pipeline
