#pragma once

#include <stop_token>
#include <thread>

namespace netpet::cli {

/// Turns SIGINT and SIGTERM into a request to stop. Made before any other thread, so that all of them inherit
/// the blocked signals and only this one hears them. A second signal ends the process at once.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread listener_;
};

}  // namespace netpet::cli
