#include "grading/karfis.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/wording.h"

namespace netpet::grading {

Karfis::Karfis(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/karfis.json", [this](base::Table& table) {
    head_.read(table, "karfis");
    suitability_ = table.dictionary("suitability", {"C1", "C2", "C3", "unclassifiable", "NA"});
  });
}

std::string Karfis::value(const GroupCounts& lesions) {
  if (lesions.any(LesionGroup::discordant)) return "C3";
  if (lesions.any(LesionGroup::on_both)) return "C2";
  return lesions.any(LesionGroup::sstr_only) ? "C1" : "unclassifiable";
}

record::Grade Karfis::grade(const Assessment& assessment) const {
  if (assessment.not_gradable())
    return head_.not_given(assessment, *assessment.not_gradable(), suitability_.at("NA"));
  const LesionGroups groups = group_lesions(assessment.host_organ);
  const std::string value_of_patient = value(count_groups(assessment.host_organ));
  record::Grade grade = head_.begin(assessment);
  grade.value = value_of_patient;
  grade.suitability = suitability_.at(value_of_patient);
  grade.evidence = groups_in_words(groups, "background");
  if (value_of_patient == "C3")
    grade.evidence.push_back("FDG-positive disease without receptors, of any size: C3.");
  else if (value_of_patient == "C2")
    grade.evidence.push_back("All FDG-positive lesions are receptor-positive: C2.");
  else if (value_of_patient == "C1")
    grade.evidence.push_back("No lesion is FDG-positive, the others are receptor-positive: C1.");
  else
    grade.evidence.push_back("No lesion is positive on either tracer: unclassifiable.");
  // The published table asks it of all lesions; the text, which is followed here, of the FDG-positive ones.
  const bool none_left_out = groups.of(LesionGroup::on_neither).empty() || value_of_patient == "C3";
  using Text = base::Computed<std::string>;
  grade.fields = {
      {"alternatives",
       record::AlternativeValues{{"blood_pool_background", Text(value(count_groups(assessment.blood_pool)))},
                                 {"all_lesions_receptor_positive",
                                  Text(none_left_out ? value_of_patient : std::string("unclassifiable"))}}}};
  if (const std::size_t left_out = groups.of(LesionGroup::on_neither).size())
    grade.caveats.push_back(fmt::format("{} negative on both tracers left out", lesions_in_words(left_out)));
  return grade;
}

}  // namespace netpet::grading
