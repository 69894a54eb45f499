#include "anatomy/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "anatomy/organ_block.h"
#include "anatomy/reference_rules.h"
#include "anatomy/reference_sites.h"
#include "base/error.h"
#include "image/sphere.h"
#include "record/organ.h"

namespace netpet::anatomy {
namespace {

using record::id_of;
using record::Organ;

// Above this share of its mean the SD of a sphere of normal liver is no noise (voxel noise is clamped at 15
// %).
constexpr double homogeneous_cov = 0.25;

/// Mean, population SD, maximum, volume and centroid of `region` in two passes, so that the SD keeps its
/// digits.
record::Reference summarise(const image::PetVolume& suv, const image::Region& region) {
  const space::Geometry& grid = suv.geometry();
  const double n = static_cast<double>(region.size());
  double sum = 0, largest = suv[region.front()];
  space::Vec3 place;
  for (const std::size_t v : region) {
    const space::IndexIjk at = grid.index(v);
    sum += suv[v];
    largest = std::max(largest, double(suv[v]));
    place = place + space::Vec3{double(at.i), double(at.j), double(at.k)};
  }
  record::Reference reference;
  reference.mean = sum / n;
  double squares = 0;
  for (const std::size_t v : region) squares += (suv[v] - reference.mean) * (suv[v] - reference.mean);
  reference.sd = std::sqrt(squares / n);
  reference.max = largest;
  reference.volume_ml = n * grid.voxel_volume_ml();
  reference.centroid_lps_mm = grid.to_lps(space::ContinuousIjk{place.x / n, place.y / n, place.z / n});
  return reference;
}

std::optional<double> top_z_mm(const OrganBlock& organ) {
  std::optional<double> top;
  for (std::size_t v = 0; v < organ.organ.voxels().size(); ++v)
    if (organ.organ[v]) {
      const double z = organ.grid.to_lps(organ.grid.index(v)).z;
      top = top ? std::max(*top, z) : z;
    }
  return top;
}

/// Collects the references of one tracer, one organ a call.
class Measuring {
 public:
  Measuring(const image::PetVolume& suv, const image::LabelMap& organs, const image::Region& candidates,
            std::string source, record::Role role, const base::Run& run)
      : suv_(suv),
        organs_(organs),
        boxes_(boxes_of(organs)),
        candidates_(image::mask_of(suv.geometry(), candidates)),
        source_(std::move(source)),
        role_(role),
        run_(run) {}

  void measure_readers(const ReaderSphere& sphere) {
    ReferenceSite site;
    const space::Geometry& grid = suv_.geometry();
    const space::IndexIjk middle = grid.nearest(sphere.centre);
    std::size_t in_candidates = 0;
    for (const image::SphereRow& row : image::sphere_on(grid, sphere.radius_mm).rows)
      for (int di = -row.half; di <= row.half; ++di) {
        const space::IndexIjk at{middle.i + di, middle.j + row.dj, middle.k + row.dk};
        if (!grid.contains(at))
          throw base::Error::input("review_place_outside",
                                   fmt::format("the sphere of {} reaches out of the {} scan", sphere.place,
                                               record::label_of(role_)));
        site.region.push_back(grid.offset(at));
        in_candidates += candidates_[grid.offset(at)];
      }
    std::sort(site.region.begin(), site.region.end());
    site.note = fmt::format("sphere of {:g} mm set by the reader", 2 * sphere.radius_mm);
    if (in_candidates > 0)
      site.note +=
          fmt::format("; {:.0f} % of it stands out like a lesion",
                      100 * static_cast<double>(in_candidates) / static_cast<double>(site.region.size()));
    take(sphere.organ, site, "reader");
  }

  void measure_liver(const LiverRule& rule) {
    const OrganBlock liver = cut(std::array{id_of(Organ::liver)}, rule.candidate_margin_mm);
    liver_top_z_mm_ = top_z_mm(liver);
    if (is_measured("liver")) return;
    const ReferenceSite site = liver_site(suv_, liver, rule, run_);
    if (!take("liver", site)) {
      liver_why_not_ = site.why_not;
      warn("no_liver_reference",
           fmt::format("No liver reference on {}: {}.{}", record::label_of(role_), site.why_not,
                       role_ == record::Role::fdg ? " Twice the blood pool stands in for it (PERCIST)."
                                                  : " Krenning 2 and 3 and Zidan cannot be computed."));
    }
  }

  void measure_blood_pool(const BloodPoolRule& rule) {
    if (is_measured("blood_pool")) return;
    const OrganBlock aorta = cut(std::array{id_of(Organ::aorta)}, rule.candidate_margin_mm);
    ReferenceSite site = aorta_site(suv_, aorta, liver_top_z_mm_, rule);
    const std::string why_not_aorta = site.why_not;
    if (site.region.empty())
      site = heart_site(suv_, cut(std::array{id_of(Organ::heart)}, rule.candidate_margin_mm), rule);
    if (site.region.empty()) {
      warn("no_blood_pool_reference", fmt::format("No blood pool reference on {}: {}; {}. Grades need it.",
                                                  record::label_of(role_), why_not_aorta, site.why_not));
      return;
    }
    if (role_ == record::Role::fdg && !liver_why_not_.empty())
      site.note += std::string(site.note.empty() ? "" : "; ") + "twice this mean stands in for the liver";
    take("blood_pool", site);
  }

