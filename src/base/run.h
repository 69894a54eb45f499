#pragma once

#include <atomic>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace netpet::base {

/// Where progress goes. The command line draws a bar or prints a line a stage; tests leave it out.
class Progress {
 public:
  virtual ~Progress() = default;
  /// A stage of the work begins ("registration: FDG onto SSTR").
  virtual void stage(std::string_view name) = 0;
  /// The share of the current stage that is done, 0 … 1. May come from any thread.
  virtual void fraction(double done) = 0;
  /// One line for `--verbose`. May come from any thread.
  virtual void detail(std::string_view line) = 0;
};

/// What travels down through a piece of work: progress, the request to stop, the number of threads.
/// Results never depend on `threads`.
class Run {
 public:
  Run() = default;
  Run(Progress* progress, std::stop_token stop, int threads);

  void stage(std::string_view name) const;
  void fraction(double done) const;
  void detail(std::string_view line) const;
  /// Throws Error of kind interrupted, code `interrupted`, once the user asked to stop.
  void throw_if_stopped() const;
  bool stop_requested() const { return stop_.stop_requested(); }
  int threads() const { return threads_; }
  /// For one of several pieces of work that go on side by side: its details begin with its name.
  Run named(std::string_view name) const;

  /// Lets up to `wanted` threads beside the calling one begin, and says how many: however deep parallel work
  /// nests, no more than `threads()` are ever at work. Each is given back when it ends.
  int take_helpers(int wanted) const;
  void give_back_helper() const { ++*idle_helpers_; }

 private:
  Progress* progress_ = nullptr;
  std::stop_token stop_;
  int threads_ = 1;
  std::shared_ptr<std::atomic<int>> idle_helpers_ = std::make_shared<std::atomic<int>>(0);
  std::string name_;
};

}  // namespace netpet::base
