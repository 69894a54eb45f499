#include "phantom/truth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "image/sphere.h"
#include "phantom/variant.h"
#include "record/json.h"

namespace netpet::phantom {
namespace {

using record::Json;
using record::Organ;

constexpr double kClearOfLesionsMm = 10;
constexpr double kVolumeStepMm = 0.5;

struct ReferenceOrgan {
  const char* name;
  std::function<bool(std::uint16_t)> holds;
  double inside_mm;  // how far from the organ's surface
};

const std::vector<ReferenceOrgan>& reference_organs() {
  const auto is = [](Organ organ) {
    return [organ](std::uint16_t id) { return id == record::id_of(organ); };
  };
  static const std::vector<ReferenceOrgan> organs{
      {"liver", is(Organ::liver), 12},
      {"blood_pool", is(Organ::aorta), 5.5},
      {"spleen", is(Organ::spleen), 10},
      {"marrow", [](std::uint16_t id) { return id >= 27 && id <= 31; }, 8},
      {"muscle", [](std::uint16_t id) { return id == 80 || id == 81; }, 10},
      {"lung", record::is_lung, 12},
      {"brain", is(Organ::brain), 10}};
  return organs;
}

class OrganLookup {
 public:
  explicit OrganLookup(const image::LabelMap& organs) : organs_(organs) {}
  std::uint16_t at(space::PointLps p) const {
    const space::IndexIjk n = organs_.geometry().nearest(p);
    return organs_.geometry().contains(n) ? organs_(n) : std::uint16_t{0};
  }
  /// Whether the organ goes on for `mm` in all six directions and the four diagonals of the plane.
  bool deep(space::PointLps p, const ReferenceOrgan& organ) const {
    const double mm = organ.inside_mm, slant = mm * 0.7071;
    for (const Vec3 step :
         {Vec3{mm, 0, 0}, Vec3{-mm, 0, 0}, Vec3{0, mm, 0}, Vec3{0, -mm, 0}, Vec3{0, 0, mm}, Vec3{0, 0, -mm},
          Vec3{slant, slant, 0}, Vec3{slant, -slant, 0}, Vec3{-slant, slant, 0}, Vec3{-slant, -slant, 0}})
      if (!organ.holds(at(p + step))) return false;
    return true;
  }

