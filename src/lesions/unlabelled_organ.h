#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "lesions/classify.h"
#include "lesions/rules.h"
#include "lesions/verdict_rules.h"
#include "record/organ.h"
#include "record/tracer.h"

namespace netpet::lesions {

/// An organ that explains uptake by its place, although the map does not label it.
struct PlacedOrgan {
  std::string reason;
  double confidence = 0;
  std::string site;      ///< as of `Site`
  std::string location;  ///< as of `Site`
};

/// Who made an organ map: the program's own lacks more, and its edges are rougher.
enum class MapKind { supplied, automatic };

/// Where to look for organs that a map lacks, from the organs that it has. LPS mm of the map's grid.
class Landmarks {
 public:
  Landmarks(const image::LabelMap& organs, MapKind kind, const VerdictRules& rules);

  /// Pituitary below the brain, salivary glands beside the jaw, uncinate process at the lower right end of
  /// the pancreas, adrenals on the kidneys, thyroid beside the trachea, ureter as a line between kidney and
  /// bladder: each only where the map lacks its own label, only
  /// on a tracer that it takes up, and with a stated low confidence. Paired glands are judged where lesions
  /// are compared with each other.
  std::optional<PlacedOrgan> organ_at(const Outline& outline, const space::Geometry& grid, record::Role role,
                                      const std::vector<TissueRule>& rules) const;

  /// Whether the map says where bowel lies; a map without it cannot tell a bowel loop from a node.
  bool gut_is_labelled() const;
  /// The x of the patient's midline in the head; nothing where the map shows no head.
  std::optional<double> midline_x() const;
  bool is_in_head_or_neck(space::PointLps at) const;
  /// Whether a place is that of a gland that the map does not label: below the brain, beside the jaw (on a
  /// map of the program itself), beside the trachea, on a kidney, right of and before the spine.
  bool is_place_of_pituitary(space::PointLps at) const;
  bool is_place_of_salivary_gland(space::PointLps at) const;
  bool is_place_of_thyroid(space::PointLps at) const;
  bool is_place_of_adrenal(space::PointLps at) const;
  bool is_place_of_uncinate(space::PointLps at) const;
  /// The x about which the lobes of the thyroid are mirrored.
  double trachea_x() const { return of(record::id_of(record::Organ::trachea)).centre.x; }
  std::optional<space::PointLps> spine_at(double z) const;
  /// On a map of the program itself: before the spine, between the middle of the liver and the bladder.
  bool is_in_abdominal_cavity(space::PointLps at) const;
  /// On a map of the program itself: above the liver's middle, where the oesophagus runs, if it is not
  /// labelled there.
  bool is_on_course_of_oesophagus(space::PointLps at) const;
  /// On a map of the program itself: in the midline behind and below the bladder.
  bool is_place_of_rectum(space::PointLps at) const;
  /// On a map of the program itself without a bladder: in the midline of the pelvis, where it lies.
  bool is_place_of_bladder(space::PointLps at) const;
  /// On a map of the program itself: on the label of the bladder.
  bool is_at_edge_of_bladder(space::PointLps at) const;

  /// The box and the mean of an organ's voxels.
  struct Extent {
    space::PointLps low, high, centre;
    bool seen = false;
  };
  const Extent& extent_of(record::Organ organ) const { return of(record::id_of(organ)); }

 private:
  /// The spine is held in steps of this height.
  static constexpr double kSpineStepMm = 12;

  const Extent& of(std::uint16_t organ) const;
  /// The top of the lungs; nothing where the scan ends there.
  std::optional<double> lung_apex_z() const;
  bool is_uncinate(const Outline& outline, space::PointLps at, const std::vector<TissueRule>& rules) const;
  bool is_thyroid(const Outline& outline, space::PointLps at, double ml,
                  const std::vector<TissueRule>& rules) const;
  bool is_thin_line(const Outline& outline, const space::Geometry& grid, double ml) const;
  bool ureter_is_labelled() const;
  bool is_on_course_of_ureter(space::PointLps at) const;
  bool is_on_psoas_or_pelvic_wall(space::PointLps at) const;
  bool is_drop_of_urine(space::PointLps at, double ml) const;
  bool is_salivary(const Outline& outline, space::PointLps at, double ml) const;
  bool is_at_height_of_jaw(double z) const;
  bool is_tonsil(const Outline& outline, space::PointLps at, double ml) const;

  VerdictRules rules_;
  MapKind kind_;
  double voxel_ml_ = 0;
  double top_z_ = 0;                                     ///< of the grid
  std::map<int, std::pair<space::Vec3, double>> spine_;  ///< sum of places and their number, by height
  std::vector<Extent> extents_;                          ///< by organ id
};

}  // namespace netpet::lesions
