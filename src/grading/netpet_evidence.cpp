#include <fmt/format.h>

#include <algorithm>

#include "grading/netpet.h"
#include "grading/wording.h"

/// What stands beside a NETPET grade: qualifier, caveats, and the way to it in sentences.
namespace netpet::grading {
namespace {

using record::Role;

template <class Which>
std::size_t count(const Assessment& assessment, Which&& which) {
  return static_cast<std::size_t>(
      std::count_if(assessment.host_organ.begin(), assessment.host_organ.end(),
                    [&](const LesionCall& call) { return call.counts() && which(call); }));
}

std::size_t not_significant(const Assessment& assessment) {
  return count(assessment, [](const LesionCall& call) { return call.discordant() && !call.significant(); });
}

std::size_t negative_on_both(const Assessment& assessment) {
  return count(assessment, [](const LesionCall& call) { return call.negative_on_both(); });
}

/// A sum that is not known where one of its parts is not.
struct VolumeSum {
  double ml = 0;
  bool known = true;
  void add(const std::optional<double>& part) {
    ml += part.value_or(0);
    known = known && part;
  }
};

}  // namespace

std::string Netpet::qualifier(const Assessment& assessment, NetpetPattern pattern) const {
  if (pattern == NetpetPattern::p5) {
    const auto hangs_on = [&](const LesionCall& call) {
      return !call.counts() || !call.discordant() || !call.significant() || is_equivocal(call);
    };
    const bool equivocal = std::all_of(assessment.host_organ.begin(), assessment.host_organ.end(), hangs_on);
    return equivocal ? "receptor equivocal (P2–4 possible)" : "";
  }
  if (pattern != NetpetPattern::none) return "";
  if (not_significant(assessment) > 0) return "sub-threshold discordance";
  const std::size_t anatomical = negative_on_both(assessment);
  return fmt::format("no PET-positive disease; {} anatomical lesion{}", anatomical,
                     anatomical == 1 ? "" : "s");
}

std::vector<std::string> Netpet::caveats(const Assessment& assessment, NetpetPattern pattern) const {
  std::vector<std::string> all;
  const std::string& group = group_of(pattern);
  if (group != "P0" && group != name_of(pattern))
    all.push_back(fmt::format("outcome data exist for the group {}; the sub-grade is not outcome-validated",
                              group_in_words(group)));
  if (const std::size_t anatomical = negative_on_both(assessment))
    all.push_back(fmt::format("{} negative on both tracers; suitability does not speak of such disease",
                              lesions_in_words(anatomical)));
  if (const std::size_t dropped = not_significant(assessment))
    all.push_back(fmt::format("{} FDG-positive and receptor-negative, too small or too faint to grade",
                              lesions_in_words(dropped)));
  if (!assessment.positivity.liver(Role::fdg))
    all.push_back("without a liver reference on FDG, faint FDG uptake cannot be told apart");
  if (!window_published_for(assessment.grading_case.sstr_tracer))
    all.push_back(fmt::format("the display windows are published for {}, not for {}",
                              windows_published_for_.empty() ? "no tracer" : windows_published_for_.front(),
                              assessment.grading_case.sstr_tracer));
  return all;
}

std::vector<std::pair<std::string, record::GradeField>> Netpet::discordant_disease(
    const Assessment& assessment, NetpetPattern pattern) const {
  using Number = base::Computed<double>;
  if (pattern != NetpetPattern::p5)
    return {{"discordant_lesions", Number()},
            {"discordant_share_of_lesions", Number()},
            {"discordant_volume_ml", Number()},
            {"discordant_share_of_volume", Number()},
            {"discordant_sites", std::vector<std::string>()}};
  double lesions = 0, positive = 0;
  VolumeSum volume, positive_volume;
  std::vector<std::string> sites;
  for (const LesionCall& call : assessment.host_organ) {
    if (!call.counts() || call.negative_on_both()) continue;
    ++positive;
    positive_volume.add(call.lesion->volume_ml);
    if (!call.discordant() || !call.significant()) continue;
    ++lesions;
    volume.add(call.lesion->volume_ml);
    const std::string site = call.lesion->site.empty() ? "unknown" : call.lesion->site;
    if (std::find(sites.begin(), sites.end(), site) == sites.end()) sites.push_back(site);
  }
  std::sort(sites.begin(), sites.end());
  const Number unknown = base::NotComputable{"the volume of a lesion is not known"};
  const bool share_known = positive_volume.known && positive_volume.ml > 0;
  return {{"discordant_lesions", Number(lesions)},
          {"discordant_share_of_lesions", Number(lesions / positive)},
          {"discordant_volume_ml", volume.known ? Number(volume.ml) : unknown},
          {"discordant_share_of_volume", share_known ? Number(volume.ml / positive_volume.ml) : unknown},
          {"discordant_sites", sites}};
}

std::string Netpet::lesion_in_words(const Positivity& positivity, const LesionCall& call) const {
  const std::string site = call.lesion->site.empty() ? "" : organ_in_words(call.lesion->site) + ", ";
  const std::string seen =
      fmt::format("{}, {}{}; {}", call.lesion->id, site, call_in_words(positivity, call, Role::fdg),
                  call_in_words(positivity, call, Role::sstr));
  if (call.negative_on_both()) return seen + ": negative on both tracers, does not grade";
  const std::string size = size_in_words(*call.lesion);
  if (call.discordant()) {
    if (call.significant()) return fmt::format("{}: discordant, {}", seen, size);
    if (call.faint)
      return fmt::format("{}: discordant, {}, but FDG not above the liver: does not grade", seen, size);
    const std::string least = call.lesion->size_mm
                                  ? fmt::format("{:g} mm", positivity.rules().large_size_mm)
                                  : fmt::format("{:g} mL", positivity.rules().large_volume_ml);
    return fmt::format("{}: discordant, but {} is below {}: does not grade", seen, size, least);
  }
  const NetpetPattern shown = pattern(positivity, call, Comparison::windows);
  if (shown == NetpetPattern::p1) return seen + ": receptor-positive only, P1";
  if (call.faint) return seen + ": positive on both, FDG not above the liver: P2";
  const double r = ratio(positivity, call, Comparison::windows).value_or(0);
  return fmt::format("{}: positive on both, r = ({} / {:g}) / ({} / {:g}) = {:.2f}: {}", seen,
                     in_words(*call.fdg.value), fdg_window_, in_words(*call.sstr.value), sstr_window_, r,
                     name_of(shown));
}

std::vector<std::string> Netpet::discordance_in_words(const Assessment& assessment, std::size_t sharing,
                                                      const LesionCall& deciding) const {
  const auto fields = discordant_disease(assessment, NetpetPattern::p5);
  const auto number = [&](std::size_t i) { return std::get<base::Computed<double>>(fields[i].second); };
  std::vector<std::string> sites;
  for (const std::string& site : std::get<std::vector<std::string>>(fields[4].second))
    sites.push_back(organ_in_words(site));
  std::string extent = fmt::format("Discordant: {:g} of {:g} PET-positive lesions", number(0).value(),
                                   number(0).value() / number(1).value());
  if (number(2).has_value()) extent += fmt::format(", {:.3g} mL", number(2).value());
  if (number(3).has_value()) extent += fmt::format(" or {:.0f} % of the volume", 100 * number(3).value());
  return {fmt::format("{} FDG-positive and receptor-negative: P5; target is the one hottest on FDG, {}.",
                      lesions_in_words(sharing), deciding.lesion->id),
          fmt::format("{}; site: {}.", extent, list_in_words(sites))};
}

std::vector<std::string> Netpet::evidence(const Assessment& assessment, const NetpetAnswer& one,
                                          const NetpetTally& tally, const LesionCall* deciding) const {
  std::vector<std::string> steps;
  for (const LesionCall& call : assessment.host_organ) {
    if (call.counts())
      steps.push_back(lesion_in_words(assessment.positivity, call));
    else
      steps.push_back(
          fmt::format("{}, {}: excluded, does not grade", call.lesion->id, *call.lesion->excluded));
  }
  const std::size_t sharing = tally.of(one.pattern);
  if (one.pattern == NetpetPattern::none)
    steps.push_back("No lesion that grades is positive on either tracer: P0.");
  else if (one.pattern == NetpetPattern::p1)
    steps.push_back(fmt::format("{} receptor-positive, none with FDG uptake that grades: P1.",
                                lesions_in_words(sharing)));
  else if (one.pattern == NetpetPattern::p5)
    for (std::string& step : discordance_in_words(assessment, sharing, *deciding))
      steps.push_back(std::move(step));
  else
    steps.push_back(
        fmt::format("The highest pattern is {}, shown by {}: {}; target is the one with the highest r, {}.",
                    name_of(one.pattern), lesions_in_words(sharing), one.value, deciding->lesion->id));
  return steps;
}

}  // namespace netpet::grading
