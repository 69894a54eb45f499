#include "cli/console_progress.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace netpet::cli {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

double peak_memory_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0);
}

}  // namespace

ConsoleProgress::ConsoleProgress(Verbosity verbosity)
    : verbosity_(verbosity), terminal_(::isatty(STDERR_FILENO) == 1), program_begun_(Clock::now()) {}

ConsoleProgress::~ConsoleProgress() {
  finish();
}

void ConsoleProgress::stage(std::string_view name) {
  if (verbosity_ == Verbosity::quiet) return;
  const std::lock_guard lock(guard_);
  end_stage();
  stage_ = name;
  begun_ = Clock::now();
  shown_percent_ = -1;
  if (!terminal_ && verbosity_ == Verbosity::normal) fmt::print(stderr, "{}\n", stage_);
}

void ConsoleProgress::fraction(double done) {
  if (!terminal_ || verbosity_ == Verbosity::quiet) return;
  const std::lock_guard lock(guard_);
  const int percent = std::clamp(static_cast<int>(done * 100), 0, 100);
  if (percent == shown_percent_) return;
  shown_percent_ = percent;
  constexpr int width = 24;
  const int filled = percent * width / 100;
  fmt::print(stderr, "\r\x1b[K{:<40.40} [{:#<{}}{:.<{}}] {:3} %", stage_, "", filled, "", width - filled,
             percent);
  std::fflush(stderr);
}

void ConsoleProgress::detail(std::string_view line) {
  if (verbosity_ != Verbosity::verbose) return;
  const std::lock_guard lock(guard_);
  clear_bar();
  fmt::print(stderr, "    {}\n", line);
}

void ConsoleProgress::finish() {
  const std::lock_guard lock(guard_);
  if (stage_.empty()) return;
  end_stage();
  if (verbosity_ == Verbosity::verbose)
    fmt::print(stderr, "{:7.2f} s  in all, peak memory {:.2f} GiB\n", seconds_since(program_begun_),
               peak_memory_gib());
}

void ConsoleProgress::end_stage() {
  if (stage_.empty()) return;
  clear_bar();
  if (verbosity_ == Verbosity::verbose) fmt::print(stderr, "{:7.2f} s  {}\n", seconds_since(begun_), stage_);
  stage_.clear();
}

void ConsoleProgress::clear_bar() {
  if (!terminal_ || shown_percent_ < 0) return;
  fmt::print(stderr, "\r\x1b[K");
  shown_percent_ = -1;
}

}  // namespace netpet::cli
