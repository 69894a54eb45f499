#include <cmath>

#include "anatomy/organ_search.h"

namespace netpet::anatomy {
namespace {

// Smoothed air in a tube of 2 cm, and what its section may measure before it is a lung or the mouth.
constexpr float air_hu = -450;
constexpr double least_section_mm2 = 60, most_section_mm2 = 900;
// Where the windpipe passes the apices of the lungs, from the middle of the vertebra.
constexpr double aside_mm = 30, least_before_mm = 15, most_before_mm = 80;

/// One slice of air, and the flood of a part of it.
class Section {
 public:
  Section(const Scene& scene, const Landmarks& marks, int k) : scene_(scene), marks_(marks), k_(k) {}

  /// The air that holds (i, j) in this slice; empty where it is no windpipe by its size.
  std::vector<std::size_t> tube_at(int i, int j) const {
    const double voxel_mm2 = scene_.grid.spacing.x * scene_.grid.spacing.y;
    std::vector<std::size_t> tube;
    if (!is_air(i, j)) return tube;
    image::Volume<std::uint8_t> seen(slice_grid());
    tube.push_back(scene_.grid.offset({i, j, k_}));
    seen({i, j, 0}) = 1;
    for (std::size_t n = 0; n < tube.size(); ++n) {
      if (static_cast<double>(tube.size()) * voxel_mm2 > most_section_mm2) return {};
      const space::IndexIjk at = scene_.grid.index(tube[n]);
      constexpr int steps[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
      for (const auto& step : steps) {
        const int ii = at.i + step[0], jj = at.j + step[1];
        if (!is_air(ii, jj) || seen({ii, jj, 0})) continue;
        seen({ii, jj, 0}) = 1;
        tube.push_back(scene_.grid.offset({ii, jj, k_}));
      }
    }
    if (static_cast<double>(tube.size()) * voxel_mm2 < least_section_mm2) return {};
    return tube;
  }

 private:
  bool is_air(int i, int j) const {
    if (!scene_.grid.contains({i, j, k_})) return false;
    const std::size_t v = scene_.grid.offset({i, j, k_});
    return marks_.body[v] && (*scene_.ct_hu)[v] < air_hu;
  }
  space::Geometry slice_grid() const {
    space::Geometry grid = scene_.grid;
    grid.size[2] = 1;
    return grid;
  }

  const Scene& scene_;
  const Landmarks& marks_;
  int k_;
};

/// The tube of a slice nearest to the midline in front of the vertebra.
std::vector<std::size_t> first_section(const Scene& scene, const Landmarks& marks, int k) {
  const SpinePoint spine = marks.spine[static_cast<std::size_t>(k)];
  std::vector<std::size_t> best;
  double nearest = aside_mm;
  for (int j = 0; j < scene.grid.size[1]; ++j)
    for (int i = 0; i < scene.grid.size[0]; ++i) {
      const double aside = std::abs(scene.x_mm(i) - spine.x), before = spine.y - scene.y_mm(j);
      if (aside >= nearest || before < least_before_mm || before > most_before_mm) continue;
      auto tube = Section(scene, marks, k).tube_at(i, j);
      if (!tube.empty()) best = std::move(tube), nearest = aside;
    }
  return best;
}

/// Follows the tube from slice to slice; at most one slice without it is bridged.
void follow(const Scene& scene, const Landmarks& marks, std::vector<std::size_t> tube, int k, int step,
            int slices, image::Mask& trachea) {
  for (int left = slices, gaps = 0; left > 0 && gaps < 2; --left) {
    k += step;
    if (k < 0 || k >= scene.grid.size[2]) return;
    std::vector<std::size_t> next;
    for (const std::size_t voxel : tube) {
      const space::IndexIjk at = scene.grid.index(voxel);
      next = Section(scene, marks, k).tube_at(at.i, at.j);
      if (!next.empty()) break;
    }
    if (next.empty()) {
      ++gaps;
      continue;
    }
    gaps = 0;
    tube = std::move(next);
    for (const std::size_t voxel : tube) trachea[voxel] = 1;
  }
}

}  // namespace

std::optional<FoundOrgan> find_trachea(const Scene& scene, const Landmarks& marks) {
  if (!marks.has_lungs) return std::nullopt;
  constexpr double above_apex_mm = 4, down_mm = 110, up_mm = 34;
  const int k = scene.k_at(marks.lung_top_z_mm + above_apex_mm);
  const auto first = first_section(scene, marks, k);
  if (first.empty()) return std::nullopt;
  image::Mask trachea(scene.grid);
  for (const std::size_t voxel : first) trachea[voxel] = 1;
  const auto slices = [&](double mm) { return static_cast<int>(mm / scene.grid.spacing.z); };
  follow(scene, marks, first, k, -1, slices(down_mm), trachea);
  follow(scene, marks, first, k, 1, slices(up_mm), trachea);
  const double ml = volume_ml(trachea);
  return FoundOrgan{record::Organ::trachea, std::move(trachea), 0.8 * volume_confidence(ml, 10, 70)};
}

}  // namespace netpet::anatomy
