#include "grading/nilica.h"

#include <fmt/format.h>

#include <algorithm>

namespace netpet::grading {

Nilica::Nilica(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/nilica.json", [this](base::Table& table) {
    head_.read(table, "nilica");
    patients_ = table.dictionary("patients", {"-/-", "+/+", "-/+", "+/-"});
  });
}

record::Grade Nilica::grade(const Assessment& assessment) const {
  if (!assessment.grading_case.fdg_given) return head_.not_computable(assessment, "there is no FDG study");
  bool positive = false;
  for (const LesionCall& call : assessment.host_organ) {
    if (!call.counts()) continue;
    if (!call.fdg.complete())
      return head_.not_computable(assessment,
                                  fmt::format("{} has no FDG value or background", call.lesion->id));
    positive = positive || call.fdg.positive;
  }
  const auto& earlier = assessment.grading_case.earlier_fdg_positive;
  const char now = positive ? '+' : '-';
  record::Grade grade = head_.begin(assessment);
  grade.fields = {{"fdg_now", base::Computed<std::string>(std::string(1, now))}};
  if (!earlier) {
    grade.value = base::NotComputable{"FDG before therapy is not given"};
    return grade;
  }
  const std::string group = fmt::format("{}/{}", *earlier ? '+' : '-', now);
  grade.value = group;
  grade.evidence = {fmt::format("FDG {} before therapy and {} now: {}, as {} of the published patients.",
                                *earlier ? "positive" : "negative", positive ? "positive" : "negative", group,
                                patients_.at(group))};
  return grade;
}

}  // namespace netpet::grading
