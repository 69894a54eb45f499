#include "base/parallel_for.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/error.h"

namespace netpet::base {
namespace {

base::Run with_threads(int threads) {
  return Run(nullptr, {}, threads);
}

std::vector<double> chunk_sums(int threads) {
  const base::Run run = with_threads(threads);
  std::vector<double> sums(10);
  parallel_for(run, 1000, 100, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) sums[begin / 100] += 1.0 / static_cast<double>(i + 1);
  });
  return sums;
}

class Notes : public Progress {
 public:
  void stage(std::string_view /*name*/) override {}
  void fraction(double /*done*/) override {}
  void detail(std::string_view line) override { lines.emplace_back(line); }
  std::vector<std::string> lines;
};

TEST(Run, SideBySideSharesTheThreadsAndNamesTheDetails) {
  Notes notes;
  const base::Run run(&notes, {}, 5);
  EXPECT_EQ(run.side_by_side("sstr", 2).threads(), 3);
  EXPECT_EQ(run.side_by_side("sstr", 1).threads(), 5);
  EXPECT_EQ(with_threads(1).side_by_side("sstr", 2).threads(), 1);
  run.side_by_side("sstr", 2).detail("spleen");
  run.detail("spleen");
  EXPECT_EQ(notes.lines, (std::vector<std::string>{"sstr: spleen", "spleen"}));
}

TEST(Run, SideBySideStopsWithTheWhole) {
  std::stop_source source;
  const base::Run share = base::Run(nullptr, source.get_token(), 2).side_by_side("fdg", 2);
  source.request_stop();
  EXPECT_THROW(share.throw_if_stopped(), Error);
}

TEST(ParallelFor, EveryIndexIsVisitedOnce) {
  std::vector<int> visits(12345);
  parallel_for(with_threads(4), visits.size(), 7, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) ++visits[i];
  });
  EXPECT_EQ(std::accumulate(visits.begin(), visits.end(), 0), 12345);
  EXPECT_EQ(*std::max_element(visits.begin(), visits.end()), 1);
}

TEST(ParallelFor, SumsDoNotDependOnTheNumberOfThreads) {
  EXPECT_EQ(chunk_sums(1), chunk_sums(5));
}

TEST(ParallelFor, AnExceptionReachesTheCaller) {
  const auto failing = [](std::size_t begin, std::size_t) {
    if (begin == 50) throw std::runtime_error("here");
  };
  EXPECT_THROW(parallel_for(with_threads(3), 100, 1, failing), std::runtime_error);
}

TEST(ParallelFor, AStoppedRunEndsWithInterrupted) {
  std::stop_source source;
  const base::Run run(nullptr, source.get_token(), 2);
  const auto stop_at_first = [&](std::size_t, std::size_t) { source.request_stop(); };
  try {
    parallel_for(run, 1000, 1, stop_at_first);
    FAIL() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::interrupted);
  }
}

}  // namespace
}  // namespace netpet::base
