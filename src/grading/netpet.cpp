#include "grading/netpet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/table.h"
#include "base/text.h"
#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::Role;

/// Equal ratios stay equal whatever numbers they come from, so that a tie is broken by the next rule.
double comparable(double ratio) {
  return std::round(ratio / kSameWithin);
}

NetpetTally without_one(NetpetTally tally, NetpetPattern pattern) {
  --tally.of(pattern);
  return tally;
}

}  // namespace

std::string name_of(NetpetPattern pattern) {
  switch (pattern) {
    case NetpetPattern::none:
      return "none";
    case NetpetPattern::p1:
      return "P1";
    case NetpetPattern::p2:
      return "P2";
    case NetpetPattern::p3:
      return "P3";
    case NetpetPattern::p4:
      return "P4";
    case NetpetPattern::p5:
      return "P5";
    case NetpetPattern::unknown:
      break;
  }
  return "";
}

Netpet::Netpet(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/netpet.json", [this](base::Table& table) {
    head_.read(table, "netpet");
    table.part("windows", [this](base::Table& windows) {
      sstr_window_ = windows.number("sstr_suv");
      fdg_window_ = windows.number("fdg_suv");
      windows_published_for_ = windows.texts("published_for");
    });
    p3_from_ = table.number("p3_from_ratio");
    p3_to_ = table.number("p3_to_ratio");
    letter_b_from_ = table.number("letter_b_from_lesions");
    interval_days_at_most_ = table.number("interval_days_at_most");
    group_ = table.dictionary("group", {"P0", "P1", "P2", "P3", "P4", "P5"});
    suitability_ =
        table.dictionary("suitability", {"P0", "P1", "P2a", "P2b", "P3a", "P3b", "P4a", "P4b", "P5", "NA"});
  });
}

std::optional<double> Netpet::ratio(const Positivity& positivity, const LesionCall& call,
                                    Comparison comparison) const {
  std::optional<double> fdg = call.fdg.value;
  std::optional<double> sstr = call.sstr.value;
  double fdg_unit = fdg_window_;
  double sstr_unit = sstr_window_;
  if (comparison == Comparison::clipped_windows) {
    if (fdg) fdg = std::min(*fdg, fdg_window_);
    if (sstr) sstr = std::min(*sstr, sstr_window_);
  } else if (comparison == Comparison::raw_suvmax) {
    fdg = call.lesion->fdg.suvmax;
    sstr = call.lesion->sstr.suvmax;
    fdg_unit = sstr_unit = 1;
  } else if (comparison == Comparison::tumour_to_liver) {
    const record::Reference* fdg_liver = positivity.liver(Role::fdg);
    const record::Reference* sstr_liver = positivity.liver(Role::sstr);
    if (!fdg_liver || !sstr_liver) return std::nullopt;
    fdg_unit = fdg_liver->mean;
    sstr_unit = sstr_liver->mean;
  }
  if (!fdg || !sstr || !(*sstr > 0)) return std::nullopt;
  return (*fdg / fdg_unit) / (*sstr / sstr_unit);
}

NetpetPattern Netpet::pattern(const Positivity& positivity, const LesionCall& call,
                              Comparison comparison) const {
  if (call.negative_on_both()) return NetpetPattern::none;
  if (call.discordant()) return NetpetPattern::p5;
  if (!call.fdg.positive) return NetpetPattern::p1;
  if (call.faint) return NetpetPattern::p2;
  const std::optional<double> r = ratio(positivity, call, comparison);
  if (!r) return NetpetPattern::unknown;
  if (exceeds(*r, p3_to_)) return NetpetPattern::p4;
  return reaches(*r, p3_from_) ? NetpetPattern::p3 : NetpetPattern::p2;
}

NetpetPattern Netpet::graded_pattern(const Positivity& positivity, const LesionCall& call,
                                     Discordance discordance, Comparison comparison) const {
  if (!call.counts()) return NetpetPattern::none;
  const NetpetPattern shown = pattern(positivity, call, comparison);
  const bool dropped =
      shown == NetpetPattern::p5 && discordance == Discordance::significant && !call.significant();
  return dropped ? NetpetPattern::none : shown;
}

NetpetTally Netpet::tally(const Positivity& positivity, const std::vector<LesionCall>& calls,
                          Discordance discordance, Comparison comparison) const {
  NetpetTally tally;
  for (const LesionCall& call : calls) ++tally.of(graded_pattern(positivity, call, discordance, comparison));
  return tally;
}

