#include "registration/deformation_error.h"

#include <algorithm>
#include <cmath>

namespace netpet::registration {
namespace {

using space::IndexIjk;
using space::PointLps;
using space::Vec3;
using space::Vec3f;

constexpr int nodes_apart = 2;  // of the discrete search, 12 mm each

double length(Vec3f v) {
  return std::sqrt(static_cast<double>(dot(v, v)));
}

/// Mean over the place and the six around it at 12 mm: a single node of the search says little.
template <class Value>
double mean_around(PointLps place, Value&& value) {
  constexpr double step_mm = 12;
  double sum = value(place);
  for (int axis = 0; axis < 3; ++axis)
    for (const double sign : {-1.0, 1.0}) {
      Vec3 step;
      step[axis] = sign * step_mm;
      sum += value(place + step);
    }
  return sum / 7;
}

/// The difference of the looks against their slope along one axis. Where scans lie well on each
/// other their noise leaves 2 to 4 mm.
double remaining_at(const Deformation& deformation, PointLps place) {
  constexpr double flat = 0.001;  // squared slope, 1/mm², of what has no structure
  const auto& grid = deformation.velocity.grid();
  const auto mean_of = [&](const std::vector<float>& values) {
    return mean_around(place, [&](PointLps p) {
      IndexIjk at = grid.nearest(p);
      at = {std::clamp(at.i, 0, grid.size[0] - 1), std::clamp(at.j, 0, grid.size[1] - 1),
            std::clamp(at.k, 0, grid.size[2] - 1)};
      return static_cast<double>(values[grid.offset(at)]);
    });
  };
  return std::sqrt(mean_of(deformation.evidence.remainder) /
                   (mean_of(deformation.evidence.slope) / 3 + flat));
}

}  // namespace

Doubt doubt_at(const Deformation& deformation, PointLps place) {
  Doubt doubt;
  // Velocities stand for displacements here: they differ by less than a tenth of the displacement's change.
  const auto& answer = deformation.velocity;
  doubt.opinions_mm = mean_around(place, [&](PointLps p) {
    return length(answer.at(p) - (deformation.discrete_there.at(p) - deformation.discrete_back.at(p)) * 0.5F);
  });
  doubt.detail_mm =
      mean_around(place, [&](PointLps p) { return length(answer.at(p) - deformation.coarse.at(p)); });
  doubt.remaining_mm = remaining_at(deformation, place);
  return doubt;
}

double error_of(const Doubt& doubt, const ErrorModel& model) {
  return model.base_mm + model.voxel_share * doubt.voxel_mm +
         model.remaining_share * std::max(0.0, doubt.remaining_mm - model.usually_remaining_mm) +
         model.detail_share * std::max(0.0, doubt.detail_mm - model.usual_detail_mm) +
         model.opinions_share * std::max(0.0, doubt.opinions_mm - model.usual_opinions_mm);
}

std::vector<record::RegistrationSample> deformation_errors(const WorkingPair& pair,
                                                           const Deformation& deformation, double voxel_mm,
                                                           const ErrorModel& model) {
  const auto& nodes = deformation.discrete_there.grid();
  const auto& voxels = pair.body.geometry();
  std::vector<record::RegistrationSample> samples;
  for (int k = 1; k < nodes.size[2]; k += nodes_apart)
    for (int j = 1; j < nodes.size[1]; j += nodes_apart)
      for (int i = 1; i < nodes.size[0]; i += nodes_apart) {
        const PointLps place = nodes.to_lps(IndexIjk{i, j, k});
        const IndexIjk voxel = voxels.nearest(place);
        if (!voxels.contains(voxel) || !pair.body(voxel)) continue;
        Doubt doubt = doubt_at(deformation, place);
        doubt.voxel_mm = voxel_mm;
        samples.push_back({place, error_of(doubt, model)});
      }
  return samples;
}

}  // namespace netpet::registration
