#include "report/impression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up_reading.h"

namespace netpet::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string impression_of(const record::Reading& reading) {
  const base::Resources resources;
  return impression(reading, Texts(resources));
}

TEST(Impression, TellsScansLesionsGradeAndThatNobodyReviewedIt) {
  const record::Reading reading = testing::made_up_reading();
  const std::string text = impression_of(reading);
  EXPECT_THAT(text, HasSubstr("68Ga-DOTATATE, 20"));
  EXPECT_THAT(text, HasSubstr(reading.headline));
  EXPECT_THAT(text, HasSubstr("No physician has reviewed it."));
  EXPECT_THAT(text, HasSubstr("research use only"));
  for (const record::Lesion& lesion : reading.lesions) {
    const bool named =
        text.find(lesion.id + ",") != std::string::npos || text.find(lesion.id + ")") != std::string::npos;
    EXPECT_EQ(named, lesion.counts()) << lesion.id;
  }
}

TEST(Impression, OfAReviewedReadingNamesTheReaderAndWhetherItWasSigned) {
  record::Reading reading = testing::made_up_reading();
  reading.review = record::Review{};
  reading.review->reader = "Dr A";
  EXPECT_THAT(impression_of(reading), HasSubstr("Reviewed by Dr A. Unsigned"));
  EXPECT_THAT(impression_of(reading), Not(HasSubstr("No physician")));
  reading.review->is_signed = true;
  EXPECT_THAT(impression_of(reading), HasSubstr("Signed by Dr A."));
}

TEST(Impression, WithoutAStudySaysSo) {
  record::Reading reading = testing::made_up_reading();
  reading.fdg.reset();
  EXPECT_THAT(impression_of(reading), HasSubstr("FDG: not given."));
}

TEST(Impression, NamesWhatCanChangeTheGradeAndNothingLess) {
  record::Reading reading = testing::made_up_reading();
  reading.warnings = {{"a", "the scans are of two patients", record::Severity::grade},
                      {"b", "a scanner is not named", record::Severity::note}};
  const std::string text = impression_of(reading);
  EXPECT_THAT(text, HasSubstr("the scans are of two patients"));
  EXPECT_THAT(text, Not(HasSubstr("a scanner is not named")));
}

TEST(Impression, OfAHeaderWithControlCharactersIsPlainLines) {
  record::Reading reading = testing::made_up_reading();
  reading.sstr->tracer.name = "evil\x1b[2J\nline";
  const std::string text = impression_of(reading);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\nline"), std::string::npos);
}

}  // namespace
}  // namespace netpet::report
