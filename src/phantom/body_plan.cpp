#include "phantom/body_plan.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace netpet::phantom {
namespace {

constexpr std::uint64_t kStream = 101;

double smooth_step(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

}  // namespace

Profile::Profile(std::initializer_list<std::pair<double, double>> nodes) : first_(nodes.begin()->first) {
  std::vector<TubeNode> line;
  for (const auto& [z, value] : nodes) line.push_back({{value, 0, z}, 1});
  const std::vector<TubeNode> fine = curve(line, 0.5);
  std::size_t n = 0;
  for (double z = first_; z <= line.back().at.z; z += 1) {
    while (n + 2 < fine.size() && fine[n + 1].at.z < z) ++n;
    const Vec3 a = fine[n].at, b = fine[n + 1].at;
    const double t = b.z > a.z ? std::clamp((z - a.z) / (b.z - a.z), 0.0, 1.0) : 0;
    values_.push_back(a.x + (b.x - a.x) * t);
  }
}

double Profile::operator()(double z) const {
  const double at = std::clamp(z - first_, 0.0, static_cast<double>(values_.size() - 1) - 1e-6);
  const auto n = static_cast<std::size_t>(at);
  if (n + 1 >= values_.size()) return values_.back();
  const double t = at - static_cast<double>(n);
  return values_[n] + (values_[n + 1] - values_[n]) * t;
}

double BodyPlan::trunk_width(double z) const {
  static const Profile width{{-140, 172}, {-60, 178}, {0, 178},   {60, 174},  {120, 164}, {180, 154},
                             {240, 152},  {320, 158}, {400, 164}, {470, 172}, {515, 178}, {540, 160},
                             {560, 112},  {580, 72},  {600, 60},  {640, 58},  {680, 58}};
  return width(z) + (z < 300 ? fat_mm - 18 : (fat_mm - 18) * 0.5 * (z < 540 ? 1 : 0));
}
double BodyPlan::trunk_depth(double z) const {
  static const Profile depth{{-140, 100}, {-60, 108}, {0, 112},   {60, 110},  {120, 106}, {180, 102},
                             {240, 104},  {320, 112}, {400, 116}, {470, 110}, {515, 92},  {540, 80},
                             {560, 70},   {580, 64},  {600, 61},  {640, 62},  {680, 64}};
  return depth(z) + (z < 300 ? fat_mm - 18 : (fat_mm - 18) * 0.4 * (z < 540 ? 1 : 0));
}
double BodyPlan::cage_width(double z) const {
  static const Profile width{{-140, 100}, {0, 108},   {60, 116},  {120, 124}, {180, 126},
                             {240, 128},  {300, 134}, {350, 138}, {400, 137}, {450, 129},
                             {500, 108},  {530, 84},  {555, 54},  {575, 30}};
  return width(z);
}
double BodyPlan::cage_depth(double z) const {
  static const Profile depth{{-140, 70}, {0, 76},   {60, 78},  {120, 76}, {180, 74}, {240, 78}, {300, 90},
                             {350, 97},  {400, 98}, {450, 92}, {500, 76}, {530, 60}, {555, 42}, {575, 26}};
  return depth(z);
}
double BodyPlan::cage_centre(double z) const {
  static const Profile centre{{-140, 0}, {120, -4}, {180, -8}, {240, -6},
                              {300, -2}, {400, -4}, {500, 4},  {555, 14}};
  return centre(z);
}
double BodyPlan::cavity_distance(Vec3 p) const {
  const double x = p.x / cage_width(p.z), y = (p.y - cage_centre(p.z)) / cage_depth(p.z);
  const double rho = std::pow(x * x * std::sqrt(std::abs(x)) + y * y * std::sqrt(std::abs(y)), 0.4);
  if (rho < 1e-3) return -cage_depth(p.z);
  return std::hypot(p.x, p.y - cage_centre(p.z)) * (1 - 1 / rho);  // along the ray from the middle
}
double BodyPlan::diaphragm(double x, double y) const {
  const auto dome = [&](double cx, double cy, double top, double reach) {
    const double dx = (x - cx) / (reach * 0.95), dy = (y - cy) / reach;
    const double r2 = dx * dx + dy * dy;
    return top - 105 * smooth_step(0.62 * std::sqrt(r2)) * std::min(1.0, 0.35 + 0.65 * r2);
  };
  const double right = dome(-68, -12, dome_right, 88), left = dome(66, -8, dome_left, 84);
  const double t = smooth_step((x + 26) / 52);
  const double sides = right + (left - right) * t,
               tendon = dome(2, -36, dome_left - 12, 92);  // under the heart
  const double h = std::max(0.0, 20 - std::abs(sides - tendon)) / 20;
  return std::max(sides, tendon) + 5 * h * h;
}
double BodyPlan::spine_y(double z) const {
  static const Profile y{{85, 46},  {115, 38}, {150, 31}, {186, 29}, {221, 32}, {255, 38},
                         {288, 45}, {346, 57}, {399, 64}, {448, 66}, {493, 61}, {534, 50},
                         {553, 44}, {570, 38}, {601, 28}, {631, 24}, {668, 21}};
  return y(z);
}

BodyPlan plan_body(std::uint64_t seed) {
  base::Random random(seed, kStream);
  const auto vary = [&](double centre, double sd) {
    return centre + sd * std::clamp(random.normal(), -1.8, 1.8);
  };
  const auto shift = [&](double mm) {
    const double x = vary(0, mm), y = vary(0, mm * 0.5), z = vary(0, mm);
    return Vec3{x, y, z};
  };
  BodyPlan plan;
  plan.seed = seed;
  plan.sex = random.uniform() < 0.5 ? Sex::female : Sex::male;
  const double tall = plan.sex == Sex::male ? 1.015 : 0.975;
  plan.scale.z = vary(tall, 0.02);
  plan.scale.x = vary(plan.sex == Sex::male ? 1.02 : 0.97, 0.025);
  plan.scale.y = vary(plan.sex == Sex::male ? 1.02 : 0.97, 0.025);
  plan.fat_mm = vary(19, 5);
  plan.liver_size = vary(1, 0.03);
  plan.spleen_size = vary(1, 0.07);
  plan.kidney_size = vary(1, 0.035);
  plan.heart_size = vary(1, 0.03);
  plan.bladder_size = vary(0.95, 0.12);
  plan.liver_shift = shift(2.5);
  plan.spleen_shift = shift(2.5);
  plan.kidney_left_shift = shift(3);
  plan.kidney_right_shift = shift(3);
  plan.heart_shift = shift(2.5);
  plan.pancreas_shift = shift(2.5);
  plan.stomach_shift = shift(3);
  plan.bladder_shift = shift(2);
  plan.dome_right = vary(392, 6);
  plan.dome_left = plan.dome_right - vary(14, 3);
  plan.height_m = 1.7 * plan.scale.z;
  plan.weight_kg =
      std::round(10 * (70 * plan.scale.x * plan.scale.y * plan.scale.z + 0.9 * (plan.fat_mm - 18))) / 10;
  plan.height_m = std::round(100 * plan.height_m) / 100;
  plan.age = 45 + static_cast<int>(random.uniform(0, 30));
  return plan;
}

}  // namespace netpet::phantom
