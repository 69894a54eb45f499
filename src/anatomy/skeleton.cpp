#include "anatomy/skeleton.h"

#include <algorithm>
#include <cmath>

#include "image/distance.h"

namespace netpet::anatomy {
namespace {

using record::Organ;

// A vertebra with its arch and the roots of its transverse processes, which reach farther aside in the loins,
// where no rib begins; the spinous processes reach farther back, in the midline alone.
constexpr double spine_aside_mm = 28, spine_before_mm = 20, spine_behind_mm = 58;
constexpr double lumbar_aside_mm = 48, lumbar_above_crest_mm = 100;
constexpr double spinous_aside_mm = 10, spinous_behind_mm = 95;

// The jaw hangs so far above the apices of the lungs, then the base of the skull begins; no arm crosses the
// midline as low as the face.
constexpr double jaw_above_apex_mm = 80, skull_above_apex_mm = 120, face_above_apex_mm = 200;

// Ribs touch the pleura. The shoulder blade lies outside of the muscles on them and beside the column, the
// collar bone before the apices; no bone of a shoulder is as far off as the shaft of a raised or hanging arm.
constexpr float rib_from_lung_mm = 16, blade_from_lung_mm = 28, arm_from_lung_mm = 85;
constexpr double arm_aside_mm = 100, blade_aside_mm = 45, blade_below_apex_mm = 190,
                 blade_before_spine_mm = 50, collar_below_apex_mm = 45;
constexpr double shoulders_below_apex_mm = 70, shoulders_above_apex_mm = 45;
// Hanging arms reach farther aside than blades and ribs do; smaller pieces beside a head are calcified
// vessels.
constexpr double hanging_aside_mm = 160, least_raised_arm_ml = 10;

constexpr double sternum_aside_mm = 30, sternum_before_mm = 75, sternum_below_dome_mm = 70;

// Of the hip bone: its crest is told by sections of some breadth, beyond which it rises a little; down to the
// tuberosity. Where the scan shows no hip joint, what lies as near below the crest is no leg.
constexpr double crest_beyond_mm = 8, tuberosity_below_hip_mm = 95, no_leg_below_crest_mm = 100;
constexpr double usual_crest_above_hip_mm = 140, least_crest_above_hip_mm = 90, most_crest_above_hip_mm = 190;
// The ribs end above the crests even where those were not found.
constexpr double lowest_rib_below_dome_mm = 230;
// Where no lung tells, ribs are believed up to the usual height of the domes.
constexpr double ribs_above_crest_mm = 210;

// The sacrum narrows from its wings down to the coccyx and from front to back: half its width at the height
// of the hips, its gain with height, its loss towards the back. Nothing of it lies farther before the column;
// the coccyx hangs behind the hips.
constexpr double coccyx_aside_mm = 15, sacrum_by_height = 0.38, sacrum_by_depth = 0.35, sacrum_before_mm = 35,
                 coccyx_behind_hip_mm = 30, coccyx_below_hip_mm = 30;

// Of the thigh bone: the head, and neck and shaft on the outside up to where no trochanter reaches.
constexpr double head_radius_mm = 25, neck_aside_mm = 6, trochanter_above_hip_mm = 20, near_hip_mm = 55;

}  // namespace

struct Skeleton::Place {
  space::PointLps at;
  SpinePoint spine;  ///< the column at its height
  bool right;
  double aside;  ///< from the midline, mm
  float from_lung_mm;
  std::uint32_t piece;  ///< 0 at the height of the shoulders

