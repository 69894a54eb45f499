#include "report/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up_reading.h"
#include "report/reading_report.h"

namespace netpet::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Texts texts() {
  const base::Resources resources;
  return Texts(resources);
}

std::string html_report(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts) {
  return to_html(reading_report(reading, pictures, texts));
}

constexpr const char* kAttack = "\"><img src=x onerror=alert(1)><script>";

record::Reading hostile_reading() {
  record::Reading reading = testing::made_up_reading();
  reading.patient = {kAttack, std::string("Doe^") + kAttack, kAttack, kAttack};
  reading.headline = kAttack;
  reading.sstr->tracer.name = kAttack;
  reading.sstr->scanner = kAttack;
  reading.sstr->series_uid = kAttack;
  reading.sstr->suv.rule = kAttack;
  reading.sstr->suv.steps = {kAttack};
  reading.sstr->suv.type = kAttack;
  reading.sstr->warnings = {{kAttack, kAttack}};
  reading.registration->method = kAttack;
  reading.registration->quality.ncc = base::NotComputable{kAttack};
  reading.organs_source = kAttack;
  reading.sstr_references[kAttack] = reading.sstr_references["liver"];
  reading.sstr_references[kAttack].note = kAttack;
  reading.sstr_references[kAttack].source = kAttack;
  reading.lesions[0].id = kAttack;
  reading.lesions[0].site = kAttack;
  reading.lesions[0].location = kAttack;
  reading.lesions[0].flags = {kAttack};
  reading.lesions[0].status_by = kAttack;
  reading.lesions[0].netpet_pattern = kAttack;
  reading.lesions[0].size_mm = base::NotComputable{kAttack};
  reading.lesions[7].status_reason = kAttack;
  reading.grades[0].evidence = {kAttack};
  reading.grades[0].caveats = {kAttack};
  reading.grades[0].value = std::string(kAttack);
  reading.grades[0].suitability = std::string(kAttack);
  reading.grades[0].source = kAttack;
  reading.grades[1].value = base::NotComputable{kAttack};
  reading.grades[2].scale = kAttack;
  reading.grades[3].fields = {{kAttack, base::Computed<std::string>(std::string(kAttack))}};
  reading.biopsy_target = kAttack;
  reading.biopsy_why = kAttack;
  reading.accepted = {kAttack};
  reading.warnings = {{kAttack, kAttack}};
  reading.software.rules = kAttack;
  return reading;
}

TEST(Html, NoTextOfAHeaderBecomesMarkup) {
  const std::string page =
      html_report(hostile_reading(), {"png", "png", {{kAttack, "png"}}, "png", "png", 0, "png"}, texts());
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(page, Not(HasSubstr("\">&lt;img")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

TEST(Html, ThePageNeedsNothingFromOutside) {
  const std::string page =
      html_report(testing::made_up_reading(), {"a", "b", {{"L1", "e"}}, "c", "d", 0, "f"}, texts());
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  EXPECT_THAT(page, Not(HasSubstr("<link")));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(Html, ItSaysThatItIsForResearchAndUnsigned) {
  const std::string page = html_report(testing::made_up_reading(), {}, texts());
  EXPECT_THAT(page, HasSubstr("For research use only"));
  EXPECT_THAT(page, HasSubstr("<div class=\"watermark\" aria-hidden=\"true\"><span>Unsigned – not verified"));
}

TEST(Html, WarningsStandBeforeTheGrade) {
  const std::string page = html_report(testing::made_up_reading(), {}, texts());
  EXPECT_LT(page.find("class=\"alerts\""), page.find("class=\"verdict\""));
  EXPECT_THAT(page, HasSubstr("no reader has confirmed that"));
}

TEST(Html, EveryPictureHasWordsThatStandForIt) {
  const std::string page =
      html_report(testing::made_up_reading(), {"a", "b", {{"L1", "e"}}, "c", "d", 0, "f"}, texts());
  std::size_t pictures = 0;
  for (std::size_t at = page.find("<img"); at != std::string::npos; at = page.find("<img", at + 1)) {
    ++pictures;
    EXPECT_EQ(page.substr(at, 10), "<img alt=\"");
    EXPECT_NE(page[at + 10], '"');
  }
  EXPECT_EQ(pictures, 6U);
}

TEST(Html, ANumberThatCannotBeHadIsNeverShownAsZero) {
  record::Reading reading = testing::made_up_reading();
  reading.lesions[0].sstr->suvmax = base::NotComputable{"cut by the edge of the scan"};
  reading.lesions[0].fdg.reset();
  const std::string page = html_report(reading, {}, texts());
  EXPECT_THAT(page, HasSubstr("cannot be computed: cut by the edge of the scan\">n/c</abbr>"));
  EXPECT_THAT(page, HasSubstr("does not apply\">–</abbr>"));
}

TEST(Html, AReadingOfOneTracerWithoutLesionsIsAPageToo) {
  record::Reading reading;
  reading.fdg = testing::scan(record::Role::fdg);
  reading.headline = "NETPET NA: no SSTR study";
  const std::string page = html_report(reading, {}, texts());
  EXPECT_THAT(page, HasSubstr("not given"));
  EXPECT_THAT(page, HasSubstr("No lesion was found or given."));
}

TEST(Html, EveryScaleWithAnAnswerHasALineAmongTheGrades) {
  record::Reading reading = testing::made_up_reading();
  reading.grades[1].value = std::string("some_above");
  reading.grades[1].suitability = std::string("not_suitable");
  const std::string page = html_report(reading, {}, texts());
  const std::size_t begin = page.find("All scales at a glance");
  const std::string table = page.substr(begin, page.find("</table>", begin) - begin);
  EXPECT_THAT(table, HasSubstr("<span class=\"strong\">some above</span>"));
  EXPECT_THAT(table, HasSubstr("not suitable"));
  EXPECT_THAT(table, HasSubstr(">Karfis 2020<"));
}

TEST(Html, SharesArePercentagesAndDiscordanceStandsWithTheGrade) {
  record::Reading reading = testing::made_up_reading();
  using Number = base::Computed<double>;
  reading.grades[0].scale = "netpet";
  reading.grades[0].fields = {{"discordant_lesions", Number(2.0)},
                              {"discordant_share_of_lesions", Number(0.25)},
                              {"discordant_volume_ml", Number(8.64)},
                              {"discordant_share_of_volume", Number(0.119)},
                              {"discordant_sites", std::vector<std::string>{"liver"}}};
  const std::string page = html_report(reading, {}, texts());
  EXPECT_THAT(page, HasSubstr("Discordant disease: 2 of 8 PET-positive lesions, 8.64 mL, 12 % of their "
                              "volume, Liver"));
  EXPECT_THAT(page, HasSubstr("<dd>25 %</dd>"));
}

TEST(Html, TheTargetLesionIsMarkedInTheTable) {
  const std::string page = html_report(testing::made_up_reading(), {}, texts());
  EXPECT_THAT(page, HasSubstr("<tr class=\"target\"><th scope=\"row\">L3</th>"));
}

}  // namespace
}  // namespace netpet::report
