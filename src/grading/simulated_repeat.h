#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "grading/measurement_errors.h"
#include "grading/positivity.h"
#include "record/grading_case.h"

namespace netpet::grading {

/// A patient measured again, as often as asked: the values of a case moved by plausible errors. The same
/// repeat has the same errors on any machine, in any order of lesions and whatever else the case holds.
///
/// What is known is one measurement with its error, not the truth, and a repeat brings an error of its own:
/// the repeat lies around the measured value with twice the variance of one measurement (docs/stability.md).
class SimulatedRepeat {
 public:
  /// Copies the case. Keeps a reference to the errors.
  SimulatedRepeat(const MeasurementErrors& errors, const record::GradingCase& measured,
                  const PositivityRules& rules);
  SimulatedRepeat(const SimulatedRepeat&) = delete;
  SimulatedRepeat& operator=(const SimulatedRepeat&) = delete;

  /// Measures the patient again; `number` names the repeat.
  void draw(std::size_t number);

  /// The case as the last repeat found it: its values change with each draw, its lesions and references stay
  /// where they are.
  const record::GradingCase& drawn() const { return drawn_; }
  const Positivity& positivity() const { return positivity_; }

 private:
  /// A reference that is measured again.
  struct MovedReference {
    std::uint64_t key;
    const record::Reference* measured;
    record::Reference* drawn;
    double organ;  ///< SD of the logarithm, without the scan's share
  };
  struct MovedLesion {
    std::uint64_t key;
    const record::GradingLesion* measured;
    record::GradingLesion* drawn;
    /// The tracer on which the lesion is negative while it is positive on the other: there its place may have
    /// been missed.
    std::optional<record::Role> unseen_on;
  };

  std::vector<MovedReference>& references(record::Role role) {
    return role == record::Role::sstr ? sstr_references_ : fdg_references_;
  }
  void collect_references(record::Role role, record::References& drawn);
  void collect_lesions();
  void draw_references(record::Role role, std::size_t number, double scan);
  void draw_lesion(const MovedLesion& lesion, std::size_t number, double sstr_scan, double fdg_scan);
  double size_sd_mm(const record::GradingLesion& lesion) const;
  void misplace(const MovedLesion& lesion, std::size_t number);

  const MeasurementErrors& errors_;
  record::GradingCase measured_;
  record::GradingCase drawn_;
  Positivity positivity_;
  std::vector<MovedReference> sstr_references_;
  std::vector<MovedReference> fdg_references_;
  std::vector<MovedLesion> lesions_;  ///< those that count, by id
};

}  // namespace netpet::grading
