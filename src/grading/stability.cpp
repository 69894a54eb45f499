#include "grading/stability.h"

#include <fmt/format.h>

#include <optional>

#include "grading/karfis.h"
#include "grading/lesion_groups.h"
#include "grading/repeated_scale.h"
#include "grading/simulated_repeat.h"
#include "grading/zidan.h"

namespace netpet::grading {
namespace {

using record::GradingLesion;
using record::Role;

std::string percent(double share) {
  if (share < 1 && share > 0.995) return "over 99 %";
  return fmt::format("{:.0f} %", 100 * share);
}

std::string in_sentence(const record::Stability& stability) {
  std::string text =
      fmt::format("Same grade in {} of {} simulated repeats; missed or false lesions are not part of this.",
                  percent(stability.same), stability.draws);
  if (stability.hangs_on)
    text += fmt::format(" It hangs most on {}, {}.", stability.hangs_on->lesion, stability.hangs_on->limit);
  return text;
}

/// The lesions of one case, found as measured or as drawn, in the order of the case.
struct Findings {
  std::vector<LesionCall> host_organ;
  std::vector<LesionCall> liver;
  std::vector<KrenningScore> krenning;
  std::vector<double> fdg_suvmax;

  void find(const Positivity& positivity, const record::GradingCase& one, const Krenning& scale) {
    host_organ.clear();
    liver.clear();
    krenning.clear();
    fdg_suvmax.clear();
    for (const GradingLesion& lesion : one.lesions) {
      if (lesion.excluded) continue;
      host_organ.push_back(positivity.call(lesion, Background::host_organ));
      liver.push_back(positivity.call(lesion, Background::liver));
      krenning.push_back(scale.score(positivity, lesion));
      fdg_suvmax.push_back(lesion.fdg.suvmax.value_or(0));
    }
  }
};

std::vector<LesionGroup> groups_of(const std::vector<LesionCall>& calls) {
  std::vector<LesionGroup> groups;
  for (const LesionCall& call : calls) groups.push_back(group_of(call));
  return groups;
}

std::vector<NetpetPattern> patterns_of(const Netpet& netpet, const Positivity& positivity,
                                       const std::vector<LesionCall>& calls) {
  std::vector<NetpetPattern> patterns;
  for (const LesionCall& call : calls)
    patterns.push_back(
        netpet.graded_pattern(positivity, call, Discordance::significant, Comparison::windows));
  return patterns;
}

/// Grades one case again and again. Every scale that was given takes part.
class Repetition {
 public:
  Repetition(const MeasurementErrors& errors, const RepeatedScales& scales, const Assessment& assessment,
             const record::GradingResult& result)
      : scales_(scales), repeat_(errors, assessment.grading_case, assessment.positivity.rules()) {
    for (const GradingLesion& lesion : assessment.grading_case.lesions)
      if (!lesion.excluded) ids_.push_back(lesion.id);
    measured_.find(assessment.positivity, assessment.grading_case, scales.krenning);
    add_pattern_scales(assessment, result);
    add_suvmax_scales(result);
  }

  void draw(std::size_t number);
  void write(record::GradingResult& result) const;

 private:
  template <class Finding>
  struct Named {
    std::string scale;
    RepeatedScale<Finding> repeats;
  };

  void add_pattern_scales(const Assessment& assessment, const record::GradingResult& result);
  void add_suvmax_scales(const record::GradingResult& result);
  std::optional<double> liver_max() const {
    const record::Reference* liver = repeat_.positivity().liver(Role::fdg);
    return liver ? liver->max : std::nullopt;
  }
  void write_one(const std::string& scale, record::Stability stability, record::GradingResult& result) const;

