#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/computed.h"
#include "record/tracer.h"
#include "space/vec3.h"

namespace netpet::record {

enum class LesionStatus { unreviewed, pathologic, physiologic, excluded };
std::string_view name_of(LesionStatus status);

enum class SizeSource { ct, reader, pet };
std::string_view name_of(SizeSource source);
std::optional<SizeSource> size_source_of(std::string_view name);

/// One lesion on one tracer, measured on that tracer's own grid. SUVbw in g/mL.
struct Uptake {
  base::Computed<double> suvmax;
  base::Computed<double> suvpeak;        ///< global, IBSI 0F91
  base::Computed<double> suvpeak_local;  ///< IBSI VJGA
  base::Computed<double> suvmean;
  base::Computed<double> volume_ml;     ///< of the outline on this tracer; does not apply where there is none
  base::Computed<double> total_uptake;  ///< volume × mean, g
  base::Computed<double> to_liver;      ///< SUVpeak / mean of the reference
  base::Computed<double> to_spleen;
  base::Computed<double> to_blood_pool;
  base::Computed<double> cov;          ///< SD / mean inside the outline (IBSI 7TET), where it is large enough
  base::Computed<double> asphericity;  ///< IBSI 25C7, where the outline is large enough
  base::Computed<bool> positive;       ///< above its background (rules N2); filled by grading
  std::string background;      ///< the reference that decided: "liver", "blood_pool", …; filled by grading
  std::string outline_method;  ///< "50 % of SUVmax"; empty where the lesion has no outline on this tracer
  base::Computed<double>
      outline_threshold;  ///< the least SUV of its outline; of a supplied mask there is none
  bool outlined = false;  ///< the lesion was seen and outlined on this tracer, not only measured in place
};

/// A part of a lesion that has one modified Krenning score.
struct SubRegion {
  int krenning = 0;
  double volume_ml = 0;
  double suvmean = 0;  ///< on SSTR
};

/// A lesion of a reading. Field names are those of the contract (interface.md, `lesions`).
struct Lesion {
  std::string id;  ///< "L1", head to feet, then right to left
  std::string tracking_uid;
  std::optional<std::string> parent;
  LesionStatus status = LesionStatus::unreviewed;
  std::string status_reason;
  std::string status_by = "auto";
  double status_confidence = 0;
  std::string site;                                ///< liver, node, bone, pancreas, bowel, lung, …
  std::string location;                            ///< free text
  std::optional<space::PointLps> centroid_lps_mm;  ///< in SSTR space (FDG space where there is no SSTR scan)
  std::optional<space::PointLps> centroid_fdg_lps_mm;  ///< in FDG space
  base::Computed<double> size_mm;                      ///< longest diameter, or short axis of a node on CT
  SizeSource size_source = SizeSource::pet;
  base::Computed<double> volume_ml;  ///< the larger of the outlines
  base::Computed<double> registration_error_mm;
  /// An outline of the other tracer lies within that error but belongs to another lesion.
  bool counterpart_within_error = false;
  std::optional<Uptake> sstr;  ///< absent where that scan was not given
  std::optional<Uptake> fdg;
  base::Computed<bool> heterogeneous;      ///< the Krenning score changes within it (Graf); null without SSTR
  std::vector<SubRegion> sub_regions;      ///< by which that was told, highest score first
  std::vector<std::string> outline_flags;  ///< what its outline says of its numbers; a part of `flags`
  // Filled by grading:
  base::Computed<double> fdg_to_sstr;  ///< r of the rules (N3)
  std::string pattern;                 ///< "S+F-" …, empty where a tracer is missing
  std::string netpet_pattern;          ///< P1 … P5 or none
  base::Computed<double> krenning;
  bool decides = false;
  base::Computed<double> sstr_rads_uptake_level;
  base::Computed<std::string>
      sstr_rads_category;  ///< does not apply while the reader has not said what it needs
  std::vector<std::string> sstr_rads_needs_reader;
  std::vector<std::string> flags;

  /// Whether it enters the grade, the burden and the report's list: neither physiologic nor excluded.
  bool counts() const { return status == LesionStatus::unreviewed || status == LesionStatus::pathologic; }

  std::optional<Uptake>& on(Role role) { return role == Role::sstr ? sstr : fdg; }
  const std::optional<Uptake>& on(Role role) const { return role == Role::sstr ? sstr : fdg; }
};

}  // namespace netpet::record
