#include "measure/sample_quantities.h"

#include "base/error.h"
#include "measure/sources.h"

namespace netpet::measure {

namespace {

struct Row {
  const char *name, *tag, *definition;
  enum class Unit { value, square, none } unit;
  base::Computed<double> (*of)(const Sample&);
};

using Value = base::Computed<double>;
using Unit = Row::Unit;

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      {"mean", "mean", "Σ x / n.", Unit::value, [](const Sample& s) -> Value { return s.mean(); }},
      {"variance", "var", "Σ (x − mean)² / n.", Unit::square,
       [](const Sample& s) -> Value { return s.variance(); }},
      {"skewness", "skew", "Third central moment over variance^1.5; none where all values are equal.",
       Unit::none, [](const Sample& s) { return s.skewness(); }},
      {"excess_kurtosis", "kurt",
       "Fourth central moment over variance², minus 3; none where all values are equal.", Unit::none,
       [](const Sample& s) { return s.excess_kurtosis(); }},
      {"median", "median", "50th percentile.", Unit::value,
       [](const Sample& s) -> Value { return s.percentile(0.5); }},
      {"minimum", "min", "Lowest value.", Unit::value, [](const Sample& s) -> Value { return s.least(); }},
      {"percentile_10", "p10", "10th percentile, linear between neighbours in order.", Unit::value,
       [](const Sample& s) -> Value { return s.percentile(0.1); }},
      {"percentile_90", "p90", "90th percentile, linear between neighbours in order.", Unit::value,
       [](const Sample& s) -> Value { return s.percentile(0.9); }},
      {"maximum", "max", "Highest value.", Unit::value,
       [](const Sample& s) -> Value { return s.greatest(); }},
      {"interquartile_range", "iqr", "75th − 25th percentile.", Unit::value,
       [](const Sample& s) -> Value { return s.percentile(0.75) - s.percentile(0.25); }},
      {"range", "range", "Maximum − minimum.", Unit::value,
       [](const Sample& s) -> Value { return s.greatest() - s.least(); }},
      {"mean_absolute_deviation", "mad", "Σ |x − mean| / n.", Unit::value,
       [](const Sample& s) -> Value { return s.mean_deviation_from(s.mean()); }},
      {"robust_mean_absolute_deviation", "rmad",
       "The same of the values from the 10th to the 90th percentile, from their own mean.", Unit::value,
       [](const Sample& s) -> Value { return s.robust_mean_deviation(); }},
      {"median_absolute_deviation", "medad", "Σ |x − median| / n.", Unit::value,
       [](const Sample& s) -> Value { return s.mean_deviation_from(s.percentile(0.5)); }},
      {"coefficient_of_variation", "cov", "Standard deviation over mean; none where the mean is 0.",
       Unit::none, [](const Sample& s) { return s.coefficient_of_variation(); }},
      {"quartile_coefficient_of_dispersion", "qcod",
       "(P75 − P25) / (P75 + P25); none where that divides by 0.", Unit::none,
       [](const Sample& s) { return s.quartile_dispersion(); }}};
  return all;
}

}  // namespace

std::vector<Quantity> sample_quantities(const SampleFamily& family) {
  base::check(family.ids.size() == rows().size(), "a family does not name every statistic");
  std::vector<Quantity> quantities;
  for (std::size_t one = 0; one < rows().size(); ++one) {
    const Row& row = rows()[one];
    const std::string unit = row.unit == Unit::value    ? family.unit
                             : row.unit == Unit::square ? family.square_unit
                                                        : "1";
    quantities.push_back({family.ids[one], row.name, family.family, unit, row.definition, kOneVoxel, kIbsi,
                          [of = row.of, sample = family.sample](const Measured& m) -> Value {
                            if (m.region().empty()) return base::NotComputable{kEmptyRegion};
                            return of(sample(m));
                          },
                          family.tag_prefix + row.tag});
  }
  return quantities;
}

}  // namespace netpet::measure
