#include "grading/lesion_groups.h"

#include <fmt/format.h>

#include "grading/wording.h"

namespace netpet::grading {

LesionGroup group_of(const LesionCall& call) {
  if (call.positive_on_both()) return LesionGroup::on_both;
  if (call.discordant()) return LesionGroup::discordant;
  return call.sstr.positive ? LesionGroup::sstr_only : LesionGroup::on_neither;
}

GroupCounts count_groups(const std::vector<LesionCall>& calls) {
  GroupCounts counts;
  for (const LesionCall& call : calls)
    if (call.counts()) counts.add(group_of(call));
  return counts;
}

GroupCounts count_groups(const std::vector<LesionGroup>& groups) {
  GroupCounts counts;
  for (const LesionGroup group : groups) counts.add(group);
  return counts;
}

LesionGroups group_lesions(const std::vector<LesionCall>& calls) {
  LesionGroups groups;
  for (const LesionCall& call : calls)
    if (call.counts()) groups.add(group_of(call), call.lesion->id);
  return groups;
}

std::vector<std::string> groups_in_words(const LesionGroups& groups, const std::string& background) {
  std::vector<std::string> sentences;
  const auto add = [&](const char* where, const std::vector<std::string>& ids) {
    if (!ids.empty())
      sentences.push_back(fmt::format("Above {} {}: {}.", background, where, list_in_words(ids)));
  };
  add("on both tracers", groups.of(LesionGroup::on_both));
  add("on FDG only", groups.of(LesionGroup::discordant));
  add("on SSTR only", groups.of(LesionGroup::sstr_only));
  add("on neither tracer", groups.of(LesionGroup::on_neither));
  return sentences;
}

}  // namespace netpet::grading
