#include "report/coded_terms.h"

#include <set>

#include "base/table.h"

namespace netpet::report {
namespace {

std::map<std::string, record::Code> codes_of(base::Table& table, const std::string& key) {
  std::map<std::string, record::Code> codes;
  table.each(key, [&](base::Table& row) {
    const std::string name = row.text("name");
    const record::Code code{row.text("value"), row.text("scheme"), row.text("meaning")};
    if (!codes.emplace(name, code).second) row.refuse(name + " has two codes");
  });
  return codes;
}

}  // namespace

CodedTerms::CodedTerms(const base::Resources& resources) {
  base::Table::read(resources, "data/coded_terms.json", [&](base::Table& table) {
    table.text("source");
    sites_ = codes_of(table, "sites");
    findings_ = codes_of(table, "findings");
    for (const char* needed : {"lesion_category", "lesion", "physiologic_category", "physiologic",
                               "reference_category", "reference"})
      if (!findings_.contains(needed)) table.refuse(std::string("findings lack ") + needed);
    for (const char* needed : {"liver", "spleen", "blood_pool"})
      if (!sites_.contains(needed)) table.refuse(std::string("sites lack ") + needed);
  });
}

std::optional<record::Code> CodedTerms::site(const std::string& name) const {
  const auto found = sites_.find(name);
  return found == sites_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace netpet::report
