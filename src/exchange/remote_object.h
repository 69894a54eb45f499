#pragma once

#include <string>
#include <vector>

namespace netpet::exchange {

/// An object that another system says it holds.
struct RemoteObject {
  std::string study_uid;
  std::string series_uid;
  std::string modality;
  std::string sop_class_uid;
  std::string sop_instance_uid;
};

/// What is looked for: studies by UID, or those of one patient.
struct RemoteQuery {
  std::vector<std::string> study_uids;
  std::string patient_id;               ///< exact; empty where studies are named
  std::string dates;                    ///< DICOM: "20240102", "20240101-20240131" or empty for all
  std::vector<std::string> modalities;  ///< empty: all
};

/// Digits and dots, at most 64 characters: what may become part of a path or a request.
bool is_uid(const std::string& text);

}  // namespace netpet::exchange
