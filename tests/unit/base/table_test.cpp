#include "base/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace netpet::base {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

// Any table of data/ may be replaced; its own content plays no part here.
const std::string kPath = "data/references.json";

Resources with_table(const std::string& json) {
  const fs::path dir = fs::path(::testing::TempDir()) / ("table_rules_" + std::to_string(::getpid()));
  fs::create_directories(dir);
  std::ofstream(dir / "references.json") << json;
  Resources resources = Resources::with_rules(dir);
  fs::remove_all(dir);
  return resources;
}

void read(const std::string& json, const Table::Reader& reader) {
  Table::read(with_table(json), kPath, reader);
}

/// What the refusal says; "accepted" where there is none.
std::string refusal(const std::string& json, const Table::Reader& reader) {
  try {
    read(json, reader);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "rules_malformed");
    EXPECT_EQ(error.file(), kPath);
    return error.message();
  }
  return "accepted";
}

TEST(Table, GivesEveryKindOfValue) {
  read(R"({"a": 1.5, "b": -3, "c": 70, "d": true, "e": "x", "f": [1, 2], "g": [-1, 1], "h": [5, 65535],
           "i": ["p", "q"], "j": {"one": "1", "two": "2"}, "k": {"free": [1, null]}, "l": 1})",
       [](Table& table) {
         EXPECT_EQ(table.number("a"), 1.5);
         EXPECT_EQ(table.share("l"), 1);
         EXPECT_EQ(table.signed_number("b"), -3);
         EXPECT_EQ(table.whole("c"), 70);
         EXPECT_TRUE(table.flag("d"));
         EXPECT_EQ(table.text("e"), "x");
         EXPECT_THAT(table.numbers("f"), ElementsAre(1, 2));
         EXPECT_THAT(table.numbers("f", 2), ElementsAre(1, 2));
         EXPECT_THAT(table.signed_numbers("g", 2), ElementsAre(-1, 1));
         EXPECT_THAT(table.wholes("h"), ElementsAre(5, 65535));
         EXPECT_THAT(table.texts("i"), ElementsAre("p", "q"));
         EXPECT_THAT(table.dictionary("j"), ElementsAre(Pair("one", "1"), Pair("two", "2")));
         EXPECT_EQ(table.json("k"), R"({"free":[1,null]})");
       });
}

TEST(Table, RefusesAKeyThatNobodyReads) {
  EXPECT_THAT(refusal(R"({"a": 1, "misspelt": 2})", [](Table& table) { table.number("a"); }),
              HasSubstr("misspelt is unknown"));
  EXPECT_THAT(refusal(R"({"limit": {"a": 1, "misspelt": 2}})",
                      [](Table& table) { table.part("limit", [](Table& limit) { limit.number("a"); }); }),
              HasSubstr("limit.misspelt is unknown"));
  EXPECT_THAT(refusal(R"({"rows": [{"a": 1}, {"a": 1, "misspelt": 2}]})",
                      [](Table& table) { table.each("rows", [](Table& row) { row.number("a"); }); }),
              HasSubstr("rows[1].misspelt is unknown"));
}

TEST(Table, RefusesAMissingKeyAndNamesItsPlace) {
  EXPECT_THAT(refusal("{}", [](Table& table) { table.number("a"); }), HasSubstr("a is missing"));
  EXPECT_THAT(refusal(R"({"rows": [{}]})",
                      [](Table& table) { table.each("rows", [](Table& row) { row.number("a"); }); }),
              HasSubstr("rows[0].a is missing"));
}

TEST(Table, RefusesAKeyThatStandsTwice) {
  const auto reader = [](Table& table) {
    table.number("a");
    table.part("b", [](Table& part) { part.number("a"); });
  };
  EXPECT_EQ(refusal(R"({"a": 1, "b": {"a": 2}})", reader), "accepted");
  EXPECT_THAT(refusal(R"({"a": 1, "a": 1, "b": {"a": 2}})", reader), HasSubstr("a stands twice"));
  EXPECT_THAT(refusal(R"({"a": 1, "b": {"a": 2, "a": 3}})", reader), HasSubstr("a stands twice"));
}

