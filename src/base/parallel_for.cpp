#include "base/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/error.h"

namespace netpet::base {

void parallel_for(const Run& run, std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& work) {
  check(grain > 0, "parallel_for needs a grain above zero");
  const std::size_t chunks = (count + grain - 1) / grain;  // NOLINT(clang-analyzer-core.DivideZero): checked
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_guard;
  const auto worker = [&] {
    for (std::size_t chunk = next++; chunk < chunks && !run.stop_requested(); chunk = next++) {
      try {
        work(chunk * grain, std::min(count, (chunk + 1) * grain));
      } catch (...) {
        const std::lock_guard lock(failure_guard);
        if (!failure) failure = std::current_exception();
        next = chunks;
      }
    }
  };
  const auto help = [&] {
    worker();
    run.give_back_helper();
  };
  {
    std::vector<std::jthread> helpers;
    for (int idle = run.take_helpers(static_cast<int>(std::min<std::size_t>(run.threads(), chunks)) - 1);
         idle > 0; --idle)
      helpers.emplace_back(help);
    worker();
  }
  if (failure) std::rethrow_exception(failure);
  run.throw_if_stopped();
}

void in_parallel(const Run& run, const Jobs& jobs) {
  parallel_for(run, jobs.size(), 1, [&](std::size_t job, std::size_t) { jobs[job](); });
}

}  // namespace netpet::base
