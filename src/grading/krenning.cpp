#include "grading/krenning.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/table.h"
#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using base::Computed;
using base::NotComputable;
using record::Role;

struct Scored {
  const record::GradingLesion* lesion;
  const KrenningScore* score;
};

std::vector<Scored> counting(const Assessment& assessment, const std::vector<KrenningScore>& scores) {
  std::vector<Scored> lesions;
  const auto& all = assessment.grading_case.lesions;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!all[i].excluded) lesions.push_back({&all[i], &scores[i]});
  return lesions;
}

constexpr std::string_view kLesionUnknown = "the score of a lesion is not known";

std::vector<KrenningScore> scores_of(const std::vector<Scored>& lesions) {
  std::vector<KrenningScore> scores;
  for (const Scored& one : lesions) scores.push_back(*one.score);
  return scores;
}

KrenningScore lowest(const std::vector<KrenningScore>& scores) {
  KrenningScore lowest{4, 4, ""};
  for (const KrenningScore& one : scores) {
    lowest.least = std::min(lowest.least, one.least);
    lowest.most = std::min(lowest.most, one.most);
  }
  if (!lowest.known()) lowest.why = kLesionUnknown;
  return lowest;
}

/// Does not apply without lesions.
Computed<double> among(const std::vector<Scored>& lesions,
                       KrenningScore (*extreme)(const std::vector<KrenningScore>&)) {
  return lesions.empty() ? Computed<double>() : extreme(scores_of(lesions)).value();
}

enum class Weight { each_lesion, volume };

/// The share of lesions, or of their volume, at `from` and above; does not apply without lesions.
Computed<double> share(const std::vector<Scored>& lesions, double from, Weight weight) {
  if (lesions.empty()) return {};
  double all = 0, high = 0;
  for (const Scored& one : lesions) {
    if (weight == Weight::volume && !one.lesion->volume_ml)
      return NotComputable{"the volume of a lesion is not known"};
    const double amount = weight == Weight::volume ? *one.lesion->volume_ml : 1;
    const bool is_high = one.score->least >= from;
    if (!is_high && one.score->most >= from) return NotComputable{std::string(kLesionUnknown)};
    all += amount;
    if (is_high) high += amount;
  }
  if (!(all > 0)) return NotComputable{"the volume of every lesion is 0"};
  return high / all;
}

std::vector<Scored> of_known_size_from(std::vector<Scored> lesions, double size_mm) {
  std::erase_if(lesions, [&](const Scored& one) {
    return !one.lesion->size_mm || !reaches(*one.lesion->size_mm, size_mm);
  });
  return lesions;
}

/// "2 to 4; 60 % of lesions at 3–4"; empty where a score is not known.
std::string summary(const std::vector<Scored>& lesions, const std::vector<Scored>& large, double from) {
  const Computed<double> least = among(lesions, lowest), most = among(lesions, Krenning::highest);
  if (!least.has_value() || !most.has_value()) return "";
  std::string words = least.value() == most.value()
                          ? fmt::format("{:g}", most.value())
                          : fmt::format("{:g} to {:g}", least.value(), most.value());
  const auto add = [&](const std::vector<Scored>& some, const char* of_which) {
    const Computed<double> high = share(some, from, Weight::each_lesion);
    if (high.has_value()) words += fmt::format("; {:.0f} % {} at 3–4", 100 * high.value(), of_which);
  };
  add(lesions, "of lesions");
  if (large.size() != lesions.size()) add(large, "of those from 20 mm");
  return words;
}

}  // namespace

Computed<double> KrenningScore::value() const {
  if (known()) return static_cast<double>(least);
  return NotComputable{std::string(why)};
}

