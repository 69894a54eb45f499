#include "anatomy/spine_levels.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "anatomy/spine_anchors.h"
#include "base/robust.h"

namespace netpet::anatomy {
namespace {

using record::spine_level_count;

/// Discs by the vertebra that they carry: 0 = L5/S1, 1 = L4/L5, …
constexpr std::size_t disc_count = spine_level_count - 1;

/// Heights of vertebra and disc from L5 up to C2, mm along the column of an adult, men and women between:
/// lumbar part 17.5 cm, thoracic 27.5 cm, C2 to C7 11 cm (Gray's Anatomy: 18, 28 and 12.5 cm with C1),
/// growing downwards as measured by Panjabi (Spine 1991/1992) and Busscher (Eur Spine J 2010).
constexpr std::array<double, disc_count - 1> pitch_mm{35.5, 36,   35.5, 34.5, 33.5, 30,   28,   26.5,
                                                      25,   24,   23,   22.5, 22,   21,   20.5, 20,
                                                      19.5, 18.5, 17.5, 17.5, 17.5, 17.5, 20};
// How far one vertebra is off those, and how far a whole patient is: body height differs by 6 % among adults.
constexpr double pitch_sd = 0.08, scale_sd = 0.06, scale_step = 0.02;
constexpr int scale_steps = 8;

// The chain may go on beyond the scan by a whole column: steps along it.
constexpr double arc_step_mm = 2, beyond_mm = 700;
// How much a disc that stands out weighs, and how much at most.
constexpr double disc_weight = 0.8, most_dip = 2.5;

/// The middle line of the column, smoothed, and the way along it.
struct Column {
  std::vector<space::PointLps> at;  ///< by slice
  std::vector<double> arc_mm;       ///< from the lowest slice
};

constexpr double steady_mm = 24;
// The mean density of a vertebra or disc exceeds it; lung, fat and muscle without contrast medium do not.
constexpr double least_of_bodies = 50;

Column column_of(const Scene& scene, const std::vector<SpinePoint>& line) {
  const int nz = scene.grid.size[2], reach = static_cast<int>(steady_mm / scene.grid.spacing.z);
  Column column;
  for (int k = 0; k < nz; ++k) {
    double x = 0, y = 0;
    const int low = std::max(0, k - reach), high = std::min(nz - 1, k + reach);
    for (int one = low; one <= high; ++one)
      x += line[static_cast<std::size_t>(one)].x, y += line[static_cast<std::size_t>(one)].y;
    const double n = high - low + 1;
    column.at.push_back({x / n, y / n, scene.z_mm(k)});
    column.arc_mm.push_back(k == 0 ? 0
                                   : column.arc_mm.back() +
                                         space::distance(column.at.back(), column.at[column.at.size() - 2]));
  }
  return column;
}

double at_height(const std::vector<double>& values, const Scene& scene, double z_mm) {
  const double k = std::clamp((z_mm - scene.grid.origin.z) / scene.grid.spacing.z, 0.0,
                              static_cast<double>(values.size() - 1));
  const auto low = std::min(static_cast<std::size_t>(k), values.size() - 2);
  return values[low] + (k - static_cast<double>(low)) * (values[low + 1] - values[low]);
}

/// The mean density of the bodies' cross-section at each step along the column.
std::vector<double> density_along(const Column& column, const image::CtVolume& ct) {
  // Samples to either side: 12 mm of width, 10 mm of depth.
  constexpr int wide = 6, deep = 5;
  constexpr double sample_mm = 2;
  constexpr int least_hu = -100, most_hu = 500;
  const auto steps = static_cast<std::size_t>(column.arc_mm.back() / arc_step_mm) + 1;
  std::vector<double> density(steps, 0);
  std::size_t k = 0;
  for (std::size_t step = 0; step < steps; ++step) {
    const double arc = static_cast<double>(step) * arc_step_mm;
    while (k + 2 < column.arc_mm.size() && column.arc_mm[k + 1] < arc) ++k;
    const space::Vec3 along = column.at[k + 1] - column.at[k];
    const double length = space::norm(along);
    const space::PointLps middle = column.at[k] + along * ((arc - column.arc_mm[k]) / length);
    // Across the column in the sagittal plane: discs lie aslant.
    const space::Vec3 across{0, along.z / length, -along.y / length};
    double sum = 0;
    int count = 0;
    for (int x = -wide; x <= wide; ++x)
      for (int y = -deep; y <= deep; ++y) {
        const space::IndexIjk index =
            ct.geometry().nearest(middle + space::Vec3{x * sample_mm, 0, 0} + across * (y * sample_mm));
        if (!ct.geometry().contains(index)) continue;
        sum += std::clamp(int(ct(index)), least_hu, most_hu), ++count;
      }
    density[step] = count > 0 ? sum / count : 0;
  }
  return density;
}

/// The line of landmarks, drawn straight where it has left the bodies: there it would be too long.
std::vector<SpinePoint> without_detours(const Scene& scene, const std::vector<SpinePoint>& line,
                                        const image::CtVolume& ct) {
  const Column column = column_of(scene, line);
  const std::vector<double> density = density_along(column, ct);
  const int nz = static_cast<int>(line.size()), reach = static_cast<int>(steady_mm / scene.grid.spacing.z);
  std::vector<bool> astray(line.size(), false);
  for (int k = 0; k < nz; ++k)
    if (density[static_cast<std::size_t>(column.arc_mm[std::size_t(k)] / arc_step_mm)] < least_of_bodies)
      for (int one = std::max(0, k - reach); one <= std::min(nz - 1, k + reach); ++one)
        astray[std::size_t(one)] = true;
  std::vector<SpinePoint> straight = line;
  int last = -1;
  for (int k = 0; k < nz; ++k) {
    if (astray[std::size_t(k)]) continue;
    for (int gap = last + 1; last >= 0 && gap < k; ++gap) {
      const double t = double(gap - last) / (k - last);
      const SpinePoint &from = line[std::size_t(last)], &to = line[std::size_t(k)];
      straight[std::size_t(gap)] = {from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)};
    }
    last = k;
  }
  return straight;
}

/// How much a disc stands out at each step, in units of its own spread: it is less dense than the end plates
/// above and below, whatever the marrow is.
std::vector<double> dips_along(const std::vector<double>& density, double plate_mm) {
  const auto away = static_cast<int>(std::lround(plate_mm / arc_step_mm));
  const int n = static_cast<int>(density.size());
  std::vector<double> dips(density.size(), 0);
  // Where the line has left the bodies nothing is told.
  std::vector<double> spread;
  for (int s = away; s + away < n; ++s) {
    const double below = density[std::size_t(s - away)], above = density[std::size_t(s + away)];
    if (std::min({below, density[std::size_t(s)], above}) < least_of_bodies) continue;
    dips[std::size_t(s)] = (below + above) / 2 - density[std::size_t(s)];
    spread.push_back(std::abs(dips[std::size_t(s)]));
  }
  const double unit = spread.empty() ? 0 : 1.4826 * base::median_of(spread);
  if (unit <= 0) return std::vector<double>(density.size(), 0);
  for (double& dip : dips) dip = std::clamp(dip / unit, -most_dip, most_dip);
  return dips;
}

double gauss(double value, double middle, double sd) {
  const double t = (value - middle) / sd;
  return std::exp(-t * t / 2);
}

/// A mark may also be something else: one in ten is off by several times its usual error.
double seen_at(double off_mm, double sd_mm) {
  constexpr double astray_share = 0.1, astray_sds = 4;
  return (1 - astray_share) * gauss(off_mm, 0, sd_mm) +
         astray_share / astray_sds * gauss(off_mm, 0, astray_sds * sd_mm);
}

/// The chain of discs: forward and backward sums over all places of each.
class Chain {
 public:
  explicit Chain(std::vector<std::vector<double>> evidence)
      : evidence_(std::move(evidence)),
        places_(evidence_.front().size()),
        posterior_(disc_count, std::vector<double>(places_, 0)) {}

