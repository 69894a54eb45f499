#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/resources.h"
#include "dicom/source_series.h"
#include "pipeline/cleaned_sentence.h"
#include "pipeline/kept_words.h"
#include "pipeline/pseudonyms.h"
#include "pipeline/select_scans.h"
#include "record/clinical.h"
#include "record/lesion.h"
#include "record/pet_header.h"
#include "record/review.h"
#include "record/warning.h"

namespace netpet::pipeline {

/// Takes from all that enters a reading what could tell whose it is, before a number or a sentence is made of
/// it: DICOM PS3.15, Basic Application Confidentiality Profile with the options Retain Patient
/// Characteristics, Retain Longitudinal Temporal Information with Modified Dates, and Clean Descriptors. Sex,
/// weight, height, times of day and the days between all dates stay.
class Deidentification {
 public:
  /// With a key file the same patient gets the same names and dates in every reading made with it; without
  /// one they follow from the UIDs of all PET images, which nobody has who has not the images. Refuses
  /// `deidentification_key_short`, `file_missing`, and `burned_in_annotation` where a header says that the
  /// pixels can show whose they are.
  Deidentification(const SelectedScans& scans, const std::optional<std::filesystem::path>& key,
                   const base::Resources& resources);

  /// The series of one scan and what was found of them; their files stay, to be read.
  void clean(SelectedScan& scan) const;
  /// `radionuclide`: "Ga-68", as recognised before.
  void clean(record::PetHeader& header, const std::string& radionuclide) const;
  void clean(dicom::SourceSeries& series) const;
  void clean(record::Clinical& clinical) const;
  void clean(record::Review& review) const;
  void clean(std::vector<record::Lesion>& lesions) const;
  void clean(std::vector<record::Warning>& warnings) const;
  std::string sentence(const std::string& text) const { return sentences_.of(text); }

 private:
  struct Kept {
    explicit Kept(const base::Resources& resources);
    ShiftRange shift;
    std::map<std::string, std::vector<std::string>> by_kind;
  };
  Deidentification(const SelectedScans& scans, const std::optional<std::filesystem::path>& key, Kept kept);
  void learn(const SelectedScan& scan);
  void clean(record::Series& series) const;

  Pseudonyms pseudonyms_;
  SentenceCleaner sentences_;
  KeptWords scanner_, reconstruction_, contrast_, corrections_, primaries_, therapies_, germlines_, markers_,
      units_, sites_, scales_, values_;
};

}  // namespace netpet::pipeline
