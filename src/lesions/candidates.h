#pragma once

#include <cstdint>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "lesions/rules.h"
#include "record/tracer.h"

namespace netpet::lesions {

/// Uptake that stands out above the tissue it lies in, on one tracer and its own grid. SUV in g/mL.
struct Candidate {
  image::Region region;     ///< generous: what references must stay clear of
  space::IndexIjk hottest;  ///< the voxel of SUVmax
  float suvmax = 0;
  std::uint16_t organ = 0;  ///< host organ id, 0 where the map holds none
  float background = 0;     ///< level of the host tissue, metastases left out
  float noise_sd = 0;       ///< spread of 1 cm³ means in the host tissue
  float peak = 0;           ///< highest 1 cm³ mean
  bool faint = false;       ///< `peak` is below the table's faint contrast
};

/// A hot spot that its tissue, or one beside it, takes up in health (data/physiologic.json, `up_to_suv`).
struct NormalSpot {
  Candidate spot;
  TissueRule tissue;  ///< whose limit `spot.peak` does not exceed
};

/// What stands out on one scan, each list sorted by offset of the hottest voxel.
struct FoundUptake {
  std::vector<Candidate> candidates;  ///< above what their tissue takes up in health
  std::vector<NormalSpot> normal;     ///< not above it
};

/// Finds what stands out on one scan (data/lesions.json, `finding`).
///
/// The image of 1 cm³ means is compared with each host organ's own robust level and spread (mode, then
/// clipped median and MAD in the eroded organ, so that metastases do not raise it); outside organs with the
/// blood pool. A hot spot is a maximum that exceeds its limit and stands clear of every other: on the best
/// path to a higher maximum the means fall by at least the table's share of its height above background, and
/// by more than noise does. What an organ explains (kidney, bladder, brain on FDG …: data/physiologic.json)
/// and the spill around it is no candidate; what stands out of a tissue by no more than it may take up in
/// health is a normal spot. `organs_on_suv_grid` may be all 0 (no map) and must lie on the grid of `suv`.
FoundUptake find_uptake(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                        record::Role role, const base::Resources& resources, const base::Run& run);

}  // namespace netpet::lesions
