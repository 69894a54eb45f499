#include "report/sr_evaluations.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "record/json.h"
#include "report/sr_items.h"
#include "report/warning_list.h"

namespace netpet::report::sr_items {
namespace {

/// A code's meaning has at most 64 characters; what is longer stands as text.
constexpr std::size_t longest_meaning = 64;

/// What `concept` was found to be: a code of its own, made of both names.
Item evaluation(const std::string& concept_name, const std::string& meaning, const std::string& value) {
  if (value.size() > longest_meaning) return text(Relation::contains, own(concept_name, meaning), value);
  return code(Relation::contains, own(concept_name, meaning), own(concept_name + "=" + value, value));
}

Item grade_item(const record::Grade& grade) {
  const record::Code scale = own(grade.scale, grade.title.empty() ? grade.scale : grade.title);
  Item item = text(Relation::contains, scale, grade.summary);
  if (grade.value.has_value() && grade.value.value().size() <= longest_meaning)
    item = evaluation(grade.scale, scale.meaning, grade.value.value());
  else if (grade.value.has_value())
    item = text(Relation::contains, scale, grade.value.value());
  else if (!grade.value.does_not_apply())
    item = text(Relation::contains, scale, "not computable: " + grade.value.reason());
  const auto add = [&](const char* name, const char* meaning, const std::string& value) {
    if (!value.empty()) item.add(text(Relation::has_properties, own(name, meaning), value));
  };
  if (grade.suitability.has_value()) add("suitability", "Suitability", grade.suitability.value());
  add("applicability", "Applicability", grade.applicability);
  add("source", "Source", grade.source);
  return item;
}

/// Whether a grade says anything in a few words.
bool has_answer(const record::Grade& grade) {
  return !grade.value.does_not_apply() || !grade.summary.empty();
}

}  // namespace

void add_lesion_evaluations(Item& group, const record::Lesion& lesion, record::Role role) {
  group.add(evaluation("status", "Status", std::string(name_of(lesion.status))));
  const record::Uptake& uptake = *lesion.on(role);
  if (uptake.positive.has_value())
    group.add(code(Relation::contains, own("positive", "Uptake above background"),
                   uptake.positive.value() ? sct("10828004", "Positive") : sct("260385009", "Negative")));
  if (!lesion.pattern.empty()) group.add(evaluation("pattern", "Uptake on both tracers", lesion.pattern));
  if (!lesion.netpet_pattern.empty())
    group.add(evaluation("netpet_pattern", "NETPET pattern of the lesion", lesion.netpet_pattern));
  if (lesion.krenning.has_value())
    group.add(evaluation("krenning", "Krenning score, modified for PET",
                         record::number(lesion.krenning.value()).dump()));
  if (lesion.decides) group.add(evaluation("decides", "The patient's grade hangs on this lesion", "yes"));
}

Item patient_evaluations(const record::Reading& reading, const Texts& texts) {
  Item evaluations = container(Relation::contains, {"C0034375", "UMLS", "Qualitative Evaluations"});
  const auto add_text = [&](const char* name, const char* meaning, const std::string& value) {
    if (!value.empty()) evaluations.add(text(Relation::contains, own(name, meaning), value));
  };
  add_text("research_use", "Intended use", texts["report.research"]);
  add_text("headline", "Headline", reading.headline);
  for (const record::Grade& grade : reading.grades)
    if (has_answer(grade)) evaluations.add(grade_item(grade));
  if (reading.biopsy_target) {
    evaluations.add(evaluation("biopsy_target", "Lesion to biopsy", *reading.biopsy_target));
    evaluations.children.back().add(
        text(Relation::has_properties, dcm("121106", "Comment"), reading.biopsy_why));
  }
  for (const PlacedWarning& placed : warning_list(reading, texts))
    add_text("warning", "Warning",
             (placed.where.empty() ? "" : placed.where + ": ") + placed.warning.code + ": " +
                 placed.warning.message);
  return evaluations;
}

}  // namespace netpet::report::sr_items
