#include "grading/headline.h"

#include <fmt/format.h>

#include "grading/wording.h"

namespace netpet::grading {
namespace {

std::string text_field(const record::Grade& grade, const std::string& name) {
  const record::GradeField* field = grade.field(name);
  const auto* text = field ? std::get_if<base::Computed<std::string>>(field) : nullptr;
  return text ? text->value_or("") : "";
}

std::string krenning_in_words(const record::Grade& krenning) {
  const auto number = [&](const char* name) -> std::optional<double> {
    const record::GradeField* field = krenning.field(name);
    const auto* computed = field ? std::get_if<base::Computed<double>>(field) : nullptr;
    return computed && computed->has_value() ? std::optional(computed->value()) : std::nullopt;
  };
  const auto lowest = number("lowest"), highest = number("highest");
  if (!lowest || !highest) return "";
  if (*lowest == *highest) return fmt::format("; Krenning {:g}", *highest);
  return fmt::format("; Krenning {:g}–{:g}", *lowest, *highest);
}

}  // namespace

std::string headline(const NetpetResult& netpet, const record::Grade& krenning) {
  const record::Grade& grade = netpet.grade;
  const std::string value = grade.value.value_or("NA");
  if (value == "NA")
    return fmt::format("NETPET NA: {}{}", netpet.not_given_because, krenning_in_words(krenning));
  const std::string group = text_field(grade, "group");
  if (!netpet.to_decide.empty())
    return fmt::format("{} or {}: decide {}", group_in_words(netpet.group_if_unreviewed_excluded),
                       group_in_words(group), list_in_words(netpet.to_decide));
  std::string words = value;
  if (group != value && group != "P0")
    words += fmt::format(" (group {}; sub-grade not outcome-validated)", group_in_words(group));
  if (const std::string qualifier = text_field(grade, "qualifier"); !qualifier.empty())
    words += ", " + qualifier;
  if (const std::string target = text_field(grade, "target_lesion"); !target.empty())
    words += ", target " + target;
  const std::string strict = text_field(grade, "strict_any_size");
  if (value == "P1" && strict != value)
    words += fmt::format(", sub-threshold discordance ({} at any size)", strict);
  return words;
}

}  // namespace netpet::grading
