#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "phantom/body_plan.h"
#include "phantom/noise_field.h"
#include "phantom/shape.h"
#include "phantom/tissue.h"
#include "record/organ.h"

namespace netpet::phantom {

/// How the inside of a part differs from place to place.
enum class Inside : std::uint8_t {
  plain,
  bone,        ///< cortical rim, marrow within
  flat_bone,   ///< thin cortical rim
  long_bone,   ///< thick cortical rim, fatty marrow
  kidney,      ///< cortex and medulla
  lung,        ///< vessels, denser to the back
  liver,       ///< hepatic and portal vessels
  brain,       ///< grey rim and folds, white matter, ventricles
  hollow_gut,  ///< wall, content, gas in front
  ureter,      ///< uptake in short stretches
  vessel
};

/// One piece of anatomy: where it is, what it is made of and which organ it is called.
struct Part {
  ShapePtr shape;
  Box bounds;
  std::uint16_t organ = 0;
  Tissue tissue = Tissue::soft;
  Inside inside = Inside::plain;
};

/// What the scanners see at one point. `sstr` and `fdg` are SUV of the tissue, before blurring.
struct Sample {
  std::uint16_t organ = 0;
  float hu = -1000;
  float sstr = 0;
  float fdg = 0;
  bool body = false;  ///< inside the patient
};

enum class Phase { native, portal_venous };

/// The simulated patient in the coordinates of the standard body (mm; see BodyPlan): organs as parts in order
/// of priority, then muscle, fat and skin. Organs never overlap, the first part that holds a point owns it.
class Anatomy {
 public:
  Anatomy(const BodyPlan& plan, const TissueTable& tissues);
  Anatomy(const Anatomy&) = delete;
  Anatomy& operator=(const Anatomy&) = delete;

  /// The parts that may hold a point of `tile`, in order of priority.
  void parts_near(const Box& tile, std::vector<const Part*>& near) const;
  /// Whether `tile` may meet the body at all.
  bool may_meet(const Box& tile) const;
  /// What is at `p`, looking at `near` only.
  Sample at(Vec3 p, const std::vector<const Part*>& near, Phase phase) const;
  /// The same, looking at all parts.
  Sample at(Vec3 p, Phase phase = Phase::native) const;

  const BodyPlan& plan() const { return plan_; }
  /// Uptake of a tissue in this patient.
  const TissueValues& values(Tissue tissue) const { return values_[static_cast<std::size_t>(tissue)]; }

 private:
  Tissue tissue_within(const Part& part, Vec3 p, double depth) const;
  Sample sample(Tissue tissue, std::uint16_t organ, Vec3 p, Phase phase) const;
  Sample soft_body(Vec3 p, Phase phase) const;
  double skin_distance(Vec3 p) const;

  BodyPlan plan_;
  TissueTable values_;
  std::vector<Part> parts_;
  std::vector<std::vector<const Part*>> slabs_;  // parts by height
  std::array<ShapePtr, 2> legs_, arms_;          // right, left
  ShapePtr head_;
  Box body_bounds_;
  NoiseField fine_, coarse_, tree_a_, tree_b_;
};

/// The parts of each region, in order of priority within it; `build_*.cpp`.
void add_head(const BodyPlan& plan, std::vector<Part>& parts);
void add_skeleton(const BodyPlan& plan, std::vector<Part>& parts);
void add_chest(const BodyPlan& plan, std::vector<Part>& parts);
void add_abdomen(const BodyPlan& plan, std::vector<Part>& parts);
void add_bowel(const BodyPlan& plan, std::vector<Part>& parts);
void add_pelvis(const BodyPlan& plan, std::vector<Part>& parts);
void add_vessels(const BodyPlan& plan, std::vector<Part>& parts);
void add_muscles(const BodyPlan& plan, std::vector<Part>& parts);

/// Appends a part; the box is the shape's own.
void add(std::vector<Part>& parts, record::Organ organ, Tissue tissue, const ShapePtr& shape,
         Inside inside = Inside::plain);
void add(std::vector<Part>& parts, int organ_id, Tissue tissue, const ShapePtr& shape,
         Inside inside = Inside::plain);

}  // namespace netpet::phantom
