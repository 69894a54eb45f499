#include "pipeline/compare_scans.h"

#include <gtest/gtest.h>

namespace netpet::pipeline {
namespace {

std::size_t warned(std::optional<double> sstr_kg, std::optional<double> fdg_kg) {
  record::TracerScan sstr, fdg;
  sstr.weight_kg = sstr_kg;
  fdg.weight_kg = fdg_kg;
  const auto warnings = compare_scans(sstr, fdg, base::Resources());
  for (const auto& warning : warnings) EXPECT_EQ(warning.code, "weights_differ");
  return warnings.size();
}

TEST(CompareScans, ABodyMassThatChangesTooMuchIsWarnedOfWhicheverScanIsHeavier) {
  EXPECT_EQ(warned(70, 95), 1U);
  EXPECT_EQ(warned(95, 70), 1U);
  EXPECT_EQ(warned(70, 75), 0U);
  EXPECT_EQ(warned(70, {}), 0U);
}

}  // namespace
}  // namespace netpet::pipeline