Krenning::Krenning(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/krenning.json", [this](base::Table& table) {
    head_.read(table, "krenning");
    zero_below_ = table.number("score_0_below_share_of_blood_pool");
    spleen_least_ml_ = table.number("spleen_least_volume_ml");
    adequate_from_ = table.number("adequate_from_score");
    adequacy_size_mm_ = table.number("size_mm_for_adequacy");
    borderline_ = table.number("borderline_share_above_liver");
    low_above_ = table.number("low_avidity_above_share_of_lesions");
    uptake_level_ = table.numbers("sstr_rads_uptake_level_by_score", 5);
  });
}

const record::Reference* Krenning::spleen(const Positivity& positivity) const {
  const record::Reference* spleen = positivity.reference(Role::sstr, "spleen");
  return spleen && spleen->volume_ml.value_or(spleen_least_ml_) >= spleen_least_ml_ ? spleen : nullptr;
}

KrenningScore Krenning::score(const Positivity& positivity, const record::GradingLesion& lesion) const {
  const std::optional<double> s = positivity.graded_value(lesion, Role::sstr).value;
  if (!s) return {0, 4, "there is no SSTR value"};
  const record::Reference* blood_pool = positivity.reference(Role::sstr, "blood_pool");
  if (!blood_pool) return {0, 4, "there is no blood-pool reference on SSTR"};
  if (!reaches(*s, zero_below_ * blood_pool->mean)) return {0, 0, ""};
  if (!exceeds(*s, positivity.limit(*blood_pool))) return {1, 1, ""};
  const record::Reference* liver = positivity.liver(Role::sstr);
  if (liver && !exceeds(*s, positivity.limit(*liver))) return {2, 2, ""};
  const record::Reference* usable_spleen = spleen(positivity);
  if (usable_spleen && reaches(*s, usable_spleen->mean)) return {4, 4, ""};
  if (liver) return {3, 3, ""};
  return {2, 3, "there is no liver reference on SSTR, so 2 and 3 cannot be told apart"};
}

KrenningScore Krenning::highest(const std::vector<KrenningScore>& scores) {
  KrenningScore highest{0, 0, ""};
  for (const KrenningScore& one : scores) {
    highest.least = std::max(highest.least, one.least);
    highest.most = std::max(highest.most, one.most);
  }
  if (!highest.known()) highest.why = kLesionUnknown;
  return highest;
}

Computed<double> Krenning::sstr_rads_uptake_level(const KrenningScore& score) const {
  const double least = uptake_level_[static_cast<std::size_t>(score.least)];
  const double most = uptake_level_[static_cast<std::size_t>(score.most)];
  if (least == most) return least;
  return NotComputable{std::string(score.why)};
}

bool Krenning::is_high_in_small(const record::GradingLesion& lesion, const KrenningScore& score) const {
  return lesion.size_mm && !reaches(*lesion.size_mm, adequacy_size_mm_) && score.known() &&
         score.least >= adequate_from_;
}

bool Krenning::is_majority_low(const Assessment& assessment, const std::vector<KrenningScore>& scores) const {
  const std::vector<Scored> lesions = counting(assessment, scores);
  std::size_t low = 0;
  for (const Scored& one : lesions) {
    if (!one.score->known()) return false;
    if (one.score->least < adequate_from_) ++low;
  }
  return !lesions.empty() &&
         exceeds(static_cast<double>(low), low_above_ * static_cast<double>(lesions.size()));
}

bool Krenning::is_capped_without_spleen(const Assessment& assessment,
                                        const std::vector<KrenningScore>& scores) const {
  if (spleen(assessment.positivity)) return false;
  const std::vector<Scored> lesions = counting(assessment, scores);
  return std::any_of(lesions.begin(), lesions.end(),
                     [](const Scored& one) { return one.score->known() && one.score->least == 3; });
}

