#include "pipeline/identity.h"

#include <gtest/gtest.h>

namespace netpet::pipeline {
namespace {

TEST(Identity, SpellingDoesNotMakeTwoNames) {
  const struct {
    const char *a, *b;
  } same[] = {{"Doe^Jane", "DOE^JANE"},
              {"Doe^Jane", "Doe^Jane^Ann"},
              {"Doe^Jane", "Doe^J"},
              {"M\u00FCller^Eva", "MUELLER^EVA"},
              {"M\u00FCller^Eva", "Muller^Eva"},
              {"Doe, Jane", "Jane Doe"},
              {"", "Doe^Jane"},
              {"Doe^Jane^^Dr.", "Doe^Jane"},
              {"P1", "p1"}};
  for (const auto& [a, b] : same) {
    EXPECT_FALSE(names_differ(a, b)) << a << " " << b;
    EXPECT_FALSE(names_differ(b, a)) << a << " " << b;
  }
}

TEST(Identity, OtherPeopleHaveOtherNames) {
  const struct {
    const char *a, *b;
  } two[] = {{"Doe^Jane", "Doe^John"}, {"Doe^Jane", "Roe^Jane"}, {"Doe^J", "Doe^Bob"}};
  for (const auto& [a, b] : two) {
    EXPECT_TRUE(names_differ(a, b)) << a << " " << b;
    EXPECT_TRUE(names_differ(b, a)) << a << " " << b;
  }
}

TEST(Identity, OnePatientHasOneIdAndNoContradictingBirthDateOrSex) {
  const record::Patient jane{"N1", "Doe^Jane", "F", "1958-04-17"};
  EXPECT_TRUE(same_patient(jane, {"N1", "Roe^Jane", "F", "1958-04-17"})) << "names change";
  EXPECT_TRUE(same_patient(jane, {"N1", "Doe^Jane", "", ""})) << "unknown is no contradiction";
  EXPECT_FALSE(same_patient(jane, {"N2", "Doe^Jane", "F", "1958-04-17"}));
  EXPECT_FALSE(same_patient(jane, {"N1", "Doe^Jane", "M", "1958-04-17"}));
  EXPECT_FALSE(same_patient(jane, {"N1", "Doe^Jane", "F", "1958-04-18"}));
  EXPECT_FALSE(same_patient({"", "Doe^Jane", "", ""}, {"", "Doe^John", "", ""})) << "only the name tells";
}

}  // namespace
}  // namespace netpet::pipeline
