#include "grading/grade.h"

#include <fmt/format.h>

#include <algorithm>

#include "grading/headline.h"
#include "grading/lesion_flags.h"
#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::Grade;
using record::GradingResult;
using record::LesionGrade;

std::string tracer_pattern(const LesionCall& call) {
  if (!call.sstr.complete() || !call.fdg.complete()) return "";
  return fmt::format("S{}F{}", call.sstr.positive ? "+" : "-", call.fdg.positive ? "+" : "-");
}

base::Computed<bool> positivity_of(const TracerCall& call, const char* tracer) {
  if (!call.value) return base::NotComputable{fmt::format("there is no {} value", tracer)};
  if (!call.reference) return base::NotComputable{fmt::format("there is no background on {}", tracer)};
  return call.positive;
}

base::Computed<double> computed_ratio(const std::optional<double>& ratio) {
  if (ratio) return *ratio;
  return base::NotComputable{"there is no value above 0 on both tracers"};
}

/// Flags of the patient that stand whatever else is missing.
std::vector<std::string> standing_flags(const Assessment& assessment) {
  std::vector<std::string> flags;
  if (assessment.liver_missing) flags.emplace_back("no_liver_reference");
  const auto& lesions = assessment.grading_case.lesions;
  if (std::any_of(lesions.begin(), lesions.end(), [](const auto& one) { return one.excluded.has_value(); }))
    flags.emplace_back("excluded_uptake");
  return flags;
}

void choose_biopsy_target(const Assessment& assessment, GradingResult& result) {
  const Grade& netpet = *result.grade("netpet");
  const auto& target = std::get<base::Computed<std::string>>(*netpet.field("target_lesion"));
  if (!target.has_value()) return;
  const bool discordant = netpet.value.value() == "P5";
  result.biopsy_target = target.value();
  const auto call = std::find_if(assessment.host_organ.begin(), assessment.host_organ.end(),
                                 [&](const LesionCall& one) { return one.lesion->id == target.value(); });
  result.biopsy_why = fmt::format(
      "{}: FDG {} {}, {}",
      discordant ? "hottest on FDG among the receptor-negative lesions" : "highest FDG relative to SSTR",
      call->fdg.metric, in_words(*call->fdg.value), size_in_words(*call->lesion));
}

}  // namespace

Grader::Grader(const base::Resources& resources)
    : positivity_(PositivityRules::read(resources)),
      netpet_(resources),
      karfis_(resources),
      zidan_(resources),
      krenning_(resources),
      ezziddin_(resources),
      bahri_garin_(resources),
      binderup_(resources) {}

std::vector<KrenningScore> Grader::krenning_scores(const Assessment& assessment) const {
  std::vector<KrenningScore> scores;
  for (const record::GradingLesion& lesion : assessment.grading_case.lesions) {
    if (assessment.grading_case.post_therapy)
      scores.push_back({0, 4, "the SSTR scan is a post-therapy scan"});
    else
      scores.push_back(krenning_.score(assessment.positivity, lesion));
  }
  return scores;
}

std::vector<LesionGrade> Grader::lesion_grades(const Assessment& assessment, const std::vector<bool>& decides,
                                               const std::vector<KrenningScore>& scores) const {
  std::vector<LesionGrade> lesions;
  for (std::size_t i = 0; i < assessment.host_organ.size(); ++i) {
    const LesionCall& call = assessment.host_organ[i];
    LesionGrade one;
    one.id = call.lesion->id;
    one.fdg_to_sstr = computed_ratio(netpet_.ratio(assessment.positivity, call, Comparison::windows));
    one.pattern = tracer_pattern(call);
    if (!one.pattern.empty())
      one.netpet_pattern = name_of(netpet_.pattern(assessment.positivity, call, Comparison::windows));
    one.krenning = scores[i].value();
    one.sstr_positive = positivity_of(call.sstr, "SSTR");
    one.fdg_positive = positivity_of(call.fdg, "FDG");
    one.sstr_background = call.sstr.background;
    one.fdg_background = call.fdg.background;
    one.sstr_rads_uptake_level = krenning_.sstr_rads_uptake_level(scores[i]);
    one.decides = decides[i];
    one.flags = lesion_flags(assessment, netpet_, call);
    if (call.counts() && !assessment.not_gradable() && krenning_.is_high_in_small(*call.lesion, scores[i]))
      add_flag(one.flags, "krenning_below_20mm");
    lesions.push_back(std::move(one));
  }
  return lesions;
}

