#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/pet_header.h"
#include "record/warning.h"
#include "suv/suv_rules.h"

namespace netpet::suv {

/// What the steps towards SUV share: the header, the thresholds, what the user accepted, and what was found
/// on the way.
class HeaderReview {
 public:
  HeaderReview(const record::PetHeader& header, const SuvRules& rules, const std::set<std::string>& accepted)
      : header_(header), rules_(rules), accepted_(accepted) {}

  const record::PetHeader& header() const { return header_; }
  const SuvRules& rules() const { return rules_; }

  /// One sentence of the provenance, with its numbers.
  void step(std::string sentence) { steps_.push_back(std::move(sentence)); }
  /// Told once, however often it is found.
  void warn(std::string code, std::string message);

  [[noreturn]] void refuse(std::string code, std::string message, std::string tag) const;
  /// Refuses unless `--accept code` was given; then it is a warning of the same code. For what may still be
  /// right.
  void refuse_unless_accepted(std::string code, std::string message, std::string tag);

  const std::vector<std::string>& steps() const { return steps_; }
  const std::vector<record::Warning>& warnings() const { return warnings_; }

 private:
  const record::PetHeader& header_;
  const SuvRules& rules_;
  const std::set<std::string>& accepted_;
  std::vector<std::string> steps_;
  std::vector<record::Warning> warnings_;
};

}  // namespace netpet::suv
