#include <algorithm>
#include <cmath>

#include "anatomy/grow_labels.h"
#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

using record::Organ;

// Soft tissue of a CT with its noise taken out, with or without contrast medium; the rim of an organ in fat.
constexpr float rim_hu = -8, fat_hu = -20, most_hu = 300, gas_hu = -250;
// The liver alone is thicker than this on the right.
constexpr double liver_depth_mm = 12, liver_neck_mm = 7;
constexpr float liver_band_hu = 18;
// Muscles lie on bones and form the wall; kidneys keep this far from bones.
constexpr float muscle_to_bone_mm = 9, kidney_to_bone_mm = 12;
constexpr double psoas_aside_mm = 50, psoas_before_mm = 25;
constexpr double bowel_wall_mm = 7;
// What a organ's own density lets in at its border.
constexpr double border_mm = 6;
constexpr float border_below_hu = 25, border_above_hu = 22;
// Without uptake no organ is surer than this.
constexpr double most_confidence = 0.6;

enum Marker : std::uint8_t { spleen = 1, right_kidney = 2, left_kidney = 3, liver = 5, gut = 8, muscle = 9 };

/// Where a kidney's middle usually lies, mm: beside the vertebra, above the iliac crest, below the dome.
struct KidneyPlace {
  Marker marker;
  double left, above_crest, below_dome;
};
constexpr KidneyPlace kidney_places[] = {{right_kidney, -64, 95, 135}, {left_kidney, 64, 98, 120}};
constexpr double kidney_behind_mm = 3, kidney_aside_half_mm = 22, kidney_depth_half_mm = 26,
                 kidney_height_half_mm = 45;

/// What the organs of the upper abdomen are sought in, all on the grid of the scene.
class Abdomen {
 public:
  Abdomen(const Scene& scene, const Landmarks& marks, const base::Run& run)
      : scene_(scene), marks_(marks), run_(run), hu_(*scene.ct_clear) {
    low_z_ = marks.crest_z_mm ? *marks.crest_z_mm - 30 : marks.right_dome_z_mm - 260;
    high_z_ = std::max(marks.right_dome_z_mm, marks.left_dome_z_mm) + 15;
    const std::vector<double> roof =
        marks.has_lungs ? diaphragm_of(scene, marks, run)
                        : std::vector<double>(
                              static_cast<std::size_t>(scene.grid.size[0] * scene.grid.size[1]), HUGE_VAL);
    soft_ = gas_ = image::Mask(scene.grid);
    for (std::size_t v = 0; v < soft_.voxels().size(); ++v) {
      if (!marks.body[v] || marks.bones[v] || marks.lung_left[v] || marks.lung_right[v]) continue;
      const space::IndexIjk at = scene.grid.index(v);
      const double z = scene.z_mm(at.k),
                   top = roof[static_cast<std::size_t>(at.j * scene.grid.size[0] + at.i)];
      if (z < low_z_ || z > high_z_ || z > top) continue;
      soft_[v] = hu_[v] > rim_hu && hu_[v] < most_hu;
      gas_[v] = hu_[v] < gas_hu;
    }
    image::Mask outside(scene.grid);
    for (std::size_t v = 0; v < outside.voxels().size(); ++v) outside[v] = !soft_[v];
    depth_ = image::distance_mm(outside, run);
    to_bone_ = image::distance_mm(marks.bones, run);
    to_gas_ = image::distance_mm(gas_, run);
    within_ = within_the_wall(scene, marks, run);
    inside_ = inside_of_ribs(scene, marks, -1);
    reach_ = inside_of_ribs(scene, marks, 2);
  }

  std::vector<FoundOrgan> find();

 private:
  struct Place {
    double left, behind, z;
  };
  Place place_of(std::size_t v) const {
    const space::IndexIjk at = scene_.grid.index(v);
    const SpinePoint spine = marks_.spine[static_cast<std::size_t>(at.k)];
    return {scene_.x_mm(at.i) - spine.x, scene_.y_mm(at.j) - spine.y, scene_.z_mm(at.k)};
  }
  template <class Test>
  image::Mask where(Test test) const {
    image::Mask mask(scene_.grid);
    for (std::size_t v = 0; v < mask.voxels().size(); ++v) mask[v] = test(v);
    return mask;
  }
  image::Mask closed(const image::Mask& mask, double radius_mm) const {
    return image::fill_holes(image::erode(image::dilate(mask, radius_mm, run_), radius_mm, run_));
  }
  image::Mask whole_liver(double mode, const image::Mask& thick) const;
  double kidney_z(const KidneyPlace& place) const;
  void mark_kidneys(const image::Mask& whole_liver, image::Volume<std::uint8_t>& markers) const;
  void mark_spleen(const image::Mask& whole, image::Volume<std::uint8_t>& markers) const;
  FoundOrgan organ_of(const image::Volume<std::uint8_t>& grown, Marker marker, Organ organ, double least_ml,
                      double most_ml, float mode) const;

