#include <algorithm>
#include <cmath>

#include "anatomy/organ_search.h"
#include "anatomy/slice_path.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

constexpr float usual_radius_mm = 13, usual_abdominal_radius_mm = 10;
constexpr double least_radius_mm = 7, most_radius_mm = 13;
// Blood and the wall of a vessel, with or without contrast medium; fat is the border.
constexpr float least_hu = 5, most_hu = 400;
// Where its middle lies from that of the vertebral body, in the chest and below the diaphragm, and where the
// one passes into the other, from the left dome.
constexpr SpinePoint usual_in_chest{21, -23}, usual_in_abdomen{9, -33};
constexpr double tolerance_mm = 20, abdominal_tolerance_mm = 12, chest_ends_mm = -20, abdomen_begins_mm = -80;
// The arch crosses this far under the apices; the aorta divides just above the iliac crests.
constexpr double arch_below_apex_mm = 85, division_above_crest_mm = 12, division_below_dome_mm = 190;
// What is as dense as bone, deep in the trunk and this far before the middle of the vertebral bodies, is
// none: a vessel with contrast medium, where there is as much of it. In the bodies themselves the densities
// are alike.
constexpr double before_bodies_mm = 21, most_before_mm = 60, most_aside_mm = 45, least_vessel_ml = 3;
constexpr double body_half_width_mm = 15, body_half_depth_mm = 13;
constexpr double like_blood_hu = 45;
// A path of full fitness scores this a slice.
constexpr double full_fitness = 5;

/// How well each place of a slice holds the middle of an aorta.
class Fitness {
 public:
  Fitness(const Scene& scene, const Landmarks& marks, const base::Run& run)
      : scene_(scene), marks_(marks), hard_(scene.grid) {
    const std::optional<double> blood_hu = dense_blood_hu();
    for (std::size_t v = 0; v < hard_.voxels().size(); ++v) {
      const float hu = (*scene.ct_clear)[v];
      const bool is_vessel = blood_hu && std::abs(hu - *blood_hu) < like_blood_hu && is_before_spine(v);
      hard_[v] = (marks.bones[v] && !is_vessel) || hu < least_hu || hu > most_hu;
    }
    room_ = image::distance_mm(hard_, run);
    to_left_lung_ = image::distance_mm(marks.lung_left, run);
  }

  float at(int i, int j, int k) const {
    const double below = scene_.z_mm(k) - marks_.left_dome_z_mm;
    const double chest =
        std::clamp((below - abdomen_begins_mm) / (chest_ends_mm - abdomen_begins_mm), 0.0, 1.0);
    const auto between = [chest](double in_abdomen, double in_chest) {
      return chest * in_chest + (1 - chest) * in_abdomen;
    };
    const SpinePoint spine = marks_.spine[static_cast<std::size_t>(k)];
    const double off = std::hypot(scene_.x_mm(i) - spine.x - between(usual_in_abdomen.x, usual_in_chest.x),
                                  scene_.y_mm(j) - spine.y - between(usual_in_abdomen.y, usual_in_chest.y));
    const double tolerance = between(abdominal_tolerance_mm, tolerance_mm);
    if (off > 2.2 * tolerance) return -20;
    const std::size_t v = scene_.grid.offset({i, j, k});
    const auto usual = static_cast<float>(between(usual_abdominal_radius_mm, usual_radius_mm));
    const float roundness = std::min(room_[v], usual) / usual;
    // In the chest the aorta lies beside the left lung; below, nothing wider lies in its place.
    const float off_radius = chest > 0.5 ? (to_left_lung_[v] - usual_radius_mm) / 6 : (room_[v] - usual) / 4;
    return 3 * roundness + 2 * std::exp(-off_radius * off_radius / 2) -
           static_cast<float>(off * off / (2 * tolerance * tolerance));
  }
  double radius_at(int i, int j, int k) const {
    return std::clamp(double(room_(space::IndexIjk{i, j, k})), least_radius_mm, most_radius_mm);
  }
  bool is_hard(std::size_t v) const { return hard_[v] != 0; }

