#pragma once

#include <functional>
#include <vector>

#include "lesions/pair.h"
#include "lesions/rules.h"

namespace netpet::lesions {

/// Both scans and the way between them.
struct AlignedScans {
  const image::PetVolume& sstr;
  const image::PetVolume& fdg;
  std::function<space::PointLps(space::PointLps)> fdg_to_sstr, sstr_to_fdg;
  std::function<double(space::PointLps)> error_mm;  ///< of the alignment, at a point of SSTR space
};

/// Finds FDG foci that are of another phenotype than the SSTR mass around them, and makes each a lesion of
/// its own behind the others, with `parent`.
///
/// Of a lesion outlined on both tracers the SSTR image is looked at around the place of the FDG peak: the
/// highest 1 cm³ mean within the alignment's error there (at least the table's search). Where it is below the
/// table's share of the mass's own, or the mass stands above background + 2 SD and it does not, the focus is
/// the part of the FDG outline around its peak above half-way to what FDG shows at the mass's SSTR peak; one
/// below the table's volume makes no lesion. Of the mass's own FDG outline remains what the blurred edge of
/// the focus does not explain, where that is as large. Since the whole neighbourhood that the alignment
/// allows is searched, an error of the alignment alone splits nothing. An FDG outline that has no SSTR
/// outline of its own but whose peak lies in that of a mass, to within the error, gets that mass as its
/// parent. A focus of another phenotype names its
/// middle, where it is to be measured on SSTR (its edge shows the mass), and whether it stands out there is a
/// matter of the alignment. Lesions that `may_split` (by index) rejects stay as they are.
void split_phenotypes(std::vector<PairedLesion>& lesions, const AlignedScans& scans,
                      const std::function<bool(std::size_t)>& may_split, const PhenotypeRules& rules);

}  // namespace netpet::lesions
