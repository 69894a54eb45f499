#pragma once

#include <array>
#include <vector>

#include "image/png.h"
#include "report/outputs.h"
#include "report/texts.h"

namespace netpet::report {

/// What both tracers show at one place of a lesion that counts, SUV in g/mL, and how much tissue that is.
struct TwoUptakes {
  double sstr = 0, fdg = 0;
  double millilitres = 0;
};

/// The voxels of all lesions that count: of the SSTR outlines with FDG as it was laid on SSTR, and of the FDG
/// outlines outside them with the SSTR voxel nearest to their place. None without both scans and an
/// alignment.
std::vector<TwoUptakes> uptakes_of_lesions(const ReportInput& input);

/// How much of the tumour has which uptake on both tracers: SSTR to the right, FDG up, the darker the more
/// tissue. Lines at the liver's limits where they are known, and where FDG and SSTR are equal by their
/// windows. Empty without uptakes.
image::Picture draw_phenotypes(const std::vector<TwoUptakes>& uptakes, const record::Reading& reading,
                               const Texts& texts);

}  // namespace netpet::report
