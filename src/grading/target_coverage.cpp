#include "grading/target_coverage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cstdint>

#include "base/text.h"
#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::Role;

bool covers(const TracerCoverage& tracer, std::size_t lesion) {
  return tracer.covers[lesion].value_or(false);
}

std::vector<std::size_t> coverable(const std::vector<TracerCoverage>& tracers) {
  std::vector<std::size_t> lesions;
  const std::size_t count = tracers.empty() ? 0 : tracers.front().covers.size();
  for (std::size_t i = 0; i < count; ++i)
    if (std::any_of(tracers.begin(), tracers.end(),
                    [&](const TracerCoverage& one) { return covers(one, i); }))
      lesions.push_back(i);
  return lesions;
}

bool all_covered(const std::vector<TracerCoverage>& tracers, std::uint32_t set,
                 const std::vector<std::size_t>& lesions) {
  return std::all_of(lesions.begin(), lesions.end(), [&](std::size_t lesion) {
    for (std::size_t t = 0; t < tracers.size(); ++t)
      if ((set >> t & 1U) && covers(tracers[t], lesion)) return true;
    return false;
  });
}

/// The highest uptake that the set offers its least served lesion; a reader's call without number offers 0.
double least_uptake(const std::vector<TracerCoverage>& tracers, std::uint32_t set,
                    const std::vector<std::size_t>& lesions) {
  double least = lesions.empty() ? 0 : 1e300;
  for (const std::size_t lesion : lesions) {
    double best = 0;
    for (std::size_t t = 0; t < tracers.size(); ++t)
      if ((set >> t & 1U) && covers(tracers[t], lesion))
        best = std::max(best, tracers[t].uptake[lesion].value_or(0));
    least = std::min(least, best);
  }
  return least;
}

std::vector<std::size_t> exact_set(const std::vector<TracerCoverage>& tracers,
                                   const std::vector<std::size_t>& lesions) {
  std::uint32_t best = 0;
  int best_size = static_cast<int>(tracers.size()) + 1;
  double best_uptake = -1;
  for (std::uint32_t set = 0; set < (std::uint32_t{1} << tracers.size()); ++set) {
    const int size = std::popcount(set);
    if (size > best_size || !all_covered(tracers, set, lesions)) continue;
    const double uptake = least_uptake(tracers, set, lesions);
    if (size == best_size && !exceeds(uptake, best_uptake)) continue;
    best = set, best_size = size, best_uptake = uptake;
  }
  std::vector<std::size_t> chosen;
  for (std::size_t t = 0; t < tracers.size(); ++t)
    if (best >> t & 1U) chosen.push_back(t);
  return chosen;
}