  Organ on_side(Organ of_right, Organ of_left) const { return right ? of_right : of_left; }
};

Skeleton::Skeleton(const Scene& scene, const Landmarks& marks, const image::Mask& bones, const base::Run& run)
    : scene_(scene), marks_(marks), midline_x_(marks.midline_x_mm()) {
  set_heights();
  image::Mask lungs(scene.grid), cut = bones;
  for (std::size_t v = 0; v < bones.voxels().size(); ++v) {
    lungs[v] = marks.lung_right[v] || marks.lung_left[v];
    if (is_at_shoulders(scene.z_mm(scene.grid.index(v).k))) cut[v] = 0;
  }
  from_lung_mm_ = image::distance_mm(lungs, run);
  pieces_ = image::connected_components(cut, image::Neighbourhood::all26);
  find_arms_and_head();
}

/// Where head, chest and pelvis part. A crest too near the hips or too far from them was something else.
void Skeleton::set_heights() {
  apex_z_ = marks_.has_level ? marks_.lung_top_z_mm : HUGE_VAL;
  const double lowest_rib_z = marks_.has_level ? marks_.right_dome_z_mm - lowest_rib_below_dome_mm : HUGE_VAL;
  crest_z_ = marks_.crest_z_mm ? *marks_.crest_z_mm + crest_beyond_mm : lowest_rib_z;
  if (marks_.crest_z_mm) ribs_z_ = *marks_.crest_z_mm + ribs_above_crest_mm;
  hips_z_ = crest_z_ - usual_crest_above_hip_mm;
  if (!marks_.hips) return;
  hips_z_ = (marks_.hips->right.z + marks_.hips->left.z) / 2;
  const bool of_one_pelvis =
      crest_z_ > hips_z_ + least_crest_above_hip_mm && crest_z_ < hips_z_ + most_crest_above_hip_mm;
  heights_agree_ = of_one_pelvis && marks_.crest_z_mm && !marks_.hips->mirrored;
  if (!of_one_pelvis) crest_z_ = hips_z_ + usual_crest_above_hip_mm;
}

double Skeleton::confidence_of(Organ region) const {
  constexpr double sure = 0.75, unsure = 0.5;
  switch (region) {
    case Organ::hip_right:
    case Organ::hip_left:
    case Organ::leg_right:
    case Organ::leg_left:
      return heights_agree_ ? sure : unsure;
    case Organ::ribs_right:
    case Organ::ribs_left:
      return marks_.has_lungs ? sure : unsure;
    default:
      return sure;
  }
}

Skeleton::Place Skeleton::place_of(std::size_t voxel) const {
  const space::IndexIjk index = scene_.grid.index(voxel);
  const space::PointLps at = scene_.grid.to_lps(index);
  return {at,
          marks_.spine[static_cast<std::size_t>(index.k)],
          at.x < midline_x_,
          std::abs(at.x - midline_x_),
          from_lung_mm_[voxel],
          pieces_.labels[voxel]};
}

bool Skeleton::is_at_shoulders(double z_mm) const {
  return z_mm > apex_z_ - shoulders_below_apex_mm && z_mm < apex_z_ + shoulders_above_apex_mm;
}

bool Skeleton::is_in_column(const Place& place) const {
  const double behind = place.at.y - place.spine.y, aside = std::abs(place.at.x - place.spine.x);
  const bool lumbar = place.at.z > crest_z_ && place.at.z < crest_z_ + lumbar_above_crest_mm;
  return (aside < (lumbar ? lumbar_aside_mm : spine_aside_mm) && behind > -spine_before_mm &&
          behind < spine_behind_mm) ||
         (aside < spinous_aside_mm && behind >= spine_behind_mm && behind < spinous_behind_mm);
}

bool Skeleton::is_in_sacrum(const Place& place) const {
  const double behind = place.at.y - place.spine.y, above = place.at.z - hips_z_;
  const double half_width = coccyx_aside_mm + sacrum_by_height * above - sacrum_by_depth * behind;
  const bool coccyx = marks_.hips && above > -coccyx_below_hip_mm && place.aside < coccyx_aside_mm &&
                      place.at.y - marks_.hips->right.y > coccyx_behind_hip_mm;
  return coccyx || (above > 0 && behind > -sacrum_before_mm && place.aside < half_width);
}

/// Arms are the pieces above or below the shoulders that hang together with no bone of head, trunk or legs.
void Skeleton::find_arms_and_head() {
  struct Piece {
    double most_aside = 0;
    bool of_trunk = false, of_head = false, is_raised = false, is_above_crest = false, is_low = false;
  };
  std::vector<Piece> pieces(pieces_.sizes.size());
  const double legs_z = marks_.hips ? hips_z_ - tuberosity_below_hip_mm : crest_z_;
  for (std::size_t v = 0; v < pieces_.labels.voxels().size(); ++v) {
    if (!pieces_.labels[v]) continue;
    const Place place = place_of(v);
    Piece& piece = pieces[place.piece - 1];
    const double above_apex = place.at.z - apex_z_;
    piece.most_aside = std::max(piece.most_aside, place.aside);
    piece.is_raised = piece.is_raised || above_apex > 0;
    piece.is_above_crest = piece.is_above_crest || place.at.z > crest_z_;
    piece.is_low = piece.is_low || place.at.z < legs_z;
    piece.of_head =
        piece.of_head || (above_apex > 0 && above_apex < face_above_apex_mm && place.aside < spine_aside_mm);
    piece.of_trunk = piece.of_trunk || place.from_lung_mm < blade_from_lung_mm ||
                     (above_apex < 0 && is_in_column(place)) ||
                     (marks_.hips && space::distance(place.right ? marks_.hips->right : marks_.hips->left,
                                                     place.at) < near_hip_mm);
  }
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    const Piece& piece = pieces[n];
    // A hand may hang beside a thigh, but no leg reaches above the crests without the pelvis.
    const bool of_leg = piece.is_low && !piece.is_above_crest;
    const double ml = static_cast<double>(pieces_.sizes[n]) * scene_.grid.voxel_volume_ml();
    if (piece.of_head && (!head_ || pieces_.sizes[n] > pieces_.sizes[head_ - 1]))
      head_ = static_cast<std::uint32_t>(n + 1);
    arms_.push_back(!piece.of_head && !piece.of_trunk && !of_leg &&
                    (piece.is_raised ? ml > least_raised_arm_ml : piece.most_aside > hanging_aside_mm));
  }
}

