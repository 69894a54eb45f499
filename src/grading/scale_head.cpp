#include "grading/scale_head.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

struct Belongs {
  Known known = Known::unknown;
  std::string why_not;
};

Belongs among(const std::string& value, const std::vector<std::string>& wanted, const std::string& why_not) {
  if (value.empty()) return {};
  if (std::find(wanted.begin(), wanted.end(), value) != wanted.end()) return {Known::yes, ""};
  return {Known::no, why_not};
}

Belongs metastatic_as(const Assessment& assessment, bool wanted) {
  const auto& clinical = assessment.grading_case.clinical;
  if (!clinical || !clinical->metastatic) return {};
  if (*clinical->metastatic == wanted) return {Known::yes, ""};
  return {Known::no, wanted ? "the disease is not metastatic" : "the disease is metastatic"};
}

Belongs tracer_among(const std::string& tracer, const std::vector<std::string>& wanted) {
  if (tracer.empty()) return {};
  for (const std::string& one : wanted)
    if (base::squeezed(one) == base::squeezed(tracer)) return {Known::yes, ""};
  return {Known::no, fmt::format("the SSTR tracer is {}", tracer)};
}

/// Every criterion that the population names.
std::vector<Belongs> tested(const Population& population, const Assessment& assessment) {
  std::vector<Belongs> all;
  const std::string group = assessment.primary_group == "unknown" ? "" : assessment.primary_group;
  if (!population.primary_groups.empty())
    all.push_back(among(
        group, population.primary_groups,
        group.empty()
            ? ""
            : fmt::format("the primary is {}", organ_in_words(assessment.grading_case.clinical->primary))));
  if (population.metastatic) all.push_back(metastatic_as(assessment, *population.metastatic));
  if (!population.who_grades.empty())
    all.push_back(among(assessment.who_grade, population.who_grades,
                        fmt::format("the WHO grade is {}", assessment.who_grade)));
  if (!population.sstr_tracers.empty())
    all.push_back(tracer_among(assessment.grading_case.sstr_tracer, population.sstr_tracers));
  return all;
}

}  // namespace

void ScaleHead::read(base::Table& table, const std::string& scale) {
  scale_ = scale;
  title_ = table.text("title");
  source_ = table.text("source");
  table.part("population", [this](base::Table& population) {
    population_.text = population.text("text");
    if (population.has("primary_groups")) population_.primary_groups = population.texts("primary_groups");
    if (population.has("metastatic")) population_.metastatic = population.flag("metastatic");
    if (population.has("who_grades")) population_.who_grades = population.texts("who_grades");
    if (population.has("sstr_tracers")) population_.sstr_tracers = population.texts("sstr_tracers");
  });
}

record::Grade ScaleHead::begin(const Assessment& assessment) const {
  record::Grade grade;
  grade.scale = scale_;
  grade.title = title_;
  grade.source = source_;
  grade.population = population_.text;
  const std::vector<Belongs> criteria = tested(population_, assessment);
  for (const Belongs& one : criteria) {
    if (one.known != Known::no) continue;
    grade.applicability = "outside";
    grade.caveats.push_back(fmt::format("published for {}; {}", population_.text, one.why_not));
    return grade;
  }
  const bool all_met = std::all_of(criteria.begin(), criteria.end(),
                                   [](const Belongs& one) { return one.known == Known::yes; });
  if (!criteria.empty() && all_met) grade.applicability = "inside";
  return grade;
}

record::Grade ScaleHead::not_given(const Assessment& assessment, const NotGradable& why,
                                   const std::string& suitability) const {
  record::Grade grade = begin(assessment);
  grade.value = std::string("NA");
  grade.suitability = suitability;
  grade.flags = {why.flag};
  grade.evidence = {fmt::format("Not given: {}.", why.reason)};
  return grade;
}

record::Grade ScaleHead::does_not_apply(const Assessment& assessment, const std::string& why) const {
  record::Grade grade = begin(assessment);
  grade.caveats.clear();
  grade.evidence = {fmt::format("Does not apply: {}.", why)};
  return grade;
}

record::Grade ScaleHead::not_computable(const Assessment& assessment, const std::string& why) const {
  record::Grade grade = begin(assessment);
  grade.value = base::NotComputable{why};
  return grade;
}

Known primary_is(const Assessment& assessment, const std::string& group) {
  if (assessment.primary_group.empty() || assessment.primary_group == "unknown") return Known::unknown;
  return assessment.primary_group == group ? Known::yes : Known::no;
}

}  // namespace netpet::grading
