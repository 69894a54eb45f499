#include "registration/deformable.h"

#include <fmt/format.h>

#include <cmath>

#include "base/parallel_for.h"
#include "registration/discrete_displacements.h"
#include "registration/local_look.h"
#include "registration/symmetric_fit.h"
#include "registration/velocity.h"

namespace netpet::registration {
namespace {

using space::DisplacementField;

constexpr int look_radius = 4;
constexpr int rounds_12 = 6, rounds_6 = 8,
              rounds_3 = 4;  // Gauss-Newton has settled to a tenth of a voxel then
// Against a mean squared gradient of the looks of some 0.05/mm² at edges and 0.003/mm² where there is noise
// alone: edges move freely, noise does not.
constexpr float stiffness = 0.01F;
// Noise of a CT after averaging, and faint structure that may come from contrast medium, HU.
constexpr float look_floor_12 = 15, look_floor_6 = 20, look_floor_3 = 25;

/// The look with air where the scan ends: descriptors need a value everywhere.
struct Described {
  std::vector<Descriptor> descriptors;
  image::Mask shown;
};

Described described(const Field& look, const image::Mask* body, const base::Run& run) {
  Field filled = look;
  Described result{{}, image::Mask(look.geometry(), 1)};
  for (std::size_t n = 0; n < filled.voxels().size(); ++n) {
    if (std::isnan(filled[n])) filled[n] = compressed_hu(-1000), result.shown[n] = 0;
    if (body && !(*body)[n]) result.shown[n] = 0;
  }
  result.descriptors = self_similarity(filled, run);
  return result;
}

/// Both directions of the search.
struct Search {
  DisplacementField there, back;
};

Search search(const WorkingPair& pair, const base::Run& run) {
  const Described fixed = described(pair.fixed, &pair.body, run),
                  moving = described(pair.moving, &pair.moving_body, run);
  const DescribedScan a{pair.fixed.geometry(), fixed.descriptors, fixed.shown};
  const DescribedScan b{pair.fixed.geometry(), moving.descriptors, moving.shown};
  return {discrete_displacements(a, b, run), discrete_displacements(b, a, run)};
}

Evidence fit_at(const Field& fixed, const Field& moving, float floor, int rounds, DisplacementField& velocity,
                const base::Run& run) {
  Field fixed_look, moving_look;
  base::in_parallel(run, {[&] { fixed_look = local_look(fixed, look_radius, floor, run); },
                          [&] { moving_look = local_look(moving, look_radius, floor, run); }});
  return fit_symmetric(fixed_look, moving_look, {rounds, stiffness}, velocity, run);
}

}  // namespace

Deformation find_deformation(const WorkingPair& pair, const base::Run& run) {
  Search start = search(pair, run);
  run.detail("registration: discrete search done");
  // Half the difference of both directions: swapping the scans turns its sign.
  DisplacementField velocity = start.there;
  for (std::size_t n = 0; n < velocity.nodes().size(); ++n)
    velocity.nodes()[n] = (start.there.nodes()[n] - start.back.nodes()[n]) * 0.5F;
  const Field fixed_6 = halved(pair.fixed), moving_6 = halved(pair.moving);
  fit_at(halved(fixed_6), halved(moving_6), look_floor_12, rounds_12, velocity, run);
  velocity = resampled(velocity, fixed_6.geometry(), run);
  fit_at(fixed_6, moving_6, look_floor_6, rounds_6, velocity, run);
  run.detail("registration: fits at 12 and 6 mm done");
  DisplacementField coarse = velocity;
  Evidence evidence = fit_at(pair.fixed, pair.moving, look_floor_3, rounds_3, velocity, run);
  return {std::move(velocity), std::move(coarse), std::move(start.there), std::move(start.back),
          std::move(evidence)};
}

}  // namespace netpet::registration
