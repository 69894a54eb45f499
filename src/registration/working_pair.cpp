#include "registration/working_pair.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel_for.h"
#include "image/resample.h"
#include "registration/body.h"

namespace netpet::registration {
namespace {

using space::Geometry;
using space::IndexIjk;

constexpr double voxel_mm = 3;
constexpr float air_hu = -1000, metal_hu = 1500;
constexpr int margin_voxels = 8;  // as far as the discrete search looks
constexpr int whole_nodes = 4;    // sizes are multiples of this, so that coarser grids fill the frame
constexpr float beyond = 1e6F;    // marks what a scan does not show
constexpr float not_shown = std::numeric_limits<float>::quiet_NaN();

/// Compressed HU of the patient alone: no couch, no clothes.
struct Patient {
  Field look;
  image::Mask body;
};

Patient patient_of(const image::CtVolume& ct, const base::Run& run) {
  Patient patient{on_patient_grid(ct, voxel_mm, air_hu, metal_hu, run), {}};
  patient.body = body_mask(patient.look);
  for (std::size_t n = 0; n < patient.look.voxels().size(); ++n)
    patient.look[n] = compressed_hu(patient.body[n] ? patient.look[n] : air_hu);
  return patient;
}

/// First index and number of voxels along an axis.
struct Span {
  int first = 0, count = 0;
};

Span widened(int first, int last) {
  const int count = last - first + 1 + 2 * margin_voxels;
  return {first - margin_voxels, (count + whole_nodes - 1) / whole_nodes * whole_nodes};
}

/// Whole voxels of the fixed grid, the body and a margin around it, which may reach beyond the scan.
std::array<Span, 3> frame_of(const image::Mask& body) {
  const Geometry& grid = body.geometry();
  std::array<int, 3> first{grid.size}, last{-1, -1, -1};
  std::size_t n = 0;
  for (int k = 0; k < grid.size[2]; ++k)
    for (int j = 0; j < grid.size[1]; ++j)
      for (int i = 0; i < grid.size[0]; ++i, ++n) {
        if (!body[n]) continue;
        first = {std::min(first[0], i), std::min(first[1], j), std::min(first[2], k)};
        last = {std::max(last[0], i), std::max(last[1], j), std::max(last[2], k)};
      }
  return {widened(first[0], last[0]), widened(first[1], last[1]), widened(first[2], last[2])};
}

}  // namespace

float compressed_hu(float hu) {
  if (hu < -150) return -150 + (hu + 150) * 0.3F;
  if (hu > 150) return 150 + (std::min(hu, 900.0F) - 150) * 0.7F;
  return hu;
}

WorkingPair working_pair(const image::CtVolume& fixed_ct, const image::CtVolume& moving_ct,
                         const space::Affine& fixed_to_moving, const base::Run& run) {
  Patient fixed, moving;
  base::in_parallel(
      run, {[&] { fixed = patient_of(fixed_ct, run); }, [&] { moving = patient_of(moving_ct, run); }});
  const auto frame = frame_of(fixed.body);
  const Geometry& grid = fixed.look.geometry();
  Geometry cut = grid;
  cut.origin = grid.to_lps(IndexIjk{frame[0].first, frame[1].first, frame[2].first});
  cut.size = {frame[0].count, frame[1].count, frame[2].count};
  WorkingPair pair{Field(cut), {}, image::Mask(cut), image::Mask(cut)};
  std::size_t n = 0;
  for (int k = 0; k < cut.size[2]; ++k)
    for (int j = 0; j < cut.size[1]; ++j)
      for (int i = 0; i < cut.size[0]; ++i, ++n) {
        const IndexIjk at{i + frame[0].first, j + frame[1].first, k + frame[2].first};
        const bool shown = grid.contains(at);
        pair.fixed[n] = shown ? fixed.look(at) : not_shown;
        pair.body[n] = shown && fixed.body(at) ? 1 : 0;
      }
  pair.moving = image::resample_linear(moving.look, cut, fixed_to_moving, beyond, run);
  const Geometry& moving_grid = moving.look.geometry();
  for (std::size_t at = 0; at < pair.moving.voxels().size(); ++at) {
    if (pair.moving[at] == beyond) {
      pair.moving[at] = not_shown;
      continue;
    }
    const IndexIjk there = moving_grid.nearest(fixed_to_moving(cut.to_lps(cut.index(at))));
    pair.moving_body[at] = moving_grid.contains(there) && moving.body(there) ? 1 : 0;
  }
  return pair;
}

}  // namespace netpet::registration
