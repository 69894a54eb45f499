#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grading/scale_head.h"

namespace netpet::grading {

/// One tracer and the lesions that it shows above the liver, by the order of the counting lesions.
struct TracerCoverage {
  std::string tracer;
  std::string target;                         ///< "SSTR", "GLP-1R" …; "unknown"
  std::string agent;                          ///< of therapy with the same target; empty where none is named
  std::vector<std::optional<bool>> covers;    ///< nothing where it cannot be said
  std::vector<std::optional<double>> uptake;  ///< over the liver mean of the same tracer
};

/// Which tracers show which lesions, and the fewest that show all that can be shown.
class TargetCoverage {
 public:
  explicit TargetCoverage(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;

 private:
  struct Target {
    std::string target;
    std::vector<std::string> names;
    std::string agent;
  };
  TracerCoverage named(const std::string& tracer) const;
  std::vector<TracerCoverage> coverage(const Assessment& assessment,
                                       const std::vector<std::size_t>& lesions) const;

  ScaleHead head_;
  double exact_up_to_tracers_ = 0;
  std::vector<Target> targets_;
};

/// The fewest of `tracers` (by index, ascending) that together cover every lesion which any of them covers.
/// Of several smallest sets the one whose least served lesion has the highest uptake, then the one that
/// stands first. Exact up to `exact_up_to` tracers, beyond it the tracer that covers most of what is left is
/// taken in turn.
std::vector<std::size_t> smallest_covering_set(const std::vector<TracerCoverage>& tracers,
                                               double exact_up_to);

}  // namespace netpet::grading
