#include "grading/positivity.h"

#include <algorithm>

#include "base/table.h"
#include "grading/threshold.h"

namespace netpet::grading {
namespace {

const record::GradingUptake& uptake_on(const record::GradingLesion& lesion, record::Role role) {
  return role == record::Role::sstr ? lesion.sstr : lesion.fdg;
}

}  // namespace

PositivityRules PositivityRules::read(const base::Resources& resources) {
  PositivityRules rules;
  base::Table::read(resources, "data/scales/positivity.json", [&](base::Table& table) {
    table.text("source");
    table.part("limit", [&](base::Table& limit) {
      rules.sd_multiple = limit.number("sd_multiple");
      rules.sd_least_share_of_mean = limit.number("sd_least_share_of_mean");
      rules.sd_most_share_of_mean = limit.number("sd_most_share_of_mean");
    });
    table.part("small_lesion", [&](base::Table& small) {
      rules.small_below_ml = small.number("below_ml");
      rules.small_limit_times_mean = small.number("limit_times_mean");
    });
    table.part("background", [&](base::Table& background) {
      rules.background_least_ml = background.number("least_volume_ml");
      rules.background_otherwise = background.text("otherwise");
      rules.host_organ_of_site = background.dictionary("host_organ_of_site");
    });
    rules.liver_least_ml = table.number("liver_least_volume_ml");
    rules.hot_above_ratio = table.number("hot_above_suvmax_to_liver_max");
    table.part("large", [&](base::Table& large) {
      rules.large_size_mm = large.number("size_mm");
      rules.large_volume_ml = large.number("volume_ml");
    });
  });
  return rules;
}

const record::References& Positivity::references(record::Role role) const {
  return role == record::Role::sstr ? case_.sstr_references : case_.fdg_references;
}

const record::Reference* Positivity::reference(record::Role role, const std::string& name) const {
  if (name == "spleen" && case_.clinical && case_.clinical->splenectomy.value_or(false)) return nullptr;
  const record::References& all = references(role);
  const auto found = all.find(name);
  return found != all.end() && found->second.mean > 0 ? &found->second : nullptr;
}

Positivity::Positivity(const PositivityRules& rules, const record::GradingCase& grading_case)
    : rules_(rules), case_(grading_case), sstr_(usual(record::Role::sstr)), fdg_(usual(record::Role::fdg)) {}

Positivity::Usual Positivity::usual(record::Role role) const {
  Usual usual;
  usual.otherwise = reference(role, rules_.background_otherwise);
  const record::Reference* liver = reference(role, "liver");
  if (liver && liver->volume_ml.value_or(rules_.liver_least_ml) >= rules_.liver_least_ml) usual.liver = liver;
  return usual;
}

double Positivity::held_sd(const record::Reference& reference) const {
  return std::clamp(reference.sd, rules_.sd_least_share_of_mean * reference.mean,
                    rules_.sd_most_share_of_mean * reference.mean);
}

double Positivity::limit(const record::Reference& reference) const {
  return reference.mean + rules_.sd_multiple * held_sd(reference);
}

double Positivity::limit(const record::Reference& reference, const record::GradingLesion& lesion,
                         const record::GradingUptake& uptake) const {
  if (is_small(lesion) && uptake.suvmax) return rules_.small_limit_times_mean * reference.mean;
  return limit(reference);
}

bool Positivity::is_small(const record::GradingLesion& lesion) const {
  return lesion.volume_ml && *lesion.volume_ml < rules_.small_below_ml;
}

TracerCall Positivity::graded_value(const record::GradingLesion& lesion, record::Role role) const {
  return graded_value(lesion, uptake_on(lesion, role));
}

TracerCall Positivity::graded_value(const record::GradingLesion& lesion,
                                    const record::GradingUptake& uptake) const {
  TracerCall call;
  const bool by_max = uptake.suvmax && (is_small(lesion) || !uptake.suvpeak);
  call.value = by_max ? uptake.suvmax : uptake.suvpeak;
  call.metric = by_max ? "SUVmax" : "SUVpeak";
  return call;
}

Positivity::NamedReference Positivity::background_of(const record::GradingLesion& lesion, record::Role role,
                                                     Background background) const {
  if (background == Background::liver) return {"liver", of(role).liver};
  const NamedReference otherwise{rules_.background_otherwise, of(role).otherwise};
  if (background == Background::blood_pool) return otherwise;
  const auto host = rules_.host_organ_of_site.find(lesion.site);
  if (host == rules_.host_organ_of_site.end() || !otherwise.reference) return otherwise;
  const record::Reference* organ = reference(role, host->second);
  const bool usable = organ &&
                      organ->volume_ml.value_or(rules_.background_least_ml) >= rules_.background_least_ml &&
                      reaches(organ->mean, otherwise.reference->mean);
  return usable ? NamedReference{host->second, organ} : otherwise;
}

TracerCall Positivity::tracer_call(const record::GradingLesion& lesion, record::Role role,
                                   Background background) const {
  TracerCall call = graded_value(lesion, role);
  const NamedReference compared = background_of(lesion, role, background);
  if (!compared.reference) return call;
  call.background = compared.name;
  call.reference = compared.reference;
  call.limit = limit(*call.reference, lesion, uptake_on(lesion, role));
  call.positive = call.value && exceeds(*call.value, call.limit);
  return call;
}

LesionCall Positivity::call(const record::GradingLesion& lesion, Background background) const {
  LesionCall call;
  call.lesion = &lesion;
  call.sstr = tracer_call(lesion, record::Role::sstr, background);
  call.fdg = tracer_call(lesion, record::Role::fdg, background);
  call.small = is_small(lesion);
  call.faint = is_faint(lesion, call.fdg);
  call.hot = is_hot(lesion);
  call.large = is_large(lesion);
  return call;
}

bool Positivity::is_faint(const record::GradingLesion& lesion, const TracerCall& fdg) const {
  const record::Reference* reference = liver(record::Role::fdg);
  return fdg.value && reference && !exceeds(*fdg.value, limit(*reference, lesion, lesion.fdg));
}

bool Positivity::is_hot(const record::GradingLesion& lesion) const {
  const record::Reference* reference = liver(record::Role::fdg);
  if (!reference || !reference->max || !(*reference->max > 0) || !lesion.fdg.suvmax) return false;
  return exceeds(*lesion.fdg.suvmax / *reference->max, rules_.hot_above_ratio);
}

bool Positivity::is_large(const record::GradingLesion& lesion) const {
  // A diameter of a PET outline is mostly blur: such a lesion is judged by its volume (N5).
  const bool by_volume = lesion.size_source == record::SizeSource::pet && lesion.volume_ml;
  if (lesion.size_mm && !by_volume) return reaches(*lesion.size_mm, rules_.large_size_mm);
  if (lesion.volume_ml) return reaches(*lesion.volume_ml, rules_.large_volume_ml);
  return true;
}

}  // namespace netpet::grading