bool Skeleton::is_of_arm(const Place& place) const {
  if (place.piece) return arms_[place.piece - 1];
  return place.from_lung_mm > arm_from_lung_mm && place.aside > arm_aside_mm;
}

bool Skeleton::is_of_leg(const Place& place) const {
  const space::PointLps joint = place.right ? marks_.hips->right : marks_.hips->left;
  const double above = place.at.z - joint.z, outside = place.aside - std::abs(joint.x - midline_x_);
  return above < -tuberosity_below_hip_mm || space::distance(joint, place.at) < head_radius_mm ||
         (above < trochanter_above_hip_mm && outside > neck_aside_mm);
}

Organ Skeleton::region_of_chest(const Place& place) const {
  if (is_in_column(place)) return Organ::spine;
  if (!marks_.has_lungs)
    return place.from_lung_mm < rib_from_lung_mm || place.at.z < ribs_z_
               ? place.on_side(Organ::ribs_right, Organ::ribs_left)
               : Organ::bone;
  const double before = place.spine.y - place.at.y, above_apex = place.at.z - apex_z_;
  if (place.aside < sternum_aside_mm && before > sternum_before_mm && above_apex < 0 &&
      place.at.z > marks_.right_dome_z_mm - sternum_below_dome_mm)
    return Organ::sternum;
  // Cartilage of the larynx that has turned to bone.
  if (above_apex > 0 && place.aside < sternum_aside_mm) return Organ::bone;
  const bool before_apex = above_apex > -collar_below_apex_mm && before > 0;
  const bool at_blade =
      above_apex > -blade_below_apex_mm && before < blade_before_spine_mm && place.aside > blade_aside_mm;
  return place.from_lung_mm > rib_from_lung_mm && (before_apex || at_blade)
             ? place.on_side(Organ::shoulder_right, Organ::shoulder_left)
             : place.on_side(Organ::ribs_right, Organ::ribs_left);
}

Organ Skeleton::region_of_pelvis(const Place& place) const {
  if (is_in_sacrum(place)) return Organ::spine;
  if (marks_.hips)
    return is_of_leg(place) ? place.on_side(Organ::leg_right, Organ::leg_left)
                            : place.on_side(Organ::hip_right, Organ::hip_left);
  const bool near_crest = marks_.crest_z_mm && place.at.z > crest_z_ - no_leg_below_crest_mm;
  if (near_crest) return place.on_side(Organ::hip_right, Organ::hip_left);
  return is_in_column(place) ? Organ::spine : Organ::bone;
}

Organ Skeleton::region_at(std::size_t voxel) const {
  const Place place = place_of(voxel);
  const double above_apex = place.at.z - apex_z_;
  if (is_of_arm(place)) return place.on_side(Organ::arm_right, Organ::arm_left);
  if (above_apex > skull_above_apex_mm) return Organ::skull;
  if (above_apex > 0 && is_in_column(place)) return Organ::spine;
  if (above_apex > jaw_above_apex_mm || (place.piece && place.piece == head_)) return Organ::skull;
  return place.at.z > crest_z_ ? region_of_chest(place) : region_of_pelvis(place);
}

}  // namespace netpet::anatomy
