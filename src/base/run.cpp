#include "base/run.h"

#include <utility>

#include "base/error.h"

namespace netpet::base {

Run::Run(Progress* progress, std::stop_token stop, int threads)
    : progress_(progress), stop_(std::move(stop)), threads_(threads) {
  check(threads >= 1, "a run needs at least one thread");
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

Run Run::side_by_side(std::string_view name, int jobs) const {
  check(jobs >= 1, "work goes on side by side in at least one job");
  Run share = *this;
  share.threads_ = (threads_ + jobs - 1) / jobs;
  share.name_ = name;
  return share;
}

void Run::throw_if_stopped() const {
  if (stop_.stop_requested()) throw Error(ErrorKind::interrupted, "interrupted", "stopped by the user");
}

}  // namespace netpet::base