  const Scene& scene_;
  const Landmarks& marks_;
  const base::Run& run_;
  const image::PetVolume& hu_;
  image::Mask soft_, gas_, within_, inside_, reach_;
  image::Volume<float> depth_, to_bone_, to_gas_;
  double low_z_ = 0, high_z_ = 0;
};

/// The liver by its density alone: what joins its thick part without a neck, closed, and its border.
image::Mask Abdomen::whole_liver(double mode, const image::Mask& thick) const {
  const auto level = static_cast<float>(mode);
  const image::Mask band = where([&](std::size_t v) {
    return soft_[v] && within_[v] && inside_[v] && std::abs(hu_[v] - level) < liver_band_hu;
  });
  const image::Mask core = closed(opened_from(band, thick, liver_neck_mm, run_), 10);
  const image::Mask near = image::dilate(core, border_mm, run_);
  return where([&](std::size_t v) {
    if (marks_.bones[v] || marks_.lung_left[v] || marks_.lung_right[v]) return false;
    if (core[v] && hu_[v] > fat_hu) return true;
    return near[v] && soft_[v] && reach_[v] && place_of(v).left < 60 && hu_[v] > level - border_below_hu &&
           hu_[v] < level + border_above_hu;
  });
}

double Abdomen::kidney_z(const KidneyPlace& place) const {
  const double dome = place.left < 0 ? marks_.right_dome_z_mm : marks_.left_dome_z_mm;
  const double by_dome = dome - place.below_dome;
  if (!marks_.crest_z_mm) return by_dome;
  const double by_crest = *marks_.crest_z_mm + place.above_crest;
  return marks_.has_lungs ? (by_dome + by_crest) / 2 : by_crest;
}

void Abdomen::mark_kidneys(const image::Mask& whole_liver, image::Volume<std::uint8_t>& markers) const {
  // A rim of the liver that its density left out is thinner.
  constexpr double thin_mm = 5;
  const image::Mask thick =
      image::erode(where([&](std::size_t v) { return soft_[v] && !whole_liver[v]; }), thin_mm, run_);
  for (const KidneyPlace& place : kidney_places) {
    const double middle = kidney_z(place);
    const image::Mask seeds = where([&](std::size_t v) {
      if (!thick[v] || to_bone_[v] < kidney_to_bone_mm) return false;
      const Place at = place_of(v);
      return std::hypot((at.left - place.left) / kidney_aside_half_mm,
                        (at.behind - kidney_behind_mm) / kidney_depth_half_mm,
                        (at.z - middle) / kidney_height_half_mm) < 1;
    });
    const image::Mask middle_part = image::largest_component(seeds, image::Neighbourhood::faces6);
    for (std::size_t v = 0; v < seeds.voxels().size(); ++v)
      if (middle_part[v]) markers[v] = place.marker;
  }
}

void Abdomen::mark_spleen(const image::Mask& whole, image::Volume<std::uint8_t>& markers) const {
  // The spleen lies against the ribs at the back left; stomach and colon hold gas.
  constexpr double aside_mm = 65, before_mm = 70, below_dome_mm = 150, above_crest_mm = 60, from_ribs_mm = 38;
  constexpr double thin_mm = 6, least_seed_ml = 4, tip_aside_mm = 40;
  constexpr float from_gas_mm = 12, tip_band_hu = 7;
  const double low = marks_.crest_z_mm && !marks_.has_lungs ? *marks_.crest_z_mm + above_crest_mm
                                                            : marks_.left_dome_z_mm - below_dome_mm;
  const image::Volume<float> from_ribs =
      image::distance_mm(where([&](std::size_t v) { return !inside_[v] || !within_[v]; }), run_);
  const image::Mask free = where([&](std::size_t v) { return soft_[v] && !whole[v]; });
  const image::Mask thick = image::erode(free, thin_mm, run_);
  const image::Mask possible = where([&](std::size_t v) {
    if (!thick[v] || markers[v] || to_gas_[v] < from_gas_mm) return false;
    const Place at = place_of(v);
    return at.left > tip_aside_mm && at.behind > -before_mm && at.z > low;
  });
  const image::Mask seeds = image::largest_component(where([&](std::size_t v) {
                                                       return possible[v] && from_ribs[v] < from_ribs_mm &&
                                                              place_of(v).left > aside_mm;
                                                     }),
                                                     image::Neighbourhood::faces6);
  const auto mode = mode_of(hu_, seeds, 0, most_hu);
  if (!mode || volume_ml(seeds) < least_seed_ml) return;
  // Its tip reaches farther, up to the kidney.
  const image::Components parts = image::connected_components(
      where([&](std::size_t v) {
        return seeds[v] || (possible[v] && std::abs(hu_[v] - float(*mode)) < tip_band_hu);
      }),
      image::Neighbourhood::faces6);
  std::uint32_t part = 0;
  for (std::size_t v = 0; v < seeds.voxels().size() && !part; ++v)
    if (seeds[v]) part = parts.labels[v];
  for (std::size_t v = 0; v < seeds.voxels().size(); ++v)
    if (parts.labels[v] == part) markers[v] = spleen;
}

