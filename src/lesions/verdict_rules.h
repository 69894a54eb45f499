#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "base/resources.h"

namespace netpet::lesions {

/// When an outline belongs to an organ. Shares of its voxels.
struct OrganShareRule {
  double share = 0;
  double thin_organ_share = 0;  ///< where the outline begins in an organ of which any uptake is its own
  double edge_share = 0;        ///< within `edge_voxels` of the organ on the map's own scan
  double edge_voxels = 0;
  double moved_edge_confidence = 0;  ///< factor where a registration moved the edges
};

/// When an outline lies so deep in a label of the program's own map that the label's doubt is not its own.
struct DeepTissue {
  double edge_mm = 0;                                ///< how far the label's border may be off
  double least_like_organ = 0, most_like_organ = 0;  ///< the level around over that of the organ
};
struct DeepRule {
  double least_label_confidence = 0;
  double share = 0;                   ///< of the outline's voxels
  double around_mm = 0, blur_mm = 0;  ///< the organ around an outline, and what blur takes from it
  double least_around_ml = 0;
  std::map<std::string, DeepTissue> tissues;  ///< by the tissue's name
};

/// How hot an organ may make what lies beside it.
struct OrganSpillRule {
  double top_share = 0;           ///< of the organ's voxels: its top
  double noise = 0;               ///< factor on that top
  double least_ml = 0;            ///< of an organ whose uptake is known
  double beyond_hilum_share = 0;  ///< of a kidney's height, at either end: no pelvis lies there
};

/// Uptake of the gut that follows a loop.
struct GutLoopRule {
  double length_mm = 0;
  double elongation = 0;     ///< or this many diameters of the ball of its volume
  double most_contrast = 0;  ///< SUVmax over the background
  double confidence = 0;
  // Where a map of the program itself does not label the gut that lies there:
  double least_before_mm = 0;      ///< before the spine: the abdominal cavity
  double unlabelled_contrast = 0;  ///< SUVmax over the range of the gut that is labelled
  double unlabelled_confidence = 0;
};

/// The oesophagus as a line before the spine, the rectum behind the bladder, where they are not labelled.
struct GutEndsRule {
  double oesophagus_aside_mm = 0;
  double least_oesophagus_before_mm = 0, most_oesophagus_before_mm = 0;  ///< before the spine
  double rectum_aside_mm = 0;
  double least_rectum_behind_mm = 0, most_rectum_behind_mm = 0;  ///< behind the bladder's centre
  double rectum_below_mm = 0;                                    ///< below the bladder's lowest point
  double beyond_limit = 0;                                       ///< times the limit of the oesophagus
  double confidence = 0;
};

/// Urine beside a bladder label that ends early.
struct BladderEdgeRule {
  double above_mm = 0, aside_mm = 0;  ///< of the label's box
  double least_share = 0;             ///< SUVmax over the label's median
  // A bladder that the map lacks:
  double least_ml = 0;
  double midline_mm = 0;           ///< of the spine
  double least_before_mm = 0;      ///< before it
  double around_spine_end_mm = 0;  ///< above or below the lower end of the spine
  double least_suv = 0;
  double confidence = 0;
};

/// Two sides of one structure of head or neck.
struct MirroredPairRule {
  double mirror_mm = 0;  ///< mirrored places differ by no more
  double least_aside_mm = 0, most_aside_mm = 0;
  double below_brain_mm = 0;  ///< the neck ends here
  double like_uptake = 0;     ///< the higher SUVmax over the lower
  double most_ml = 0;
  double most_suv = 0;
  double confidence = 0;
  double other_pairs_mm = 0;  ///< the same for salivary glands, thyroid and adrenals
  double beyond_limit = 0;    ///< times the limit of one alone
};

/// Where an organ lies that the map does not label. LPS mm, relative to the landmark that is named.
struct PituitaryRule {
  double aside_mm = 0;
  double least_below_mm = 0, most_below_mm = 0;    ///< below the brain's centre
  double least_before_mm = 0, most_before_mm = 0;  ///< before it
  double most_ml = 0;
  double confidence = 0;
  double least_below_top_mm = 0,
         most_below_top_mm = 0;  ///< below the brain's top, on a map of the program itself
};
struct SalivaryRule {
  double least_aside_mm = 0, most_aside_mm = 0;
  double lowest_mm = 0, highest_mm = 0;                  ///< above the brain's lowest point
  double least_below_top_mm = 0, most_below_top_mm = 0;  ///< or below the brain's top, where it is seen
  double least_before_mm = 0, most_before_mm = 0;        ///< before the spine
  double least_ml = 0, most_ml = 0;
  double most_suv = 0;
  double confidence = 0;
};
struct AdrenalRule {
  double least_aside_mm = 0, most_aside_mm = 0;
  double least_before_mm = 0, most_before_mm = 0;  ///< before the spine
  double lowest_mm = 0, highest_mm = 0;            ///< above the top of the kidney of that side
  double most_ml = 0;
  double confidence = 0;
};
struct UncinateRule {
  double lower_share = 0;                        ///< of the height of the pancreas
  double least_aside_mm = 0, most_aside_mm = 0;  ///< right of the spine, where no pancreas is labelled
  double least_before_mm = 0, most_before_mm = 0;
  double around_kidney_mm = 0;  ///< above or below the middle of the right kidney
  double most_ml = 0;
  double confidence = 0, unlabelled_confidence = 0;
};
struct ThyroidRule {
  double lowest_mm = 0, highest_mm = 0;  ///< above the apices of the lungs
  /// Of the upper half of the trachea that lies below the gland; where no apex is seen.
  double lower_share = 0;
  double aside_mm = 0, above_trachea_mm = 0, behind_trachea_mm = 0;
  double most_ml = 0;
  double confidence = 0;
};
struct UreterRule {
  double aside_mm = 0;                                         ///< of the line from kidney to bladder
  double least_course_aside_mm = 0, most_course_aside_mm = 0;  ///< or of the spine: psoas and pelvic wall
  double least_course_before_mm = 0, most_course_before_mm = 0;
  double most_ml = 0;
  double elongation = 0;  ///< length over the width of a tube of this length and volume
  double confidence = 0;
  double compact_ml = 0;                                         ///< a spot that is no line
  double least_compact_aside_mm = 0, most_compact_aside_mm = 0;  ///< of the spine
  double least_compact_before_mm = 0, most_compact_before_mm = 0;
  double compact_confidence = 0;
};

/// What nothing normal explains.
struct UnexplainedRule {
  double clear_contrast = 0;  ///< SUVmax over the background
  double clear_confidence = 0, faint_confidence = 0;
  double gut_unlabelled_confidence = 0;  ///< outside the organs of a map without bowel
  std::set<std::string> typical_sites;   ///< of which what is clear is called pathologic
};

/// Uptake that is normal because there is so little of it.
struct NormalSpotRule {
  double confidence = 0;
  std::size_t most_listed = 0;  ///< spots of one tissue that have an entry each
};

/// Lymphatic tissue around the pharynx, on FDG.
struct TonsilRule {
  double aside_mm = 0;
  double least_before_mm = 0, most_before_mm = 0;  ///< before the spine
  double most_ml = 0;
  double most_suv = 0;
  double confidence = 0;
};

/// data/lesion_verdicts.json, where each one's source stands.
struct VerdictRules {
  OrganShareRule organ;
  DeepRule deep;
  OrganSpillRule spill;
  GutLoopRule gut_loop;
  GutEndsRule gut_ends;
  BladderEdgeRule bladder_edge;
  MirroredPairRule mirrored_pair;
  PituitaryRule pituitary;
  SalivaryRule salivary;
  TonsilRule tonsil;
  AdrenalRule adrenal;
  UncinateRule uncinate_process;
  ThyroidRule thyroid;
  UreterRule ureter;
  UnexplainedRule unexplained;
  NormalSpotRule normal_spot;
};

/// Refuses `rules_malformed`.
VerdictRules verdict_rules(const base::Resources& resources);

}  // namespace netpet::lesions
