#include "grading/lococo.h"

#include <fmt/format.h>

#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::GradingLesion;

/// The primary tumour: the lesion named so, or the only lesion of the lung.
const GradingLesion* primary_lesion(const std::vector<GradingLesion>& lesions) {
  const GradingLesion* named = nullptr;
  const GradingLesion* in_lung = nullptr;
  std::size_t count_named = 0, count_in_lung = 0;
  for (const GradingLesion& lesion : lesions) {
    if (lesion.excluded) continue;
    if (lesion.primary) named = &lesion, ++count_named;
    if (lesion.site == "lung") in_lung = &lesion, ++count_in_lung;
  }
  if (count_named == 1) return named;
  return count_named == 0 && count_in_lung == 1 ? in_lung : nullptr;
}

}  // namespace

Lococo::Lococo(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/lococo.json", [this](base::Table& table) {
    head_.read(table, "lococo");
    typical_from_ratio_ = table.number("typical_from_ratio");
  });
}

record::Grade Lococo::grade(const Assessment& assessment) const {
  const Known lung = primary_is(assessment, "lung");
  if (lung == Known::no) return head_.does_not_apply(assessment, "the primary is not pulmonary");
  if (lung == Known::unknown) return head_.not_computable(assessment, "no primary in the lung is named");
  const GradingLesion* lesion = primary_lesion(assessment.grading_case.lesions);
  if (!lesion) return head_.not_computable(assessment, "which lesion is the primary tumour is not said");
  if (!lesion->sstr.suvmax || !lesion->fdg.suvmax || !(*lesion->fdg.suvmax > 0))
    return head_.not_computable(assessment, fmt::format("{} lacks SUVmax on one of the tracers", lesion->id));
  const double ratio = *lesion->sstr.suvmax / *lesion->fdg.suvmax;
  const bool typical = reaches(ratio, typical_from_ratio_);
  record::Grade grade = head_.begin(assessment);
  grade.value = std::string(typical ? "typical" : "atypical");
  grade.fields = {{"reference_lesion", base::Computed<std::string>(lesion->id)},
                  {"ratio", base::Computed<double>(ratio)}};
  grade.evidence = {fmt::format(
      "{}, the primary tumour: SSTR SUVmax {} / FDG SUVmax {} = {:.2f}, {} {:g}: {} carcinoid.", lesion->id,
      in_words(*lesion->sstr.suvmax), in_words(*lesion->fdg.suvmax), ratio, typical ? "at or above" : "below",
      typical_from_ratio_, typical ? "as a typical" : "as an atypical")};
  if (!lesion->primary)
    grade.caveats.push_back(
        fmt::format("{} is taken for the primary tumour as the only lesion of the lung", lesion->id));
  return grade;
}

}  // namespace netpet::grading