std::string Krenning::in_sentence(const Positivity& positivity, const record::GradingLesion& lesion,
                                  const KrenningScore& score) const {
  const TracerCall value = positivity.graded_value(lesion, Role::sstr);
  if (!score.known()) return fmt::format("{}: not computable, {}", lesion.id, score.why);
  const double blood_pool = positivity.reference(Role::sstr, "blood_pool")->mean;
  const record::Reference* liver = positivity.liver(Role::sstr);
  const record::Reference* usable_spleen = spleen(positivity);
  const std::string seen = fmt::format("{}: SSTR {} {}", lesion.id, value.metric, in_words(*value.value));
  switch (score.least) {
    case 0:
      return fmt::format("{} below {:g} % of blood pool {}: 0", seen, 100 * zero_below_,
                         in_words(blood_pool));
    case 1:
      return fmt::format("{} not above blood-pool limit {}: 1", seen,
                         in_words(positivity.limit(*positivity.reference(Role::sstr, "blood_pool"))));
    case 2:
      break;
    case 3:
      if (!usable_spleen)
        return fmt::format("{} above liver limit {}, no spleen to compare with: 3 at most", seen,
                           in_words(positivity.limit(*liver)));
      break;
    default:
      return fmt::format("{} at or above spleen {}: 4", seen, in_words(usable_spleen->mean));
  }
  const bool borderline =
      exceeds(*value.value, liver->mean) && !exceeds(*value.value, (1 + borderline_) * liver->mean);
  const std::string doubt = borderline ? fmt::format(", borderline: within {:g} % above the liver mean {}",
                                                     100 * borderline_, in_words(liver->mean))
                                       : "";
  const std::string liver_limit = in_words(positivity.limit(*liver));
  if (score.least == 2)
    return fmt::format("{} above blood pool, not above liver limit {}: 2{}", seen, liver_limit, doubt);
  return fmt::format("{} above liver limit {}, below spleen {}: 3{}", seen, liver_limit,
                     in_words(usable_spleen->mean), doubt);
}

/// The other reading of 4: above the spleen, not equal to it.
base::Computed<std::string> Krenning::highest_above_spleen(const Assessment& assessment,
                                                           const std::vector<KrenningScore>& scores) const {
  const record::Reference* usable_spleen = spleen(assessment.positivity);
  std::vector<KrenningScore> lowered = scores;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto value = assessment.host_organ[i].sstr.value;
    if (scores[i].least == 4 && usable_spleen && value && !exceeds(*value, usable_spleen->mean))
      lowered[i] = {3, 3, ""};
  }
  const base::Computed<double> most = among(counting(assessment, lowered), highest);
  if (most.has_value()) return fmt::format("{:g}", most.value());
  if (most.does_not_apply()) return {};
  return NotComputable{most.reason()};
}

record::Grade Krenning::grade(const Assessment& assessment, const std::vector<KrenningScore>& scores) const {
  const std::vector<Scored> lesions = counting(assessment, scores);
  const std::vector<Scored> large = of_known_size_from(lesions, adequacy_size_mm_);
  record::Grade grade = head_.begin(assessment);
  grade.fields = {{"highest", among(lesions, highest)},
                  {"lowest", among(lesions, lowest)},
                  {"share_lesions_3_4", share(lesions, adequate_from_, Weight::each_lesion)},
                  {"share_volume_3_4", share(lesions, adequate_from_, Weight::volume)},
                  {"share_lesions_3_4_from_20mm", share(large, adequate_from_, Weight::each_lesion)},
                  {"share_volume_3_4_from_20mm", share(large, adequate_from_, Weight::volume)}};
  grade.fields.emplace_back(
      "alternatives",
      record::AlternativeValues{{"highest_if_4_is_above_spleen", highest_above_spleen(assessment, scores)}});
  grade.summary = summary(lesions, large, adequate_from_);
  for (const Scored& one : lesions)
    grade.evidence.push_back(in_sentence(assessment.positivity, *one.lesion, *one.score));
  if (is_majority_low(assessment, scores))
    grade.caveats.push_back(fmt::format("more than half of the lesions are below {:g}", adequate_from_));
  return grade;
}

}  // namespace netpet::grading
