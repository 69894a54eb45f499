#include "base/staged_output.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"

namespace netpet::base {
namespace {

namespace fs = std::filesystem;

class StagedOutputTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) /
            (std::string("staged_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(root_), fs::directory_iterator()));
  }
  fs::path root_;
};

TEST_F(StagedOutputTest, NothingIsLeftWithoutCommit) {
  {
    const auto output = StagedOutput::folder(root_ / "a" / "b", Occupied::refuse);
    write_file(output.path() / "x", "text");
  }
  EXPECT_EQ(entries(), 0U);
}

TEST_F(StagedOutputTest, AParentThatAnotherRunHasUsedSinceStays) {
  {
    const auto output = StagedOutput::folder(root_ / "results" / "here" / "a", Occupied::refuse);
    write_file(root_ / "results" / "another_run.txt", "text");
  }
  EXPECT_TRUE(fs::exists(root_ / "results" / "another_run.txt"));
  EXPECT_FALSE(fs::exists(root_ / "results" / "here"));
}

TEST_F(StagedOutputTest, TheFolderAppearsWholeWithCommit) {
  auto output = StagedOutput::folder(root_ / "out", Occupied::refuse);
  write_file(output.path() / "x", "text");
  EXPECT_FALSE(fs::exists(root_ / "out"));
  output.commit();
  std::string text;
  std::getline(std::ifstream(root_ / "out" / "x"), text);
  EXPECT_EQ(text, "text");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(StagedOutputTest, AnOccupiedPlaceIsRefusedOrReplaced) {
  fs::create_directories(root_ / "out");
  write_file(root_ / "out" / "old", "1");
  try {
    StagedOutput::folder(root_ / "out", Occupied::refuse);
    FAIL() << "took an occupied place";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "output_occupied");
  }
  auto output = StagedOutput::folder(root_ / "out", Occupied::replace);
  EXPECT_TRUE(fs::exists(root_ / "out" / "old"));
  output.commit();
  EXPECT_FALSE(fs::exists(root_ / "out" / "old"));
  EXPECT_EQ(entries(), 1U);
}

TEST_F(StagedOutputTest, AFullDiskIsAnEnvironmentError) {
  try {
    write_file("/dev/full", "text");
    FAIL() << "wrote to a full disk";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::environment);
    EXPECT_EQ(error.code(), "disk_full");
  }
}

}  // namespace
}  // namespace netpet::base
