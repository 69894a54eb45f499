#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "record/clinical.h"
#include "record/grade.h"
#include "record/lesion.h"
#include "record/post_therapy.h"
#include "record/reference.h"
#include "record/registration.h"
#include "record/review.h"
#include "record/study.h"
#include "record/tracer_scan.h"

namespace netpet::record {

struct Software {
  std::string name = "netpet";
  std::string version;
  std::string revision;
  std::string rules;  ///< hash of data/
};

/// The lesions of one site that count.
struct SiteBurden {
  std::size_t lesions = 0;
  double sstr_volume_ml = 0, sstr_total_uptake = 0;
  double fdg_volume_ml = 0, fdg_total_uptake = 0;
};

struct Range {
  double least = 0, most = 0;
};

struct PhenotypeRanges {
  Range sstr_only_ml, both_ml, fdg_only_ml;
};

/// Tumour volumes over all lesions that count.
struct Burden {
  base::Computed<double> sstr_volume_ml;
  base::Computed<double> sstr_total_uptake;
  base::Computed<double> fdg_volume_ml;
  base::Computed<double> fdg_total_uptake;
  base::Computed<double> sstr_only_ml;
  base::Computed<double> both_ml;
  base::Computed<double> fdg_only_ml;
  /// The same three with the FDG outline of each lesion shifted by the alignment's error there, along each
  /// axis: least and most.
  std::optional<PhenotypeRanges> within_alignment;
  std::map<std::string, SiteBurden> by_site;
};

/// Volumes and grade where the lesions on one tracer are outlined by one of the named methods.
struct OutlineAlternative {
  Role tracer = Role::sstr;
  std::string method;  ///< "50 % of SUVmax"
  bool used = false;   ///< the outlines of the reading are these
  std::size_t lesions = 0,
              outlined = 0;  ///< of all that have an outline on the tracer those that the method outlines
  base::Computed<double> volume_ml, total_uptake;
  base::Computed<std::string> netpet;
};

/// Everything that `read` found out about a patient: the contract's reading.json.
struct Reading {
  Software software;
  Patient patient;
  bool deidentified = false;  ///< names, dates, UIDs and free texts are not those of the patient
  std::string headline;
  std::optional<TracerScan> sstr;
  std::optional<TracerScan> fdg;
  base::Computed<double> interval_days;
  std::optional<Registration> registration;
  std::string organs_source;  ///< "imported", "auto", and with which confidence
  References sstr_references;
  References fdg_references;
  std::vector<Lesion> lesions;  ///< every uptake that stands out, physiologic ones included
  std::vector<Grade> grades;
  Burden burden;
  std::vector<OutlineAlternative> outline_alternatives;
  std::optional<Clinical> clinical;         ///< what was known beside the images
  std::optional<Review> review;             ///< what a reader said of it
  std::optional<PostTherapy> post_therapy;  ///< present where the SSTR scan is a post-therapy scan
  std::optional<std::string> biopsy_target;
  std::string biopsy_why;
  std::vector<BiopsyAlternative> biopsy_alternatives;
  std::vector<std::string> accepted;  ///< refusals that the user overrode with --accept
  std::vector<Warning> warnings;

  const std::optional<TracerScan>& scan(Role role) const { return role == Role::sstr ? sstr : fdg; }
  const References& references(Role role) const {
    return role == Role::sstr ? sstr_references : fdg_references;
  }
};

}  // namespace netpet::record
