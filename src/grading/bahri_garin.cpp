#include "grading/bahri_garin.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/threshold.h"

namespace netpet::grading {

BahriGarin::BahriGarin(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/bahri_garin.json", [this](base::Table& table) {
    source_ = table.text("source");
    positive_above_suvmax_ = table.number("positive_above_suvmax");
    positive_from_ratio_ = table.number("positive_from_ratio");
  });
}

record::Grade BahriGarin::grade(const base::Computed<HottestFdg>& hottest) const {
  record::Grade grade;
  grade.scale = "bahri_garin";
  grade.source = source_;
  if (!hottest.has_value()) {
    grade.value = base::NotComputable{hottest.reason()};
    return grade;
  }
  const base::Computed<double> suvmax = hottest.value().suvmax;
  const base::Computed<double> ratio = hottest.value().ratio();
  grade.fields = {{"reference_lesion", base::Computed<std::string>(hottest.value().lesion)},
                  {"suvmax", suvmax},
                  {"ratio", ratio}};
  grade.evidence = {in_words(hottest.value())};
  const bool by_suvmax = exceeds(hottest.value().suvmax, positive_above_suvmax_);
  if (!by_suvmax && !ratio.has_value()) {
    grade.value = base::NotComputable{"SUVmax alone is not positive and the FDG liver maximum is not known"};
    return grade;
  }
  const bool positive = by_suvmax || reaches(ratio.value(), positive_from_ratio_);
  const std::string value = positive ? "positive" : "negative";
  grade.value = value;
  grade.evidence.push_back(fmt::format("Positive where SUVmax is above {:g} or the ratio reaches {:g}: {}.",
                                       positive_above_suvmax_, positive_from_ratio_, value));
  return grade;
}

}  // namespace netpet::grading
