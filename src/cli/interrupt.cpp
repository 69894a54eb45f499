#include "cli/interrupt.h"

#include <csignal>
#include <ctime>

namespace netpet::cli {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

InterruptWatch::InterruptWatch() {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  listener_ = std::jthread([this, signals](const std::stop_token& ended) {
    const timespec poll{0, 50'000'000};
    while (!ended.stop_requested()) {
      if (sigtimedwait(&signals, nullptr, &poll) <= 0) continue;
      source_.request_stop();
      pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // the next signal has its default effect
      return;
    }
  });
}

InterruptWatch::~InterruptWatch() = default;

}  // namespace netpet::cli
