#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/resources.h"
#include "grading/assessment.h"
#include "grading/scale_head.h"

namespace netpet::grading {

/// How FDG is compared with SSTR where both are positive.
enum class Comparison {
  windows,          ///< r = (F/7)/(S/15), unclipped: the default
  clipped_windows,  ///< the same, each clipped at the top of its window
  raw_suvmax,       ///< FDG SUVmax / SSTR SUVmax
  tumour_to_liver   ///< each over its own liver mean
};

/// Which FDG-positive, receptor-negative lesions grade.
enum class Discordance { significant, any_size };

/// The NETPET pattern of one lesion. `unknown`: both positive, but the ratio cannot be had.
enum class NetpetPattern { none, p1, p2, p3, p4, p5, unknown };

/// How many counting lesions show each pattern: all that the patient's grade depends on.
struct NetpetTally {
  std::array<std::size_t, 7> lesions{};
  std::size_t& of(NetpetPattern pattern) { return lesions[static_cast<std::size_t>(pattern)]; }
  std::size_t of(NetpetPattern pattern) const { return lesions[static_cast<std::size_t>(pattern)]; }
};

/// The patient's answer under one definition.
struct NetpetAnswer {
  NetpetPattern pattern = NetpetPattern::none;  ///< none = P0
  std::string value;                            ///< "P2a"; empty where the pattern is unknown
};

/// The patient's NETPET grade with everything that stands beside it.
struct NetpetResult {
  record::Grade grade;
  std::vector<bool> decides;  ///< per lesion of the case: the patient's value changes without it
  std::string group_if_unreviewed_excluded;
  std::string not_given_because;       ///< empty where there is a grade
  std::vector<std::string> to_decide;  ///< unreviewed lesions on which the group depends
};

/// NETPET, P0–P5 with a/b (Chan 2017, 2023).
class Netpet {
 public:
  explicit Netpet(const base::Resources& resources);

  NetpetResult grade(const Assessment& assessment) const;
  /// r of one lesion; nothing where a value or the liver that it needs is missing.
  std::optional<double> ratio(const Positivity& positivity, const LesionCall& call,
                              Comparison comparison) const;
  NetpetPattern pattern(const Positivity& positivity, const LesionCall& call, Comparison comparison) const;
  /// The pattern with which a lesion takes part in the grade: none for a discordant one that is dropped.
  NetpetPattern graded_pattern(const Positivity& positivity, const LesionCall& call, Discordance discordance,
                               Comparison comparison) const;
  NetpetAnswer answer(const NetpetTally& tally) const;
  /// "P2-4" for "P2a".
  const std::string& group_of(const std::string& value) const { return group_.at(value.substr(0, 2)); }
  bool saturates_windows(const LesionCall& call) const;
  bool window_published_for(const std::string& tracer) const;
  /// Scans further apart than this are graded with a warning.
  double interval_days_at_most() const { return interval_days_at_most_; }
  bool is_equivocal(const LesionCall& call) const;

 private:
  NetpetTally tally(const Positivity& positivity, const std::vector<LesionCall>& calls,
                    Discordance discordance, Comparison comparison) const;
  NetpetTally reviewed(const Assessment& assessment, NetpetTally all) const;
  base::Computed<std::string> value_under(const Assessment& assessment, const std::vector<LesionCall>& calls,
                                          Discordance discordance, Comparison comparison) const;
  record::AlternativeValues alternatives(const Assessment& assessment) const;
  const LesionCall* target(const Assessment& assessment, NetpetPattern pattern) const;
  std::string qualifier(const Assessment& assessment, NetpetPattern pattern) const;
  NetpetResult not_gradable(const Assessment& assessment) const;
  /// Number, volume, shares and sites of the discordant disease that grades; they do not apply below P5.
  std::vector<std::pair<std::string, record::GradeField>> discordant_disease(const Assessment& assessment,
                                                                             NetpetPattern pattern) const;
  /// `sharing` lesions are discordant; `deciding` is the target.
  std::vector<std::string> discordance_in_words(const Assessment& assessment, std::size_t sharing,
                                                const LesionCall& deciding) const;
  std::vector<std::string> to_decide(const Assessment& assessment, NetpetPattern pattern) const;
  std::vector<std::string> caveats(const Assessment& assessment, NetpetPattern pattern) const;
  std::vector<std::string> evidence(const Assessment& assessment, const NetpetAnswer& answer,
                                    const NetpetTally& tally, const LesionCall* target) const;
  std::string lesion_in_words(const Positivity& positivity, const LesionCall& call) const;
  const std::string& suitability_of(const std::string& value) const { return suitability_.at(value); }
  const std::string& group_of(NetpetPattern pattern) const;

  ScaleHead head_;
  double sstr_window_ = 0;
  double fdg_window_ = 0;
  std::vector<std::string> windows_published_for_;
  double p3_from_ = 0;
  double p3_to_ = 0;
  double letter_b_from_ = 0;
  double interval_days_at_most_ = 0;
  std::map<std::string, std::string> group_;
  std::map<std::string, std::string> suitability_;
};

/// "P1" … "P5", "none"; empty for an unknown pattern.
std::string name_of(NetpetPattern pattern);

}  // namespace netpet::grading
