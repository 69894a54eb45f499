#include "report/warning_list.h"

#include <algorithm>
#include <utility>

namespace netpet::report {
std::vector<PlacedWarning> warning_list(const record::Reading& reading, const Texts& texts) {
  std::vector<PlacedWarning> list;
  const auto add = [&](const std::string& where, const std::vector<record::Warning>& warnings) {
    for (record::Warning warning : warnings) {
      // What nobody ranked stands with what moves values.
      if (warning.severity == record::Severity::unranked) warning.severity = record::Severity::value;
      list.push_back({where, std::move(warning)});
    }
  };
  add("", reading.warnings);
  for (const record::Role role : {record::Role::sstr, record::Role::fdg})
    if (const auto& scan = reading.scan(role))
      add(texts["tracer." + std::string(name_of(role))], scan->warnings);
  if (reading.registration) add(texts["report.registration"], reading.registration->warnings);
  std::stable_sort(list.begin(), list.end(), [](const PlacedWarning& a, const PlacedWarning& b) {
    return a.warning.severity < b.warning.severity;
  });
  return list;
}

}  // namespace netpet::report
