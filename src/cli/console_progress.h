#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "base/run.h"

namespace netpet::cli {

enum class Verbosity { quiet, normal, verbose };

/// Progress on stderr: a bar on a terminal, one line a stage elsewhere; with `verbose` the time of each
/// stage.
class ConsoleProgress : public base::Progress {
 public:
  explicit ConsoleProgress(Verbosity verbosity);
  ~ConsoleProgress() override;
  ConsoleProgress(const ConsoleProgress&) = delete;
  ConsoleProgress& operator=(const ConsoleProgress&) = delete;

  void stage(std::string_view name) override;
  void fraction(double done) override;
  void detail(std::string_view line) override;
  /// Ends the last stage; called before anything else is printed.
  void finish();

 private:
  void end_stage();
  void clear_bar();

  Verbosity verbosity_;
  bool terminal_;
  std::mutex guard_;
  std::string stage_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point program_begun_;
  int shown_percent_ = -1;
};

}  // namespace netpet::cli