TEST(Table, RefusesAValueOfAnotherKind) {
  const auto refused = [](const std::string& value, const Table::Reader& reader) {
    return refusal("{\"a\": " + value + "}", reader) != "accepted";
  };
  for (const char* value : {"\"1\"", "-0.1", "true", "null", "[1]", "1e999"})
    EXPECT_TRUE(refused(value, [](Table& table) { table.number("a"); })) << value;
  for (const char* value : {"1.01", "-0.01"})
    EXPECT_TRUE(refused(value, [](Table& table) { table.share("a"); })) << value;
  for (const char* value : {"-1", "1.5", "65536", "\"1\""})
    EXPECT_TRUE(refused(value, [](Table& table) { table.whole("a"); })) << value;
  for (const char* value : {"\"\"", "1", "null", "[\"x\"]"})
    EXPECT_TRUE(refused(value, [](Table& table) { table.text("a"); })) << value;
  for (const char* value : {"[1]", "[1, 2, 3]", "[1, -2]", "1"})
    EXPECT_TRUE(refused(value, [](Table& table) { table.numbers("a", 2); })) << value;
  EXPECT_TRUE(refused("1", [](Table& table) { table.flag("a"); }));
  EXPECT_TRUE(refused("[1]", [](Table& table) { table.part("a", [](Table&) {}); }));
  EXPECT_TRUE(refused("{}", [](Table& table) { table.each("a", [](Table&) {}); }));
  EXPECT_TRUE(refused("[1]", [](Table& table) { table.each("a", [](Table&) {}); }));
}

TEST(Table, RefusesWhatIsNoJsonObject) {
  const auto nothing = [](Table&) {};
  for (const char* json : {"", "[]", "3", "{", "{} {}"})
    EXPECT_NE(refusal(json, nothing), "accepted") << json;
}

TEST(Table, AnOptionalKeyMayBeMissingOrNullButNotOfAnotherKind) {
  const auto reader = [](Table& table) {
    EXPECT_EQ(table.optional_number("a"), std::nullopt);
    EXPECT_EQ(table.optional_text("b"), std::nullopt);
    EXPECT_FALSE(table.has("c"));
  };
  EXPECT_EQ(refusal("{}", reader), "accepted");
  EXPECT_EQ(refusal(R"({"a": null, "b": null})", reader), "accepted");
  read(R"({"a": 2, "b": "x"})", [](Table& table) {
    EXPECT_TRUE(table.has("a"));
    EXPECT_EQ(table.optional_number("a"), 2);
    EXPECT_EQ(table.optional_text("b"), "x");
  });
  EXPECT_NE(refusal(R"({"a": "x"})", [](Table& table) { table.optional_number("a"); }), "accepted");
  EXPECT_NE(refusal(R"({"a": 1})", [](Table& table) { EXPECT_TRUE(table.has("a")); }), "accepted")
      << "asking whether a key is there is not reading it";
}

TEST(Table, ADictionaryOfGivenNamesHasThemAllAndNoOther) {
  const auto reader = [](Table& table) { table.dictionary("d", {"x", "y"}); };
  EXPECT_EQ(refusal(R"({"d": {"x": "1", "y": "2"}})", reader), "accepted");
  EXPECT_THAT(refusal(R"({"d": {"x": "1"}})", reader), HasSubstr("d.y is missing"));
  EXPECT_THAT(refusal(R"({"d": {"x": "1", "y": "2", "z": "3"}})", reader), HasSubstr("d.z is unknown"));
}

TEST(Table, AMapFromNamesToPartsIsReadInTheOrderOfTheFile) {
  std::vector<std::string> order;
  read(R"({"z": {"v": 1}, "a": {"v": 2}})", [&](Table& table) {
    for (const std::string& name : table.names())
      table.part(name, [&](Table& one) { order.push_back(name + std::to_string(one.whole("v"))); });
  });
  EXPECT_THAT(order, ElementsAre("z1", "a2"));
}

TEST(Table, AFileMayBeAListOfObjects) {
  std::vector<double> values;
  const auto row = [&](Table& one) { values.push_back(one.number("v")); };
  Table::read_list(with_table(R"([{"v": 1}, {"v": 2}])"), kPath, row);
  EXPECT_THAT(values, ElementsAre(1, 2));
  EXPECT_THROW(Table::read_list(with_table(R"({"v": 1})"), kPath, row), Error);
  EXPECT_THROW(Table::read_list(with_table(R"([{"v": 1, "w": 2}])"), kPath, row), Error);
}

TEST(Table, AFurtherCheckOfTheReaderNamesFileAndPlace) {
  EXPECT_THAT(
      refusal(R"({"rows": [{}]})",
              [](Table& table) { table.each("rows", [](Table& row) { row.refuse("low is above high"); }); }),
      HasSubstr("rows[0]: low is above high"));
}

}  // namespace
}  // namespace netpet::base
