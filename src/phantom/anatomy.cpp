#include "phantom/anatomy.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "phantom/variant.h"

namespace netpet::phantom {
namespace {

using record::Organ;

constexpr std::uint64_t kUptakeStream = 102;
constexpr double kSkinMm = 2;
constexpr double kArmTopMm = 900;
/// Parts are kept by height, so that a tile asks few of them. A tile is at most the overlap high, or asks
/// all.
constexpr double kLowestMm = -360, kSlabMm = 12, kSlabOverlapMm = 12;
constexpr std::size_t kSlabs = 108;
/// A tile is left out of a part when its centre is this much farther off than its own radius: distances of
/// flat shapes are only about right.
constexpr double kTileSlack = 1.6, kTileSlackMm = 6;

constexpr double kSmallPartMm = 45;

struct RindDepth {
  double bone = 1.8, flat = 1.4, shaft = 5.0, kidney = 7.0, grey = 9.0, gut = 2.6;
};
constexpr RindDepth kRind;

}  // namespace

void add(std::vector<Part>& parts, int organ_id, Tissue tissue, const ShapePtr& shape, Inside inside) {
  std::vector<Piece> pieces = shape->pieces();
  if (pieces.empty()) pieces.push_back({shape, shape->bounds()});
  for (Piece& piece : pieces)
    parts.push_back(
        {std::move(piece.shape), piece.bounds, static_cast<std::uint16_t>(organ_id), tissue, inside});
}
void add(std::vector<Part>& parts, Organ organ, Tissue tissue, const ShapePtr& shape, Inside inside) {
  add(parts, record::id_of(organ), tissue, shape, inside);
}

Anatomy::Anatomy(const BodyPlan& plan, const TissueTable& tissues)
    : plan_(plan),
      values_(tissues),
      fine_(plan.seed, 103, 5.0),
      coarse_(plan.seed, 104, 13.0),
      tree_a_(plan.seed, 105, 16.0),
      tree_b_(plan.seed, 106, 16.0) {
  slabs_.resize(kSlabs);
  base::Random random(plan.seed, kUptakeStream);
  for (TissueValues& v : values_) {
    v.sstr *= std::exp(v.spread * std::clamp(random.normal(), -1.7, 1.7));
    v.fdg *= std::exp(v.spread * std::clamp(random.normal(), -1.7, 1.7));
  }
  add_variant(plan_, parts_);
  add_head(plan_, parts_);
  add_skeleton(plan_, parts_);
  add_vessels(plan_, parts_);
  add_abdomen(plan_, parts_);
  add_pelvis(plan_, parts_);
  add_bowel(plan_, parts_);
  add_chest(plan_, parts_);
  add_muscles(plan_, parts_);
  add_ascites(plan_, parts_);

  for (std::size_t n = 0; n < slabs_.size(); ++n) {
    const double low = kLowestMm + kSlabMm * static_cast<double>(n);
    for (const Part& part : parts_)
      if (part.bounds.low.z <= low + kSlabMm + kSlabOverlapMm && part.bounds.high.z >= low)
        slabs_[n].push_back(&part);
  }
  for (const std::size_t n : {0, 1}) {
    const double side = n == 0 ? -1 : 1;
    legs_[n] = tube({{{side * 92, 6, 60}, 84}, {{side * 92, 6, -40}, 86}, {{side * 88, 4, -330}, 72}});
    arms_[n] = tube({{{side * 138, 12, 512}, 50},
                     {{side * 172, 8, 575}, 50},
                     {{side * 186, 0, 680}, 46},
                     {{side * 170, -10, kArmTopMm}, 40}});
  }
  head_ = unite({ellipsoid({0, 0, 758}, {79, 98, 93}), ellipsoid({0, -38, 690}, {60, 66, 72}),
                 ellipsoid({0, -108, 697}, {13, 14, 22})},
                14);
  body_bounds_ = {{-260, -150, -340}, {260, 150, kArmTopMm}};
}

double Anatomy::skin_distance(Vec3 p) const {
  double d = 1e9;
  if (p.z < 665) {
    const double x = p.x / plan_.trunk_width(p.z), y = p.y / plan_.trunk_depth(p.z);
    const double x2 = x * x, y2 = y * y;
    const double rho = std::sqrt(std::sqrt(x2 * x2 + y2 * y2 + 1.2 * x2 * y2));
    d = rho < 1e-3 ? -60 : std::sqrt(p.x * p.x + p.y * p.y) * (1 - 1 / rho);
    if (p.z < -40) d = std::max(d, (-40 - p.z) * 2);  // the legs part here
    if (p.z > 640) d = std::max(d, p.z - 665);
  }
  if (p.z > 600) d = std::min(d, head_->distance(p));
  if (p.z < 80 || (p.z > 470 && std::abs(p.x) > 60)) {
    const std::size_t side = p.x < 0 ? 0 : 1;
    const double limb = (p.z < 80 ? legs_ : arms_)[side]->distance(p);
    const double h = std::max(0.0, 24 - std::abs(d - limb)) / 24;
    d = std::min(d, limb) - h * h * 6;
  }
  return d;
}

bool Anatomy::may_meet(const Box& tile) const {
  return tile.meets(body_bounds_) && skin_distance(tile.centre()) < kTileSlack * tile.radius() + kTileSlackMm;
}

void Anatomy::parts_near(const Box& tile, std::vector<const Part*>& near) const {
  near.clear();
  const Vec3 centre = tile.centre();
  const double reach = kTileSlack * tile.radius() + kTileSlackMm;
  const auto consider = [&](const Part& part) {
    if (!part.bounds.meets(tile)) return;
    // Small parts are asked point by point: their box tells as much as their distance would.
    if (part.bounds.radius() < kSmallPartMm || part.shape->distance(centre) < reach) near.push_back(&part);
  };
  const double slab = std::floor((tile.low.z - kLowestMm) / kSlabMm);
  if (tile.high.z - tile.low.z <= kSlabOverlapMm && slab >= 0 && slab < static_cast<double>(kSlabs)) {
    for (const Part* part : slabs_[static_cast<std::size_t>(slab)]) consider(*part);
  } else {
    for (const Part& part : parts_) consider(part);
  }
}

Sample Anatomy::at(Vec3 p, const std::vector<const Part*>& near, Phase phase) const {
  for (const Part* part : near) {
    const Box& b = part->bounds;
    if (p.x < b.low.x || p.x > b.high.x || p.y < b.low.y || p.y > b.high.y || p.z < b.low.z || p.z > b.high.z)
      continue;
    const double d = part->shape->distance(p);
    if (d < 0) return sample(tissue_within(*part, p, -d), part->organ, p, phase);
  }
  return soft_body(p, phase);
}

Sample Anatomy::at(Vec3 p, Phase phase) const {
  std::vector<const Part*> near;
  parts_near({p, p}, near);
  return at(p, near, phase);
}

Tissue Anatomy::tissue_within(const Part& part, Vec3 p, double depth) const {
  switch (part.inside) {
    case Inside::plain:
      return part.tissue;
    case Inside::bone:
      return depth < kRind.bone ? Tissue::cortical_bone : part.tissue;
    case Inside::flat_bone:
      return depth < kRind.flat ? Tissue::cortical_bone : part.tissue;
    case Inside::long_bone:
      return depth < kRind.shaft ? Tissue::cortical_bone : part.tissue;
    case Inside::kidney:
      return depth < kRind.kidney + 1.5 * fine_(p) ? Tissue::kidney_cortex : Tissue::kidney_medulla;
    case Inside::vessel:
      return depth < 1.2 ? Tissue::vessel_wall : Tissue::blood;
    case Inside::lung: {
      // Vessels run where two smooth fields vanish together; they thin out towards the pleura.
      const float a = tree_a_(p), b = tree_b_(p);
      const double width = 0.10 + 0.0045 * std::min(depth, 45.0);
      return a * a + b * b < width * width ? Tissue::blood : Tissue::lung;
    }
    case Inside::liver: {
      const float a = tree_a_(p), b = tree_b_(p);
      const double width = 0.06 + 0.003 * std::min(depth, 40.0);
      return a * a + b * b < width * width ? Tissue::blood : Tissue::liver;
    }
    case Inside::brain: {
      const Vec3 v{std::abs(p.x) - 14, p.y - 4, p.z - 778};
      if (v.x * v.x / 36 + v.y * v.y / 900 + v.z * v.z / 100 < 1) return Tissue::csf;
      const Vec3 nuclei{std::abs(p.x) - 25, p.y + 4, p.z - 762};
      if (nuclei.x * nuclei.x / 100 + nuclei.y * nuclei.y / 484 + nuclei.z * nuclei.z / 144 < 1)
        return Tissue::brain_grey;
      const float fold = tree_a_({p.x * 1.6, p.y * 1.6, p.z * 1.6});
      if (depth < 7 && std::abs(fold) < 0.09F) return Tissue::csf;
      return depth < kRind.grey + 5 * std::abs(fold) ? Tissue::brain_grey : Tissue::brain_white;
    }
    case Inside::hollow_gut: {
      if (depth < kRind.gut) return part.tissue;
      const float mix = coarse_(p) + 0.012F * static_cast<float>(-p.y - 40);
      if (mix > 0.85F) return Tissue::gas;
      return part.tissue == Tissue::stomach_wall ? Tissue::stomach_content : Tissue::bowel_content;
    }
    case Inside::ureter:
      return coarse_({p.z * 0.6, p.x > 0 ? 40.0 : 160.0, 0}) > 0.7F ? Tissue::urine_upper : Tissue::soft;
  }
  return part.tissue;
}

Sample Anatomy::sample(Tissue tissue, std::uint16_t organ, Vec3 p, Phase phase) const {
  const TissueValues& v = values(tissue);
  Sample s;
  s.organ = organ;
  s.body = true;
  s.hu = static_cast<float>(phase == Phase::native ? v.hu : v.hu_contrast);
  const float structure = 0.8F * fine_(p) + 0.6F * coarse_(p);
  s.hu += static_cast<float>(v.hu_texture) * structure;
  if (tissue == Tissue::lung) s.hu += static_cast<float>(0.35 * p.y);  // denser where the lung lies
  const float uneven = 1 + 0.03F * std::clamp(structure, -2.5F, 2.5F);
  s.sstr = static_cast<float>(v.sstr) * uneven;
  s.fdg = static_cast<float>(v.fdg) * uneven;
  if (tissue == Tissue::bowel_wall) {  // tone differs between loops
    const float tone = coarse_({p.x * 0.25, p.y * 0.25, p.z * 0.25});
    s.sstr *= std::exp(0.22F * std::clamp(tone, -2.F, 2.F));
    s.fdg *= std::exp(0.3F * std::clamp(tone, -2.F, 2.F));
  }
  return s;
}

Sample Anatomy::soft_body(Vec3 p, Phase phase) const {
  const double d = skin_distance(p);
  if (d >= 0) return {};
  const double depth = -d;
  if (depth < kSkinMm) return sample(Tissue::skin, 0, p, phase);
  if (p.z > 600 && std::abs(p.x) < 85) {  // head and neck: thin fat, then muscle with fat planes between
    if (depth < 5) return sample(Tissue::fat, 0, p, phase);
    const float plane = tree_a_(p);
    return sample(std::abs(plane) < 0.13F ? Tissue::fat : Tissue::muscle, 0, p, phase);
  }
  const bool limb = p.z < -30 || (p.z > 530 && std::abs(p.x) > 110);
  const double posterior = std::clamp((p.y - 20) / 90, 0.0, 1.0);
  const double fat =
      limb ? 0.55 * plan_.fat_mm
           : plan_.fat_mm * (p.z > 330 ? 0.62 : 0.85 + 0.25 * posterior) * (1 + 0.08 * coarse_(p * 0.4));
  if (depth < fat) return sample(std::abs(tree_b_(p)) < 0.02F ? Tissue::blood : Tissue::fat, 0, p, phase);
  if (limb) return sample(std::abs(tree_a_(p)) < 0.06F ? Tissue::fat : Tissue::muscle, 0, p, phase);
  if (plan_.cavity_distance(p) < 0) {
    if (std::abs(tree_b_(p)) < 0.03F && std::abs(tree_a_(p)) < 0.5F)
      return sample(Tissue::vessel_wall, 0, p, phase);
    return sample(Tissue::fat, 0, p, phase);
  }
  // The wall: layers of muscle with thin fat planes between, which move with the skin.
  const double layer = std::fmod(depth + 3.0 * coarse_(p * 0.5), 19.0);
  return sample(layer < 1.4 + 0.6 * coarse_(p) ? Tissue::fat : Tissue::muscle, record::id_of(Organ::muscle),
                p, phase);
}

}  // namespace netpet::phantom
