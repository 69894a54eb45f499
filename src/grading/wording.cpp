#include "grading/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "grading/threshold.h"

namespace netpet::grading {
namespace {

/// "2.2 + 2 × 0.3", "1.5 × 2.2 for a lesion below 1 mL".
std::string limit_in_words(const Positivity& positivity, const record::Reference& reference,
                           const record::GradingLesion& lesion, const record::GradingUptake& uptake) {
  const PositivityRules& rules = positivity.rules();
  if (positivity.is_small(lesion) && uptake.suvmax)
    return fmt::format("{} × {}, as the lesion is below {:g} mL", in_words(rules.small_limit_times_mean),
                       in_words(reference.mean), rules.small_below_ml);
  const double sd = positivity.held_sd(reference);
  std::string formula =
      fmt::format("{} + {:g} × {}", in_words(reference.mean), rules.sd_multiple, in_words(sd));
  if (exceeds(reference.sd, sd))
    return fmt::format("{}, the SD of {} held at {:g} % of the mean", formula, in_words(reference.sd),
                       100 * rules.sd_most_share_of_mean);
  if (exceeds(sd, reference.sd))
    return fmt::format("{}, the SD of {} raised to {:g} % of the mean", formula, in_words(reference.sd),
                       100 * rules.sd_least_share_of_mean);
  return formula;
}

}  // namespace

std::string in_words(double value) {
  std::string text = fmt::format("{:.2f}", value);
  if (text.back() == '0') text.pop_back();
  return text;
}

std::string organ_in_words(std::string_view reference_name) {
  std::string words(reference_name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string call_in_words(const Positivity& positivity, const LesionCall& call, record::Role role) {
  const bool sstr = role == record::Role::sstr;
  const TracerCall& on_tracer = sstr ? call.sstr : call.fdg;
  const std::string_view tracer = record::label_of(role);
  if (!on_tracer.value) return fmt::format("{} not measured", tracer);
  const std::string value = fmt::format("{} {}", tracer, in_words(*on_tracer.value));
  if (!on_tracer.reference) return value + " without a background";
  return fmt::format("{} {} {} limit {} ({})", value, on_tracer.positive ? "above" : "not above",
                     organ_in_words(on_tracer.background), in_words(on_tracer.limit),
                     limit_in_words(positivity, *on_tracer.reference, *call.lesion,
                                    sstr ? call.lesion->sstr : call.lesion->fdg));
}

std::string size_in_words(const record::GradingLesion& lesion) {
  if (lesion.size_mm) {
    std::string size = fmt::format("{:.3g} mm", *lesion.size_mm);
    if (!lesion.size_source) return size;
    switch (*lesion.size_source) {
      case record::SizeSource::ct:
        return size + " on CT";
      case record::SizeSource::reader:
        return size + " by the reader";
      case record::SizeSource::pet:
        return size + " on PET";
    }
  }
  if (lesion.volume_ml) return fmt::format("{:.3g} mL on PET", *lesion.volume_ml);
  return "size unknown";
}

std::string list_in_words(const std::vector<std::string>& ids) {
  constexpr std::size_t kNamed = 10;
  const std::size_t named = std::min(ids.size(), kNamed);
  std::string text;
  for (std::size_t i = 0; i < named; ++i) {
    const bool last = i + 1 == ids.size();
    if (i > 0) text += last ? " and " : ", ";
    text += ids[i];
  }
  if (ids.size() > named) text += fmt::format(" and {} more", ids.size() - named);
  return text;
}

std::string group_in_words(const std::string& group) {
  return group == "P2-4" ? "P2–4" : group;
}

std::string lesions_in_words(std::size_t count) {
  return fmt::format("{} lesion{}", count, count == 1 ? "" : "s");
}

}  // namespace netpet::grading
