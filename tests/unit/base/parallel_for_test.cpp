#include "base/parallel_for.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
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

TEST(Run, NamesItsDetails) {
  Notes notes;
  const base::Run run(&notes, {}, 5);
  run.named("sstr").detail("spleen");
  run.detail("spleen");
  EXPECT_EQ(notes.lines, (std::vector<std::string>{"sstr: spleen", "spleen"}));
}

TEST(Run, LendsNoMoreHelpersThanItHas) {
  const base::Run run = with_threads(4), same = run.named("sstr");
  EXPECT_EQ(with_threads(1).take_helpers(3), 0);
  EXPECT_EQ(run.take_helpers(0), 0);
  EXPECT_EQ(run.take_helpers(2), 2);
  EXPECT_EQ(same.take_helpers(2), 1);
  EXPECT_EQ(run.take_helpers(2), 0);
  same.give_back_helper();
  EXPECT_EQ(run.take_helpers(2), 1);
}

TEST(ParallelFor, NestedWorkKeepsToTheThreads) {
  const base::Run run = with_threads(3);
  std::atomic<int> at_work{0}, most{0};
  std::vector<int> visits(64 * 64);
  for (int turn = 0; turn < 20; ++turn)
    parallel_for(run, 64, 1, [&](std::size_t outer, std::size_t) {
      parallel_for(run, 64, 1, [&](std::size_t inner, std::size_t) {
        const int now = ++at_work;
        for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) continue;
        ++visits[outer * 64 + inner];
        --at_work;
      });
    });
  EXPECT_LE(most, 3);
  EXPECT_EQ(std::count(visits.begin(), visits.end(), 20), 64 * 64);
  EXPECT_EQ(run.take_helpers(3), 2);
}

TEST(ParallelFor, GivesItsHelpersBackAfterAFault) {
  const base::Run run = with_threads(3);
  EXPECT_THROW(parallel_for(run, 64, 1, [](std::size_t, std::size_t) { throw std::runtime_error("fault"); }),
               std::runtime_error);
  EXPECT_EQ(run.take_helpers(5), 2);
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