  /// Adds what the chain says if the patient's vertebrae are `scale` times the usual ones.
  void add(double scale, double weight) {
    std::vector<std::vector<double>> kernels;
    kernels.reserve(pitch_mm.size());
    for (const double pitch : pitch_mm) kernels.push_back(kernel_of(scale * pitch));
    std::vector<std::vector<double>> forward(disc_count), backward(disc_count);
    forward[0] = evidence_[0];
    for (std::size_t disc = 1; disc < disc_count; ++disc)
      forward[disc] = product(moved(forward[disc - 1], kernels[disc - 1], 1), evidence_[disc]);
    backward[disc_count - 1].assign(places_, 1);
    for (std::size_t disc = disc_count - 1; disc-- > 0;)
      backward[disc] = moved(product(backward[disc + 1], evidence_[disc + 1]), kernels[disc], -1);
    for (std::size_t disc = 0; disc < disc_count; ++disc)
      for (std::size_t place = 0; place < places_; ++place)
        posterior_[disc][place] += weight * forward[disc][place] * backward[disc][place];
  }

  /// The probability that a disc lies at or below each place.
  std::vector<std::vector<double>> below() const {
    std::vector<std::vector<double>> cumulated = posterior_;
    for (std::vector<double>& disc : cumulated) {
      double sum = 0;
      for (double& value : disc) value = sum += value;
      for (double& value : disc) value /= sum;
    }
    return cumulated;
  }

