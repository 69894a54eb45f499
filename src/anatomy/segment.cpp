#include "anatomy/segment.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "anatomy/organ_search.h"
#include "anatomy/scene.h"

namespace netpet::anatomy {
namespace {

using record::id_of;
using record::Organ;

constexpr double lung_confidence = 0.9;

/// Later organs take voxels from earlier ones: what is found by its own uptake last.
void paint(OrganMap& map, const FoundOrgan& found) {
  for (std::size_t v = 0; v < found.mask.voxels().size(); ++v)
    if (found.mask[v]) map.labels[v] = id_of(found.organ);
  map.confidence[id_of(found.organ)] = found.confidence;
}

std::vector<FoundOrgan> find_organs(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  std::vector<FoundOrgan> found;
  const auto add = [&found](std::optional<FoundOrgan> organ) {
    if (organ) found.push_back(std::move(*organ));
  };
  const auto look = scene.has_ct() ? look_at_liver(scene, marks) : std::nullopt;
  if (!look) {
    found = find_organs_from_pet(scene, marks, run);
    if (scene.has_ct()) add(find_brain(scene, marks, run));
    return found;
  }
  add(find_heart(scene, marks, run));
  add(find_aorta(scene, marks, run));
  add(find_trachea(scene, marks));
  add(find_brain(scene, marks, run));
  run.throw_if_stopped();
  std::vector<FoundOrgan> flank = find_spleen_and_kidneys(scene, marks, *look, run);
  add(find_liver(scene, marks, *look, flank, run));
  for (FoundOrgan& organ : flank) found.push_back(std::move(organ));
  add(find_bladder(scene, marks, look->suv, marks.right_dome_z_mm, run));
  if (auto gullet = find_oesophagus(scene, marks, found, run))
    found.insert(found.begin(), std::move(*gullet));
  // The gut is what the others leave, so it gives way to them.
  if (auto gut = find_gut(scene, marks, found, run)) found.insert(found.begin(), std::move(*gut));
  return found;
}

}  // namespace

OrganMap segment_organs(const image::CtVolume* ct, const image::PetVolume* suv, record::Role role,
                        const base::Run& run) {
  const Scene scene = make_scene(ct, suv, role, run);
  const Landmarks marks = find_landmarks(scene, run);
  OrganMap map;
  map.source = "auto";
  map.labels = image::LabelMap(scene.grid);
  if (scene.has_ct())
    for (const FoundOrgan& bones : divide_bones(scene, marks)) paint(map, bones);
  if (marks.has_lungs) {
    paint(map, {Organ::lung_right, marks.lung_right, lung_confidence});
    paint(map, {Organ::lung_left, marks.lung_left, lung_confidence});
  }
  if (marks.has_lungs)
    run.detail(fmt::format("diaphragm at z {:.0f} mm right, {:.0f} mm left, lung apices at {:.0f} mm",
                           marks.right_dome_z_mm, marks.left_dome_z_mm, marks.lung_top_z_mm));
  std::string sure;
  for (const FoundOrgan& found : find_organs(scene, marks, run)) {
    if (found.confidence < least_organ_confidence) {
      run.detail(fmt::format("{} left out: confidence {:.2f}, {:.0f} mL", record::name_of(found.organ),
                             found.confidence, volume_ml(found.mask)));
      continue;
    }
    paint(map, found);
    sure +=
        fmt::format("{}{} {:.2f}", sure.empty() ? "" : ", ", record::name_of(found.organ), found.confidence);
  }
  map.warnings.push_back(
      {"organs_automatic",
       fmt::format("Organs were found by the program itself{}, with low confidence ({}): check the places "
                   "of the references, or give an organ map.",
                   scene.has_ct() ? "" : " without a CT", sure.empty() ? "none" : sure)});
  for (const Organ organ :
       {Organ::liver, Organ::spleen, Organ::aorta, Organ::kidney_right, Organ::kidney_left, Organ::bladder})
    if (!map.confidence.contains(id_of(organ)))
      map.warnings.push_back(
          {"organ_not_found", fmt::format("The {} was not found.", record::name_of(organ))});
  return map;
}

}  // namespace netpet::anatomy
