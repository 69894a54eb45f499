#include "grading/grade_apart.h"

#include <algorithm>
#include <utility>

namespace netpet::grading {
namespace {

using record::GradingCase;
using record::GradingResult;

/// The case as it would be had the other study not been made.
GradingCase alone(GradingCase one, record::Role role) {
  const bool sstr = role == record::Role::sstr;
  std::erase_if(one.lesions, [&](const record::GradingLesion& lesion) {
    return (sstr ? lesion.sstr : lesion.fdg) == record::GradingUptake{};
  });
  (sstr ? one.fdg_given : one.sstr_given) = false;
  (sstr ? one.fdg_references : one.sstr_references) = {};
  return one;
}

}  // namespace

GradingResult grade_apart(const Grader& grader, const GradingCase& grading_case) {
  GradingResult result = grader.grade(alone(grading_case, record::Role::sstr));
  GradingResult fdg = grader.grade(alone(grading_case, record::Role::fdg));
  for (std::size_t n = 0; n < result.grades.size(); ++n) {
    const auto answered = [](const record::Grade& grade) {
      return grade.value.has_value() && grade.value.value() != "NA";
    };
    if (!answered(result.grades[n]) && answered(fdg.grades[n])) result.grades[n] = std::move(fdg.grades[n]);
  }
  std::move(fdg.lesions.begin(), fdg.lesions.end(), std::back_inserter(result.lesions));
  for (record::Warning& warning : fdg.warnings)
    if (std::find(result.warnings.begin(), result.warnings.end(), warning) == result.warnings.end())
      result.warnings.push_back(std::move(warning));
  return result;
}

}  // namespace netpet::grading
