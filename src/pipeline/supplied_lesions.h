#pragma once

#include <filesystem>
#include <vector>

#include "pipeline/scan_work.h"

namespace netpet::pipeline {

/// The lesions of a mask that somebody made, as outlines on the scan's own grid: a region (NIfTI label, SEG
/// segment, ROI) is a lesion; of a mask with one region alone each connected part is. A mask that marks
/// nothing gives none. What came of it stands in the scan's warnings (`mask_resampled`, `mask_frame_unknown`,
/// `lesion_mask_empty`, `lesion_mask_parts`, `lesion_mask_region_outside`). Refuses `masks_overlap`,
/// `mask_outside_image` (no region lies in the scan), and what `read_mask_file` refuses.
std::vector<lesions::Outline> supplied_outlines(const std::filesystem::path& mask, ScanWork& work,
                                                const base::Run& run);

}  // namespace netpet::pipeline