FoundOrgan Abdomen::organ_of(const image::Volume<std::uint8_t>& grown, Marker marker, Organ organ,
                             double least_ml, double most_ml, float mode) const {
  image::Mask mask = where([&](std::size_t v) { return grown[v] == marker; });
  mask = closed(image::largest_component(mask, image::Neighbourhood::faces6), border_mm);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    mask[v] = mask[v] && hu_[v] > fat_hu && (grown[v] == marker || grown[v] == 0) && !marks_.lung_left[v] &&
              !marks_.lung_right[v] && (!marks_.bones[v] || hu_[v] > mode + 100);
  // A border voxel that is less than half fat.
  constexpr float half_fat_hu = -30;
  const image::Mask rim = image::dilate(mask, 1.05 * scene_.grid.spacing.x, run_);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    mask[v] = mask[v] || (rim[v] && grown[v] == 0 && hu_[v] > half_fat_hu && hu_[v] < most_hu &&
                          !marks_.bones[v] && !marks_.lung_left[v] && !marks_.lung_right[v]);
  const double ml = volume_ml(mask);
  return {organ, std::move(mask), most_confidence * volume_confidence(ml, least_ml, most_ml)};
}

std::vector<FoundOrgan> Abdomen::find() {
  // Nothing of the liver lies above a lung's base.
  image::Mask above_lung(scene_.grid);
  const std::size_t plane =
      static_cast<std::size_t>(scene_.grid.size[0]) * static_cast<std::size_t>(scene_.grid.size[1]);
  for (std::size_t v = 0; v < above_lung.voxels().size(); ++v)
    above_lung[v] = marks_.lung_right[v] || (v >= plane && above_lung[v - plane]);
  const image::Mask belly = where([&](std::size_t v) { return soft_[v] && within_[v] && inside_[v]; });
  image::Mask thick = image::erode(belly, liver_depth_mm, run_);
  for (std::size_t v = 0; v < thick.voxels().size(); ++v)
    thick[v] = thick[v] && !above_lung[v] && place_of(v).left < -20;
  thick = image::largest_component(thick, image::Neighbourhood::faces6);
  constexpr double least_core_ml = 40;
  const auto mode = mode_of(hu_, thick, -30, most_hu);
  if (!mode || volume_ml(thick) < least_core_ml) return {};
  for (std::size_t v = 0; v < thick.voxels().size(); ++v)
    thick[v] = thick[v] && std::abs(hu_[v] - float(*mode)) < liver_band_hu;
  const image::Mask whole = whole_liver(*mode, thick);
  run_.throw_if_stopped();

  image::Volume<std::uint8_t> markers(scene_.grid);
  for (std::size_t v = 0; v < markers.voxels().size(); ++v) {
    if (!soft_[v]) continue;
    const Place at = place_of(v);
    if (to_gas_[v] <= bowel_wall_mm) markers[v] = gut;
    const bool beside_spine = std::abs(at.left) < psoas_aside_mm && at.behind > -psoas_before_mm;
    if ((beside_spine && to_bone_[v] < muscle_to_bone_mm) || !within_[v] || !reach_[v] || at.behind > 40)
      markers[v] = muscle;
  }
  mark_kidneys(whole, markers);
  mark_spleen(whole, markers);
  const image::Mask liver_core = image::erode(whole, 5, run_);
  for (std::size_t v = 0; v < markers.voxels().size(); ++v) {
    if (liver_core[v] && soft_[v]) markers[v] = liver;
    if (!soft_[v] || markers[v] || whole[v] || depth_[v] < 6) continue;
    const Place at = place_of(v);  // pancreas, duodenum, great vessels
    if (at.left < 40 && at.left > -30 && at.behind < -30) markers[v] = gut;
  }
  Spread spread;
  spread.density[liver] = static_cast<float>(*mode);
  for (const Marker marker : {spleen, right_kidney, left_kidney}) {
    constexpr double least_parenchyma_hu = 15;  // less is urine or a cyst
    const auto own = mode_of(hu_, where([&](std::size_t v) { return markers[v] == marker; }),
                             least_parenchyma_hu, most_hu);
    if (own) spread.density[marker] = static_cast<float>(*own);
  }
  const auto grown = grow_labels(soft_, depth_, hu_, std::move(markers), spread, run_);
  std::vector<FoundOrgan> found;
  const auto add = [&](Marker marker, Organ organ, double least_ml, double most_ml) {
    if (!spread.density.contains(marker)) return;
    FoundOrgan one = organ_of(grown, marker, organ, least_ml, most_ml, spread.density[marker]);
    if (one.confidence > 0) found.push_back(std::move(one));
  };
  add(liver, Organ::liver, 700, 3500);
  add(right_kidney, Organ::kidney_right, 80, 450);
  add(left_kidney, Organ::kidney_left, 80, 450);
  add(spleen, Organ::spleen, 60, 900);
  return found;
}

}  // namespace

std::vector<FoundOrgan> find_abdomen_by_ct(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  if (!scene.has_ct() || !marks.has_level) return {};
  return Abdomen(scene, marks, run).find();
}

}  // namespace netpet::anatomy
