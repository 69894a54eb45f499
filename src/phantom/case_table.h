#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/resources.h"
#include "phantom/tissue.h"
#include "space/vec3.h"

namespace netpet::phantom {

/// A place for a lesion, in the standard body (BodyPlan).
struct Place {
  std::string site;   ///< as in a reading: liver, node, bone …
  std::string organ;  ///< the organ that the lesion sits in; empty for a node or nodule on its own
  space::Vec3 at;
};

/// A lesion as a case plans it. SUV of its tissue before blurring; nothing = as the tissue around it.
struct PlannedLesion {
  std::string place;
  double size_mm = 0;  ///< longest diameter
  std::optional<double> sstr;
  std::optional<double> fdg;
  std::optional<double> fdg_to_liver;  ///< instead of `fdg`: a multiple of this patient's liver
  bool focus = false;                  ///< a part of the lesion before it, of another phenotype
};

struct TissueFactor {
  double sstr = 1, fdg = 1;
};

/// One simulated disease and what the scales make of it.
struct Case {
  std::string name;
  std::string description;
  bool spleen_removed = false;
  std::map<Tissue, TissueFactor> tissue_factors;
  std::vector<PlannedLesion> lesions;
  std::string expected_json;  ///< the `expected` object of truth.json
};

struct CaseTable {
  std::map<std::string, Place> places;
  std::vector<Case> cases;

  /// Refuses (usage) `unknown_case`, naming the cases there are.
  const Case& named(const std::string& name) const;
  /// "P0, P1, …", in the order of the table.
  std::string names() const;
};

/// Reads data/phantom_cases.json. Refuses what it does not understand (`rules_malformed`).
CaseTable read_cases(const base::Resources& resources);

}  // namespace netpet::phantom
