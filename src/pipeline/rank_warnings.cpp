#include "pipeline/rank_warnings.h"

#include <algorithm>

#include "base/table.h"

namespace netpet::pipeline {

using record::Severity;
using record::Warning;

WarningRanks::WarningRanks(const base::Resources& resources) {
  base::Table::read(resources, "data/warnings.json", [this](base::Table& table) {
    for (const Severity severity : {Severity::grade, Severity::value, Severity::note})
      for (const std::string& code : table.texts(std::string(name_of(severity))))
        if (!severities_.emplace(code, severity).second) table.refuse(code + " stands twice");
    table.text("source");
  });
}

void WarningRanks::rank(std::vector<Warning>& warnings) const {
  for (Warning& warning : warnings) {
    const auto known = severities_.find(warning.code);
    warning.severity = known == severities_.end() ? Severity::value : known->second;
  }
  std::vector<Warning> kept;
  for (Warning& warning : warnings)
    if (std::find(kept.begin(), kept.end(), warning) == kept.end()) kept.push_back(std::move(warning));
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Warning& a, const Warning& b) { return a.severity < b.severity; });
  warnings = std::move(kept);
}

void rank_warnings(record::Reading& reading, const base::Resources& resources) {
  const WarningRanks ranks(resources);
  ranks.rank(reading.warnings);
  if (reading.sstr) ranks.rank(reading.sstr->warnings);
  if (reading.fdg) ranks.rank(reading.fdg->warnings);
  if (reading.registration) ranks.rank(reading.registration->warnings);
}

}  // namespace netpet::pipeline
