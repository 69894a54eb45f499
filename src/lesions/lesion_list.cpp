#include "lesions/lesion_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace netpet::lesions {

namespace {

/// Head first (z falls), then the patient's right (x grows leftwards), then front (y grows backwards), in
/// whole mm. A lesion without a place comes last.
std::array<long, 4> place_of(const record::Lesion& lesion) {
  const auto& point = lesion.centroid_lps_mm ? lesion.centroid_lps_mm : lesion.centroid_fdg_lps_mm;
  if (!point) return {1, 0, 0, 0};
  return {0, -std::lround(point->z), std::lround(point->x), std::lround(point->y)};
}

}  // namespace

std::vector<std::size_t> reading_order(const std::vector<record::Lesion>& lesions) {
  std::vector<std::size_t> order(lesions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return place_of(lesions[a]) < place_of(lesions[b]); });
  return order;
}

std::vector<std::size_t> number_lesions(std::vector<record::Lesion>& lesions) {
  const std::vector<std::size_t> order = reading_order(lesions);
  std::vector<record::Lesion> sorted;
  std::map<std::string, std::string> new_id;
  for (const std::size_t from : order) {
    const std::string id = fmt::format("L{}", sorted.size() + 1);
    if (!lesions[from].id.empty()) new_id[lesions[from].id] = id;
    sorted.push_back(std::move(lesions[from]));
    sorted.back().id = id;
  }
  for (record::Lesion& lesion : sorted)
    if (lesion.parent)
      if (const auto found = new_id.find(*lesion.parent); found != new_id.end())
        lesion.parent = found->second;
  lesions = std::move(sorted);
  return order;
}

}  // namespace netpet::lesions
