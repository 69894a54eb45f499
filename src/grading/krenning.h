#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/computed.h"
#include "base/resources.h"
#include "grading/assessment.h"
#include "grading/scale_head.h"

namespace netpet::grading {

/// What can be said of one lesion's modified Krenning score: it lies between `least` and `most`.
struct KrenningScore {
  int least = 0;
  int most = 4;
  std::string_view why;  ///< why it is not one number; empty where it is
  bool known() const { return least == most; }
  base::Computed<double> value() const;
  bool operator==(const KrenningScore&) const = default;
};

/// The modified Krenning score, 0–4, by a numeric surrogate of the visual comparison (Iravani 2022).
class Krenning {
 public:
  explicit Krenning(const base::Resources& resources);

  /// 0 below 85 % of blood pool; 1 to the blood-pool limit; 2 to the liver limit; 3 below the spleen mean; 4
  /// else. Without spleen at most 3; without liver 2 and 3 cannot be told apart.
  KrenningScore score(const Positivity& positivity, const record::GradingLesion& lesion) const;
  /// Highest, lowest and shares over the lesions that are not excluded. The flags are the caller's.
  record::Grade grade(const Assessment& assessment, const std::vector<KrenningScore>& scores) const;
  /// The highest of several scores, 0 of none.
  static KrenningScore highest(const std::vector<KrenningScore>& scores);
  base::Computed<double> sstr_rads_uptake_level(const KrenningScore& score) const;

  /// A score of 3 or 4 in a lesion below 20 mm may overestimate the planar score.
  bool is_high_in_small(const record::GradingLesion& lesion, const KrenningScore& score) const;
  /// More than half of the lesions, all of them scored, lie below 3.
  bool is_majority_low(const Assessment& assessment, const std::vector<KrenningScore>& scores) const;
  /// There is no usable spleen and some lesion stands at 3, where a spleen might have told 4.
  bool is_capped_without_spleen(const Assessment& assessment, const std::vector<KrenningScore>& scores) const;

 private:
  const record::Reference* spleen(const Positivity& positivity) const;
  base::Computed<std::string> highest_above_spleen(const Assessment& assessment,
                                                   const std::vector<KrenningScore>& scores) const;
  std::string in_sentence(const Positivity& positivity, const record::GradingLesion& lesion,
                          const KrenningScore& score) const;

  ScaleHead head_;
  double zero_below_ = 0;
  double spleen_least_ml_ = 0;
  double adequate_from_ = 0;
  double adequacy_size_mm_ = 0;
  double borderline_ = 0;
  double low_above_ = 0;
  std::vector<double> uptake_level_;
};

}  // namespace netpet::grading
