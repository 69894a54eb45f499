#include "registration/agreement.h"

#include <cmath>
#include <limits>
#include <vector>

#include "base/parallel_for.h"
#include "registration/correlation.h"
#include "registration/local_look.h"
#include "registration/sampler.h"

namespace netpet::registration {
namespace {

using space::PointLps;

constexpr float bone_hu = 200;
constexpr int look_radius = 4;
constexpr float look_floor = 25;

struct Counts {
  double a = 0, b = 0, both = 0;
  void add(bool in_a, bool in_b) { a += in_a, b += in_b, both += in_a && in_b; }
  void add(const Counts& other) { a += other.a, b += other.b, both += other.both; }
  double dice() const { return a + b > 0 ? 2 * both / (a + b) : 0; }
};

struct Slice {
  Counts body, bone;
  Correlation correlation;
  double product = 0, fixed_square = 0, moving_square = 0;
};

/// The moving scan brought over; NaN where it shows nothing.
Field brought_over(const Field& moving, const space::DisplacementField* displacement, const base::Run& run) {
  if (!displacement) return moving;
  const auto& grid = moving.geometry();
  Field result(grid, std::numeric_limits<float>::quiet_NaN());
  const Sampler sampler(moving);
  base::parallel_for(run, grid.voxels(), 8192, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const PointLps p = grid.to_lps(grid.index(n));
      sampler.at(p + wide(displacement->at(p)), result[n]);
    }
  });
  return result;
}

Field as_field(const image::Mask& mask) {
  return {mask.geometry(), std::vector<float>(mask.voxels().begin(), mask.voxels().end())};
}

}  // namespace

Agreement agreement_of(const WorkingPair& pair, const space::DisplacementField* displacement,
                       const base::Run& run) {
  const Field moving = brought_over(pair.moving, displacement, run);
  const Field body = brought_over(as_field(pair.moving_body), displacement, run);
  const Field fixed_look = local_look(pair.fixed, look_radius, look_floor, run),
              moving_look = local_look(moving, look_radius, look_floor, run);
  const float bone = compressed_hu(bone_hu);
  const auto& size = pair.fixed.geometry().size;
  const std::size_t plane = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
  std::vector<Slice> slices(static_cast<std::size_t>(size[2]));
  base::parallel_for(run, slices.size(), 1, [&](std::size_t k, std::size_t) {
    Slice& slice = slices[k];
    for (std::size_t n = k * plane; n < (k + 1) * plane; ++n) {
      if (std::isnan(pair.fixed[n]) || std::isnan(moving[n])) continue;
      const bool in_fixed = pair.body[n], in_moving = body[n] >= 0.5F;
      slice.body.add(in_fixed, in_moving);
      slice.bone.add(in_fixed && pair.fixed[n] > bone, in_moving && moving[n] > bone);
      if (!in_fixed) continue;
      const double a = fixed_look[n], b = moving_look[n];
      slice.product += a * b, slice.fixed_square += a * a, slice.moving_square += b * b;
      if (in_moving) slice.correlation.add(pair.fixed[n], moving[n]);
    }
  });
  Slice all;
  for (const Slice& slice : slices) {
    all.body.add(slice.body), all.bone.add(slice.bone), all.correlation.add(slice.correlation);
    all.product += slice.product, all.fixed_square += slice.fixed_square,
        all.moving_square += slice.moving_square;
  }
  const double squares = std::sqrt(all.fixed_square * all.moving_square);
  return {all.body.dice(), all.bone.dice(), all.correlation.value(), squares > 0 ? all.product / squares : 0};
}

}  // namespace netpet::registration