 private:
  static std::vector<double> kernel_of(double pitch) {
    std::vector<double> kernel(static_cast<std::size_t>(2 * pitch / arc_step_mm), 0);
    double sum = 0;
    for (std::size_t step = 0; step < kernel.size(); ++step)
      sum += kernel[step] = gauss(static_cast<double>(step) * arc_step_mm, pitch, pitch_sd * pitch);
    for (double& value : kernel) value /= sum;
    return kernel;
  }

  static std::vector<double> product(std::vector<double> a, const std::vector<double>& b) {
    for (std::size_t n = 0; n < a.size(); ++n) a[n] *= b[n];
    return a;
  }

  /// Spread by the kernel, upwards or downwards. Beyond the ends there is nothing.
  static std::vector<double> moved(const std::vector<double>& values, const std::vector<double>& kernel,
                                   int direction) {
    std::vector<double> result(values.size(), 0);
    const int n = static_cast<int>(values.size());
    for (int from = 0; from < n; ++from) {
      if (values[std::size_t(from)] <= 0) continue;
      for (std::size_t step = 0; step < kernel.size(); ++step) {
        const int to = from + direction * static_cast<int>(step);
        if (to >= 0 && to < n) result[std::size_t(to)] += values[std::size_t(from)] * kernel[step];
      }
    }
    return result;
  }

  std::vector<std::vector<double>> evidence_;  ///< by disc and place
  std::size_t places_;
  std::vector<std::vector<double>> posterior_;
};

}  // namespace

record::SpineLevels find_spine_levels(const Scene& scene, const Landmarks& marks, const image::CtVolume& ct) {
  record::SpineLevels levels;
  const std::vector<SpineAnchor> anchors = find_spine_anchors(scene, marks);
  if (anchors.empty() || scene.grid.size[2] < 2) return levels;
  const Column column = column_of(scene, without_detours(scene, marks.spine, ct));
  const std::vector<double> density = density_along(column, ct);
  const auto beyond = static_cast<std::size_t>(beyond_mm / arc_step_mm);
  const std::size_t places = density.size() + 2 * beyond;

  std::vector<std::vector<double>> evidence;
  for (std::size_t disc = 0; disc < disc_count; ++disc) {
    constexpr double plate_share = 0.22;  // of the pitch, from the middle of the disc
    const std::vector<double> dips =
        dips_along(density, plate_share * pitch_mm[std::min(disc, disc_count - 2)]);
    std::vector<double> seen(places, 1);
    for (std::size_t step = 0; step < dips.size(); ++step)
      seen[beyond + step] = std::exp(disc_weight * dips[step]);
    evidence.push_back(std::move(seen));
  }
  for (const SpineAnchor& anchor : anchors) {
    const double arc = at_height(column.arc_mm, scene, anchor.z_mm) + anchor.above_mm;
    for (std::size_t place = 0; place < places; ++place)
      evidence[anchor.disc][place] *= seen_at(
          (static_cast<double>(place) - static_cast<double>(beyond)) * arc_step_mm - arc, anchor.sd_mm);
  }

  Chain chain(std::move(evidence));
  for (int step = -scale_steps; step <= scale_steps; ++step)
    chain.add(1 + step * scale_step, gauss(step * scale_step, 0, scale_sd));
  const auto below = chain.below();
  levels.low_z_mm = scene.z_mm(0);
  levels.step_mm = scene.grid.spacing.z;
  for (const double arc : column.arc_mm) {
    const std::size_t place = beyond + static_cast<std::size_t>(arc / arc_step_mm);
    auto& at = levels.probability.emplace_back();
    at[0] = static_cast<float>(1 - below[0][place]);
    for (std::size_t level = 1; level < spine_level_count; ++level)
      at[level] =
          static_cast<float>(below[level - 1][place] - (level < disc_count ? below[level][place] : 0));
  }
  return levels;
}

}  // namespace netpet::anatomy
