#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "measure/quantity.h"
#include "measure/sources.h"

namespace netpet::measure {

constexpr const char* kNeighbours = "two voxels that are neighbours; grey levels";
constexpr const char* kLevels = "at least one voxel; grey levels";

/// The mean of `of` (the `part` of a matrix → its value) over the matrices that have it; the last reason
/// where none does.
template <class Matrix, class Part, class Feature>
base::Computed<double> averaged(const std::vector<Matrix>& matrices, const Part& part, const Feature& of) {
  base::Computed<double> missing = base::NotComputable{"no two voxels of the region are neighbours"};
  double sum = 0;
  std::size_t number = 0;
  for (const Matrix& matrix : matrices) {
    base::Computed<double> one = of(std::invoke(part, matrix));
    if (one.has_value()) {
      sum += one.value();
      ++number;
    } else {
      missing = std::move(one);
    }
  }
  if (number == 0) return missing;
  return sum / static_cast<double>(number);
}

/// A family of textures: which matrices it looks at, and which part of each.
template <class Matrix, class Part>
struct TextureFamily {
  std::string name, needs;
  std::vector<Aggregation> aggregations;
  const std::vector<Matrix>& (Measured::*matrices)(Aggregation) const;
  Part part;
};

/// One quantity for each aggregation and row; a row has id, name, tag, unit, definition and `of` (the part of
/// a matrix → its value).
template <class Matrix, class Part, class Rows>
std::vector<Quantity> texture_quantities(const TextureFamily<Matrix, Part>& family, const Rows& rows) {
  std::vector<Quantity> all;
  for (const Aggregation aggregation : family.aggregations)
    for (const auto& row : rows)
      all.push_back({row.id, row.name, family.name, row.unit, row.definition, family.needs, kIbsi,
                     [of = row.of, matrices = family.matrices, part = family.part,
                      aggregation](const Measured& m) -> base::Computed<double> {
                       if (m.region().empty()) return base::NotComputable{kEmptyRegion};
                       return averaged((m.*matrices)(aggregation), part, of);
                     },
                     row.tag, aggregation});
  return all;
}

}  // namespace netpet::measure
