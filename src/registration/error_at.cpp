#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "registration/rigid.h"

namespace netpet::registration {
namespace {

constexpr std::size_t neighbours = 12;  // some 10 cm of body around the place
constexpr double near_mm = 40;          // deformation is alike within about this distance
constexpr double upper_share = 0.9;   // with the floor below, covers about 95 % of places on deforming bodies
constexpr double least_error_mm = 2;  // half a working voxel: a single match is no better
constexpr double growth_per_mm = 0.04;  // strain of soft tissue between sessions

double weight_at(double distance_mm) {
  return 1 / (1 + (distance_mm / near_mm) * (distance_mm / near_mm));
}

using Nearest = std::vector<std::pair<double, double>>;  // distance and error of samples, nearest first

/// The errors of a deformation are smooth: those of the lattice around, nearer ones first.
double interpolated(const Nearest& nearest) {
  constexpr std::size_t around = 6;
  constexpr double softening_mm = 10, lattice_mm = 24;
  double sum = 0, total = 0;
  for (std::size_t n = 0; n < std::min(around, nearest.size()); ++n) {
    const double weight = 1 / (softening_mm + nearest[n].first);
    sum += weight * nearest[n].second, total += weight;
  }
  return sum / total + growth_per_mm * std::max(0.0, nearest.front().first - lattice_mm);
}

}  // namespace

double error_at(const record::Registration& registration, space::PointLps fixed_lps) {
  const double typical = registration.error_mm.value_or(0);
  if (registration.samples.empty()) {
    base::check(registration.error_mm.has_value(), "a registration without samples needs its error");
    return typical;
  }
  Nearest nearest;
  nearest.reserve(registration.samples.size());
  for (const auto& sample : registration.samples)
    nearest.emplace_back(distance(sample.fixed_lps_mm, fixed_lps), sample.residual_mm);
  const std::size_t used = std::min(neighbours, nearest.size());
  std::partial_sort(nearest.begin(), nearest.begin() + static_cast<std::ptrdiff_t>(used), nearest.end());
  nearest.resize(used);
  if (!registration.fixed_to_moving.affine()) return interpolated(nearest);
  const double gap = nearest.front().first;
  double total = 0;
  for (auto& [far, residual] : nearest) total += weight_at(far);
  std::sort(nearest.begin(), nearest.end(), [](auto& a, auto& b) { return a.second < b.second; });
  double sum = 0, local = nearest.back().second;
  for (auto& [far, residual] : nearest) {
    sum += weight_at(far);
    if (sum < upper_share * total) continue;
    local = residual;
    break;
  }
  if (gap > near_mm) local = std::max(local, typical);
  return std::max(local, least_error_mm) + growth_per_mm * gap;
}

}  // namespace netpet::registration
