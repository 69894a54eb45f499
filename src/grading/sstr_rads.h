#pragma once

#include <map>
#include <string>
#include <vector>

#include "grading/krenning.h"
#include "grading/scale_head.h"
#include "grading/target_lesions.h"

namespace netpet::grading {

/// What SSTR-RADS says of one lesion.
struct SstrRadsLesion {
  base::Computed<double> uptake_level;
  base::Computed<std::string> category;  ///< does not apply while the reader has not said what it needs
  std::vector<std::string> needs_reader;
  std::string why;  ///< one sentence where there is a category
};

/// SSTR-RADS 1.0: the program proposes the uptake level; a category needs the reader's site typicality and
/// anatomical definiteness.
class SstrRads {
 public:
  explicit SstrRads(const base::Resources& resources);

  SstrRadsLesion lesion(const record::GradingLesion& lesion,
                        const base::Computed<double>& uptake_level) const;
  /// The highest category of the target lesions. `lesions` in the order of the case.
  record::Grade grade(const Assessment& assessment, const std::vector<SstrRadsLesion>& lesions) const;

 private:
  struct Proposal {
    std::string category;
    std::vector<std::string> needs;
    std::string none_because;
  };
  Proposal propose(const record::GradingLesion& lesion, double level) const;
  Proposal propose_without_uptake(const record::SstrRadsFindings& reader, double level) const;
  std::string in_words(const std::string& category) const;
  std::size_t rank(const std::string& category) const;

  ScaleHead head_;
  TargetRule targets_;
  double equivocal_from_level_ = 0;
  double low_level_up_to_ = 0;
  double intense_from_level_ = 0;
  std::string prrt_from_category_;
  std::map<std::string, std::string> categories_;
  std::vector<std::string> unverified_;
};

}  // namespace netpet::grading
