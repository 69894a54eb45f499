#include "report/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "image/png.h"
#include "made_up_reading.h"
#include "report/reading_report.h"

namespace netpet::report {
namespace {

Texts texts() {
  const base::Resources resources;
  return Texts(resources);
}

std::string picture(int width, int height) {
  return image::encode_png(image::Picture(width, height, 3));
}

std::size_t pages_of(const std::string& pdf) {
  const std::string mark = "/Type /Page ";
  std::size_t count = 0;
  for (std::size_t at = pdf.find(mark); at != std::string::npos; at = pdf.find(mark, at + 1)) ++count;
  return count;
}

ReportPictures pictures() {
  return {picture(800, 700), picture(400, 110), {{"L1", picture(220, 60)}},
          picture(300, 200), picture(300, 300), 0,
          picture(300, 300)};
}

TEST(Pdf, TheSameReadingGivesTheSameBytes) {
  const Document document = reading_report(testing::made_up_reading(), pictures(), texts());
  const std::string pdf = to_pdf(document);
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_TRUE(pdf == to_pdf(document));
  EXPECT_GE(pages_of(pdf), 3U);
}

TEST(Pdf, WithoutAnyDateOfAScanItDoesNotTellTheTimeAtWhichItWasMade) {
  record::Reading reading = testing::made_up_reading();
  reading.sstr->acquired.reset();
  reading.fdg->acquired.reset();
  const Document document = reading_report(reading, {}, texts());
  const std::string pdf = to_pdf(document);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // the clock of a PDF counts seconds
  EXPECT_TRUE(pdf == to_pdf(document));
}

TEST(Pdf, ALongListGoesOnOnFurtherPages) {
  record::Reading reading = testing::made_up_reading();
  const std::size_t before = pages_of(to_pdf(reading_report(reading, {}, texts())));
  const record::Lesion lesion = reading.lesions[0];
  reading.lesions.resize(300, lesion);
  EXPECT_GE(pages_of(to_pdf(reading_report(reading, {}, texts()))), before + 8);
}

TEST(Pdf, TextsOfAnyLengthAndKindAreBrokenNotRefused) {
  record::Reading reading = testing::made_up_reading();
  reading.patient.name = std::string(3000, 'W');
  reading.headline = std::string(4000, 'x') + "\xff\xfe\x01";
  reading.lesions[0].location = std::string(8000, 'y');
  reading.lesions[1].location = "a\nb\nc\r\n";
  reading.sstr->suv.steps = std::vector<std::string>(400, "one more step");
  reading.grades[0].evidence = std::vector<std::string>(500, "because");
  reading.warnings = std::vector<record::Warning>(200, {"a_code", "a message that says what is wrong"});
  EXPECT_GE(pages_of(to_pdf(reading_report(reading, pictures(), texts()))), 12U);
}

TEST(Pdf, AReadingWithoutAnythingIsADocumentToo) {
  record::Reading reading;
  reading.headline = "NETPET NA: no SSTR study";
  EXPECT_GE(pages_of(to_pdf(reading_report(reading, {}, texts()))), 1U);
}

}  // namespace
}  // namespace netpet::report
