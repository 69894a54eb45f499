#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record/lesion.h"
#include "record/reference.h"

namespace netpet::record {

/// What grading knows of a lesion on one tracer. Either number may be missing.
struct GradingUptake {
  std::optional<double> suvpeak;
  std::optional<double> suvmax;
  bool operator==(const GradingUptake&) const = default;
};

struct GradingLesion {
  std::string id;
  std::string site;
  std::optional<double> size_mm;
  std::optional<SizeSource> size_source;
  std::optional<double> volume_ml;
  GradingUptake sstr;
  GradingUptake fdg;
  std::optional<std::string> excluded;  ///< the reason why the lesion never grades ("physiologic")
  bool unreviewed = false;              ///< counts, but `if_unreviewed_excluded` tells the other answer
};

/// What `netpet grade` takes: references and lesion values, no images (interface.md, `grade`).
struct GradingCase {
  References sstr_references;
  References fdg_references;
  std::optional<double> interval_days;
  std::vector<GradingLesion> lesions;
  std::string sstr_tracer;  ///< empty = 68Ga-DOTATATE, for which the windows are published
  bool sstr_given = true;   ///< false: the study was not made, every dual-tracer grade is NA
  bool fdg_given = true;
  bool post_therapy = false;  ///< the SSTR scan is a post-therapy scan: PET scales are NA
};

}  // namespace netpet::record
