#include "base/resources.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>

#include "base/error.h"

namespace netpet::base {
namespace {

namespace fs = std::filesystem;

TEST(Resources, Sha256OfAbcIsTheOneOfFips180) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Resources, AnEmbeddedTableIsTheFileByteForByte) {
  const Resources resources;
  const auto tables = resources.list("data/");
  ASSERT_FALSE(tables.empty());
  for (const auto& table : tables) {
    std::ifstream file(fs::path(NETPET_TEST_DATA).parent_path() / table, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(resources.text(table), text) << table;
  }
}

TEST(Resources, AnOverriddenTableChangesTheRuleHash) {
  const Resources built_in;
  const std::string table = built_in.list("data/").front();
  const fs::path dir = fs::path(::testing::TempDir()) / ("rules_" + std::to_string(::getpid()));
  fs::remove_all(dir);
  const fs::path file = dir / table.substr(5);
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "{}";
  const Resources changed = Resources::with_rules(dir);
  EXPECT_EQ(changed.text(table), "{}");
  EXPECT_NE(changed.rules_hash(), built_in.rules_hash());
  std::ofstream(dir / "misspelt.json") << "{}";
  EXPECT_THROW(Resources::with_rules(dir), Error);
  fs::remove_all(dir);
}

}  // namespace
}  // namespace netpet::base
