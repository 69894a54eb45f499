#include "registration/coarse.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel_for.h"
#include "base/robust.h"
#include "registration/correlation.h"
#include "registration/sampler.h"

namespace netpet::registration {
namespace {

using space::Affine;
using space::PointLps;
using space::Vec3;

constexpr double least_overlap_mm = 120;    // less of a trunk cannot be told from another part of it
constexpr double hypotheses_apart_mm = 32;  // closer shifts are found by climbing
constexpr std::size_t shift_hypotheses = 8;
constexpr std::size_t turns_climbed = 10;  // of 27 turns times the shifts, the best by correlation
constexpr double turn_degrees = 12;        // climbing from the grid reaches more than 18°
constexpr double degrees_per_mm =
    0.25;  // a turn that moves a place 230 mm from the centre by as much as the shift
constexpr std::size_t most_places = 6000;  // enough for a correlation with an error below 0.02

double first_z(const Field& field) {
  return field.geometry().origin.z;
}

/// What one slice holds: areas in voxels and the centre of the body.
struct Profile {
  std::vector<std::vector<double>> areas;  ///< by landmark, then slice; the body is the first
  std::vector<double> centre_x, centre_y;  ///< LPS mm; NaN in a slice without body
};

std::vector<double> areas_of(const image::Mask& mask) {
  const auto& size = mask.geometry().size;
  const std::size_t plane = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
  std::vector<double> areas(static_cast<std::size_t>(size[2]), 0);
  for (std::size_t n = 0; n < mask.voxels().size(); ++n) areas[n / plane] += mask[n];
  return areas;
}

Profile profile_of(const CoarseScan& scan) {
  Profile profile;
  profile.areas.push_back(areas_of(scan.body));
  for (const auto& landmark : scan.landmarks) profile.areas.push_back(areas_of(landmark));
  const std::size_t slices = profile.areas.front().size();
  profile.centre_x.assign(slices, 0);
  profile.centre_y.assign(slices, 0);
  const auto& geometry = scan.body.geometry();
  std::size_t n = 0;
  for (std::size_t k = 0; k < slices; ++k) {
    for (int j = 0; j < geometry.size[1]; ++j)
      for (int i = 0; i < geometry.size[0]; ++i, ++n) {
        profile.centre_x[k] += scan.body[n] * static_cast<double>(i);
        profile.centre_y[k] += scan.body[n] * static_cast<double>(j);
      }
    const double area = profile.areas.front()[k];
    profile.centre_x[k] = geometry.origin.x + geometry.spacing.x * profile.centre_x[k] / area;
    profile.centre_y[k] = geometry.origin.y + geometry.spacing.y * profile.centre_y[k] / area;
  }
  return profile;
}

/// Moving slice = fixed slice + `slices`.
struct ShiftAlong {
  int slices = 0;
  double unlikeness = 0;  ///< 0 same areas … 1 nothing in common
};

/// Mean over landmarks of Σ|a − b| / Σ(a + b) in the slices that both scans have.
double unlikeness_of(const Profile& fixed, const Profile& moving, int shift, int first, int last) {
  double sum = 0;
  int landmarks = 0;
  for (std::size_t n = 0; n < fixed.areas.size(); ++n) {
    double difference = 0, total = 0;
    for (int k = first; k < last; ++k) {
      const double a = fixed.areas[n][static_cast<std::size_t>(k)],
                   b = moving.areas[n][static_cast<std::size_t>(k + shift)];
      difference += std::abs(a - b);
      total += a + b;
    }
    if (total <= 0) continue;
    sum += difference / total;
    ++landmarks;
  }
  return landmarks ? sum / landmarks : 1;
}

/// The shifts along the patient where profiles agree best, best first.
std::vector<ShiftAlong> shifts_along(const Profile& fixed, const Profile& moving, double spacing_mm) {
  const int nf = static_cast<int>(fixed.centre_x.size()), nm = static_cast<int>(moving.centre_x.size());
  const int least = std::max(2, std::min({nf, nm, static_cast<int>(least_overlap_mm / spacing_mm)}));
  std::vector<ShiftAlong> all;
  for (int shift = least - nf; shift <= nm - least; ++shift) {
    const int first = std::max(0, -shift), last = std::min(nf, nm - shift);
    if (last - first >= least) all.push_back({shift, unlikeness_of(fixed, moving, shift, first, last)});
  }
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.unlikeness < b.unlikeness; });
  std::vector<ShiftAlong> best;
  const int apart = static_cast<int>(hypotheses_apart_mm / spacing_mm);
  for (const ShiftAlong& candidate : all) {
    const bool is_new = std::all_of(best.begin(), best.end(), [&](auto& other) {
      return std::abs(other.slices - candidate.slices) >= apart;
    });
    if (is_new) best.push_back(candidate);
    if (best.size() == shift_hypotheses) break;
  }
  return best;
}

