#include "base/run.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace netpet::base {

Run::Run(Progress* progress, std::stop_token stop, int threads)
    : progress_(progress), stop_(std::move(stop)), threads_(threads) {
  check(threads >= 1, "a run needs at least one thread");
  *idle_helpers_ = threads - 1;
}

void Run::stage(std::string_view name) const {
  throw_if_stopped();
  if (progress_) progress_->stage(name);
}

void Run::fraction(double done) const {
  if (progress_) progress_->fraction(done);
}

void Run::detail(std::string_view line) const {
  if (progress_) progress_->detail(name_.empty() ? std::string(line) : name_ + ": " + std::string(line));
}

Run Run::named(std::string_view name) const {
  Run run = *this;
  run.name_ = name;
  return run;
}

int Run::take_helpers(int wanted) const {
  int idle = *idle_helpers_, taken = 0;
  do taken = std::max(0, std::min(idle, wanted));
  while (!idle_helpers_->compare_exchange_weak(idle, idle - taken));
  return taken;
}

void Run::throw_if_stopped() const {
  if (stop_.stop_requested()) throw Error(ErrorKind::interrupted, "interrupted", "stopped by the user");
}

}  // namespace netpet::base
