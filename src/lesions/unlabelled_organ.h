#pragma once

#include <optional>
#include <string>

#include "lesions/classify.h"
#include "lesions/rules.h"
#include "lesions/verdict_rules.h"
#include "record/tracer.h"

namespace netpet::lesions {

/// An organ that explains uptake by its place, although the map does not label it.
struct PlacedOrgan {
  std::string reason;
  double confidence = 0;
};

/// Where to look for organs that a map lacks, from the organs that it has. LPS mm of the map's grid.
class Landmarks {
 public:
  Landmarks(const image::LabelMap& organs, const VerdictRules& rules);

  /// Pituitary below the brain, uncinate process at the lower right end of the pancreas, thyroid beside the
  /// trachea, ureter as a line between kidney and bladder: each only where the map lacks its own label, only
  /// on a tracer that it takes up, and with a stated low confidence. Paired glands are judged where lesions
  /// are compared with each other.
  std::optional<PlacedOrgan> organ_at(const Outline& outline, const space::Geometry& grid, record::Role role,
                                      const std::vector<TissueRule>& rules) const;

  /// Whether the map says where bowel lies; a map without it cannot tell a bowel loop from a node.
  bool gut_is_labelled() const;
  /// The x of the patient's midline in the head; nothing where the map shows no head.
  std::optional<double> midline_x() const;
  bool is_in_head_or_neck(space::PointLps at) const;

 private:
  struct Extent {
    space::PointLps low, high, centre;
    bool seen = false;
  };
  const Extent& of(std::uint16_t organ) const;
  bool is_pituitary(space::PointLps at, double ml) const;
  bool is_uncinate(const Outline& outline, space::PointLps at, const std::vector<TissueRule>& rules) const;
  bool is_thyroid(const Outline& outline, space::PointLps at, double ml,
                  const std::vector<TissueRule>& rules) const;
  bool is_ureter(const Outline& outline, const space::Geometry& grid, space::PointLps at, double ml) const;

  VerdictRules rules_;
  std::vector<Extent> extents_;  ///< by organ id
};

}  // namespace netpet::lesions
