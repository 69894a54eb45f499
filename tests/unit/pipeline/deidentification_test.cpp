#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/cleaned_sentence.h"
#include "pipeline/kept_words.h"
#include "pipeline/pseudonyms.h"

namespace netpet::pipeline {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr ShiftRange range{366, 3652};

TEST(Pseudonyms, OneSecretGivesAPatientTheSameNamesAndDatesAgain) {
  const Pseudonyms first("secret", "id 1", range), again("secret", "id 1", range);
  const Pseudonyms other("secret", "id 2", range), elsewhere("another", "id 1", range);
  EXPECT_EQ(first.patient_id(), again.patient_id());
  EXPECT_EQ(first.uid("1.2.3"), again.uid("1.2.3"));
  EXPECT_EQ(first.moved(base::Date{20000}), again.moved(base::Date{20000}));
  EXPECT_NE(first.patient_id(), other.patient_id());
  EXPECT_EQ(first.uid("1.2.3"), other.uid("1.2.3")) << "an image that two readings refer to stays one";
  EXPECT_NE(first.patient_id(), elsewhere.patient_id());
  EXPECT_NE(first.uid("1.2.3"), elsewhere.uid("1.2.3"));
  EXPECT_EQ(first.uid(""), "");
}

TEST(Pseudonyms, DatesMoveBackByOneNumberOfDaysWithinTheRange) {
  for (int patient = 0; patient < 200; ++patient) {
    const Pseudonyms one("secret", std::to_string(patient), range);
    const base::Date moved = one.moved(base::Date{20000});
    EXPECT_GE(20000 - moved.days, range.least_days);
    EXPECT_LE(20000 - moved.days, range.greatest_days);
    EXPECT_EQ(one.moved(base::Date{20031}).days - moved.days, 31);
    const base::Instant at = base::Instant::of({20000}, {36'900'000'000});
    EXPECT_EQ(one.moved(at), base::Instant::of(moved, {36'900'000'000}));
  }
}

TEST(KeptWords, OnlyWordsOnTheListAndCountsStay) {
  const KeptWords words({"PSF", "TOF", "Biograph", "mCT"});
  EXPECT_EQ(words.of("PSF+TOF 3i21s"), "PSF+TOF 3i21s");
  EXPECT_EQ(words.of("Biograph64_mCT"), "Biograph64_mCT");
  EXPECT_EQ(words.of("PSF Smith 3i21s"), "PSF 3i21s");
  EXPECT_EQ(words.of("Müller PSF"), "PSF");
  EXPECT_EQ(words.of("4711998"), "");
  EXPECT_EQ(words.of(""), "");
  EXPECT_EQ(words.exact("psf"), "psf");
  EXPECT_EQ(words.exact("psf Smith"), "");
}

TEST(SentenceCleaner, QuotedAndKnownTextUidsAndDatesGo) {
  const Pseudonyms pseudonyms("secret", "id", range);
  SentenceCleaner cleaner(pseudonyms);
  cleaner.add_name("Smith^John Paul");
  cleaner.add("MRN123");
  const std::string clean = cleaner.of(
      "patient MRN123, Smith John, study 1.2.840.10008.77 of 2024-01-02 (20240102) holds \"John's scan\", "
      "dose 185.5 MBq");
  for (const char* planted : {"MRN123", "Smith", "John", "1.2.840", "2024-01-02", "20240102", "scan\""})
    EXPECT_THAT(clean, Not(HasSubstr(planted)));
  EXPECT_THAT(clean, HasSubstr(pseudonyms.uid("1.2.840.10008.77")));
  EXPECT_THAT(clean, HasSubstr("dose 185.5 MBq"));
}

}  // namespace
}  // namespace netpet::pipeline
