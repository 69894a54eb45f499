#include "grading/patient_caveats.h"

#include <fmt/format.h>

#include "grading/lesion_flags.h"
#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::Grade;
using record::GradingResult;

bool is_given(const Grade& grade) {
  return grade.value.has_value() && grade.value.value() != "NA";
}

/// Scales whose answer says whether therapy is suitable.
void beside_suitability(GradingResult& result, const std::string& caveat) {
  for (Grade& grade : result.grades)
    if (grade.suitability.has_value() && is_given(grade)) grade.caveats.push_back(caveat);
}

void beside(GradingResult& result, const char* scale, const std::string& caveat) {
  for (Grade& grade : result.grades)
    if (grade.scale == scale) grade.caveats.push_back(caveat);
}

std::vector<std::string> equivocal_lesions(const Assessment& assessment, const Netpet& netpet) {
  std::vector<std::string> ids;
  for (const LesionCall& call : assessment.host_organ)
    if (call.counts() && netpet.is_equivocal(call)) ids.push_back(call.lesion->id);
  return ids;
}

}  // namespace

void add_patient_caveats(const Assessment& assessment, const ClinicalRules& clinical, const Netpet& netpet,
                         GradingResult& result) {
  const record::GradingCase& one = assessment.grading_case;
  if (one.interval_days && exceeds(*one.interval_days, netpet.interval_days_at_most())) {
    const std::string apart = fmt::format(
        "the scans are {:g} days apart, more than the {:g} days of the published "
        "comparison: treatment or growth may lie between them",
        *one.interval_days, netpet.interval_days_at_most());
    result.warnings.push_back({"interval_gt_31d", apart});
    beside_suitability(result, apart);
  }
  for (record::Warning& warning : clinical.warnings(one)) {
    if (warning.code == "therapy_between") beside_suitability(result, warning.message);
    if (warning.code == "ssa_within_28d") {
      beside_suitability(result, warning.message);
      beside(result, "krenning", warning.message);
    }
    result.warnings.push_back(std::move(warning));
  }
  if (const std::string what = clinical.therapies_without_date(one); !what.empty())
    beside_suitability(result, what);
  if (const auto ids = equivocal_lesions(assessment, netpet); !ids.empty())
    beside_suitability(result,
                       fmt::format("the receptors of {} are equivocal: SSTR uptake is above the mean of its "
                                   "background, but within its spread",
                                   list_in_words(ids)));
}

}  // namespace netpet::grading
