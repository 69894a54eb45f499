#include "measure/quantity.h"
#include "measure/sources.h"

namespace netpet::measure {

namespace {

using Value = base::Computed<double>;

Value difference(const Value& a, const Value& b) {
  if (!a.has_value()) return a;
  return a.value() - b.value();
}

struct Row {
  const char *id, *name, *tag, *unit, *definition;
  Value (*of)(const VolumeHistogram&);
};

const Row kRows[] = {
    {"NK6P", "volume_fraction_at_10_percent_intensity", "ivh_v10", "1",
     "Largest share of the volume with at least 10 % of the intensity range.",
     [](const VolumeHistogram& h) { return h.volume_at(0.1); }},
    {"4279", "volume_fraction_at_90_percent_intensity", "ivh_v90", "1",
     "Largest share of the volume with at least 90 % of the intensity range.",
     [](const VolumeHistogram& h) { return h.volume_at(0.9); }},
    {"PWN1", "intensity_at_10_percent_volume", "ivh_i10", "{intensity}",
     "Lowest intensity that at most 10 % of the volume reaches (a bin's number with a number of bins).",
     [](const VolumeHistogram& h) { return h.intensity_at(0.1); }},
    {"BOHI", "intensity_at_90_percent_volume", "ivh_i90", "{intensity}",
     "Lowest intensity that at most 90 % of the volume reaches (a bin's number with a number of bins).",
     [](const VolumeHistogram& h) { return h.intensity_at(0.9); }},
    {"WITY", "volume_fraction_difference", "ivh_diff_v10_v90", "1", "V10 − V90.",
     [](const VolumeHistogram& h) { return difference(h.volume_at(0.1), h.volume_at(0.9)); }},
    {"JXJA", "intensity_difference", "ivh_diff_i10_i90", "{intensity}", "I10 − I90.",
     [](const VolumeHistogram& h) { return difference(h.intensity_at(0.1), h.intensity_at(0.9)); }},
    {"9CMM", "area_under_the_curve", "ivh_auc", "1",
     "Area under share of volume against share of the intensity range, by the trapezium rule.",
     [](const VolumeHistogram& h) { return h.area(); }}};

}  // namespace

std::vector<Quantity> intensity_volume_histogram() {
  std::vector<Quantity> all;
  for (const Row& row : kRows)
    all.push_back({row.id, row.name, "intensity-volume histogram", row.unit, row.definition,
                   "two different values", kIbsi,
                   [of = row.of](const Measured& m) -> Value {
                     if (m.region().empty()) return base::NotComputable{kEmptyRegion};
                     return of(m.volume_histogram());
                   },
                   row.tag});
  return all;
}

}  // namespace netpet::measure
