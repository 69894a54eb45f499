#pragma once

#include <array>
#include <string>
#include <vector>

#include "grading/scale_head.h"

namespace netpet::grading {

/// The WHO grade of the specimens that the clinical facts name: digestive grades by mitoses and Ki-67, of
/// which the higher decides; the lung's classes by mitoses and necrosis.
class WhoGrade {
 public:
  explicit WhoGrade(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;

 private:
  /// What one specimen says: its class, the place of that class from benign to malignant, and why.
  struct Answer {
    std::string value;
    int rank = 0;
    std::string why;
    std::string caveat;
  };
  /// Upper ends of G1 and G2 on one index.
  struct Index {
    double g2_from = 0;
    double g3_above = 0;
    int grade_of(double value) const;
  };

  std::string edition_of(const record::Pathology& specimen) const;
  bool has_net_g3(const std::string& edition, const std::string& primary, const std::string& group) const;
  Answer digestive(const record::Pathology& specimen, const std::string& edition, const std::string& primary,
                   const std::string& group) const;
  Answer lung(const record::Pathology& specimen) const;
  Answer answer(const record::Pathology& specimen, const std::string& edition,
                const Assessment& assessment) const;
  record::AlternativeValues alternatives(const Assessment& assessment) const;
  base::Computed<std::string> value_in_edition(const Assessment& assessment,
                                               const std::string& edition) const;

  ScaleHead head_;
  std::string which_specimen_;
  std::string edition_where_not_given_;
  std::map<std::string, std::string> net_g3_in_edition_;
  Index mitoses_;
  Index ki67_;
  double nec_split_ki67_ = 0;
  double lung_atypical_from_ = 0;
  double lung_carcinoma_above_ = 0;
  std::vector<std::string> not_graded_groups_;
};

}  // namespace netpet::grading
