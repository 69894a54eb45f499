#include "grading/zidan.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

std::string conclusion(const std::string& value) {
  if (value == "4") return "FDG-positive disease without receptors: 4.";
  if (value == "3") return "Every FDG-positive lesion is receptor-positive: 3.";
  if (value == "2") return "Receptor-positive disease, no lesion FDG-positive: 2.";
  return "No lesion is above the liver on either tracer: 1.";
}

}  // namespace

Zidan::Zidan(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/zidan.json", [this](base::Table& table) {
    head_.read(table, "zidan");
    suitability_ = table.dictionary("suitability", {"1", "2", "3", "4", "NA"});
    suitability_with_gap_ = table.dictionary("suitability_with_gap");
  });
}

std::string Zidan::value(const GroupCounts& lesions) {
  if (lesions.any(LesionGroup::discordant)) return "4";
  if (lesions.any(LesionGroup::on_both)) return "3";
  return lesions.any(LesionGroup::sstr_only) ? "2" : "1";
}

record::Grade Zidan::grade(const Assessment& assessment) const {
  if (assessment.values_missing)
    return head_.not_given(assessment, *assessment.values_missing, suitability_.at("NA"));
  if (assessment.liver_missing)
    return head_.not_given(assessment,
                           {"no_liver_reference", "there is no liver reference on one of the tracers"},
                           suitability_.at("NA"));
  const LesionGroups groups = group_lesions(assessment.liver);
  const GroupCounts counts = count_groups(assessment.liver);
  const std::string class_of_patient = value(counts);
  const bool has_receptors = counts.any(LesionGroup::sstr_only) || counts.any(LesionGroup::on_both);
  const std::size_t on_neither = groups.of(LesionGroup::on_neither).size();
  const bool gap = has_receptors && on_neither > 0;
  const auto reviewed = suitability_with_gap_.find(class_of_patient);
  record::Grade grade = head_.begin(assessment);
  grade.value = class_of_patient;
  grade.suitability =
      gap && reviewed != suitability_with_gap_.end() ? reviewed->second : suitability_.at(class_of_patient);
  grade.evidence = groups_in_words(groups, "liver");
  grade.evidence.push_back(conclusion(class_of_patient));
  using Text = base::Computed<std::string>;
  grade.fields = {{"alternatives", record::AlternativeValues{
                                       {"all_lesions_receptor_positive",
                                        Text(gap && class_of_patient != "4" ? std::string("unclassifiable")
                                                                            : class_of_patient)}}}};
  if (gap) {
    grade.flags.push_back("zidan_gap");
    grade.caveats.push_back(
        fmt::format("the classes do not provide for {} that {} not above the liver on either tracer beside "
                    "receptor-positive ones",
                    lesions_in_words(on_neither), on_neither == 1 ? "is" : "are"));
  }
  return grade;
}

}  // namespace netpet::grading
