#pragma once

#include <string>
#include <vector>

#include "report/document.h"

namespace netpet::report {

/// Why numbers of a table are missing, where a reader cannot ask them by pointing: the reasons stand below
/// the table, each once, and what lacks a number bears the mark of its reason.
class Footnotes {
 public:
  /// Whether words stand for something that could not be computed. What does not apply needs no reason.
  static bool needs_reason(const Words& words);
  /// " (1)" for words that need a reason, the same for the same one; empty for any other.
  std::string mark(const Words& words);
  /// "(1) reason", in the order of the marks.
  std::vector<std::string> lines() const;

 private:
  std::vector<std::string> reasons_;
};

}  // namespace netpet::report
