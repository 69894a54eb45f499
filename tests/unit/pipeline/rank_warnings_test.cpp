#include "pipeline/rank_warnings.h"

#include <gmock/gmock.h>

namespace netpet::pipeline {
namespace {

using record::Severity;
using testing::ElementsAre;

TEST(RankWarnings, WhatCanChangeAGradeComesFirstAndTheRestKeepsItsOrder) {
  std::vector<record::Warning> warnings{{"no_ct", "a"},       {"resolution_modelling", "b"},
                                        {"dose_in_mbq", "c"}, {"uptake_time_outside", "d"},
                                        {"dose_in_mbq", "c"}, {"of_tomorrow", "e"}};
  WarningRanks(base::Resources()).rank(warnings);
  std::vector<std::string> messages;
  for (const auto& warning : warnings) messages.push_back(warning.message);
  EXPECT_THAT(messages, ElementsAre("c", "d", "b", "e", "a"));
  EXPECT_EQ(warnings[0].severity, Severity::grade);
  EXPECT_EQ(warnings[3].severity, Severity::value) << "an unlisted code is not hidden among the notes";
  EXPECT_EQ(warnings[4].severity, Severity::note);
}

}  // namespace
}  // namespace netpet::pipeline
