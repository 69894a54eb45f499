#include "grading/karfis.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/lesion_groups.h"
#include "grading/wording.h"

namespace netpet::grading {

Karfis::Karfis(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/karfis.json", [this](base::Table& table) {
    source_ = table.text("source");
    suitability_ = table.dictionary("suitability", {"C1", "C2", "C3", "unclassifiable", "NA"});
  });
}

std::string Karfis::value(const std::vector<LesionCall>& calls) {
  const LesionGroups groups = group_lesions(calls);
  if (!groups.discordant.empty()) return "C3";
  if (!groups.on_both.empty()) return "C2";
  return groups.sstr_only.empty() ? "unclassifiable" : "C1";
}

record::Grade Karfis::grade(const Assessment& assessment) const {
  if (assessment.not_gradable())
    return not_given("karfis", *assessment.not_gradable(), suitability_.at("NA"), source_);
  const LesionGroups groups = group_lesions(assessment.host_organ);
  const std::string value_of_patient = value(assessment.host_organ);
  record::Grade grade;
  grade.scale = "karfis";
  grade.value = value_of_patient;
  grade.suitability = suitability_.at(value_of_patient);
  grade.source = source_;
  grade.evidence = groups_in_words(groups, "background");
  if (value_of_patient == "C3")
    grade.evidence.push_back("FDG-positive disease without receptors, of any size: C3.");
  else if (value_of_patient == "C2")
    grade.evidence.push_back("All FDG-positive lesions are receptor-positive: C2.");
  else if (value_of_patient == "C1")
    grade.evidence.push_back("No lesion is FDG-positive, the others are receptor-positive: C1.");
  else
    grade.evidence.push_back("No lesion is positive on either tracer: unclassifiable.");
  if (!groups.on_neither.empty())
    grade.caveats.push_back(
        fmt::format("{} negative on both tracers left out", lesions_in_words(groups.on_neither.size())));
  return grade;
}

}  // namespace netpet::grading
