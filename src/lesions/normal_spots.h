#pragma once

#include <string>
#include <vector>

#include "lesions/candidates.h"
#include "lesions/classify.h"
#include "lesions/pair.h"
#include "lesions/verdict_rules.h"

namespace netpet::lesions {

/// A normal spot with its outline on one tracer's own grid.
struct OutlinedSpot {
  Outline outline;
  std::string tissue;    ///< name of the row of data/physiologic.json that explains it
  double peak = 0;       ///< highest 1 cm³ mean, SUV
  double up_to_suv = 0;  ///< what that tissue may take up
};

/// Outlines the normal spots of one scan as lesions are outlined, outside the outlines of `lesions`; a spot
/// of which they hold the greater part is left out, for it is shown as a part of them.
std::vector<OutlinedSpot> outline_normal_spots(const image::PetVolume& suv, const image::LabelMap& organs,
                                               const std::vector<NormalSpot>& spots,
                                               const std::vector<Outline>& lesions,
                                               const record::References& references, record::Role role,
                                               const base::Resources& resources, const base::Run& run);

/// The normal spots of one scan and what they lie on.
struct SpotsOnGrid {
  ScanOnGrid scan;
  std::vector<OutlinedSpot> spots;
};

/// Normal spots as a reader sees them: `outlines` to measure and the verdict on them.
struct ListedSpot {
  PairedLesion outlines;
  Verdict verdict;
};

/// Lists normal spots as physiologic, with a low confidence, so that a reader can turn each back. Spots of
/// both tracers at one place are one; one that touches an outline of `lesions` on the other tracer is left
/// out, for that lesion is measured there on both; beyond the table's number of spots of one tissue the
/// fainter ones are joined into one entry. A scan that was not given has a null `suv`.
std::vector<ListedSpot> list_normal_spots(const SpotsOnGrid& sstr, const SpotsOnGrid& fdg,
                                          const std::vector<PairedLesion>& lesions,
                                          const space::Transform& sstr_to_fdg, const ErrorAt& error_at,
                                          const base::Resources& resources);

}  // namespace netpet::lesions
