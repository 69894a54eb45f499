#include "grading/binderup.h"

#include <fmt/format.h>

#include "base/table.h"
#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {

Binderup::Binderup(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/binderup.json", [this](base::Table& table) {
    head_.read(table, "binderup");
    pfs_above_ = table.number("pfs_above_suvmax");
    os_above_ = table.number("os_above_suvmax");
  });
}

std::string Binderup::value(double suvmax) const {
  if (exceeds(suvmax, os_above_)) return "above_9";
  return exceeds(suvmax, pfs_above_) ? "above_3" : "not_above_3";
}

record::Grade Binderup::grade(const Assessment& assessment, const base::Computed<HottestFdg>& hottest) const {
  record::Grade grade = head_.begin(assessment);
  if (!hottest.has_value()) {
    const base::Computed<bool> missing = base::NotComputable{hottest.reason()};
    grade.fields = {{"above_3", missing}, {"above_9", missing}};
    return grade;
  }
  const double suvmax = hottest.value().suvmax;
  const bool above_pfs = exceeds(suvmax, pfs_above_);
  const bool above_os = exceeds(suvmax, os_above_);
  grade.fields = {{"above_3", base::Computed<bool>(above_pfs)},
                  {"above_9", base::Computed<bool>(above_os)},
                  {"reference_lesion", base::Computed<std::string>(hottest.value().lesion)},
                  {"suvmax", base::Computed<double>(suvmax)}};
  grade.summary = organ_in_words(value(suvmax)).insert(0, "SUVmax ");
  grade.evidence = {in_words(hottest.value()),
                    fmt::format("SUVmax is {} {:g} (progression-free survival) and {} {:g} (survival).",
                                above_pfs ? "above" : "not above", pfs_above_,
                                above_os ? "above" : "not above", os_above_)};
  return grade;
}

}  // namespace netpet::grading
