#include "suv/mapping_check.h"

#include <gtest/gtest.h>

#include "sound_header.h"

namespace netpet::suv {
namespace {

/// Two slices of slopes 2 and 3; SUVbw per Bq/mL is 2.7777812496e-4.
record::PetHeader header_of_two() {
  record::PetHeader header = sound_header();
  header.slices[0].sop_instance_uid = "1.1";
  header.slices[1].sop_instance_uid = "1.2";
  header.slices[0].slope = 2;
  header.slices[1].slope = 3;
  return header;
}

record::MappedImages mapped(const char* uid, double slope, const char* unit = "g/ml{SUVbw}") {
  record::RealWorldValueMapping mapping;
  mapping.slope = slope;
  mapping.intercept = 0;
  mapping.unit = {unit, "UCUM", ""};
  return {{{uid, {}}}, {mapping}};
}

MappingCheck check(std::vector<record::MappedImages> groups) {
  const record::PetHeader header = header_of_two();
  record::RealWorldValueMappings object;
  object.file = "rwvm.dcm";
  object.groups = std::move(groups);
  return check_mappings(header, suv_factors(header, base::Resources(), {}), {object}, base::Resources());
}

TEST(MappingCheck, AMappingOfStoredValuesThatAgreesIsAStep) {
  const auto found = check({mapped("1.1", 5.5555625e-4), mapped("1.2", 8.3333437e-4)});
  EXPECT_TRUE(found.warnings.empty());
  ASSERT_EQ(found.steps.size(), 1U);
}

TEST(MappingCheck, AMappingThatWasMeantForRescaledValuesAgreesAsWell) {
  const auto found =
      check({mapped("1.1", 2.77778e-4, "{SUVbw}g/ml"), mapped("1.2", 2.77778e-4, "{SUVbw}g/ml")});
  EXPECT_TRUE(found.warnings.empty());
  ASSERT_EQ(found.steps.size(), 1U);
  EXPECT_NE(found.steps[0].find("rescaled"), std::string::npos);
}

TEST(MappingCheck, AMappingThatDiffersWarns) {
  for (const double change : {0.98, 1.02, 2.0, 0.5}) {
    const auto found = check({mapped("1.1", change * 5.5555625e-4), mapped("1.2", change * 8.3333437e-4)});
    ASSERT_EQ(found.warnings.size(), 1U) << change;
    EXPECT_EQ(found.warnings[0].code, "rwvm_differs");
  }
}

TEST(MappingCheck, OneSliceOffIsOff) {
  EXPECT_EQ(check({mapped("1.1", 5.5555625e-4), mapped("1.2", 5.5555625e-4)}).warnings.size(), 1U);
}

TEST(MappingCheck, OtherImagesAndOtherTypesAreNotCompared) {
  const auto found = check({mapped("9.9", 1), mapped("1.1", 1, "g/ml{SUVibw}"), mapped("1.2", 1, "Bq/ml")});
  EXPECT_TRUE(found.warnings.empty());
  EXPECT_TRUE(found.steps.empty());
}

}  // namespace
}  // namespace netpet::suv
