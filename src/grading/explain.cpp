#include "grading/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "grading/lesion_flags.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::Grade;
using record::GradingResult;

/// A scale without one value says its answer in its summary, as Krenning does.
bool is_given(const Grade& grade) {
  if (grade.value.has_value()) return grade.value.value() != "NA";
  return grade.value.does_not_apply() && !grade.summary.empty();
}

std::string value_in_words(const Grade& grade) {
  return grade.summary.empty() ? organ_in_words(grade.value.value()) : grade.summary;
}

/// A sentence about a lesion, without the lesion's id.
struct AboutLesions {
  std::vector<std::string> ids;  ///< none: the sentence is about the patient
  std::string rest;
};

AboutLesions about(const std::string& sentence, const std::vector<record::LesionGrade>& lesions) {
  for (const record::LesionGrade& lesion : lesions) {
    const std::size_t end = lesion.id.size();
    if (sentence.starts_with(lesion.id) &&
        (sentence.compare(end, 2, ", ") == 0 || sentence.compare(end, 2, ": ") == 0))
      return {{lesion.id}, sentence.substr(end)};
  }
  return {{}, sentence};
}

/// Lesions of which the same is said share one line.
std::string steps(const std::vector<std::string>& evidence, const std::vector<record::LesionGrade>& lesions) {
  std::vector<AboutLesions> lines;
  for (const std::string& sentence : evidence) {
    AboutLesions one = about(sentence, lesions);
    if (!one.ids.empty() && !lines.empty() && !lines.back().ids.empty() && lines.back().rest == one.rest)
      lines.back().ids.push_back(one.ids.front());
    else
      lines.push_back(std::move(one));
  }
  std::string text;
  for (const AboutLesions& line : lines) text += fmt::format("  {}{}\n", list_in_words(line.ids), line.rest);
  return text;
}

/// Caveats that several scales share are said once.
std::vector<std::string> shared_caveats(const GradingResult& result) {
  std::vector<std::string> once, shared;
  for (const Grade& grade : result.grades) {
    if (!is_given(grade)) continue;
    for (const std::string& caveat : grade.caveats) {
      const bool seen = std::find(once.begin(), once.end(), caveat) != once.end();
      add_flag(seen ? shared : once, caveat);
    }
  }
  return shared;
}

/// The answers that differ from the value; "every other definition says the same" where none does.
std::string other_definitions(const Grade& grade) {
  const record::GradeField* field = grade.field("alternatives");
  const auto* alternatives = field ? std::get_if<record::AlternativeValues>(field) : nullptr;
  if (!alternatives || !grade.value.has_value()) return "";
  std::vector<std::string> others;
  for (const auto& [name, value] : *alternatives)
    if (value.has_value() && value != grade.value)
      others.push_back(fmt::format("{} {}", organ_in_words(name), organ_in_words(value.value())));
  if (others.empty()) return "Every other definition that can be had says the same.";
  return fmt::format("By other definitions: {}.", fmt::join(others, "; "));
}

std::string given(const Grade& grade, const GradingResult& result,
                  const std::vector<std::string>& said_elsewhere) {
  std::string text = fmt::format("\n{}: {}", grade.title, value_in_words(grade));
  if (grade.suitability.has_value()) text += fmt::format(" – {}", organ_in_words(grade.suitability.value()));
  text += '\n' + steps(grade.evidence, result.lesions);
  if (const std::string others = other_definitions(grade); !others.empty())
    text += fmt::format("  {}\n", others);
  if (grade.stability && !grade.stability->sentence.empty())
    text += fmt::format("  {}\n", grade.stability->sentence);
  for (const std::string& caveat : grade.caveats)
    if (std::find(said_elsewhere.begin(), said_elsewhere.end(), caveat) == said_elsewhere.end())
      text += fmt::format("  Note: {}.\n", caveat);
  return text;
}

/// Why a scale is not given.
std::string reason(const Grade& grade) {
  if (!grade.value.has_value() && !grade.value.does_not_apply()) return grade.value.reason();
  for (const auto& [name, field] : grade.fields) {
    if (const auto* yes = std::get_if<base::Computed<bool>>(&field); yes && !yes->reason().empty())
      return yes->reason();
    if (const auto* number = std::get_if<base::Computed<double>>(&field); number && !number->reason().empty())
      return number->reason();
  }
  if (grade.evidence.empty()) return "there is nothing to grade";
  const std::string& sentence = grade.evidence.front();
  const std::size_t colon = sentence.find(": ");
  const std::string why = colon == std::string::npos ? sentence : sentence.substr(colon + 2);
  return why.ends_with('.') ? why.substr(0, why.size() - 1) : why;
}

std::string not_given(const GradingResult& result) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_reason;
  for (const Grade& grade : result.grades) {
    if (is_given(grade)) continue;
    const std::string why = reason(grade);
    const auto known =
        std::find_if(by_reason.begin(), by_reason.end(), [&](const auto& one) { return one.first == why; });
    if (known == by_reason.end())
      by_reason.push_back({why, {grade.title}});
    else
      known->second.push_back(grade.title);
  }
  std::string text;
  for (const auto& [why, scales] : by_reason) text += fmt::format("  {}: {}.\n", list_in_words(scales), why);
  return text.empty() ? "" : "\nNot given\n" + text;
}

std::string biopsy(const GradingResult& result) {
  if (!result.biopsy_target) return "";
  std::string text =
      fmt::format("\nLesion to consider for biopsy: {}, {}.\n", *result.biopsy_target, result.biopsy_why);
  for (const record::BiopsyAlternative& one : result.biopsy_alternatives)
    text += fmt::format("  Else {}.\n", one.why);
  return text;
}

std::string flags(const GradingResult& result) {
  std::vector<std::string> all;
  for (const Grade& grade : result.grades)
    for (const std::string& flag : grade.flags) add_flag(all, flag);
  return all.empty() ? "" : fmt::format("\nFlags: {}\n", fmt::join(all, ", "));
}

}  // namespace

std::string explain(const GradingResult& result) {
  std::string text = result.headline + "\n";
  for (const record::Warning& warning : result.warnings)
    text += fmt::format("Warning: {} [{}]\n", warning.message, warning.code);
  const std::vector<std::string> shared = shared_caveats(result);
  for (const Grade& grade : result.grades)
    if (is_given(grade)) text += given(grade, result, shared);
  if (!shared.empty()) text += "\nBeside every label\n";
  for (std::string caveat : shared) {
    caveat.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(caveat.front())));
    text += fmt::format("  {}.\n", caveat);
  }
  text += biopsy(result);
  text += not_given(result);
  text += flags(result);
  text += "\nSources\n";
  for (const Grade& grade : result.grades)
    if (is_given(grade)) text += fmt::format("  {}: {}\n", grade.title, grade.source);
  text += "\nResearch use only.\n";
  return text;
}

}  // namespace netpet::grading
