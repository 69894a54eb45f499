#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "measure/quantity.h"

namespace netpet::measure {

std::vector<Quantity> checked(std::vector<Quantity> quantities) {
  std::set<std::string> ids;
  for (const Quantity& one : quantities) {
    const bool documented = !one.id.empty() && !one.name.empty() && !one.family.empty() &&
                            !one.unit.empty() && !one.definition.empty() && !one.needs.empty() &&
                            !one.source.empty();
    base::check(documented, fmt::format("the quantity '{}{}' is not documented", one.id, one.name));
    base::check(static_cast<bool>(one.measure), fmt::format("the quantity '{}' measures nothing", one.id));
    base::check(ids.insert(one.id).second, fmt::format("two quantities are called '{}'", one.id));
  }
  return quantities;
}

std::vector<Quantity> all_quantities() {
  return checked({maximum(), peak_global(), peak_local(), mean(), volume(), total_uptake(),
                  longest_diameter(), longest_axial_diameter()});
}

}  // namespace netpet::measure
