#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "anatomy/organ_map.h"
#include "base/resources.h"
#include "base/run.h"
#include "space/geometry.h"

namespace netpet::pipeline {

/// An organ map made by others, with what cannot be a patient's organs as warnings. A label map (NIfTI) keeps
/// its own grid; a DICOM Segmentation or structure set is put on `grid`, and where its regions overlap the
/// smaller one, the part of an organ, stands. `labels` says what the numbers mean: the name of a program
/// (data/organ_numberings.json) or a JSON file; without it a label map has those of TotalSegmentator v2, and
/// a segment says itself by its code, else by its label. Refuses what the files refuse,
/// `organ_labels_unknown`, and what `OrganNames::read_numbering` refuses.
anatomy::OrganMap read_organ_file(const std::filesystem::path& file, const std::optional<std::string>& labels,
                                  const space::Geometry& grid, const base::Resources& resources,
                                  const base::Run& run);

/// Refuses `labels` as `read_organ_file` does, before there is a map.
void check_organ_labels(const std::string& labels, const base::Resources& resources);

}  // namespace netpet::pipeline
