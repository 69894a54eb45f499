#include "base/median_of_sorted.h"

#include <algorithm>
#include <cstddef>

#include "base/error.h"
#include "base/robust.h"

namespace netpet::base {
namespace {

using Lists = std::vector<std::span<const float>>;

/// So few values are quicker put together than halved further.
constexpr std::size_t few = 256;

std::size_t count_of(const Lists& lists) {
  std::size_t count = 0;
  for (const auto& list : lists) count += list.size();
  return count;
}

float middle_of_middles(const Lists& lists) {
  std::vector<float> middles;
  middles.reserve(lists.size());
  for (const auto& list : lists)
    if (!list.empty()) middles.push_back(list[list.size() / 2]);
  return median_of(middles);
}

/// How many values of each list are below, or not above, the pivot.
template <class Bound>
std::vector<std::size_t> counts_to(const Lists& lists, const Bound& bound) {
  std::vector<std::size_t> counts;
  counts.reserve(lists.size());
  for (const auto& list : lists)
    counts.push_back(static_cast<std::size_t>(bound(list.begin(), list.end()) - list.begin()));
  return counts;
}

std::size_t sum_of(const std::vector<std::size_t>& counts) {
  std::size_t sum = 0;
  for (const std::size_t count : counts) sum += count;
  return sum;
}

}  // namespace

float median_of_sorted(Lists lists) {
  std::size_t left = count_of(lists);
  check(left > 0, "a median needs values");
  std::size_t rank = left / 2;
  while (left > few) {
    const float pivot = middle_of_middles(lists);
    const auto below =
        counts_to(lists, [&](auto begin, auto end) { return std::lower_bound(begin, end, pivot); });
    if (rank < sum_of(below)) {
      for (std::size_t n = 0; n < lists.size(); ++n) lists[n] = lists[n].first(below[n]);
    } else {
      const auto up_to =
          counts_to(lists, [&](auto begin, auto end) { return std::upper_bound(begin, end, pivot); });
      if (rank < sum_of(up_to)) return pivot;
      rank -= sum_of(up_to);
      for (std::size_t n = 0; n < lists.size(); ++n) lists[n] = lists[n].subspan(up_to[n]);
    }
    left = count_of(lists);
  }
  std::vector<float> values;
  values.reserve(left);
  for (const auto& list : lists) values.insert(values.end(), list.begin(), list.end());
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace netpet::base
