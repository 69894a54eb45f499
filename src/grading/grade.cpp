#include "grading/grade.h"

#include <fmt/format.h>

#include <algorithm>

#include "grading/headline.h"
#include "grading/lesion_flags.h"
#include "grading/patient_caveats.h"
#include "grading/reader_beside.h"
#include "grading/stability.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::Grade;
using record::GradingResult;
using record::LesionGrade;
using record::Role;

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

}  // namespace

Grader::Grader(const base::Resources& resources)
    : positivity_(PositivityRules::read(resources)),
      netpet_(resources),
      karfis_(resources),
      zidan_(resources),
      krenning_(resources),
      ezziddin_(resources),
      bahri_garin_(resources),
      binderup_(resources),
      lococo_(resources),
      kratochwil_(resources),
      sstr_rads_(resources),
      heterogeneity_(resources),
      mtc_(resources),
      nilica_(resources),
      who_(resources),
      ppgl_(resources),
      target_coverage_(resources),
      ratios_(resources),
      biopsy_(resources),
      clinical_(resources),
      errors_(MeasurementErrors::read(resources)) {}

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

std::function<KrenningScore(double)> Grader::krenning_of_suv(const record::GradingCase& one) const {
  const auto positivity = std::make_shared<const Positivity>(positivity_, one);
  return [this, positivity](double suv) {
    record::GradingLesion part;
    part.sstr.suvpeak = suv;
    return krenning_.score(*positivity, part);
  };
}

std::vector<SstrRadsLesion> Grader::sstr_rads_lesions(const Assessment& assessment,
                                                      const std::vector<KrenningScore>& scores) const {
  std::vector<SstrRadsLesion> lesions;
  for (std::size_t i = 0; i < scores.size(); ++i)
    lesions.push_back(
        sstr_rads_.lesion(assessment.grading_case.lesions[i], krenning_.sstr_rads_uptake_level(scores[i])));
  return lesions;
}

record::TissueRatios Grader::tissue_ratios(const Assessment& assessment, const record::GradingLesion& lesion,
                                           Role role) const {
  return {ratios_.ratio(assessment, lesion, role, "liver"), ratios_.ratio(assessment, lesion, role, "spleen"),
          ratios_.ratio(assessment, lesion, role, "blood_pool")};
}

std::vector<LesionGrade> Grader::lesion_grades(const Assessment& assessment, const std::vector<bool>& decides,
                                               const std::vector<KrenningScore>& scores,
                                               const std::vector<SstrRadsLesion>& rads) const {
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
    one.sstr_background = std::string(call.sstr.background);
    one.fdg_background = std::string(call.fdg.background);
    one.sstr_rads_uptake_level = rads[i].uptake_level;
    one.sstr_rads_category = rads[i].category;
    one.sstr_rads_needs_reader = rads[i].needs_reader;
    one.heterogeneous = call.lesion->heterogeneous;
    one.sstr_ratios = tissue_ratios(assessment, *call.lesion, Role::sstr);
    one.fdg_ratios = tissue_ratios(assessment, *call.lesion, Role::fdg);
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
  if (by_blood_pool != netpet.value || Karfis::value(count_groups(assessment.host_organ)) !=
                                           Karfis::value(count_groups(assessment.blood_pool))) {
    add_flag(netpet.flags, "depends_on_background");
    netpet.caveats.push_back(fmt::format("with blood pool as every lesion's background: NETPET {}, Karfis {}",
                                         by_blood_pool.value_or("not computable"),
                                         Karfis::value(count_groups(assessment.blood_pool))));
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
  Assessment assessment(positivity_, one);
  assessment.primary_group = clinical_.group_of_primary(one);
  const Grade who = who_.grade(assessment);
  assessment.who_grade = who.value.value_or("");
  const std::vector<KrenningScore> scores = krenning_scores(assessment);
  const std::vector<SstrRadsLesion> rads = sstr_rads_lesions(assessment, scores);
  const base::Computed<HottestFdg> hottest = hottest_fdg(assessment);
  NetpetResult netpet = netpet_.grade(assessment);
  GradingResult result;
  result.lesions = lesion_grades(assessment, netpet.decides, scores, rads);
  add_netpet_flags(assessment, result.lesions, netpet.grade);
  result.grades.push_back(netpet.grade);
  result.grades.push_back(karfis_.grade(assessment));
  result.grades.push_back(zidan_.grade(assessment));
  add_krenning_flags(assessment, scores, result.lesions, result);
  result.headline = headline(netpet, result.grades.back());
  result.grades.push_back(ezziddin_.grade(assessment, hottest));
  result.grades.push_back(bahri_garin_.grade(assessment, hottest));
  result.grades.push_back(binderup_.grade(assessment, hottest));
  result.grades.push_back(lococo_.grade(assessment));
  result.grades.push_back(kratochwil_.grade(assessment));
  result.grades.push_back(sstr_rads_.grade(assessment, rads));
  result.grades.push_back(heterogeneity_.grade(assessment));
  result.grades.push_back(mtc_.grade(assessment));
  result.grades.push_back(nilica_.grade(assessment));
  result.grades.push_back(who);
  result.grades.push_back(ppgl_.grade(assessment));
  result.grades.push_back(target_coverage_.grade(assessment));
  result.grades.push_back(ratios_.grade(assessment));
  add_patient_caveats(assessment, clinical_, netpet_, result);
  biopsy_.choose(assessment, netpet_, result);
  add_reader(one, result);
  add_stability(errors_, {netpet_, krenning_, ezziddin_, bahri_garin_, binderup_}, assessment,
                one.stability_draws, result);
  return result;
}

GradingResult grade(const record::GradingCase& grading_case, const base::Resources& resources) {
  return Grader(resources).grade(grading_case);
}

}  // namespace netpet::grading