std::vector<std::size_t> greedy_set(const std::vector<TracerCoverage>& tracers,
                                    std::vector<std::size_t> left) {
  std::vector<std::size_t> chosen;
  while (!left.empty()) {
    const auto gain = [&](std::size_t t) {
      return std::count_if(left.begin(), left.end(),
                           [&](std::size_t lesion) { return covers(tracers[t], lesion); });
    };
    std::size_t best = 0;
    for (std::size_t t = 1; t < tracers.size(); ++t)
      if (gain(t) > gain(best)) best = t;
    chosen.push_back(best);
    std::erase_if(left, [&](std::size_t lesion) { return covers(tracers[best], lesion); });
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

/// Above the liver of the same tracer; nothing where the value or that liver is missing.
std::optional<bool> above_liver(const Positivity& positivity, const record::GradingLesion& lesion,
                                const record::GradingUptake& uptake, const std::optional<double>& value,
                                const record::Reference* liver) {
  if (!value || !liver) return std::nullopt;
  return exceeds(*value, positivity.limit(*liver, lesion, uptake));
}

void add_lesion(TracerCoverage& tracer, const std::optional<bool>& covered,
                const std::optional<double>& value, const record::Reference* liver) {
  tracer.covers.push_back(covered);
  tracer.uptake.push_back(value && liver ? std::optional(*value / liver->mean) : std::nullopt);
}

const record::Reference* liver_of(const record::GradingCase& one, const std::string& tracer) {
  const auto references = one.other_references.find(tracer);
  if (references == one.other_references.end()) return nullptr;
  const auto liver = references->second.find("liver");
  return liver != references->second.end() && liver->second.mean > 0 ? &liver->second : nullptr;
}

}  // namespace

std::vector<std::size_t> smallest_covering_set(const std::vector<TracerCoverage>& tracers,
                                               double exact_up_to) {
  const std::vector<std::size_t> lesions = coverable(tracers);
  // A set is a bit mask; more tracers than this no patient has.
  constexpr double kMostExact = 20;
  if (static_cast<double>(tracers.size()) <= std::min(exact_up_to, kMostExact))
    return exact_set(tracers, lesions);
  return greedy_set(tracers, lesions);
}

TargetCoverage::TargetCoverage(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/target_coverage.json", [this](base::Table& table) {
    head_.read(table, "target_coverage");
    exact_up_to_tracers_ = table.number("exact_up_to_tracers");
    table.each("targets", [this](base::Table& row) {
      targets_.push_back({row.text("target"), row.texts("names"), row.optional_text("agent").value_or("")});
    });
  });
}

TracerCoverage TargetCoverage::named(const std::string& tracer) const {
  const std::string letters = base::squeezed(tracer);
  for (const Target& target : targets_)
    for (const std::string& name : target.names)
      if (letters.find(name) != std::string::npos) return {tracer, target.target, target.agent, {}, {}};
  return {tracer, "unknown", "", {}, {}};
}

std::vector<TracerCoverage> TargetCoverage::coverage(const Assessment& assessment,
                                                     const std::vector<std::size_t>& lesions) const {
  const record::GradingCase& one = assessment.grading_case;
  const Positivity& positivity = assessment.positivity;
  std::vector<TracerCoverage> tracers;
  for (const Role role : {Role::sstr, Role::fdg}) {
    const bool sstr = role == Role::sstr;
    if (!(sstr ? one.sstr_given : one.fdg_given)) continue;
    TracerCoverage tracer = named(!sstr ? "18F-FDG" : one.sstr_tracer.empty() ? "SSTR" : one.sstr_tracer);
    if (sstr && tracer.target == "unknown")
      tracer = {tracer.tracer, targets_.front().target, targets_.front().agent, {}, {}};
    const record::Reference* liver = positivity.liver(role);
    for (const std::size_t i : lesions) {
      const record::GradingLesion& lesion = one.lesions[i];
      const auto value = positivity.graded_value(lesion, role).value;
      add_lesion(tracer, above_liver(positivity, lesion, sstr ? lesion.sstr : lesion.fdg, value, liver),
                 value, liver);
    }
    tracers.push_back(std::move(tracer));
  }
  std::vector<std::string> others;
  for (const std::size_t i : lesions)
    for (const auto& [tracer, uptake] : one.lesions[i].other)
      if (std::find(others.begin(), others.end(), tracer) == others.end()) others.push_back(tracer);
  std::sort(others.begin(), others.end());
  for (const std::string& name : others) {
    TracerCoverage tracer = named(name);
    const record::Reference* liver = liver_of(one, name);
    for (const std::size_t i : lesions) {
      const record::GradingLesion& lesion = one.lesions[i];
      const auto found = lesion.other.find(name);
      if (found == lesion.other.end()) {
        add_lesion(tracer, std::nullopt, std::nullopt, nullptr);
        continue;
      }
      const record::GradingUptake& uptake = found->second.uptake;
      const auto value = positivity.graded_value(lesion, uptake).value;
      const auto covered = found->second.positive ? found->second.positive
                                                  : above_liver(positivity, lesion, uptake, value, liver);
      add_lesion(tracer, covered, value, liver);
    }
    tracers.push_back(std::move(tracer));
  }
  return tracers;
}

