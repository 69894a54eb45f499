#include "phantom/lesion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <utility>

#include "base/random.h"

namespace netpet::phantom {
namespace {

using record::Organ;

constexpr std::uint64_t kStream = 130;
constexpr int kTries = 60;
constexpr double kBetweenMm = 9;  // lesions stay apart, so that each can be outlined by itself
constexpr double kLobe = 0.05;    // share by which the radius swells and narrows
constexpr double kLobeLimit = 1.5;
constexpr double kInsideMm = 2;  // between a focus and the surface of the mass around it

std::uint16_t organ_named(const std::string& name) {
  for (const Organ organ : {Organ::liver, Organ::pancreas, Organ::small_bowel, Organ::spleen, Organ::brain})
    if (record::name_of(organ) == name) return record::id_of(organ);
  if (name == "small_bowel") return record::id_of(Organ::small_bowel);
  return 0;
}

Vec3 shift_of(const BodyPlan& plan, const std::string& organ) {
  if (organ == "liver") return plan.liver_shift;
  if (organ == "pancreas") return plan.pancreas_shift;
  return {};
}

/// How much of a ball around `body` lies in the organ that it should sit in.
double share_inside(const Anatomy& anatomy, Vec3 body, double radius, const Place& place) {
  const Vec3 scale = anatomy.plan().scale;
  int inside = 0, all = 0;
  for (int a = -2; a <= 2; ++a)
    for (int b = -2; b <= 2; ++b)
      for (int c = -2; c <= 2; ++c) {
        if (a * a + b * b + c * c > 4) continue;
        const Vec3 p = body + Vec3{double(a), double(b), double(c)} * (radius / 2);
        const Sample s = anatomy.at({p.x / scale.x, p.y / scale.y, p.z / scale.z});
        const bool home = place.organ == "bone"   ? record::is_bone(s.organ)
                          : place.organ == "lung" ? record::is_lung(s.organ)
                          : place.organ.empty()
                              ? s.body && (s.organ == 0 || s.organ == record::id_of(Organ::small_bowel))
                              : s.organ == organ_named(place.organ);
        inside += home ? 1 : 0;
        ++all;
      }
  return static_cast<double>(inside) / all;
}

const TissueValues& tissue_around(const Anatomy& anatomy, const Place& place) {
  if (place.organ == "liver") return anatomy.values(Tissue::liver);
  if (place.organ == "bone") return anatomy.values(Tissue::marrow);
  if (place.organ == "pancreas") return anatomy.values(Tissue::pancreas);
  if (place.organ == "lung") return anatomy.values(Tissue::lung);
  return anatomy.values(Tissue::soft);
}

double attenuation(const Place& place) {
  return place.organ == "liver" ? 46 : place.organ == "bone" ? 430 : 42;  // metastases in bone harden it
}

/// Inside the mass, off its centre, where the focus just keeps clear of the mass's surface.
Vec3 beside_centre(const SimulatedLesion& mass, double focus_radius, base::Random& random) {
  const double off = std::max(0.0, mass.shortest_mm() / 2 - focus_radius - kInsideMm);
  const double around = random.uniform(0, 2 * std::numbers::pi), up = random.uniform(-0.7, 0.7);
  const double across = std::sqrt(1 - up * up);
  return mass.centre + Vec3{across * std::cos(around), across * std::sin(around), up} * off;
}

}  // namespace

double SimulatedLesion::distance(Vec3 body) const {
  const double turn = degrees * 0.017453292519943295, c = std::cos(turn), s = std::sin(turn);
  const Vec3 d = body - centre;
  const Vec3 u{(c * d.x + s * d.y) / radii.x, (c * d.y - s * d.x) / radii.y, d.z / radii.z};
  const double rho = norm(u), length = norm(d);
  if (rho < 1e-6) return -std::min({radii.x, radii.y, radii.z});
  const double swell =
      1 + kLobe * std::clamp(static_cast<double>((*lobes)(u * (1 / rho))), -kLobeLimit, kLobeLimit);
  return length * (1 - swell / rho);
}
double SimulatedLesion::longest_mm() const {
  return 2 * std::max({radii.x, radii.y, radii.z});
}
double SimulatedLesion::shortest_mm() const {
  return 2 * std::min({radii.x, radii.y, radii.z});
}
double SimulatedLesion::reach() const {
  return longest_mm() / 2 * (1 + kLobe * kLobeLimit);
}

std::vector<SimulatedLesion> place_lesions(const Case& planned, const CaseTable& table,
                                           const Anatomy& anatomy) {
  const BodyPlan& plan = anatomy.plan();
  std::vector<SimulatedLesion> lesions;
  for (std::size_t n = 0; n < planned.lesions.size(); ++n) {
    const PlannedLesion& wanted = planned.lesions[n];
    const Place& place = table.places.at(wanted.place);
    base::Random random(plan.seed, kStream + 1 + n);
    SimulatedLesion lesion;
    lesion.id = "L" + std::to_string(n + 1);
    lesion.site = place.site;
    lesion.host = organ_named(place.organ);
    const double radius = wanted.size_mm / 2 * random.uniform(0.97, 1.05);
    lesion.radii = {radius, radius * random.uniform(0.88, 1), radius * random.uniform(0.88, 1)};
    lesion.degrees = random.uniform(0, 180);
    lesion.hu = attenuation(place);
    lesion.lobes = std::make_shared<NoiseField>(plan.seed, kStream + 100 + n, 0.9);  // on the unit sphere
    const Vec3 standard = place.at + shift_of(plan, place.organ);
    double best = -std::numeric_limits<double>::infinity();
    if (wanted.focus) {
      const SimulatedLesion& mass = lesions.back();
      lesion.parent = mass.id;
      lesion.centre = beside_centre(mass, radius, random);
      best = 1;
    }
    for (int attempt = 0; attempt < kTries && best < 1; ++attempt) {
      const double stray = (place.organ == "liver" ? 5.0 : place.organ.empty() ? 3.0 : 1.5) + 0.4 * attempt;
      const Vec3 at = standard + Vec3{random.uniform(-stray, stray), random.uniform(-stray, stray),
                                      random.uniform(-stray, stray)};
      const Vec3 body{at.x * plan.scale.x, at.y * plan.scale.y, at.z * plan.scale.z};
      double inside = share_inside(anatomy, body, radius, place);
      for (const SimulatedLesion& other : lesions)
        if (norm(other.centre - body) < other.reach() + radius + kBetweenMm) inside -= 1;
      if (inside > best) {
        best = inside;
        lesion.centre = body;
      }
    }
    // Both tracers vary together, so that their ratio stays what the case says.
    const double common = random.uniform(0.92, 1.1), ratio = random.uniform(0.985, 1.015);
    const TissueValues& around = tissue_around(anatomy, place);
    lesion.sstr = wanted.sstr ? *wanted.sstr * common : around.sstr;
    lesion.fdg = wanted.fdg_to_liver ? *wanted.fdg_to_liver * anatomy.values(Tissue::liver).fdg * ratio
                 : wanted.fdg        ? *wanted.fdg * common * ratio
                                     : around.fdg;
    lesions.push_back(std::move(lesion));
  }
  std::stable_sort(lesions.begin(), lesions.end(), [](const SimulatedLesion& a, const SimulatedLesion& b) {
    return a.centre.z != b.centre.z ? a.centre.z > b.centre.z : a.centre.x < b.centre.x;
  });
  std::map<std::string, std::string> final_id{{"", ""}};
  for (std::size_t n = 0; n < lesions.size(); ++n)
    final_id[std::exchange(lesions[n].id, "L" + std::to_string(n + 1))] = "L" + std::to_string(n + 1);
  for (SimulatedLesion& lesion : lesions) lesion.parent = final_id.at(lesion.parent);
  return lesions;
}

}  // namespace netpet::phantom
