#include "anatomy/segment.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "anatomy/free_foci.h"
#include "anatomy/organ_search.h"
#include "anatomy/refine.h"
#include "anatomy/scene.h"
#include "anatomy/spine_levels.h"

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

/// The organs that need no uptake, in front of those that take voxels from them.
std::vector<FoundOrgan> find_by_ct(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  std::vector<FoundOrgan> found;
  const auto add = [&found](std::optional<FoundOrgan> organ) {
    if (organ) found.push_back(std::move(*organ));
  };
  add(find_muscle(scene, marks, run));
  add(find_heart(scene, marks, run));
  add(find_aorta(scene, marks, run));
  add(find_trachea(scene, marks));
  // A scan that ends below the apices of the lungs shows no brain.
  if (marks.has_lungs || !marks.has_level) add(find_brain(scene, marks, run));
  run.throw_if_stopped();
  return found;
}

void add_gut(const Scene& scene, const Landmarks& marks, const base::Run& run,
             std::vector<FoundOrgan>& found) {
  if (auto gullet = find_oesophagus(scene, marks, found, run))
    found.insert(found.begin(), std::move(*gullet));
  // The gut is what the others leave, so it gives way to them.
  if (auto gut = find_gut(scene, marks, found, run)) found.insert(found.begin(), std::move(*gut));
}

/// On SSTR the spleen stands far above the liver, and a kidney takes up about as much or more; what does not
/// is something else.
bool fits_uptake(const Scene& scene, const FoundOrgan& organ, double liver_suv) {
  const double least = organ.organ == Organ::spleen ? 1.3 : 0.7;
  return scene.role != record::Role::sstr || quantile(scene.suv, organ.mask, 0.5) > least * liver_suv;
}

std::vector<FoundOrgan> find_with_pet(const Scene& scene, const Landmarks& marks, const LiverLook& look,
                                      const base::Run& run) {
  std::vector<FoundOrgan> found = find_by_ct(scene, marks, run);
  std::vector<FoundOrgan> flank = find_spleen_and_kidneys(scene, marks, look, run);
  if (auto liver = find_liver(scene, marks, look, flank, run)) found.push_back(std::move(*liver));
  for (FoundOrgan& organ : flank) found.push_back(std::move(organ));
  const auto is_found = [&found](Organ organ) {
    return std::any_of(found.begin(), found.end(), [organ](const FoundOrgan& one) {
      return one.organ == organ && one.confidence >= least_organ_confidence;
    });
  };
  if (!is_found(Organ::kidney_left) || !is_found(Organ::kidney_right) || !is_found(Organ::spleen))
    for (FoundOrgan& organ : find_abdomen_by_ct(scene, marks, run))
      if (!is_found(organ.organ) && fits_uptake(scene, organ, look.suv)) found.push_back(std::move(organ));
  if (auto bladder = find_bladder(scene, marks, look.suv, marks.right_dome_z_mm, run))
    found.push_back(std::move(*bladder));
  if (!is_found(Organ::kidney_left) && !is_found(Organ::kidney_right))
    if (auto graft = find_kidney_graft(scene, marks, look.suv, found, run))
      found.push_back(std::move(*graft));
  add_gut(scene, marks, run, found);
  return found;
}

std::vector<FoundOrgan> find_organs(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  const auto look = scene.has_ct() && scene.has_pet ? look_at_liver(scene, marks) : std::nullopt;
  if (look) return find_with_pet(scene, marks, *look, run);
  std::vector<FoundOrgan> found = scene.has_ct() ? find_by_ct(scene, marks, run) : std::vector<FoundOrgan>();
  std::vector<FoundOrgan> abdomen = find_abdomen_by_ct(scene, marks, run);
  const bool by_ct = std::any_of(abdomen.begin(), abdomen.end(), [](const FoundOrgan& one) {
    return one.organ == Organ::liver && one.confidence >= least_organ_confidence;
  });
  if (!by_ct && scene.has_pet) abdomen = find_organs_from_pet(scene, marks, run);
  for (FoundOrgan& organ : abdomen) found.push_back(std::move(organ));
  if (by_ct) add_gut(scene, marks, run, found);
  return found;
}

/// " (oesophagus 0.50, …)": the organs that were found with the least confidence.
std::string least_sure(const std::map<std::uint16_t, double>& confidence) {
  constexpr std::size_t most = 4;
  std::multimap<double, std::string> organs;
  for (const auto& [id, sure] : confidence)
    // Twelve regions of bone would hide the organs on which references rest.
    if (!record::is_bone(id))
      organs.emplace(sure, fmt::format("{} {:.2f}", record::name_of(static_cast<Organ>(id)), sure));
  std::string words;
  std::size_t named = 0;
  for (const auto& [sure, organ] : organs)
    if (named++ < most) words += (words.empty() ? "" : ", ") + organ;
  return words.empty() ? "" : " (" + words + ")";
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
    for (const FoundOrgan& bones : divide_bones(scene, marks, run)) paint(map, bones);
  if (volume_ml(marks.lung_right) > 0) paint(map, {Organ::lung_right, marks.lung_right, lung_confidence});
  if (volume_ml(marks.lung_left) > 0) paint(map, {Organ::lung_left, marks.lung_left, lung_confidence});
  if (marks.has_lungs)
    run.detail(fmt::format("diaphragm at z {:.0f} mm right, {:.0f} mm left, lung apices at {:.0f} mm",
                           marks.right_dome_z_mm, marks.left_dome_z_mm, marks.lung_top_z_mm));
  if (marks.crest_z_mm) run.detail(fmt::format("iliac crests at z {:.0f} mm", *marks.crest_z_mm));
  for (const FoundOrgan& found : find_organs(scene, marks, run)) {
    const bool sure = found.confidence >= least_organ_confidence;
    run.detail(fmt::format("{}{}: confidence {:.2f}, {:.0f} mL", record::name_of(found.organ),
                           sure ? "" : " left out", found.confidence, volume_ml(found.mask)));
    if (!sure) continue;
    paint(map, found);
    if (found.is_graft)
      map.warnings.push_back(
          {"kidney_graft",
           "No kidney was found at its usual place; a body in an iliac fossa with the size and "
           "uptake of a kidney is taken for a graft: check that it is none of the disease."});
  }
  if (ct) map.spine_levels = find_spine_levels(scene, marks, *ct);
  if (ct) map.labels = refine_labels(map.labels, marks.body, *ct, run);
  if (ct && suv && role == record::Role::sstr) free_foci(map.labels, *ct, *suv, run);
  map.warnings.push_back(
      {"organs_automatic",
       fmt::format("Organs were found by the program itself{}, not always surely{}: check the places of the "
                   "references, or give an organ map.",
                   scene.has_ct() ? "" : " without a CT", least_sure(map.confidence))});
  for (const Organ organ :
       {Organ::liver, Organ::spleen, Organ::aorta, Organ::kidney_right, Organ::kidney_left, Organ::bladder})
    if (!map.confidence.contains(id_of(organ))) map.warnings.push_back(organ_not_found(organ));
  return map;
}

}  // namespace netpet::anatomy
