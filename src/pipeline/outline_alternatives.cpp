#include "pipeline/outline_alternatives.h"

#include <algorithm>

#include "grading/grade.h"
#include "image/diameter.h"
#include "measure/uptake.h"
#include "pipeline/burden.h"
#include "pipeline/grade_reading.h"

namespace netpet::pipeline {
namespace {

using record::Lesion;
using record::OutlineAlternative;
using record::Role;

const std::optional<lesions::Outline>& outline_on(Role role, const lesions::PairedLesion& pair) {
  return role == Role::sstr ? pair.sstr : pair.fdg;
}

/// A focus or the mass around it: what of the hot spot is whose does not follow from a threshold.
bool is_split(const lesions::PairedLesion& pair) {
  return pair.focus_middle || pair.fdg_beside_focus;
}

class Alternatives {
 public:
  Alternatives(const AssembledLesions& assembled, const Placing& placing, const record::Reading& reading,
               const base::Resources& resources)
      : assembled_(assembled),
        placing_(placing),
        reading_(reading),
        resources_(resources),
        grader_(resources),
        burden_from_ml_(lesions::lesion_rules(resources, Role::sstr).burden_from_ml) {}

  std::vector<OutlineAlternative> on(Role role, const base::Run& run) const {
    std::vector<OutlineAlternative> all;
    const ScanWork& work = *placing_.on(role);
    lesions::OutlineRules rules = lesions::lesion_rules(resources_, role).outline;
    const std::string used = rules.method.name;
    const lesions::Outliner outliner(work.scan.suv, work.organs, work.candidates, work.references.references);
    for (const lesions::OutlineMethod& method : rules.methods) {
      run.throw_if_stopped();
      rules.method = method;
      all.push_back(one(role, outliner, rules));
      all.back().used = method.name == used;
    }
    return all;
  }

 private:
  OutlineAlternative one(Role role, const lesions::Outliner& outliner,
                         const lesions::OutlineRules& rules) const {
    OutlineAlternative result;
    result.tracer = role;
    result.method = rules.method.name;
    const auto edge = lesions::edge_suv(rules.method, {}, placing_.on(role)->references.references);
    if (!edge.has_value()) {
      result.volume_ml = result.total_uptake = base::NotComputable{edge.reason()};
      result.netpet = base::NotComputable{edge.reason()};
      return result;
    }
    record::Reading changed = reading_;
    const std::vector<lesions::Outline> outlines = outliner.by(rules);
    double volume_ml = 0, total_uptake = 0;
    for (std::size_t n = 0; n < changed.lesions.size(); ++n) {
      Lesion& lesion = changed.lesions[n];
      const auto& own = outline_on(role, assembled_.outlines[n]);
      if (!lesion.counts() || !own) continue;
      ++result.lesions;
      if (!is_split(assembled_.outlines[n]) && !replace(role, n, outlines, rules, lesion)) continue;
      ++result.outlined;
      if (!adds_volume(lesion, role, burden_from_ml_)) continue;
      volume_ml += lesion.on(role)->volume_ml.value_or(0);
      total_uptake += lesion.on(role)->total_uptake.value_or(0);
    }
    result.volume_ml = volume_ml;
    result.total_uptake = total_uptake;
    result.netpet = netpet_of(changed);
    return result;
  }

  /// Measures a lesion in its outline by another method; false where it has none.
  bool replace(Role role, std::size_t n, const std::vector<lesions::Outline>& outlines,
               const lesions::OutlineRules& rules, Lesion& lesion) const {
    const lesions::PairedLesion& pair = assembled_.outlines[n];
    const space::IndexIjk hottest = outline_on(role, pair)->hottest;
    const auto found =
        std::find_if(outlines.begin(), outlines.end(), [&](const auto& o) { return o.hottest == hottest; });
    if (found == outlines.end() || found->suvmax < found->threshold) return false;
    if (found->method == outline_on(role, pair)->method && rules.method.name == found->method) return true;
    const ScanWork& work = *placing_.on(role);
    lesion.on(role) = measure::measure_uptake(work.scan.suv, found->region, work.references.references);
    const Role other = role == Role::sstr ? Role::fdg : Role::sstr;
    const double here_ml = lesion.on(role)->volume_ml.value_or(0);
    const double there_ml = lesion.on(other) ? lesion.on(other)->volume_ml.value_or(0) : 0;
    lesion.volume_ml = std::max(here_ml, there_ml);
    if (lesion.size_source == record::SizeSource::pet && here_ml >= there_ml)
      lesion.size_mm = image::longest_diameter_mm(work.scan.suv.geometry(), found->region);
    return true;
  }

  base::Computed<std::string> netpet_of(const record::Reading& reading) const {
    for (const record::Grade& grade : grader_.grade(grading_case(reading)).grades)
      if (grade.scale == "netpet") return grade.value;
    return {};
  }

  const AssembledLesions& assembled_;
  const Placing& placing_;
  const record::Reading& reading_;
  const base::Resources& resources_;
  grading::Grader grader_;
  double burden_from_ml_;
};

}  // namespace

std::vector<OutlineAlternative> outline_alternatives(const AssembledLesions& assembled,
                                                     const Placing& placing, const record::Reading& reading,
                                                     const base::Resources& resources, const base::Run& run) {
  const Alternatives alternatives(assembled, placing, reading, resources);
  std::vector<OutlineAlternative> all;
  for (const Role role : {Role::sstr, Role::fdg}) {
    if (!placing.on(role) || placing.on(role)->candidates.empty()) continue;
    for (OutlineAlternative& one : alternatives.on(role, run)) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace netpet::pipeline