 private:
  const image::LabelMap& organs_;
};

struct Sums {
  double n = 0, sum = 0, squares = 0, max = 0;
  Vec3 place;
  void add(double value, space::PointLps p) {
    n += 1;
    sum += value;
    squares += value * value;
    max = std::max(max, value);
    place = place + Vec3{p.x, p.y, p.z};
  }
};

Json uptake_json(const LesionTruth& truth) {
  return {{"suvmax", record::number(truth.suvmax)},
          {"suvpeak", record::number(truth.suvpeak)},
          {"suvmean", record::number(truth.suvmean)}};
}

Json references_json(const record::References& references) {
  Json json = Json::object();
  for (const auto& [name, reference] : references) json[name] = record::json_of(reference);
  return json;
}

}  // namespace

LesionTruth measure_truth(const image::PetVolume& clean, const image::Region& lesion) {
  const image::Sphere sphere = image::sphere_on(clean.geometry(), image::kOneMlRadiusMm);
  LesionTruth truth;
  double sum = 0;
  for (const std::size_t voxel : lesion) {
    truth.suvmax = std::max(truth.suvmax, double(clean[voxel]));
    truth.suvpeak = std::max(truth.suvpeak, image::sphere_mean(clean, sphere, clean.geometry().index(voxel)));
    sum += clean[voxel];
  }
  truth.suvmean = sum / static_cast<double>(lesion.size());
  return truth;
}

LesionTruth measure_focus_truth(const image::PetVolume& clean, const image::Region& focus,
                                space::PointLps centre) {
  const space::Geometry& grid = clean.geometry();
  const space::IndexIjk at = grid.nearest(centre);
  const image::Sphere sphere = image::sphere_on(grid, image::kOneMlRadiusMm);
  LesionTruth truth = measure_truth(clean, focus);
  truth.suvpeak = image::sphere_mean(clean, sphere, at);
  truth.suvmax = 0;
  for (const std::size_t voxel : image::voxels_of(sphere, grid, at))
    truth.suvmax = std::max(truth.suvmax, double(clean[voxel]));
  return truth;
}

record::References true_references(const SimulatedPatient& patient, const SimulatedStudy& study) {
  const OrganLookup lookup(study.ct.organs);
  const space::Geometry& grid = study.clean.geometry();
  const auto& organs = reference_organs();
  std::vector<Sums> sums(organs.size());
  const auto clear_of_lesions = [&](space::PointLps p) {
    return std::none_of(patient.lesions.begin(), patient.lesions.end(), [&](const SimulatedLesion& lesion) {
      return space::distance(p, patient.centroid(lesion, study.session)) < lesion.reach() + kClearOfLesionsMm;
    });
  };
  for (std::size_t n = 0; n < grid.voxels(); ++n) {
    if (study.clean[n] <= 0) continue;
    const space::PointLps p = grid.to_lps(grid.index(n));
    const std::uint16_t id = lookup.at(p);
    if (id == 0) continue;
    for (std::size_t o = 0; o < organs.size(); ++o)
      if (organs[o].holds(id) && lookup.deep(p, organs[o]) && clear_of_lesions(p))
        sums[o].add(study.clean[n], p);
  }
  record::References references;
  for (std::size_t o = 0; o < organs.size(); ++o) {
    const Sums& s = sums[o];
    if (s.n < 1) continue;
    record::Reference reference;
    reference.mean = s.sum / s.n;
    reference.sd = std::sqrt(std::max(0.0, s.squares / s.n - reference.mean * reference.mean));
    reference.max = s.max;
    reference.volume_ml = s.n * grid.voxel_volume_ml();
    reference.centroid_lps_mm = space::PointLps{s.place.x / s.n, s.place.y / s.n, s.place.z / s.n};
    reference.source = "imported";
    references[organs[o].name] = reference;
  }
  return references;
}

double tissue_volume_ml(const SimulatedLesion& lesion) {
  const int reach = static_cast<int>(std::ceil(lesion.reach() / kVolumeStepMm));
  std::size_t inside = 0;
  for (int k = -reach; k <= reach; ++k)
    for (int j = -reach; j <= reach; ++j)
      for (int i = -reach; i <= reach; ++i)
        inside += lesion.distance(lesion.centre + Vec3{double(i), double(j), double(k)} * kVolumeStepMm) < 0
                      ? 1
                      : 0;
  return static_cast<double>(inside) * kVolumeStepMm * kVolumeStepMm * kVolumeStepMm / 1000;
}

std::string truth_json(const SimulatedPatient& patient, const SimulatedStudy& sstr,
                       const SimulatedStudy& fdg) {
  Json json;
  json["schema"] = "netpet-truth/1";
  json["case"] = patient.request.case_name;
  if (patient.request.variant != Variant::none) json["variant"] = name_of(patient.request.variant);
  json["description"] = patient.planned.description;
  json["seed"] = patient.request.seed;
  json["references"] = {{"sstr", references_json(true_references(patient, sstr))},
                        {"fdg", references_json(true_references(patient, fdg))}};
  json["lesions"] = Json::array();
  for (std::size_t n = 0; n < patient.lesions.size(); ++n) {
    const SimulatedLesion& lesion = patient.lesions[n];
    Json one;
    one["id"] = lesion.id;
    one["parent"] = lesion.parent.empty() ? Json() : Json(lesion.parent);
    one["site"] = lesion.site;
    one["centroid_lps_mm"] = record::json_of(patient.centroid(lesion, Session::sstr));
    one["centroid_fdg_lps_mm"] = record::json_of(patient.centroid(lesion, Session::fdg));
    // Nodes are sized by their short axis.
    one["size_mm"] = record::number(lesion.site == "node" ? lesion.shortest_mm() : lesion.longest_mm());
    one["size_source"] = "ct";
    one["volume_ml"] = record::number(tissue_volume_ml(lesion));
    const bool is_focus = !lesion.parent.empty();
    one["sstr"] = uptake_json(is_focus ? measure_focus_truth(sstr.clean, sstr.lesion_voxels[n],
                                                             patient.centroid(lesion, Session::sstr))
                                       : measure_truth(sstr.clean, sstr.lesion_voxels[n]));
    one["fdg"] = uptake_json(measure_truth(fdg.clean, fdg.lesion_voxels[n]));
    one["excluded"] = nullptr;
    json["lesions"].push_back(one);
  }
  json["expected"] = Json::parse(patient.planned.expected_json);
  return json.dump(1) + "\n";
}

}  // namespace netpet::phantom