  void measure_spleen(const SpleenRule& rule) {
    if (is_measured("spleen")) return;
    const OrganBlock spleen = cut(std::array{id_of(Organ::spleen)}, rule.candidate_margin_mm);
    const ReferenceSite site = spleen_site(spleen, rule);
    if (!take("spleen", site))
      warn("no_spleen_reference",
           fmt::format("No spleen reference on {}: {}.", record::label_of(role_), site.why_not));
  }

  /// A tissue with too little clean core is left out without a word: blood pool is the background then (rules
  /// N1).
  void measure_tissue(const TissueRule& rule) {
    if (is_measured(rule.name)) return;
    for (const auto* ids : {&rule.organs, &rule.otherwise}) {
      const OrganBlock tissue = cut(*ids, rule.candidate_margin_mm);
      if (take(rule.name, core_site(tissue, rule.erosion_mm, rule.candidate_margin_mm, rule.least_ml)))
        return;
    }
  }

  void measure_marrow_of_spine(const VertebraRule& rule) {
    if (is_measured("marrow")) return;
    const OrganBlock spine =
        cut(std::array{id_of(Organ::spine)}, rule.candidate_margin_mm + rule.ball_radius_mm);
    if (spine.organ_voxels == 0) return;
    const ReferenceSite site = vertebra_site(suv_, spine, liver_top_z_mm_, rule);
    if (!take("marrow", site))
      warn("no_marrow_reference",
           fmt::format("No marrow reference on {}: {}. Lesions of bone are compared with the blood pool.",
                       record::label_of(role_), site.why_not));
  }

  void compare_with(const std::vector<ReferenceRange>& ranges) {
    for (const ReferenceRange& range : ranges) {
      const auto found = result_.references.find(range.organ);
      if (range.role != role_ || found == result_.references.end()) continue;
      const double mean = found->second.mean;
      if (mean >= range.low && mean <= range.high) continue;
      warn("reference_implausible",
           fmt::format("The mean SUV of {} on {} is {:.2f}, outside the published {:.1f} to {:.1f} ({}): "
                       "check its place, "
                       "the dose, the weight and the tracer.",
                       range.organ, record::label_of(role_), mean, range.low, range.high, range.source));
    }
  }

  void judge_liver() {
    const auto liver = result_.references.find("liver"), spleen = result_.references.find("spleen");
    if (liver == result_.references.end()) return;
    if (liver->second.sd > homogeneous_cov * liver->second.mean)
      warn("reference_implausible",
           fmt::format("The liver reference on {} varies by {:.0f} % of its mean: it may hold lesions.",
                       record::label_of(role_), 100 * liver->second.sd / liver->second.mean));
    if (role_ == record::Role::sstr && spleen != result_.references.end() &&
        spleen->second.mean < liver->second.mean)
      warn("reference_implausible",
           "On SSTR the spleen takes up less than the liver: somatostatin analogues, an infiltrated "
           "spleen or a liver reference within disease; Krenning 4 is doubtful.");
  }

  ReferenceResult result() && { return std::move(result_); }

 private:
  OrganBlock cut(std::span<const std::uint16_t> ids, double margin_mm) const {
    return cut_out(organs_, boxes_, ids, candidates_, margin_mm, run_);
  }
  bool is_measured(const std::string& name) const { return result_.references.contains(name); }
  bool take(const std::string& name, const ReferenceSite& site) { return take(name, site, source_); }
  bool take(const std::string& name, const ReferenceSite& site, const std::string& source) {
    if (site.region.empty()) return false;
    record::Reference reference = summarise(suv_, site.region);
    reference.source = source;
    reference.note = site.note;
    result_.references[name] = std::move(reference);
    result_.regions[name] = site.region;
    return true;
  }
  void warn(std::string code, std::string message) {
    result_.warnings.push_back({std::move(code), std::move(message)});
  }

  const image::PetVolume& suv_;
  const image::LabelMap& organs_;
  OrganBoxes boxes_;
  image::Mask candidates_;
  std::string source_;
  record::Role role_;
  const base::Run& run_;
  std::optional<double> liver_top_z_mm_;
  std::string liver_why_not_;
  ReferenceResult result_;
};

}  // namespace

ReferenceResult measure_references(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                                   const std::string& source, const image::Region& candidate_voxels,
                                   record::Role role, record::TracerClass tracer,
                                   const std::vector<ReaderSphere>& by_reader,
                                   const base::Resources& resources, const base::Run& run) {
  base::check(space::same_grid(suv.geometry(), organs_on_suv_grid.geometry()),
              "references need the organs on the tracer's own grid");
  const ReferenceRules rules = read_reference_rules(resources);
  Measuring measuring(suv, organs_on_suv_grid, candidate_voxels, source, role, run);
  for (const ReaderSphere& sphere : by_reader) measuring.measure_readers(sphere);
  measuring.measure_liver(rules.liver);
  measuring.measure_blood_pool(rules.blood_pool);
  measuring.measure_spleen(rules.spleen);
  for (const TissueRule& tissue : rules.tissues) measuring.measure_tissue(tissue);
  measuring.measure_marrow_of_spine(rules.vertebrae);
  if (tracer != record::TracerClass::therapy) measuring.compare_with(read_reference_ranges(resources));
  measuring.judge_liver();
  return std::move(measuring).result();
}

}  // namespace netpet::anatomy
