#include <algorithm>
#include <cmath>

#include "anatomy/abdomen.h"
#include "anatomy/grow_labels.h"

namespace netpet::anatomy {
namespace {

using record::Organ;

// Soft tissue of a CT with its noise taken out, with or without contrast medium; the rim of an organ in fat.
constexpr float rim_hu = -8, fat_hu = -20, most_hu = 300, gas_hu = -250;
// The liver alone is thicker than this on the right.
constexpr double liver_depth_mm = 12, liver_neck_mm = 7;
constexpr float liver_band_hu = 18;
// Muscles lie on bones and form the wall.
constexpr float muscle_to_bone_mm = 9;
constexpr double psoas_aside_mm = 50, psoas_before_mm = 25;
constexpr double bowel_wall_mm = 7;
// What a organ's own density lets in at its border.
constexpr double border_mm = 6;
constexpr float border_below_hu = 25, border_above_hu = 22;
// Without uptake no organ is surer than this.
constexpr double most_confidence = 0.6;

}  // namespace

Abdomen::Abdomen(const Scene& scene, const Landmarks& marks, const base::Run& run)
    : scene_(scene), marks_(marks), run_(run), hu_(*scene.ct_clear) {
  low_z_ = marks.crest_z_mm ? *marks.crest_z_mm - 30 : marks.right_dome_z_mm - 260;
  high_z_ = std::max(marks.right_dome_z_mm, marks.left_dome_z_mm) + 15;
  const std::vector<double> roof =
      marks.has_lungs
          ? diaphragm_of(scene, marks, run)
          : std::vector<double>(static_cast<std::size_t>(scene.grid.size[0] * scene.grid.size[1]), HUGE_VAL);
  soft_ = gas_ = image::Mask(scene.grid);
  for (std::size_t v = 0; v < soft_.voxels().size(); ++v) {
    if (!marks.body[v] || marks.bones[v] || marks.lung_left[v] || marks.lung_right[v]) continue;
    const space::IndexIjk at = scene.grid.index(v);
    const double z = scene.z_mm(at.k), top = roof[static_cast<std::size_t>(at.j * scene.grid.size[0] + at.i)];
    if (z < low_z_ || z > high_z_ || z > top) continue;
    soft_[v] = hu_[v] > rim_hu && hu_[v] < most_hu;
    gas_[v] = hu_[v] < gas_hu;
  }
  image::Mask outside(scene.grid);
  for (std::size_t v = 0; v < outside.voxels().size(); ++v) outside[v] = !soft_[v];
  depth_ = image::distance_mm(outside, run);
  to_bone_ = image::distance_mm(marks.bones, run);
  to_gas_ = image::distance_mm(gas_, run);
  inside_ = inside_of_ribs(scene, marks, -1);
  reach_ = inside_of_ribs(scene, marks, 2);
}

/// The liver by its density alone: what joins its thick part without a neck, closed, and its border.
image::Mask Abdomen::whole_liver(double mode, const image::Mask& thick) const {
  const auto level = static_cast<float>(mode);
  const image::Mask band = where([&](std::size_t v) {
    return soft_[v] && marks_.cavity[v] && inside_[v] && std::abs(hu_[v] - level) < liver_band_hu;
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

std::vector<FoundOrgan> Abdomen::find() const {
  // Nothing of the liver lies above a lung's base.
  image::Mask above_lung(scene_.grid);
  const std::size_t plane =
      static_cast<std::size_t>(scene_.grid.size[0]) * static_cast<std::size_t>(scene_.grid.size[1]);
  for (std::size_t v = 0; v < above_lung.voxels().size(); ++v)
    above_lung[v] = marks_.lung_right[v] || (v >= plane && above_lung[v - plane]);
  const image::Mask belly = where([&](std::size_t v) { return soft_[v] && marks_.cavity[v] && inside_[v]; });
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
    if ((beside_spine && to_bone_[v] < muscle_to_bone_mm) || !marks_.cavity[v] || !reach_[v] ||
        at.behind > 40)
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

std::vector<FoundOrgan> find_abdomen_by_ct(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  if (!scene.has_ct() || !marks.has_level) return {};
  return Abdomen(scene, marks, run).find();
}

}  // namespace netpet::anatomy
