#pragma once

#include <optional>

#include "pipeline/scan_work.h"
#include "record/registration.h"
#include "space/transform.h"

namespace netpet::pipeline {

/// The scans of a reading and how they lie on each other; without a registration the way between them is
/// none.
struct Placing {
  Placing(const std::optional<ScanWork>& sstr, const std::optional<ScanWork>& fdg,
          const std::optional<record::Registration>& registration);

  /// Of the alignment at a place of SSTR space, mm.
  double error_at(space::PointLps on_sstr) const;
  /// Within which outlines there are paired, mm.
  double pairing_error_at(space::PointLps on_sstr) const;
  const std::optional<ScanWork>& on(record::Role role) const {
    return role == record::Role::sstr ? sstr : fdg;
  }
  const space::Transform& onto(record::Role role) const {
    return role == record::Role::sstr ? fdg_to_sstr : sstr_to_fdg;
  }

  const std::optional<ScanWork>& sstr;
  const std::optional<ScanWork>& fdg;
  const std::optional<record::Registration>& registration;
  space::Transform sstr_to_fdg, fdg_to_sstr;
};

}  // namespace netpet::pipeline
