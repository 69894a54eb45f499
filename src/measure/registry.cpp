#include <fmt/format.h>

#include <set>
#include <utility>

#include "base/error.h"
#include "measure/quantity.h"

namespace netpet::measure {

std::vector<Quantity> checked(std::vector<Quantity> quantities) {
  std::set<std::pair<std::string, Aggregation>> ids;
  for (const Quantity& one : quantities) {
    const bool documented = !one.id.empty() && !one.name.empty() && !one.family.empty() &&
                            !one.unit.empty() && !one.definition.empty() && !one.needs.empty() &&
                            !one.source.empty();
    base::check(documented, fmt::format("the quantity '{}{}' is not documented", one.id, one.name));
    base::check(static_cast<bool>(one.measure), fmt::format("the quantity '{}' measures nothing", one.id));
    base::check(ids.insert({one.id, one.aggregation}).second,
                fmt::format("two quantities are called '{}'", one.id));
  }
  return quantities;
}

std::vector<Quantity> all_quantities() {
  std::vector<Quantity> all;
  for (auto family :
       {local_intensity, intensity_statistics, morphology, intensity_histogram, intensity_volume_histogram,
        grey_level_cooccurrence, grey_level_run_length, grey_level_size_zone, grey_level_distance_zone,
        grey_tone_difference, grey_level_dependence})
    for (Quantity& one : family()) all.push_back(std::move(one));
  return checked(std::move(all));
}

std::string unit_of(const Quantity& quantity, const std::string& intensity_unit) {
  const std::string place = "{intensity}";
  const std::size_t at = quantity.unit.find(place);
  if (at == std::string::npos) return quantity.unit;
  if (intensity_unit.empty()) return {};
  const bool alone = quantity.unit == place;
  std::string unit = quantity.unit;
  return unit.replace(at, place.size(), alone ? intensity_unit : "(" + intensity_unit + ")");
}

}  // namespace netpet::measure
