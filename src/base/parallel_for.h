#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "base/run.h"

namespace netpet::base {

/// Calls `work(begin, end)` on consecutive chunks of [0, count). Chunks have the fixed size `grain`, whatever
/// the number of threads, so a sum formed per chunk and added in the order of chunks is the same on every
/// run. The first exception is thrown again after all threads have ended. Stops between chunks when the run
/// is stopped. Work may hold parallel work of its own.
void parallel_for(const Run& run, std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t begin, std::size_t end)>& work);

/// Pieces of work that do not depend on each other.
using Jobs = std::vector<std::function<void()>>;

/// Does each job once, begun in their order: the longest ones belong first. Fails and stops as
/// `parallel_for`.
void in_parallel(const Run& run, const Jobs& jobs);

}  // namespace netpet::base
