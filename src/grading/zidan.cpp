#include "grading/zidan.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/lesion_groups.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

std::string value_of(const LesionGroups& groups) {
  if (!groups.discordant.empty()) return "4";
  if (!groups.on_both.empty()) return "3";
  return groups.sstr_only.empty() ? "1" : "2";
}

std::string conclusion(const std::string& value) {
  if (value == "4") return "FDG-positive disease without receptors: 4.";
  if (value == "3") return "Every FDG-positive lesion is receptor-positive: 3.";
  if (value == "2") return "Receptor-positive disease, no lesion FDG-positive: 2.";
  return "No lesion is above the liver on either tracer: 1.";
}

}  // namespace

Zidan::Zidan(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/zidan.json", [this](base::Table& table) {
    source_ = table.text("source");
    suitability_ = table.dictionary("suitability", {"1", "2", "3", "4", "NA"});
    suitability_with_gap_ = table.dictionary("suitability_with_gap");
  });
}

record::Grade Zidan::grade(const Assessment& assessment) const {
  if (assessment.values_missing)
    return not_given("zidan", *assessment.values_missing, suitability_.at("NA"), source_);
  if (assessment.liver_missing)
    return not_given("zidan", {"no_liver_reference", "there is no liver reference on one of the tracers"},
                     suitability_.at("NA"), source_);
  const LesionGroups groups = group_lesions(assessment.liver);
  const std::string value = value_of(groups);
  const bool has_receptors = !groups.sstr_only.empty() || !groups.on_both.empty();
  const bool gap = has_receptors && !groups.on_neither.empty();
  const auto reviewed = suitability_with_gap_.find(value);
  record::Grade grade;
  grade.scale = "zidan";
  grade.value = value;
  grade.suitability =
      gap && reviewed != suitability_with_gap_.end() ? reviewed->second : suitability_.at(value);
  grade.source = source_;
  grade.evidence = groups_in_words(groups, "liver");
  grade.evidence.push_back(conclusion(value));
  if (gap) {
    grade.flags.push_back("zidan_gap");
    grade.caveats.push_back(fmt::format(
        "the classes do not provide for {} that {} not above the liver on either tracer beside "
        "receptor-positive ones",
        lesions_in_words(groups.on_neither.size()), groups.on_neither.size() == 1 ? "is" : "are"));
  }
  return grade;
}

}  // namespace netpet::grading
