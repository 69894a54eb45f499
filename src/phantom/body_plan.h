#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "phantom/shape.h"

namespace netpet::phantom {

/// A smooth function of height given at a few heights (mm), flat beyond the ends.
class Profile {
 public:
  Profile(std::initializer_list<std::pair<double, double>> nodes);
  double operator()(double z) const;

 private:
  double first_;
  std::vector<double> values_;  // one a millimetre
};

/// Bodies that differ from the plan of most; names in variant.h.
enum class Variant : std::uint8_t {
  none,
  splenectomy,
  one_kidney,
  kidney_transplant,
  horseshoe_kidney,
  ascites,
  hip_prosthesis
};

enum class Sex { female, male };

/// What makes one simulated patient differ from the next. Lengths in mm of the standard body unless said
/// otherwise.
///
/// The standard body: x to the left, y to the back, z to the head, z = 0 between the femoral heads, vertex at
/// 850.
struct BodyPlan {
  std::uint64_t seed = 1;
  Sex sex = Sex::female;
  Vec3 scale{1, 1, 1};  ///< patient = scale · standard, axis by axis
  double fat_mm = 18;   ///< subcutaneous fat at the flank
  double liver_size = 1, spleen_size = 1, kidney_size = 1, heart_size = 1,
         bladder_size = 1;  ///< linear factors
  Vec3 liver_shift, spleen_shift, kidney_left_shift, kidney_right_shift, heart_shift, pancreas_shift,
      stomach_shift, bladder_shift;
  double dome_right = 392, dome_left = 378;  ///< heights of the diaphragm
  bool has_spleen = true;
  Variant variant = Variant::none;
  double height_m = 1.7, weight_kg = 72;
  int age = 60;

  /// Half width, half depth and centre in y of the trunk at height z, and of the rib cage's inner surface.
  double trunk_width(double z) const;
  double trunk_depth(double z) const;
  double cage_width(double z) const;
  double cage_depth(double z) const;
  double cage_centre(double z) const;
  /// Distance to the inner surface of the rib cage and abdominal wall, negative inside.
  double cavity_distance(Vec3 p) const;
  /// Height of the right and left diaphragm above the place (x, y); organs of the abdomen lie below.
  double diaphragm(double x, double y) const;
  /// Centre of the vertebral bodies in y at height z.
  double spine_y(double z) const;
};

/// The patient of a seed.
BodyPlan plan_body(std::uint64_t seed);

}  // namespace netpet::phantom