NetpetAnswer Netpet::answer(const NetpetTally& tally) const {
  if (tally.of(NetpetPattern::p5) > 0) return {NetpetPattern::p5, "P5"};
  if (tally.of(NetpetPattern::unknown) > 0) return {NetpetPattern::unknown, ""};
  for (const NetpetPattern pattern : {NetpetPattern::p4, NetpetPattern::p3, NetpetPattern::p2}) {
    const std::size_t lesions = tally.of(pattern);
    if (lesions == 0) continue;
    const bool many = static_cast<double>(lesions) >= letter_b_from_;
    return {pattern, name_of(pattern) + (many ? "b" : "a")};
  }
  if (tally.of(NetpetPattern::p1) > 0) return {NetpetPattern::p1, "P1"};
  return {NetpetPattern::none, "P0"};
}

const std::string& Netpet::group_of(NetpetPattern pattern) const {
  return group_.at(pattern == NetpetPattern::none ? "P0" : name_of(pattern));
}

base::Computed<std::string> Netpet::value_under(const Assessment& assessment,
                                                const std::vector<LesionCall>& calls, Discordance discordance,
                                                Comparison comparison) const {
  const NetpetAnswer one = answer(tally(assessment.positivity, calls, discordance, comparison));
  if (one.pattern != NetpetPattern::unknown) return one.value;
  return base::NotComputable{comparison == Comparison::tumour_to_liver
                                 ? "there is no liver reference on one of the tracers"
                                 : "a lesion that is positive on both tracers has no SUVmax"};
}

record::AlternativeValues Netpet::alternatives(const Assessment& assessment) const {
  const auto under = [&](const std::vector<LesionCall>& calls, Comparison comparison) {
    return value_under(assessment, calls, Discordance::significant, comparison);
  };
  // What each default decides, undone for one answer.
  const auto with = [&](auto&& change) {
    std::vector<LesionCall> calls = assessment.host_organ;
    for (LesionCall& call : calls) change(call);
    return under(calls, Comparison::windows);
  };
  return {
      {"blood_pool_background", under(assessment.blood_pool, Comparison::windows)},
      {"clipped_windows", under(assessment.host_organ, Comparison::clipped_windows)},
      {"raw_suvmax_ratio", under(assessment.host_organ, Comparison::raw_suvmax)},
      {"tumour_to_liver", under(assessment.host_organ, Comparison::tumour_to_liver)},
      {"faint_by_ratio", with([](LesionCall& call) { call.faint = call.faint && !call.positive_on_both(); })},
      {"equivocal_as_positive",
       with([this](LesionCall& call) { call.sstr.positive = call.sstr.positive || is_equivocal(call); })},
      {"unknown_size_as_small", with([](LesionCall& call) {
         call.large = call.large && (call.lesion->size_mm || call.lesion->volume_ml);
       })}};
}

const LesionCall* Netpet::target(const Assessment& assessment, NetpetPattern wanted) const {
  const bool by_ratio = wanted != NetpetPattern::p5;
  const auto rank = [&](const LesionCall& call) {
    const double r = by_ratio ? ratio(assessment.positivity, call, Comparison::windows).value_or(0) : 0;
    // Lesions alike in uptake: the larger one represents the disease better than the one named first.
    const double size_mm = by_ratio ? call.lesion->size_mm.value_or(0) : 0;
    return std::tuple(-comparable(r), -call.fdg.value.value_or(0), -size_mm,
                      std::string_view(call.lesion->id));
  };
  const LesionCall* best = nullptr;
  for (const LesionCall& call : assessment.host_organ) {
    if (graded_pattern(assessment.positivity, call, Discordance::significant, Comparison::windows) != wanted)
      continue;
    if (!best || rank(call) < rank(*best)) best = &call;
  }
  return best;
}

NetpetTally Netpet::reviewed(const Assessment& assessment, NetpetTally all) const {
  for (const LesionCall& call : assessment.host_organ)
    if (call.lesion->unreviewed)
      --all.of(graded_pattern(assessment.positivity, call, Discordance::significant, Comparison::windows));
  return all;
}

