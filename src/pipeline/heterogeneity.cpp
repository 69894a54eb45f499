#include "pipeline/heterogeneity.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "grading/grade.h"
#include "image/components.h"
#include "image/region_block.h"
#include "measure/convex_hull.h"
#include "measure/quantity.h"
#include "measure/sub_regions.h"
#include "pipeline/grade_reading.h"

namespace netpet::pipeline {
namespace {

using base::NotComputable;
using lesions::HeterogeneityRules;
using record::Role;

/// With what it encloses.
image::Region filled(const image::Region& region, const space::Geometry& grid) {
  const image::RegionBlock block(region, grid);
  return block.on_grid(image::region_of(image::fill_holes(block.mask())));
}

image::Region onto_sstr(const image::Region& on_fdg, const Placing& placing) {
  return lesions::transfer_region(on_fdg, placing.fdg->scan.suv.geometry(), placing.sstr->scan.suv.geometry(),
                                  placing.fdg_to_sstr);
}

/// All that stands out with each hot spot of the SSTR scan, down to background + 2 SD: an outline by a share
/// of SUVmax leaves the cooler part of a mass out.
std::vector<lesions::Outline> all_that_stands_out(const ScanWork& work, const base::Resources& resources) {
  if (work.candidates.empty()) return {};
  lesions::OutlineRules rules = lesions::lesion_rules(resources, Role::sstr).outline;
  rules.method = {};
  rules.method.kind = lesions::OutlineMethod::Kind::fixed;
  return lesions::Outliner(work.scan.suv, work.organs, work.candidates, work.references.references).by(rules);
}

/// An outline by a share of SUVmax leaves the cooler part of a mass out, and more so where that part reaches
/// the surface: what of it stands out and lies in the convex hull of the outline belongs to the mass.
image::Region whole_mass(const lesions::Outline& outline, const std::vector<lesions::Outline>& standing_out,
                         const space::Geometry& grid) {
  const auto all = std::find_if(standing_out.begin(), standing_out.end(),
                                [&](const auto& one) { return one.hottest == outline.hottest; });
  if (all == standing_out.end() || outline.method == lesions::kSuppliedMask) return outline.region;
  const image::Region hull = measure::inside_convex_hull(outline.region, grid);
  image::Region mass = outline.region;
  std::set_intersection(hull.begin(), hull.end(), all->region.begin(), all->region.end(),
                        std::back_inserter(mass));
  return mass;
}
/// What of the SSTR scan is looked at.
image::Region sstr_extent(std::size_t n, const AssembledLesions& assembled, const Placing& placing,
                          const std::vector<lesions::Outline>& standing_out) {
  const auto& outlines = assembled.outlines[n];
  image::Region extent;
  if (outlines.sstr)
    extent = whole_mass(*outlines.sstr, standing_out, placing.sstr->scan.suv.geometry());
  else if (outlines.fdg)
    extent = onto_sstr(outlines.fdg->region, placing);
  if (extent.empty()) return extent;
  for (std::size_t focus = 0; focus < assembled.lesions.size(); ++focus) {
    if (assembled.lesions[focus].parent != assembled.lesions[n].id || !assembled.outlines[focus].fdg)
      continue;
    const image::Region inside = onto_sstr(assembled.outlines[focus].fdg->region, placing);
    extent.insert(extent.end(), inside.begin(), inside.end());
  }
  std::sort(extent.begin(), extent.end());
  extent.erase(std::unique(extent.begin(), extent.end()), extent.end());
  return filled(extent, placing.sstr->scan.suv.geometry());
}

using ScoreOf = std::function<grading::KrenningScore(double)>;

/// Scores as classes: both ends of what can be said.
int class_of(const grading::KrenningScore& score) {
  return 8 * score.least + score.most;
}

void tell_heterogeneity(const image::PetVolume& suv, const image::Region& extent, const ScoreOf& score_of,
                        const lesions::LesionRules& all_rules, record::Lesion& lesion) {
  const HeterogeneityRules& rules = all_rules.heterogeneity;
  const auto parts = measure::sub_regions(
      suv, extent, [&](double mean) { return class_of(score_of(mean)); },
      {rules.least_part_ml, rules.rim_mm, all_rules.outline_flags.fwhm_mm, rules.least_contrast});
  bool changes = false, is_known = true;
  for (const auto& a : parts) {
    is_known &= a.of_class / 8 == a.of_class % 8;
    for (const auto& b : parts)
      changes |= a.of_class % 8 < b.of_class / 8 && b.mean > (1 + rules.least_contrast) * a.mean;
  }
  if (!changes && !is_known) {
    lesion.heterogeneous = NotComputable{"the score of a part of the lesion is not known"};
    return;
  }
  lesion.heterogeneous = changes;
  for (const auto& part : parts)
    if (part.of_class / 8 == part.of_class % 8)
      lesion.sub_regions.push_back(
          {part.of_class % 8, static_cast<double>(part.region.size()) * suv.geometry().voxel_volume_ml(),
           part.mean});
  std::stable_sort(lesion.sub_regions.begin(), lesion.sub_regions.end(),
                   [](const auto& a, const auto& b) { return a.krenning > b.krenning; });
}

void measure_outline(const std::optional<ScanWork>& work, const std::optional<lesions::Outline>& outline,
                     const HeterogeneityRules& rules, std::optional<record::Uptake>& uptake) {
  if (!work || !outline || !uptake) return;
  const image::PetVolume& suv = work->scan.suv;
  const auto voxels = static_cast<double>(outline->region.size());
  if (voxels < rules.least_voxels || voxels * suv.geometry().voxel_volume_ml() < rules.least_ml) {
    uptake->cov = uptake->asphericity = NotComputable{"the outline is too small"};
    return;
  }
  const measure::Measured measured(suv, outline->region);
  uptake->cov = measure::coefficient_of_variation().measure(measured);
  uptake->asphericity = measure::asphericity().measure(measured);
}

}  // namespace

void measure_heterogeneity(const AssembledLesions& assembled, const Placing& placing,
                           record::Reading& reading, const base::Resources& resources) {
  const lesions::LesionRules rules = lesions::lesion_rules(resources, Role::sstr);
  const std::vector<lesions::Outline> standing_out =
      placing.sstr ? all_that_stands_out(*placing.sstr, resources) : std::vector<lesions::Outline>();
  const grading::Grader grader(resources);
  const record::GradingCase one = grading_case(reading);
  const ScoreOf score_of = grader.krenning_of_suv(one);
  for (std::size_t n = 0; n < reading.lesions.size(); ++n) {
    record::Lesion& lesion = reading.lesions[n];
    measure_outline(placing.sstr, assembled.outlines[n].sstr, rules.heterogeneity, lesion.sstr);
    measure_outline(placing.fdg, assembled.outlines[n].fdg, rules.heterogeneity, lesion.fdg);
    if (!placing.sstr || !lesion.counts()) continue;
    if (one.post_therapy) {
      lesion.heterogeneous = NotComputable{"the SSTR scan is a post-therapy scan"};
      continue;
    }
    if (lesion.parent) continue;
    const image::Region extent = sstr_extent(n, assembled, placing, standing_out);
    if (extent.empty())
      lesion.heterogeneous = NotComputable{"the lesion has no outline"};
    else
      tell_heterogeneity(placing.sstr->scan.suv, extent, score_of, rules, lesion);
  }
  for (record::Lesion& focus : reading.lesions)
    for (const record::Lesion& mass : reading.lesions)
      if (focus.parent == mass.id) focus.heterogeneous = mass.heterogeneous;
}

}  // namespace netpet::pipeline
