#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/resources.h"
#include "lesions/outline_method.h"
#include "record/tracer.h"

namespace netpet::lesions {

/// data/lesions.json, `finding`, for one tracer.
struct FindingRules {
  double noise_multiple = 0;        ///< a hot spot exceeds its tissue's level by this many SD of 1 cm³ means
  double split_depth = 0;           ///< valley below a maximum, share of its height above background
  double split_noise_multiple = 0;  ///< and at least this many SD deep
  double beyond_organ_depth = 0;    ///< the valley's share between an organ and what is farther from it
  double organ_reach_mm = 0;        ///< than this
  double grow_share = 0;  ///< a candidate reaches down to this share of its tissue's limit above the level
  double small_focus_contrast = 0;  ///< or its highest voxel exceeds the limit this many times
  double faint_contrast = 0;        ///< below this ratio to the background a candidate is faint
  double erosion_mm = 0;            ///< levels are taken this far inside an organ
  double least_tissue_ml = 0;       ///< unless less than this is left
  std::vector<std::uint16_t> blood_pool_organs;
  double own_range_share = 0;          ///< of a patchy organ's voxels that lie within its normal range
  double air_share_of_blood_pool = 0;  ///< what is below is air
  double soft_tissue_contrast = 0;     ///< limit outside all tissues below, ratio to the blood pool
  double blood_pool_suv = 0;           ///< where no vessel is labelled
  double edge_mm = 0;                  ///< how far organ edges may be off on this tracer
};

/// data/lesions.json, `outline`, for one tracer.
struct OutlineRules {
  OutlineMethod method;                ///< of this tracer
  std::vector<OutlineMethod> methods;  ///< all that have a name
  double sd_multiple = 0;
  double least_relative_sd = 0;
  double most_relative_sd = 0;
};

/// data/lesions.json, `outline_flags`.
struct OutlineFlagRules {
  double fwhm_mm = 0;               ///< of a PET image's point spread
  double partial_volume_fwhms = 0;  ///< a lesion narrower than so many of them shows less than it takes up
  double least_core_ml = 0;         ///< what an outline encloses counts as a core from here on
};

/// data/lesions.json, `phenotypes`.
struct PhenotypeRules {
  double sstr_share = 0;       ///< of the mass's own SSTR peak, below which a focus is of another phenotype
  double least_search_mm = 0;  ///< the alignment is trusted no better than this
  double least_focus_ml = 0;
  double focus_edge_mm = 0;  ///< how far the blurred edge of a focus reaches beyond its outline
};

/// data/lesions.json, `heterogeneity`.
struct HeterogeneityRules {
  double least_part_ml = 0;               ///< smaller parts of a lesion have no score of their own
  double rim_mm = 0;                      ///< of the edge that partial volume blurs; one voxel at least
  double least_contrast = 0;              ///< by which the means of two parts differ, share of the lower
  double least_voxels = 0, least_ml = 0;  ///< of an outline, for CoV and asphericity
};

/// data/lesions.json for one tracer.
struct LesionRules {
  FindingRules finding;
  OutlineRules outline;
  OutlineFlagRules outline_flags;
  PhenotypeRules phenotypes;
  HeterogeneityRules heterogeneity;
  double burden_from_ml = 0;  ///< smaller outlines add nothing to the tumour's volume and total uptake
};

/// What a tissue does by itself on a tracer: any uptake is its own; what exceeds its own level stands out;
/// what exceeds the upper end of its own range does (bowel: loops differ, so the level of one says little of
/// the next); or what exceeds its own level and the blood pool.
enum class NormalUptake { any, above_own_level, above_own_range, above_blood_pool };

/// One row of data/physiologic.json: organs that are judged as one tissue.
struct TissueRule {
  std::string name;
  std::vector<std::uint16_t> organs;
  NormalUptake uptake = NormalUptake::above_own_level;
  double contrast = 1;    ///< least ratio to the level that stands out
  double up_to_suv = 0;   ///< uptake up to here is normal whatever the level; 0 = no such limit
  std::string reason;     ///< "normal spleen"
  double confidence = 0;  ///< of calling this uptake physiologic, 0 … 1
};

/// Each refuses a table that is malformed, lacks a key or holds an unknown one (`rules_malformed`).
LesionRules lesion_rules(const base::Resources& resources, record::Role role);
std::vector<TissueRule> tissue_rules(const base::Resources& resources, record::Role role);

}  // namespace netpet::lesions