std::vector<std::string> Netpet::to_decide(const Assessment& assessment,
                                           NetpetPattern pattern_of_patient) const {
  std::vector<std::string> ids;
  for (const LesionCall& call : assessment.host_organ) {
    const NetpetPattern shown =
        graded_pattern(assessment.positivity, call, Discordance::significant, Comparison::windows);
    if (call.counts() && shown != NetpetPattern::none && group_of(shown) == group_of(pattern_of_patient))
      ids.push_back(call.lesion->id);
  }
  return ids;
}

bool Netpet::is_equivocal(const LesionCall& call) const {
  return call.discordant() && call.sstr.complete() && exceeds(*call.sstr.value, call.sstr.reference->mean);
}

bool Netpet::saturates_windows(const LesionCall& call) const {
  return call.sstr.value && call.fdg.value && reaches(*call.sstr.value, sstr_window_) &&
         reaches(*call.fdg.value, fdg_window_);
}

bool Netpet::window_published_for(const std::string& tracer) const {
  if (tracer.empty()) return true;
  return std::any_of(windows_published_for_.begin(), windows_published_for_.end(),
                     [&](const std::string& one) { return base::squeezed(one) == base::squeezed(tracer); });
}

NetpetResult Netpet::not_gradable(const Assessment& assessment) const {
  NetpetResult result;
  result.grade = head_.not_given(assessment, *assessment.not_gradable(), suitability_of("NA"));
  const base::Computed<std::string> na = std::string("NA");
  record::AlternativeValues all_na;
  for (const char* name : {"blood_pool_background", "clipped_windows", "raw_suvmax_ratio", "tumour_to_liver",
                           "faint_by_ratio", "equivocal_as_positive", "unknown_size_as_small"})
    all_na.emplace_back(name, na);
  result.grade.fields = {{"group", na},
                         {"qualifier", base::Computed<std::string>()},
                         {"target_lesion", base::Computed<std::string>()},
                         {"strict_any_size", na},
                         {"if_unreviewed_excluded", na},
                         {"alternatives", std::move(all_na)}};
  result.not_given_because = assessment.not_gradable()->reason;
  result.group_if_unreviewed_excluded = "NA";
  result.decides = assessment.decides_by_missing_value();
  return result;
}

NetpetResult Netpet::grade(const Assessment& assessment) const {
  if (assessment.not_gradable()) return not_gradable(assessment);
  const Positivity& positivity = assessment.positivity;
  const NetpetTally all =
      tally(positivity, assessment.host_organ, Discordance::significant, Comparison::windows);
  const NetpetAnswer one = answer(all);
  const NetpetAnswer if_reviewed_only = answer(reviewed(assessment, all));
  const bool has_target = one.pattern != NetpetPattern::none && one.pattern != NetpetPattern::p1;
  const LesionCall* deciding = has_target ? target(assessment, one.pattern) : nullptr;
  const std::string beside = qualifier(assessment, one.pattern);

  NetpetResult result;
  result.grade = head_.begin(assessment);
  record::Grade& grade = result.grade;
  grade.value = one.value;
  grade.suitability = suitability_of(one.value);
  using Text = base::Computed<std::string>;
  grade.fields = {{"group", Text(group_of(one.pattern))},
                  {"qualifier", beside.empty() ? Text() : Text(beside)},
                  {"target_lesion", deciding ? Text(deciding->lesion->id) : Text()},
                  {"strict_any_size", value_under(assessment, assessment.host_organ, Discordance::any_size,
                                                  Comparison::windows)},
                  {"if_unreviewed_excluded", Text(if_reviewed_only.value)},
                  {"alternatives", alternatives(assessment)}};
  for (auto& field : discordant_disease(assessment, one.pattern)) grade.fields.push_back(std::move(field));
  for (std::string& caveat : caveats(assessment, one.pattern)) grade.caveats.push_back(std::move(caveat));
  grade.evidence = evidence(assessment, one, all, deciding);
  result.group_if_unreviewed_excluded = group_of(if_reviewed_only.pattern);
  if (result.group_if_unreviewed_excluded != group_of(one.pattern))
    result.to_decide = to_decide(assessment, one.pattern);
  for (const LesionCall& call : assessment.host_organ) {
    const NetpetPattern shown =
        graded_pattern(positivity, call, Discordance::significant, Comparison::windows);
    result.decides.push_back(call.counts() && shown != NetpetPattern::none &&
                             answer(without_one(all, shown)).value != one.value);
  }
  return result;
}

}  // namespace netpet::grading
