#include "registration/local_deformation.h"

#include <algorithm>
#include <utility>

#include "base/robust.h"

namespace netpet::registration {
namespace {

constexpr std::size_t neighbours = 9;  // with four wrong ones the median still stands

}  // namespace

std::vector<record::RegistrationSample> local_deformation(const std::vector<Match>& matches,
                                                          const space::Affine& fixed_to_moving) {
  std::vector<space::Vec3> residuals;
  residuals.reserve(matches.size());
  for (const Match& match : matches)
    residuals.push_back(match.moving_lps_mm - fixed_to_moving(match.fixed_lps_mm));
  const std::size_t used = std::min(neighbours, matches.size());
  std::vector<std::pair<double, std::size_t>> nearest(matches.size());  // distance, match
  std::vector<record::RegistrationSample> samples;
  samples.reserve(matches.size());
  for (const Match& match : matches) {
    for (std::size_t n = 0; n < matches.size(); ++n)
      nearest[n] = {distance(match.fixed_lps_mm, matches[n].fixed_lps_mm), n};
    std::partial_sort(nearest.begin(), nearest.begin() + static_cast<std::ptrdiff_t>(used), nearest.end());
    space::Vec3 middle;
    for (int axis = 0; axis < 3; ++axis) {
      std::vector<double> component(used);
      for (std::size_t n = 0; n < used; ++n) component[n] = residuals[nearest[n].second][axis];
      middle[axis] = base::median_of(component);
    }
    samples.push_back({match.fixed_lps_mm, norm(middle)});
  }
  return samples;
}

}  // namespace netpet::registration