record::Grade TargetCoverage::grade(const Assessment& assessment) const {
  const record::GradingCase& one = assessment.grading_case;
  std::vector<std::size_t> lesions;
  for (std::size_t i = 0; i < one.lesions.size(); ++i)
    if (!one.lesions[i].excluded) lesions.push_back(i);
  if (lesions.empty()) return head_.does_not_apply(assessment, "there is no lesion");
  const std::vector<TracerCoverage> tracers = coverage(assessment, lesions);

  record::Grade grade = head_.begin(assessment);
  record::TextLists covered_by;
  std::vector<TracerCoverage> with_agent;
  for (const TracerCoverage& tracer : tracers) {
    std::vector<std::string> shown, unknown;
    for (std::size_t i = 0; i < lesions.size(); ++i) {
      if (!tracer.covers[i])
        unknown.push_back(one.lesions[lesions[i]].id);
      else if (*tracer.covers[i])
        shown.push_back(one.lesions[lesions[i]].id);
    }
    const std::string name = tracer.tracer == tracer.target
                                 ? fmt::format("The {} tracer", tracer.target)
                                 : fmt::format("{} ({})", tracer.tracer, tracer.target);
    std::string sentence =
        fmt::format("{} shows {} of {} above the liver{}{}", name, shown.size(),
                    lesions_in_words(lesions.size()), shown.empty() ? "" : ": ", list_in_words(shown));
    if (!unknown.empty()) sentence += fmt::format("; not known for {}", list_in_words(unknown));
    sentence += tracer.agent.empty() ? "; no agent of therapy is named for it."
                                     : fmt::format("; agent {}.", tracer.agent);
    grade.evidence.push_back(sentence);
    if (!tracer.agent.empty()) with_agent.push_back(tracer);
    covered_by.emplace_back(tracer.tracer, std::move(shown));
  }
  const auto not_among = [&](const std::vector<TracerCoverage>& some) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < lesions.size(); ++i)
      if (std::none_of(some.begin(), some.end(), [&](const TracerCoverage& t) { return covers(t, i); }))
        ids.push_back(one.lesions[lesions[i]].id);
    return ids;
  };
  std::vector<std::string> set, agents;
  for (const std::size_t t : smallest_covering_set(tracers, exact_up_to_tracers_))
    set.push_back(tracers[t].tracer);
  for (const std::size_t t : smallest_covering_set(with_agent, exact_up_to_tracers_))
    if (std::find(agents.begin(), agents.end(), with_agent[t].agent) == agents.end())
      agents.push_back(with_agent[t].agent);
  const std::vector<std::string> uncovered = not_among(tracers), without_agent = not_among(with_agent);
  grade.value = agents.empty() ? std::string("none") : fmt::format("{}", fmt::join(agents, " + "));
  grade.summary =
      agents.empty()
          ? "no agent of therapy reaches a lesion that is above the liver"
          : fmt::format("{} {} {} of {}", list_in_words(agents), agents.size() == 1 ? "reaches" : "reach",
                        lesions.size() - without_agent.size(), lesions_in_words(lesions.size()));
  grade.fields = {{"covered_by", std::move(covered_by)},
                  {"smallest_tracer_set", set},
                  {"not_shown", uncovered},
                  {"smallest_agent_set", agents},
                  {"without_agent", without_agent}};
  grade.evidence.push_back(
      set.empty() ? "No tracer shows a lesion above the liver."
                  : fmt::format("The fewest tracers that show every lesion that can be shown: {}.",
                                list_in_words(set)));
  if (!uncovered.empty())
    grade.evidence.push_back(fmt::format("Shown by no tracer: {}.", list_in_words(uncovered)));
  if (!agents.empty() && !without_agent.empty())
    grade.evidence.push_back(
        fmt::format("Not reached by {}: {}.", list_in_words(agents), list_in_words(without_agent)));
  return grade;
}

}  // namespace netpet::grading