/// Places of the fixed scan with their values, and where the fixed body has its centre.
struct Places {
  std::vector<PointLps> points;
  std::vector<float> values;
  PointLps centre;
  double share = 1;  ///< points per voxel of the body and its margin
};

/// Places inside the body and one voxel around it, thinned evenly. The voxel around keeps the outline in.
Places places_of(const Field& fixed, const image::Mask& body) {
  const auto& geometry = fixed.geometry();
  const auto near_body = [&](int i, int j, int k) {
    for (int dj = -1; dj <= 1; ++dj)
      for (int di = -1; di <= 1; ++di) {
        const space::IndexIjk at{i + di, j + dj, k};
        if (geometry.contains(at) && body(at)) return true;
      }
    return false;
  };
  std::vector<std::size_t> inside;
  Vec3 sum;
  for (std::size_t n = 0; n < fixed.voxels().size(); ++n) {
    const auto at = geometry.index(n);
    if (!near_body(at.i, at.j, at.k)) continue;
    inside.push_back(n);
    sum = sum + Vec3{double(at.i), double(at.j), double(at.k)};
  }
  Places places;
  if (inside.empty()) return places;
  const double count = static_cast<double>(inside.size());
  places.centre = geometry.to_lps(space::ContinuousIjk{sum.x / count, sum.y / count, sum.z / count});
  // A step coprime to the rows' lengths spreads the places; a plain stride would line up.
  const std::size_t step = std::max<std::size_t>(1, inside.size() / most_places) | 1;
  for (std::size_t n = 0; n < inside.size(); n += step) {
    places.points.push_back(geometry.to_lps(geometry.index(inside[n])));
    places.values.push_back(fixed[inside[n]]);
  }
  return places;
}

/// Shift in mm and turn in degrees about the fixed body's centre.
using Pose = std::array<double, 6>;

Affine affine_of(const Pose& pose, PointLps centre, const Affine& base) {
  return base.after(space::rigid(centre, {pose[3], pose[4], pose[5]}, {pose[0], pose[1], pose[2]}));
}

/// Correlation at the places that the moving scan holds, reduced where these are few: chance alignments
/// overlap little.
double worth_of(const Places& places, const Sampler& moving, const Affine& fixed_to_moving) {
  Correlation correlation;
  float value = 0;
  for (std::size_t n = 0; n < places.points.size(); ++n)
    if (moving.at(fixed_to_moving(places.points[n]), value)) correlation.add(places.values[n], value);
  const double overlap = correlation.count() / static_cast<double>(places.points.size());
  if (overlap < 0.1) return -1;
  return correlation.value() * (0.75 + 0.25 * std::min(1.0, overlap));
}

Guess climb_from(const Places& places, const Sampler& moving, const Guess& start, double first_step_mm,
                 double last_step_mm) {
  Pose pose{};
  double best = worth_of(places, moving, start.fixed_to_moving);
  double step = first_step_mm;
  while (step >= last_step_mm) {
    for (bool climbed = true; climbed;) {
      climbed = false;
      for (std::size_t axis = 0; axis < 6; ++axis)
        for (const double sign : {1.0, -1.0}) {
          Pose next = pose;
          next[axis] += sign * (axis < 3 ? step : step * degrees_per_mm);
          const double worth =
              worth_of(places, moving, affine_of(next, places.centre, start.fixed_to_moving));
          if (worth <= best + 1e-6) continue;
          best = worth;
          pose = next;
          climbed = true;
        }
    }
    step /= 2;
  }
  return {affine_of(pose, places.centre, start.fixed_to_moving), best};
}