 private:
  /// From the middle of the vertebral bodies to a voxel.
  SpinePoint from_spine(std::size_t v) const {
    const space::IndexIjk at = scene_.grid.index(v);
    const SpinePoint spine = marks_.spine[static_cast<std::size_t>(at.k)];
    return {scene_.x_mm(at.i) - spine.x, scene_.y_mm(at.j) - spine.y};
  }
  bool is_before_spine(std::size_t v) const {
    const SpinePoint off = from_spine(v);
    return off.y < 0 && std::hypot(off.x / body_half_width_mm, off.y / body_half_depth_mm) > 1;
  }
  /// The density of blood so dense that the search for bones took its vessels; nothing where it took none.
  std::optional<double> dense_blood_hu() const {
    constexpr double least_dense_hu = 90;
    image::Mask taken(scene_.grid);
    for (std::size_t v = 0; v < taken.voxels().size(); ++v) {
      if (!marks_.bones[v]) continue;
      const SpinePoint off = from_spine(v);
      const double z = scene_.z_mm(scene_.grid.index(v).k);
      taken[v] = off.y < -before_bodies_mm && off.y > -most_before_mm && std::abs(off.x) < most_aside_mm &&
                 (!marks_.crest_z_mm || z > *marks_.crest_z_mm) &&
                 (!marks_.has_lungs || z < marks_.lung_top_z_mm - arch_below_apex_mm);
    }
    if (volume_ml(taken) < least_vessel_ml) return std::nullopt;
    return mode_of(*scene_.ct_clear, taken, least_dense_hu, most_hu);
  }

  const Scene& scene_;
  const Landmarks& marks_;
  image::Mask hard_;  ///< what an aorta is not
  image::Volume<float> room_, to_left_lung_;
};

struct Slices {
  int first, last;
};

Slices slices_of_aorta(const Scene& scene, const Landmarks& marks) {
  const double low = marks.crest_z_mm ? *marks.crest_z_mm + division_above_crest_mm
                                      : marks.left_dome_z_mm - division_below_dome_mm;
  const int last = marks.has_lungs ? scene.k_at(marks.lung_top_z_mm - arch_below_apex_mm)
                                   : std::min(scene.k_at(marks.left_dome_z_mm), scene.grid.size[2] - 1);
  return {scene.k_at(low), last};
}

}  // namespace

std::optional<FoundOrgan> find_aorta(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  if (!marks.has_level) return std::nullopt;
  const auto [first, last] = slices_of_aorta(scene, marks);
  const int slices = last - first + 1;
  constexpr double least_length_mm = 40;
  if (slices * scene.grid.spacing.z < least_length_mm) return std::nullopt;
  const int nx = scene.grid.size[0], ny = scene.grid.size[1];
  const Fitness fitness(scene, marks, run);
  SlicePath path(nx, ny, 0.7F);
  for (int k = first; k <= last; ++k) path.add([&](int i, int j) { return fitness.at(i, j, k); });
  const std::vector<SlicePath::Place> places = path.places();
  image::Mask aorta(scene.grid);
  for (int s = 0; s < slices; ++s) {
    const int k = first + s;
    const auto [i, j] = places[static_cast<std::size_t>(s)];
    const double radius = fitness.radius_at(i, j, k);
    for (int jj = 0; jj < ny; ++jj)
      for (int ii = 0; ii < nx; ++ii) {
        const std::size_t v = scene.grid.offset({ii, jj, k});
        if (std::hypot((ii - i) * scene.grid.spacing.x, (jj - j) * scene.grid.spacing.y) <= radius)
          aorta[v] = !fitness.is_hard(v);
      }
  }
  return FoundOrgan{record::Organ::aorta, std::move(aorta),
                    std::clamp(path.gathered() / slices / full_fitness, 0.0, 0.8)};
}

}  // namespace netpet::anatomy
