#pragma once

#include <functional>
#include <vector>

#include "base/resources.h"
#include "grading/bahri_garin.h"
#include "grading/binderup.h"
#include "grading/biopsy_target.h"
#include "grading/clinical_rules.h"
#include "grading/ezziddin.h"
#include "grading/heterogeneity.h"
#include "grading/karfis.h"
#include "grading/kratochwil.h"
#include "grading/krenning.h"
#include "grading/lococo.h"
#include "grading/measurement_errors.h"
#include "grading/mtc.h"
#include "grading/netpet.h"
#include "grading/nilica.h"
#include "grading/ppgl.h"
#include "grading/ratios.h"
#include "grading/sstr_rads.h"
#include "grading/target_coverage.h"
#include "grading/who.h"
#include "grading/zidan.h"
#include "record/grade.h"
#include "record/grading_case.h"

namespace netpet::grading {

/// Every scale with its table, read once, for many cases.
class Grader {
 public:
  /// Refuses tables that are incomplete or hold unknown keys (`rules_malformed`).
  explicit Grader(const base::Resources& resources);

  /// Grades one case by every scale. Never throws for values that are missing: a scale that cannot be given
  /// is "NA" or not computable with its reason. Where a study was not made, or blood pool could not be
  /// measured, dual-tracer scales are "NA" (flags `tracer_missing`, `no_blood_pool_reference`) and the
  /// single-tracer ones stand. Refuses an override of a scale that does not exist (`override_unknown_scale`).
  record::GradingResult grade(const record::GradingCase& grading_case) const;
  /// The modified Krenning score of an SSTR uptake, g/mL, by the references of `one`, which must outlive it.
  std::function<KrenningScore(double)> krenning_of_suv(const record::GradingCase& one) const;
  /// Simulated repeats of a reading; a lesion table names its own number.
  std::size_t draws_of_read() const { return errors_.draws_of_read; }

 private:
  std::vector<KrenningScore> krenning_scores(const Assessment& assessment) const;
  std::vector<record::LesionGrade> lesion_grades(const Assessment& assessment,
                                                 const std::vector<bool>& decides,
                                                 const std::vector<KrenningScore>& scores,
                                                 const std::vector<SstrRadsLesion>& rads) const;
  std::vector<SstrRadsLesion> sstr_rads_lesions(const Assessment& assessment,
                                                const std::vector<KrenningScore>& scores) const;
  record::TissueRatios tissue_ratios(const Assessment& assessment, const record::GradingLesion& lesion,
                                     record::Role role) const;
  void add_netpet_flags(const Assessment& assessment, const std::vector<record::LesionGrade>& lesions,
                        record::Grade& netpet) const;
  void add_krenning_flags(const Assessment& assessment, const std::vector<KrenningScore>& scores,
                          const std::vector<record::LesionGrade>& lesions,
                          record::GradingResult& result) const;

  PositivityRules positivity_;
  Netpet netpet_;
  Karfis karfis_;
  Zidan zidan_;
  Krenning krenning_;
  Ezziddin ezziddin_;
  BahriGarin bahri_garin_;
  Binderup binderup_;
  Lococo lococo_;
  Kratochwil kratochwil_;
  SstrRads sstr_rads_;
  Heterogeneity heterogeneity_;
  MedullaryThyroid mtc_;
  Nilica nilica_;
  WhoGrade who_;
  Ppgl ppgl_;
  TargetCoverage target_coverage_;
  Ratios ratios_;
  BiopsyTarget biopsy_;
  ClinicalRules clinical_;
  MeasurementErrors errors_;
};

/// Grades one case; for many cases keep a Grader.
record::GradingResult grade(const record::GradingCase& grading_case, const base::Resources& resources);

}  // namespace netpet::grading
