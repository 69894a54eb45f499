#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lesions/pair.h"
#include "record/lesion.h"
#include "record/spine_levels.h"

namespace netpet::lesions {

/// One tracer's scan with its organs, for judging uptake on it.
struct ScanOnGrid {
  const image::PetVolume* suv = nullptr;
  const image::LabelMap* organs = nullptr;  ///< on the grid of `suv`; may be all 0
  double organ_error_mm =
      0;  ///< how far the organs' edges may be off: 0 on the map's own scan, else the registration error
  /// How sure each organ's label is, 0 … 1; an organ that is missing here is sure. It lowers the
  /// confidence of every verdict on it but for what lies deep inside.
  std::map<std::uint16_t, double> organ_confidence = {};
  /// Vertebrae by their height, where the map does not tell them apart; may be null.
  const record::SpineLevels* spine_levels = nullptr;
};

/// What uptake is and where it lies.
struct Verdict {
  record::LesionStatus status = record::LesionStatus::unreviewed;
  std::string reason;     ///< one sentence
  double confidence = 0;  ///< that the status is right, 0 … 1, as stated by the table
  std::string site;       ///< liver, node, bone, pancreas, …
  std::string location;   ///< "right lobe of liver", "L3 vertebra", …
};

/// Judges each lesion by the organ that it lies in (data/physiologic.json): uptake that an organ explains on
/// that tracer is physiologic, with its reason; uptake above the organ's own level counts:
/// pathologic where it is clear and at a typical site, else unreviewed. A lesion that is physiologic on one
/// tracer only is physiologic only when the other tracer shows nothing of its own there. A scan that was not
/// given has a null `suv`. One verdict a lesion, in their order.
std::vector<Verdict> classify_lesions(const std::vector<PairedLesion>& lesions, const ScanOnGrid& sstr,
                                      const ScanOnGrid& fdg, const base::Resources& resources,
                                      const base::Run& run);

}  // namespace netpet::lesions