/// NETPET carries the patient's flags and those of its lesions; a grade that cannot be given carries only
/// those that stand beside it.
void Grader::add_netpet_flags(const Assessment& assessment, const std::vector<LesionGrade>& lesions,
                              Grade& netpet) const {
  for (const std::string& flag : standing_flags(assessment)) add_flag(netpet.flags, flag);
  if (assessment.not_gradable()) return;
  for (const LesionGrade& lesion : lesions)
    for (const std::string& flag : lesion.flags)
      if (flag != "krenning_below_20mm") add_flag(netpet.flags, flag);
  const auto& alternatives = std::get<record::AlternativeValues>(*netpet.field("alternatives"));
  const auto& by_blood_pool = alternatives.front().second;
  if (by_blood_pool != netpet.value ||
      Karfis::value(assessment.host_organ) != Karfis::value(assessment.blood_pool)) {
    add_flag(netpet.flags, "depends_on_background");
    netpet.caveats.push_back(fmt::format("with blood pool as every lesion's background: NETPET {}, Karfis {}",
                                         by_blood_pool.value_or("not computable"),
                                         Karfis::value(assessment.blood_pool)));
  }
  if (!netpet_.window_published_for(assessment.grading_case.sstr_tracer))
    add_flag(netpet.flags, "window_not_published");
}

void Grader::add_krenning_flags(const Assessment& assessment, const std::vector<KrenningScore>& scores,
                                const std::vector<LesionGrade>& lesions, GradingResult& result) const {
  Grade krenning = krenning_.grade(assessment, scores);
  if (assessment.grading_case.sstr_given && !assessment.positivity.liver(record::Role::sstr))
    add_flag(krenning.flags, "no_liver_reference");
  if (!assessment.not_gradable()) {
    for (const LesionGrade& lesion : lesions)
      if (std::find(lesion.flags.begin(), lesion.flags.end(), "krenning_below_20mm") != lesion.flags.end())
        add_flag(krenning.flags, "krenning_below_20mm");
    if (krenning_.is_capped_without_spleen(assessment, scores))
      add_flag(krenning.flags, "no_spleen_reference");
    if (krenning_.is_majority_low(assessment, scores)) {
      add_flag(krenning.flags, "majority_low_avidity");
      for (Grade& grade : result.grades)
        grade.caveats.push_back("the majority of lesions has no or low receptor avidity (Krenning below 3)");
    }
  }
  result.grades.push_back(std::move(krenning));
}

GradingResult Grader::grade(const record::GradingCase& one) const {
  const Assessment assessment(positivity_, one);
  const std::vector<KrenningScore> scores = krenning_scores(assessment);
  NetpetResult netpet = netpet_.grade(assessment);
  GradingResult result;
  result.lesions = lesion_grades(assessment, netpet.decides, scores);
  add_netpet_flags(assessment, result.lesions, netpet.grade);
  result.grades.push_back(netpet.grade);
  result.grades.push_back(karfis_.grade(assessment));
  result.grades.push_back(zidan_.grade(assessment));
  add_krenning_flags(assessment, scores, result.lesions, result);
  result.headline = headline(netpet, result.grades.back());
  const base::Computed<HottestFdg> hottest = hottest_fdg(assessment);
  result.grades.push_back(ezziddin_.grade(hottest));
  result.grades.push_back(bahri_garin_.grade(hottest));
  result.grades.push_back(binderup_.grade(hottest));
  if (one.interval_days && exceeds(*one.interval_days, netpet_.interval_days_at_most()))
    result.warnings.push_back(
        {"interval_gt_31d",
         fmt::format("the scans are {:g} days apart, more than the {:g} days of the published "
                     "comparison: treatment or growth may lie between them",
                     *one.interval_days, netpet_.interval_days_at_most())});
  choose_biopsy_target(assessment, result);
  return result;
}

GradingResult grade(const record::GradingCase& grading_case, const base::Resources& resources) {
  return Grader(resources).grade(grading_case);
}

}  // namespace netpet::grading
