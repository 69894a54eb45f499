#include "grading/ezziddin.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/threshold.h"

namespace netpet::grading {

Ezziddin::Ezziddin(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/ezziddin.json", [this](base::Table& table) {
    source_ = table.text("source");
    mg1_to_ = table.number("mg1_to_ratio");
    mg2_to_ = table.number("mg2_to_ratio");
  });
}

record::Grade Ezziddin::grade(const base::Computed<HottestFdg>& hottest) const {
  record::Grade grade;
  grade.scale = "ezziddin";
  grade.source = source_;
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
  const std::string value = exceeds(ratio.value(), mg2_to_)   ? "mG3"
                            : exceeds(ratio.value(), mg1_to_) ? "mG2"
                                                              : "mG1";
  grade.value = value;
  grade.evidence.push_back(
      fmt::format("mG1 to {:.1f}, mG2 to {:.1f}, mG3 above: {}.", mg1_to_, mg2_to_, value));
  return grade;
}

}  // namespace netpet::grading
