#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lesions/candidates.h"
#include "lesions/rules.h"
#include "record/reference.h"

namespace netpet::lesions {

/// The method of an outline that was not made here.
inline constexpr std::string_view kSuppliedMask = "supplied mask";

/// A lesion's voxels on one tracer's own grid. SUV in g/mL.
struct Outline {
  image::Region region;  ///< never empty; holds `hottest`
  space::IndexIjk hottest;
  float suvmax = 0;
  std::uint16_t organ = 0;  ///< host organ id, 0 where the map holds none
  float background = 0;     ///< level of the host tissue
  float limit = 0;          ///< background + 2 SD: what stands out; 0 of a supplied mask
  float threshold = 0;      ///< the least SUV that belongs to the lesion
  std::string method;       ///< "50 % of SUVmax", "background + 2 SD", or kSuppliedMask
  bool faint = false;
};

/// Outlines each candidate by the tracer's method (SSTR 50 % of SUVmax, FDG 41 %: data/lesions.json,
/// `outline`), never below background + 2 SD (SD clamped to 5 … 15 % of the background), joined over faces,
/// edges and corners to the hottest voxel, split from its neighbours along the valley between them, and kept
/// out of another organ that is as hot by itself. The background is the host organ's reference where there is
/// one, else the candidate's own. One outline a candidate, in the order of the candidates.
std::vector<Outline> outline_lesions(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                                     const std::vector<Candidate>& candidates,
                                     const record::References& references, record::Role role,
                                     const base::Resources& resources, const base::Run& run);

/// The same with rules of one's own: another of the named methods. Refuses `outline_reference_missing` where
/// the method's reference could not be measured.
std::vector<Outline> outline_lesions(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                                     const std::vector<Candidate>& candidates,
                                     const record::References& references, const OutlineRules& rules,
                                     const base::Run& run);

/// The same candidates by one method after the other: the levels of the organs are found once. What it is
/// made of must outlive it.
class Outliner {
 public:
  Outliner(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
           const std::vector<Candidate>& candidates, const record::References& references);
  /// One outline a candidate; of one that stays below the edge by `rules` the hottest voxel alone. Refuses
  /// `outline_reference_missing`.
  std::vector<Outline> by(const OutlineRules& rules) const;

 private:
  const image::PetVolume& suv_;
  const image::LabelMap& organs_;
  const std::vector<Candidate>& candidates_;
  const record::References& references_;
  std::map<std::uint16_t, float> levels_;
};

/// The outlines that somebody supplied, a region a lesion: not empty, on the grid of `suv`.
std::vector<Outline> outlines_of_regions(const image::PetVolume& suv,
                                         const image::LabelMap& organs_on_suv_grid,
                                         std::vector<image::Region> regions);

}  // namespace netpet::lesions
