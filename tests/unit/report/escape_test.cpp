#include "report/escape.h"

#include <gtest/gtest.h>

namespace netpet::report {
namespace {

TEST(Escape, NoTextCanOpenATagOrEndAnAttribute) {
  EXPECT_EQ(escape_html("<script>alert('x') & \"y\"</script>"),
            "&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;");
}

TEST(Escape, BytesThatAreNotUtf8AreReplacedAndTheRestIsKept) {
  EXPECT_EQ(valid_utf8("M\xC3\xBCller"), "M\xC3\xBCller");
  EXPECT_EQ(valid_utf8("M\xFCller"), "M\xEF\xBF\xBDller");                        // Latin-1
  EXPECT_EQ(valid_utf8("\xC0\xBC"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong "<"
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // a surrogate
  EXPECT_EQ(valid_utf8("a\x1B[31mb"), "a\xEF\xBF\xBD[31mb");      // an escape sequence of terminals
  EXPECT_EQ(valid_utf8("\xE5\xB1"), "\xEF\xBF\xBD\xEF\xBF\xBD");  // cut off
}

TEST(Escape, ACsvFieldIsQuotedOnlyWhereItMustBe) {
  EXPECT_EQ(csv_text("segment VI"), "segment VI");
  EXPECT_EQ(csv_text("liver, dome"), "\"liver, dome\"");
  EXPECT_EQ(csv_text("the \"big\" one"), "\"the \"\"big\"\" one\"");
}

TEST(Escape, NoCsvTextIsAFormula) {
  for (const std::string start : {"=", "+", "-", "@", "\t"})
    EXPECT_EQ(csv_text(start + "cmd")[0], '\'') << "starts with " << start;
  EXPECT_EQ(csv_text("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
}

TEST(Escape, Base64GivesTheVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xFF\xFE"), "//4=");
}

}  // namespace
}  // namespace netpet::report
