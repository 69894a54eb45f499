#pragma once

#include <cstddef>
#include <functional>

#include "base/run.h"

namespace netpet::base {

/// Calls `work(begin, end)` on consecutive chunks of [0, count). Chunks have the fixed size `grain`, whatever
/// the number of threads, so a sum formed per chunk and added in the order of chunks is the same on every
/// run. The first exception is thrown again after all threads have ended. Stops between chunks when the run
/// is stopped.
void parallel_for(const Run& run, std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t begin, std::size_t end)>& work);

}  // namespace netpet::base
