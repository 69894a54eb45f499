#pragma once

#include "base/resources.h"

namespace netpet::registration {

/// How the stated error of a deformation grows with what speaks against it, mm:
/// base + voxel_share · voxel
/// + remaining_share · (remaining above the usual)
/// + detail_share · (detail above the usual) + opinions_share · (opinions above the usual).
struct ErrorModel {
  double base_mm = 0;
  double voxel_share = 0;
  double remaining_share = 0, usually_remaining_mm = 0;
  double detail_share = 0, usual_detail_mm = 0;
  double opinions_share = 0, usual_opinions_mm = 0;
};

/// From data/registration.json.
ErrorModel load_error_model(const base::Resources& resources);

}  // namespace netpet::registration
