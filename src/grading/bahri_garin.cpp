#include "grading/bahri_garin.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/threshold.h"

namespace netpet::grading {

BahriGarin::BahriGarin(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/bahri_garin.json", [this](base::Table& table) {
    head_.read(table, "bahri_garin");
    positive_above_suvmax_ = table.number("positive_above_suvmax");
    positive_from_ratio_ = table.number("positive_from_ratio");
  });
}

base::Computed<std::string> BahriGarin::value(const HottestFdg& hottest) const {
  if (exceeds(hottest.suvmax, positive_above_suvmax_)) return std::string("positive");
  if (!hottest.liver_max)
    return base::NotComputable{"SUVmax alone is not positive and the FDG liver maximum is not known"};
  return std::string(reaches(hottest.ratio().value(), positive_from_ratio_) ? "positive" : "negative");
}

record::Grade BahriGarin::grade(const Assessment& assessment,
                                const base::Computed<HottestFdg>& hottest) const {
  record::Grade grade = head_.begin(assessment);
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
  grade.value = value(hottest.value());
  if (!grade.value.has_value()) return grade;
  grade.evidence.push_back(fmt::format("Positive where SUVmax is above {:g} or the ratio reaches {:g}: {}.",
                                       positive_above_suvmax_, positive_from_ratio_, grade.value.value()));
  return grade;
}

}  // namespace netpet::grading
