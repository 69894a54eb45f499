#pragma once

#include <string>
#include <vector>

#include "grading/positivity.h"

namespace netpet::grading {

/// The ids of the lesions that are not excluded, by what they show.
struct LesionGroups {
  std::vector<std::string> sstr_only;
  std::vector<std::string> on_both;
  std::vector<std::string> discordant;  ///< FDG-positive, receptor-negative
  std::vector<std::string> on_neither;
};

LesionGroups group_lesions(const std::vector<LesionCall>& calls);
/// One sentence a group that is not empty: "Above liver on both tracers: L1 and L2."
std::vector<std::string> groups_in_words(const LesionGroups& groups, const std::string& background);

}  // namespace netpet::grading
