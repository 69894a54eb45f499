#pragma once

#include <array>
#include <string>
#include <vector>

#include "grading/positivity.h"

namespace netpet::grading {

/// What one lesion shows.
enum class LesionGroup {
  sstr_only,
  on_both,
  discordant,  ///< FDG-positive, receptor-negative
  on_neither
};
constexpr std::size_t kLesionGroups = 4;

LesionGroup group_of(const LesionCall& call);

/// How many lesions show what: all that the classes of Karfis and Zidan depend on.
class GroupCounts {
 public:
  void add(LesionGroup group) { ++counts_[static_cast<std::size_t>(group)]; }
  bool any(LesionGroup group) const { return counts_[static_cast<std::size_t>(group)] > 0; }

 private:
  std::array<std::size_t, kLesionGroups> counts_{};
};

/// Over the lesions that are not excluded.
GroupCounts count_groups(const std::vector<LesionCall>& calls);
GroupCounts count_groups(const std::vector<LesionGroup>& groups);

/// The ids of the lesions that are not excluded, by what they show.
class LesionGroups {
 public:
  const std::vector<std::string>& of(LesionGroup group) const {
    return ids_[static_cast<std::size_t>(group)];
  }
  void add(LesionGroup group, const std::string& id) { ids_[static_cast<std::size_t>(group)].push_back(id); }

 private:
  std::array<std::vector<std::string>, kLesionGroups> ids_;
};

LesionGroups group_lesions(const std::vector<LesionCall>& calls);
/// One sentence a group that is not empty: "Above liver on both tracers: L1 and L2."
std::vector<std::string> groups_in_words(const LesionGroups& groups, const std::string& background);

}  // namespace netpet::grading
