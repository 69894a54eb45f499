#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/resources.h"
#include "record/grading_case.h"
#include "record/tracer.h"

namespace netpet::grading {

/// What "above background" means in numbers: data/scales/positivity.json.
struct PositivityRules {
  double sd_multiple = 0;
  double sd_least_share_of_mean = 0;  ///< voxel noise must not decide: the SD is held between these shares
  double sd_most_share_of_mean = 0;
  double small_below_ml = 0;
  double small_limit_times_mean = 0;
  double background_least_ml = 0;
  std::string background_otherwise;                       ///< "blood_pool"
  std::map<std::string, std::string> host_organ_of_site;  ///< "bone" → "marrow"
  double liver_least_ml = 0;
  double hot_above_ratio = 0;
  double large_size_mm = 0;
  double large_volume_ml = 0;

  static PositivityRules read(const base::Resources& resources);
};

/// Which tissue is a lesion's background.
enum class Background {
  host_organ,  ///< the organ it sits in, where that is known and not below blood pool; else blood pool
  blood_pool,
  liver
};

/// One lesion on one tracer: the graded value and the limit that it is held against. SUV in g/mL.
struct TracerCall {
  std::optional<double> value;
  std::string_view metric;                       ///< "SUVpeak" or "SUVmax"
  std::string_view background;                   ///< "liver", "blood_pool", …; empty where there is none
  const record::Reference* reference = nullptr;  ///< null where the background was not measured
  double limit = 0;                              ///< g/mL
  bool positive = false;                         ///< value > limit; false where either is missing
  bool complete() const { return value && reference; }
};

/// One lesion on both tracers.
struct LesionCall {
  const record::GradingLesion* lesion = nullptr;
  TracerCall sstr;
  TracerCall fdg;
  bool small = false;  ///< volume known and below 1 mL
  bool faint = false;  ///< FDG not above the FDG liver limit
  bool hot = false;    ///< FDG SUVmax / FDG liver max above the published mG3 ratio
  bool large = true;   ///< by size, else by volume, else yes

  bool counts() const { return !lesion->excluded; }
  bool discordant() const { return fdg.positive && !sstr.positive; }
  bool positive_on_both() const { return fdg.positive && sstr.positive; }
  bool negative_on_both() const { return !fdg.positive && !sstr.positive; }
  /// Whether FDG-positive, receptor-negative disease here is significant.
  bool significant() const { return hot || (large && !faint); }
};

/// The references of one case, and the limits that follow from them. The case may change its values, but its
/// lesions and references must stay where they are, and which of them can be used must not change.
class Positivity {
 public:
  Positivity(const PositivityRules& rules, const record::GradingCase& grading_case);

  const record::References& references(record::Role role) const;
  /// The named reference, or null where it was not measured, its mean is not above 0, or it is a spleen that
  /// was removed.
  const record::Reference* reference(record::Role role, const std::string& name) const;
  /// The liver, or null where fewer than 5 mL of it are clean.
  const record::Reference* liver(record::Role role) const { return of(role).liver; }

  /// mean + 2 × SD, the SD held between 5 and 15 % of the mean.
  double limit(const record::Reference& reference) const;
  double held_sd(const record::Reference& reference) const;
  /// 1.5 × mean for a lesion below 1 mL that has an SUVmax on this tracer, else `limit`.
  double limit(const record::Reference& reference, const record::GradingLesion& lesion,
               const record::GradingUptake& uptake) const;
  bool is_small(const record::GradingLesion& lesion) const;
  /// SUVpeak; SUVmax for a lesion below 1 mL or without a peak.
  TracerCall graded_value(const record::GradingLesion& lesion, record::Role role) const;
  /// The same on any other tracer.
  TracerCall graded_value(const record::GradingLesion& lesion, const record::GradingUptake& uptake) const;
  LesionCall call(const record::GradingLesion& lesion, Background background) const;

  const PositivityRules& rules() const { return rules_; }

 private:
  struct NamedReference {
    std::string_view name;
    const record::Reference* reference;  ///< null where it was not measured
  };
  /// What nearly every lesion is compared with, found once.
  struct Usual {
    const record::Reference* otherwise = nullptr;  ///< blood pool
    const record::Reference* liver = nullptr;
  };

  const Usual& of(record::Role role) const { return role == record::Role::sstr ? sstr_ : fdg_; }
  Usual usual(record::Role role) const;
  NamedReference background_of(const record::GradingLesion& lesion, record::Role role,
                               Background background) const;
  TracerCall tracer_call(const record::GradingLesion& lesion, record::Role role, Background background) const;
  bool is_faint(const record::GradingLesion& lesion, const TracerCall& fdg) const;
  bool is_hot(const record::GradingLesion& lesion) const;
  bool is_large(const record::GradingLesion& lesion) const;

  const PositivityRules& rules_;
  const record::GradingCase& case_;
  Usual sstr_;
  Usual fdg_;
};

}  // namespace netpet::grading
