#include "pipeline/grade_reading.h"

#include <algorithm>
#include <utility>

#include "grading/grade.h"
#include "grading/grade_apart.h"
#include "record/grading_case.h"

namespace netpet::pipeline {
namespace {

std::optional<double> known(const base::Computed<double>& value) {
  return value.has_value() ? std::optional(value.value()) : std::nullopt;
}

record::GradingUptake grading_uptake(const std::optional<record::Uptake>& uptake) {
  if (!uptake) return {};
  return {known(uptake->suvpeak), known(uptake->suvmax)};
}

record::GradingLesion grading_lesion(const record::Lesion& lesion) {
  record::GradingLesion result;
  result.id = lesion.id;
  result.site = lesion.site;
  result.size_mm = known(lesion.size_mm);
  result.size_source = lesion.size_source;
  result.volume_ml = known(lesion.volume_ml);
  result.registration_error_mm = known(lesion.registration_error_mm);
  result.sstr = grading_uptake(lesion.sstr);
  result.fdg = grading_uptake(lesion.fdg);
  if (lesion.heterogeneous.has_value()) result.heterogeneous = lesion.heterogeneous.value();
  if (lesion.status == record::LesionStatus::excluded) result.excluded = lesion.status_reason;
  result.unreviewed = lesion.status == record::LesionStatus::unreviewed;
  return result;
}

void take_over(const record::LesionGrade& grade, record::Lesion& lesion) {
  lesion.fdg_to_sstr = grade.fdg_to_sstr;
  lesion.pattern = grade.pattern;
  lesion.netpet_pattern = grade.netpet_pattern;
  lesion.krenning = grade.krenning;
  lesion.decides = grade.decides;
  lesion.sstr_rads_uptake_level = grade.sstr_rads_uptake_level;
  lesion.sstr_rads_category = grade.sstr_rads_category;
  lesion.sstr_rads_needs_reader = grade.sstr_rads_needs_reader;
  lesion.flags = lesion.outline_flags;
  lesion.flags.insert(lesion.flags.end(), grade.flags.begin(), grade.flags.end());
  const bool on_one_tracer = lesion.pattern == "S+F-" || lesion.pattern == "S-F+";
  if ((on_one_tracer || lesion.parent) && lesion.counterpart_within_error)
    lesion.flags.emplace_back("alignment_dependent");
  if (lesion.sstr) {
    lesion.sstr->positive = grade.sstr_positive;
    lesion.sstr->background = grade.sstr_background;
  }
  if (lesion.fdg) {
    lesion.fdg->positive = grade.fdg_positive;
    lesion.fdg->background = grade.fdg_background;
  }
}

}  // namespace

record::GradingCase grading_case(const record::Reading& reading) {
  record::GradingCase grading_case;
  grading_case.sstr_references = reading.sstr_references;
  grading_case.fdg_references = reading.fdg_references;
  grading_case.interval_days = known(reading.interval_days);
  for (const auto& lesion : reading.lesions)
    if (lesion.status != record::LesionStatus::physiologic)
      grading_case.lesions.push_back(grading_lesion(lesion));
  grading_case.clinical = reading.clinical;
  if (reading.review) grading_case.reader = reading.review->opinion;
  if (reading.sstr && reading.sstr->acquired) grading_case.sstr_date = reading.sstr->acquired->date();
  if (reading.fdg && reading.fdg->acquired) grading_case.fdg_date = reading.fdg->acquired->date();
  grading_case.sstr_given = reading.sstr.has_value();
  grading_case.fdg_given = reading.fdg.has_value();
  grading_case.aligned = !(reading.sstr && reading.fdg) || reading.registration.has_value();
  if (reading.sstr) {
    grading_case.sstr_tracer = reading.sstr->tracer.name;
    grading_case.post_therapy = reading.sstr->tracer.tracer_class == record::TracerClass::therapy;
  }
  return grading_case;
}

void grade_reading(record::Reading& reading, const base::Resources& resources) {
  const grading::Grader grader(resources);
  record::GradingCase one = grading_case(reading);
  one.stability_draws = grader.draws_of_read();
  record::GradingResult result = one.aligned ? grader.grade(one) : grading::grade_apart(grader, one);
  for (const auto& grade : result.lesions) {
    const auto lesion = std::find_if(reading.lesions.begin(), reading.lesions.end(),
                                     [&](const record::Lesion& l) { return l.id == grade.id; });
    base::check(lesion != reading.lesions.end(), "grading returned a lesion that the reading does not have");
    take_over(grade, *lesion);
  }
  reading.grades = std::move(result.grades);
  reading.headline = std::move(result.headline);
  reading.biopsy_target = std::move(result.biopsy_target);
  reading.biopsy_why = std::move(result.biopsy_why);
  reading.biopsy_alternatives = std::move(result.biopsy_alternatives);
  reading.warnings.insert(reading.warnings.end(), result.warnings.begin(), result.warnings.end());
}

}  // namespace netpet::pipeline
