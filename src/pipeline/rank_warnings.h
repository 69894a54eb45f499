#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/resources.h"
#include "record/reading.h"
#include "record/warning.h"

namespace netpet::pipeline {

/// data/warnings.json: how far each warning reaches.
class WarningRanks {
 public:
  explicit WarningRanks(const base::Resources& resources);

  /// Gives each warning its severity, drops repeated ones and puts first what can change a grade; otherwise
  /// the order stays.
  void rank(std::vector<record::Warning>& warnings) const;

 private:
  std::map<std::string, record::Severity> severities_;
};

/// Ranks every list of warnings of a reading.
void rank_warnings(record::Reading& reading, const base::Resources& resources);

}  // namespace netpet::pipeline
