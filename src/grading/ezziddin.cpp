#include "grading/ezziddin.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/threshold.h"

namespace netpet::grading {

Ezziddin::Ezziddin(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/ezziddin.json", [this](base::Table& table) {
    head_.read(table, "ezziddin");
    mg1_to_ = table.number("mg1_to_ratio");
    mg2_to_ = table.number("mg2_to_ratio");
  });
}

std::string Ezziddin::value(double ratio) const {
  if (exceeds(ratio, mg2_to_)) return "mG3";
  return exceeds(ratio, mg1_to_) ? "mG2" : "mG1";
}

record::Grade Ezziddin::grade(const Assessment& assessment, const base::Computed<HottestFdg>& hottest) const {
  record::Grade grade = head_.begin(assessment);
  if (!hottest.has_value()) {
    grade.value = base::NotComputable{hottest.reason()};
    return grade;
  }
  const base::Computed<double> ratio = hottest.value().ratio();
  grade.fields = {{"reference_lesion", base::Computed<std::string>(hottest.value().lesion)},
                  {"ratio", ratio}};
  grade.evidence = {in_words(hottest.value())};
  if (!ratio.has_value()) {
    grade.value = base::NotComputable{ratio.reason()};
    return grade;
  }
  const std::string class_of_patient = value(ratio.value());
  grade.value = class_of_patient;
  grade.evidence.push_back(
      fmt::format("mG1 to {:.1f}, mG2 to {:.1f}, mG3 above: {}.", mg1_to_, mg2_to_, class_of_patient));
  return grade;
}

}  // namespace netpet::grading
