#include "registration/rigid_fit.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "base/robust.h"

namespace netpet::registration {
namespace {

using space::Affine;

constexpr int samples_of_three = 400;  // half wrong: 1 of 8 samples is right; 400 leave no doubt
constexpr int reweightings = 20;
constexpr double tukey_scales = 4.685;   // 95 % efficiency for normal residuals
constexpr double least_scale_mm = 0.15;  // matches are never better than this

Eigen::Vector3d vector_of(space::PointLps p) {
  return {p.x, p.y, p.z};
}

double truncated_cost(const std::vector<Match>& matches, const Affine& transform, double tolerance_mm) {
  double cost = 0;
  for (const Match& match : matches) {
    const double r = std::min(residual_mm(match, transform), tolerance_mm);
    cost += match.weight * r * r;
  }
  return cost;
}

Affine best_of_samples(const std::vector<Match>& matches, double tolerance_mm) {
  base::Random random(7);
  Affine best = fit_rigid(matches);
  double best_cost = truncated_cost(matches, best, tolerance_mm);
  const auto pick = [&] { return matches[random.bits() % matches.size()]; };
  for (int n = 0; n < samples_of_three; ++n) {
    const std::vector<Match> sample{pick(), pick(), pick()};
    const space::Vec3 a = sample[1].fixed_lps_mm - sample[0].fixed_lps_mm,
                      b = sample[2].fixed_lps_mm - sample[0].fixed_lps_mm;
    if (norm(cross(a, b)) < 50.0 * 50.0) continue;  // too close together to tell a rotation
    const Affine transform = fit_rigid(sample);
    const double cost = truncated_cost(matches, transform, tolerance_mm);
    if (cost < best_cost) {
      best_cost = cost;
      best = transform;
    }
  }
  return best;
}

/// 1.4826 · median: the standard deviation of normal residuals per axis, roughly, without the tails.
double scale_of(std::vector<double> residuals) {
  return std::max(least_scale_mm,
                  base::median_of(residuals) / 1.538);  // median length of a 3-D normal vector is 1.538 σ
}

}  // namespace

double residual_mm(const Match& match, const Affine& fixed_to_moving) {
  return distance(fixed_to_moving(match.fixed_lps_mm), match.moving_lps_mm);
}

Affine fit_rigid(const std::vector<Match>& matches) {
  base::check(!matches.empty(), "a rigid fit without matches");
  Eigen::Vector3d fixed_centre = Eigen::Vector3d::Zero(), moving_centre = Eigen::Vector3d::Zero();
  double total = 0;
  for (const Match& match : matches) {
    total += match.weight;
    fixed_centre += match.weight * vector_of(match.fixed_lps_mm);
    moving_centre += match.weight * vector_of(match.moving_lps_mm);
  }
  base::check(total > 0, "a rigid fit without weight");
  fixed_centre /= total;
  moving_centre /= total;
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  for (const Match& match : matches)
    covariance += match.weight * (vector_of(match.moving_lps_mm) - moving_centre) *
                  (vector_of(match.fixed_lps_mm) - fixed_centre).transpose();
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(covariance, Eigen::ComputeFullU | Eigen::ComputeFullV);
  Eigen::Vector3d signs(1, 1, (svd.matrixU() * svd.matrixV().transpose()).determinant() < 0 ? -1 : 1);
  const Eigen::Matrix3d rotation = svd.matrixU() * signs.asDiagonal() * svd.matrixV().transpose();
  const Eigen::Vector3d shift = moving_centre - rotation * fixed_centre;
  Affine result;
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column) result.linear(row, column) = rotation(row, column);
  result.translation = {shift.x(), shift.y(), shift.z()};
  return result;
}

Affine fit_rigid_robust(const std::vector<Match>& matches, double tolerance_mm) {
  base::check(matches.size() >= 3, "a robust rigid fit needs three matches");
  Affine transform = best_of_samples(matches, tolerance_mm);
  std::vector<double> residuals(matches.size());
  std::vector<Match> weighted = matches;
  for (int n = 0; n < reweightings; ++n) {
    for (std::size_t m = 0; m < matches.size(); ++m) residuals[m] = residual_mm(matches[m], transform);
    const double cut = std::min(tolerance_mm, tukey_scales * scale_of(residuals));
    double total = 0;
    for (std::size_t m = 0; m < matches.size(); ++m) {
      const double u = residuals[m] / cut;
      const double biweight = u < 1 ? (1 - u * u) * (1 - u * u) : 0;
      weighted[m].weight = matches[m].weight * biweight;
      total += weighted[m].weight;
    }
    if (total <= 0) break;
    transform = fit_rigid(weighted);
  }
  return transform;
}

}  // namespace netpet::registration
