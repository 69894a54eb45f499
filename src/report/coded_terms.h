#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/resources.h"
#include "record/code.h"

namespace netpet::report {

/// Codes of what readings name, from data/coded_terms.json.
class CodedTerms {
 public:
  explicit CodedTerms(const base::Resources& resources);

  /// The place of a lesion or of a reference region ("liver", "blood_pool"); nothing where no code is known.
  std::optional<record::Code> site(const std::string& name) const;
  /// What something is ("lesion", "physiologic", "reference"), or the category of that. Its name is ours.
  const record::Code& finding(const std::string& name) const { return findings_.at(name); }

 private:
  std::map<std::string, record::Code> sites_, findings_;
};

}  // namespace netpet::report
