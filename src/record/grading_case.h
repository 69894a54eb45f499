#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "record/clinical.h"
#include "record/lesion.h"
#include "record/reader_opinion.h"
#include "record/reference.h"

namespace netpet::record {

/// What grading knows of a lesion on one tracer. Either number may be missing.
struct GradingUptake {
  std::optional<double> suvpeak;
  std::optional<double> suvmax;
  bool operator==(const GradingUptake&) const = default;
};

/// A lesion on a tracer other than SSTR and FDG: measured, or called by the reader where it was only seen.
struct OtherUptake {
  GradingUptake uptake;
  std::optional<bool> positive;  ///< the reader's call; counts before the numbers
  bool operator==(const OtherUptake&) const = default;
};

/// What SSTR-RADS asks the reader of one lesion. Empty where the reader did not say.
struct SstrRadsFindings {
  std::string site;     ///< typical, atypical, highly_atypical for a neuroendocrine neoplasm
  std::string anatomy;  ///< definite, suspicious, indefinite on CT or MRI
  std::string benign;   ///< biopsy or imaging: what proved the lesion benign
  bool operator==(const SstrRadsFindings&) const = default;
};

struct GradingLesion {
  std::string id;
  std::string site;
  std::optional<double> size_mm;
  std::optional<SizeSource> size_source;
  std::optional<double> volume_ml;
  GradingUptake sstr;
  GradingUptake fdg;
  std::optional<std::string> excluded;          ///< the reason why the lesion never grades ("physiologic")
  std::optional<double> registration_error_mm;  ///< how far off the lesion's place on the other scan may be
  bool unreviewed = false;  ///< counts, but `if_unreviewed_excluded` tells the other answer
  bool primary = false;     ///< the primary tumour itself
  SstrRadsFindings sstr_rads;
  std::optional<bool> heterogeneous;         ///< the modified Krenning score changes within the lesion
  std::map<std::string, OtherUptake> other;  ///< by tracer: "123I-MIBG", "68Ga-exendin-4" …
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
  bool aligned = true;              ///< false: which lesions of the two scans are the same is not known
  std::size_t stability_draws = 0;  ///< simulated repeats; 0 = none
  bool post_therapy = false;        ///< the SSTR scan is a post-therapy scan: PET scales are NA
  std::map<std::string, References> other_references;  ///< by tracer, as `GradingLesion::other`
  std::optional<base::Date> sstr_date;                 ///< days of the scans
  std::optional<base::Date> fdg_date;
  std::optional<bool> earlier_fdg_positive;  ///< FDG status of the patient before therapy
  std::optional<Clinical> clinical;
  std::optional<ReaderOpinion> reader;
};

}  // namespace netpet::record
