#include "grading/assessment.h"

#include <fmt/format.h>

#include <algorithm>

namespace netpet::grading {
namespace {

using record::Role;

std::optional<NotGradable> find_missing_values(const Positivity& positivity, const record::GradingCase& one) {
  if (one.post_therapy)
    return NotGradable{"post_therapy_scan",
                       "the SSTR scan is a post-therapy scan, for which no PET scale is published"};
  if (!one.aligned) return NotGradable{"scans_not_aligned", "the two scans could not be laid on each other"};
  if (!one.sstr_given) return NotGradable{"tracer_missing", "there is no SSTR study"};
  if (!one.fdg_given) return NotGradable{"tracer_missing", "there is no FDG study"};
  for (const record::GradingLesion& lesion : one.lesions) {
    if (lesion.excluded) continue;
    if (!positivity.graded_value(lesion, Role::sstr).value)
      return NotGradable{"tracer_missing", fmt::format("{} has no SSTR value", lesion.id)};
    if (!positivity.graded_value(lesion, Role::fdg).value)
      return NotGradable{"tracer_missing", fmt::format("{} has no FDG value", lesion.id)};
  }
  return std::nullopt;
}

std::optional<NotGradable> find_missing_background(const Positivity& positivity) {
  const std::string& name = positivity.rules().background_otherwise;
  if (!positivity.reference(Role::sstr, name))
    return NotGradable{"no_blood_pool_reference", "blood pool could not be measured on the SSTR scan"};
  if (!positivity.reference(Role::fdg, name))
    return NotGradable{"no_blood_pool_reference", "blood pool could not be measured on the FDG scan"};
  return std::nullopt;
}

}  // namespace

Assessment::Assessment(const PositivityRules& rules, const record::GradingCase& one)
    : grading_case(one), positivity(rules, one) {
  for (auto [calls, background] : {std::pair{&host_organ, Background::host_organ},
                                   {&blood_pool, Background::blood_pool},
                                   {&liver, Background::liver}}) {
    calls->reserve(one.lesions.size());
    for (const record::GradingLesion& lesion : one.lesions)
      calls->push_back(positivity.call(lesion, background));
  }
  values_missing = find_missing_values(positivity, one);
  background_missing = find_missing_background(positivity);
  liver_missing =
      (one.sstr_given && !positivity.liver(Role::sstr)) || (one.fdg_given && !positivity.liver(Role::fdg));
}

std::vector<bool> Assessment::decides_by_missing_value() const {
  const auto incomplete = [](const LesionCall& call) {
    return call.counts() && !(call.sstr.value && call.fdg.value);
  };
  const bool only_a_value_is_missing =
      grading_case.sstr_given && grading_case.fdg_given && !grading_case.post_therapy && !background_missing;
  const bool only_one = std::count_if(host_organ.begin(), host_organ.end(), incomplete) == 1;
  std::vector<bool> decides;
  for (const LesionCall& call : host_organ)
    decides.push_back(only_a_value_is_missing && only_one && incomplete(call));
  return decides;
}

}  // namespace netpet::grading