/// The shift across the patient that lays the bodies' centres on each other, slice by slice.
Vec3 shift_across(const Profile& fixed, const Profile& moving, int shift) {
  std::vector<double> x, y;
  for (int k = std::max(0, -shift); k < static_cast<int>(fixed.centre_x.size()); ++k) {
    const int other = k + shift;
    if (other >= static_cast<int>(moving.centre_x.size())) break;
    const auto a = static_cast<std::size_t>(k), b = static_cast<std::size_t>(other);
    if (fixed.areas.front()[a] <= 0 || moving.areas.front()[b] <= 0) continue;
    x.push_back(moving.centre_x[b] - fixed.centre_x[a]);
    y.push_back(moving.centre_y[b] - fixed.centre_y[a]);
  }
  if (x.empty()) return {};
  return {base::median_of(x), base::median_of(y), 0};
}

std::vector<Guess> starts_of(const CoarseScan& fixed, const CoarseScan& moving, PointLps centre) {
  const Profile a = profile_of(fixed), b = profile_of(moving);
  const double spacing = fixed.look.geometry().spacing.z;
  std::vector<Guess> starts;
  for (const ShiftAlong& along : shifts_along(a, b, spacing)) {
    Vec3 shift = shift_across(a, b, along.slices);
    shift.z = first_z(moving.look) - first_z(fixed.look) + along.slices * spacing;
    for (int turn = 0; turn < 27; ++turn) {
      const int x = turn % 3, y = turn / 3 % 3, z = turn / 9;
      const Vec3 degrees{(x - 1) * turn_degrees, (y - 1) * turn_degrees, (z - 1) * turn_degrees};
      starts.push_back({space::rigid(centre, degrees, shift), 0});
    }
  }
  return starts;
}

void sort_best_first(std::vector<Guess>& guesses, std::size_t most) {
  std::stable_sort(guesses.begin(), guesses.end(), [](auto& a, auto& b) { return a.worth > b.worth; });
  if (guesses.size() > most) guesses.resize(most);
}

}  // namespace

bool are_same(const Affine& a, const Affine& b, const space::Geometry& grid) {
  constexpr double tolerance_mm = 16;
  const auto middle = [&](std::size_t axis) { return (grid.size[axis] - 1) / 2.0; };
  const PointLps centre = grid.to_lps(space::ContinuousIjk{middle(0), middle(1), middle(2)});
  double greatest = 0;
  for (const Vec3 arm : {Vec3{200, 0, 0}, Vec3{0, 200, 0}, Vec3{0, 0, 300}, Vec3{0, 0, -300}})
    greatest = std::max(greatest, distance(a(centre + arm), b(centre + arm)));
  return greatest < tolerance_mm;
}

Guess climb(const Field& fixed, const image::Mask& fixed_body, const Field& moving, const Guess& start,
            double first_step_mm, double last_step_mm) {
  return climb_from(places_of(fixed, fixed_body), Sampler(moving), start, first_step_mm, last_step_mm);
}

std::vector<Guess> coarse_alignments(const CoarseScan& fixed, const CoarseScan& moving, std::size_t most,
                                     const base::Run& run) {
  const Field fixed_16 = halved(fixed.look), moving_16 = halved(moving.look);
  const Places rough = places_of(fixed_16, halved(fixed.body)), fine = places_of(fixed.look, fixed.body);
  if (rough.points.empty() || fine.points.empty()) return {};
  const Sampler rough_moving(moving_16), fine_moving(moving.look);
  std::vector<Guess> guesses = starts_of(fixed, moving, rough.centre);
  base::parallel_for(run, guesses.size(), 8, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n)
      guesses[n].worth = worth_of(rough, rough_moving, guesses[n].fixed_to_moving);
  });
  sort_best_first(guesses, turns_climbed);
  base::parallel_for(run, guesses.size(), 1, [&](std::size_t n, std::size_t) {
    guesses[n] = climb_from(fine, fine_moving, climb_from(rough, rough_moving, guesses[n], 32, 8), 8, 2);
  });
  sort_best_first(guesses, guesses.size());
  std::vector<Guess> distinct;
  const double share = 1 / static_cast<double>(guesses.size());
  for (Guess guess : guesses) {
    const auto same = std::find_if(distinct.begin(), distinct.end(), [&](auto& other) {
      return are_same(guess.fixed_to_moving, other.fixed_to_moving, fixed.look.geometry());
    });
    guess.share_of_starts = share;
    if (same != distinct.end())
      same->share_of_starts += share;
    else if (guess.worth > 0)
      distinct.push_back(guess);
  }
  if (distinct.size() > most) distinct.resize(most);
  return distinct;
}

}  // namespace netpet::registration
