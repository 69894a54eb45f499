#include "grading/lesion_groups.h"

#include <fmt/format.h>

#include "grading/wording.h"

namespace netpet::grading {

LesionGroups group_lesions(const std::vector<LesionCall>& calls) {
  LesionGroups groups;
  for (const LesionCall& call : calls) {
    if (!call.counts()) continue;
    auto& group = call.positive_on_both() ? groups.on_both
                  : call.discordant()     ? groups.discordant
                  : call.sstr.positive    ? groups.sstr_only
                                          : groups.on_neither;
    group.push_back(call.lesion->id);
  }
  return groups;
}

std::vector<std::string> groups_in_words(const LesionGroups& groups, const std::string& background) {
  std::vector<std::string> sentences;
  const auto add = [&](const char* where, const std::vector<std::string>& ids) {
    if (!ids.empty())
      sentences.push_back(fmt::format("Above {} {}: {}.", background, where, list_in_words(ids)));
  };
  add("on both tracers", groups.on_both);
  add("on FDG only", groups.discordant);
  add("on SSTR only", groups.sstr_only);
  add("on neither tracer", groups.on_neither);
  return sentences;
}

}  // namespace netpet::grading
