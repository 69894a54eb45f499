#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/staged_output.h"

namespace CLI {
class App;
}

namespace netpet::cli {

/// `--overwrite`: what becomes of --out where it exists. Must outlive the parsing.
class OverwriteOption {
 public:
  void declare(CLI::App& app);
  base::Occupied occupied() const { return given_ ? base::Occupied::replace : base::Occupied::refuse; }

 private:
  bool given_ = false;
};

/// `--accept CODE`, repeatable: refusals to go on in spite of. Must outlive the parsing.
class AcceptOption {
 public:
  void declare(CLI::App& app);
  /// Refuses (`usage`) a code that no refusal takes.
  std::set<std::string> codes() const;

 private:
  std::vector<std::string> given_;
};

}  // namespace netpet::cli