  const RepeatedScales& scales_;
  SimulatedRepeat repeat_;
  std::vector<std::string> ids_;
  Findings measured_;
  Findings drawn_;
  std::optional<RepeatedScale<NetpetPattern>> netpet_;
  std::optional<RepeatedScale<LesionGroup>> karfis_;
  std::optional<RepeatedScale<LesionGroup>> zidan_;
  std::optional<RepeatedScale<KrenningScore>> krenning_;
  std::vector<Named<double>> by_suvmax_;
};

bool is_given(const record::GradingResult& result, const char* scale) {
  const record::Grade* grade = result.grade(scale);
  return grade && grade->value.has_value() && grade->value.value() != "NA";
}

bool is_known(const record::GradingResult& result, const char* scale, const char* field) {
  const record::Grade* grade = result.grade(scale);
  const record::GradeField* found = grade ? grade->field(field) : nullptr;
  const auto* number = found ? std::get_if<base::Computed<double>>(found) : nullptr;
  return number && number->has_value();
}

void Repetition::add_pattern_scales(const Assessment& assessment, const record::GradingResult& result) {
  if (is_given(result, "netpet"))
    netpet_.emplace(patterns_of(scales_.netpet, assessment.positivity, measured_.host_organ),
                    [this](const std::vector<NetpetPattern>& patterns) {
                      NetpetTally tally;
                      for (const NetpetPattern pattern : patterns) ++tally.of(pattern);
                      return scales_.netpet.answer(tally).value;
                    });
  if (is_given(result, "karfis"))
    karfis_.emplace(groups_of(measured_.host_organ), [](const std::vector<LesionGroup>& groups) {
      return Karfis::value(count_groups(groups));
    });
  if (is_given(result, "zidan"))
    zidan_.emplace(groups_of(measured_.liver),
                   [](const std::vector<LesionGroup>& groups) { return Zidan::value(count_groups(groups)); });
  if (is_known(result, "krenning", "highest"))
    krenning_.emplace(measured_.krenning, [](const std::vector<KrenningScore>& scores) {
      const KrenningScore highest = Krenning::highest(scores);
      return highest.known() ? std::to_string(highest.least) : std::string("not computable");
    });
}

void Repetition::add_suvmax_scales(const record::GradingResult& result) {
  const auto hottest = [](const std::vector<double>& suvmax) {
    return *std::max_element(suvmax.begin(), suvmax.end());
  };
  if (is_given(result, "ezziddin"))
    by_suvmax_.push_back(
        {"ezziddin", {measured_.fdg_suvmax, [this, hottest](const std::vector<double>& suvmax) {
                        return scales_.ezziddin.value(hottest(suvmax) / *liver_max());
                      }}});
  if (is_given(result, "bahri_garin"))
    by_suvmax_.push_back(
        {"bahri_garin", {measured_.fdg_suvmax, [this, hottest](const std::vector<double>& suvmax) {
                           const HottestFdg one{"", hottest(suvmax), liver_max()};
                           return scales_.bahri_garin.value(one).value_or("not computable");
                         }}});
  if (is_known(result, "binderup", "suvmax"))
    by_suvmax_.push_back(
        {"binderup", {measured_.fdg_suvmax, [this, hottest](const std::vector<double>& suvmax) {
                        return scales_.binderup.value(hottest(suvmax));
                      }}});
}

void Repetition::draw(std::size_t number) {
  repeat_.draw(number);
  const Positivity& positivity = repeat_.positivity();
  drawn_.find(positivity, repeat_.drawn(), scales_.krenning);
  if (netpet_) {
    std::vector<NetpetPattern> patterns = patterns_of(scales_.netpet, positivity, drawn_.host_organ);
    netpet_->count(patterns, [&](std::size_t i) {
      return crossed_between(netpet_->measured()[i], measured_.host_organ[i], patterns[i],
                             drawn_.host_organ[i]);
    });
  }
  if (karfis_) {
    std::vector<LesionGroup> groups = groups_of(drawn_.host_organ);
    karfis_->count(groups, [&](std::size_t i) {
      return crossed_between(measured_.host_organ[i], drawn_.host_organ[i]);
    });
  }
  if (zidan_) {
    std::vector<LesionGroup> groups = groups_of(drawn_.liver);
    zidan_->count(groups,
                  [&](std::size_t i) { return crossed_against_liver(measured_.liver[i], drawn_.liver[i]); });
  }
  if (krenning_) {
    std::vector<KrenningScore> scores = drawn_.krenning;
    krenning_->count(
        scores, [&](std::size_t i) { return crossed_between(measured_.krenning[i], drawn_.krenning[i]); });
  }
  for (Named<double>& one : by_suvmax_)
    one.repeats.count(drawn_.fdg_suvmax, [](std::size_t) { return CrossedLimit::hottest_fdg; });
}

void Repetition::write_one(const std::string& scale, record::Stability stability,
                           record::GradingResult& result) const {
  stability.sentence = in_sentence(stability);
  for (record::Grade& grade : result.grades)
    if (grade.scale == scale) grade.stability = std::move(stability);
}

void Repetition::write(record::GradingResult& result) const {
  if (netpet_) {
    record::Stability stability = netpet_->result(ids_);
    double same_group = 0;
    for (const auto& [value, share] : stability.shares)
      if (scales_.netpet.group_of(value) == scales_.netpet.group_of(netpet_->value())) same_group += share;
    stability.same_group = same_group;
    write_one("netpet", std::move(stability), result);
  }
  if (karfis_) write_one("karfis", karfis_->result(ids_), result);
  if (zidan_) write_one("zidan", zidan_->result(ids_), result);
  if (krenning_) write_one("krenning", krenning_->result(ids_), result);
  for (const Named<double>& one : by_suvmax_) write_one(one.scale, one.repeats.result(ids_), result);
}

}  // namespace

void add_stability(const MeasurementErrors& errors, const RepeatedScales& scales,
                   const Assessment& assessment, std::size_t draws, record::GradingResult& result) {
  if (draws == 0) return;
  Repetition repetition(errors, scales, assessment, result);
  for (std::size_t number = 0; number < draws; ++number) repetition.draw(number);
  repetition.write(result);
}

}  // namespace netpet::grading
