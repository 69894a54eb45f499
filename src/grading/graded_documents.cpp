#include "grading/graded_documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/parallel_for.h"
#include "record/json.h"

namespace netpet::grading {
namespace {

using base::Error;
using record::InputJson;
using record::Json;

constexpr const char* kBlank = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// Takes the next line that is not blank off `text`; empty at the end.
std::string_view next_line(std::string_view& text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty()) return line;
  }
  return {};
}

/// One case's answer, or why it was refused.
struct Answer {
  std::optional<record::GradingResult> result;
  std::optional<Error> refusal;
  std::string case_name;
};

record::GradingResult graded(const record::GradingCaseInput& input, const Grader& grader) {
  record::GradingResult result = grader.grade(input.grading_case);
  result.warnings.insert(result.warnings.end(), input.warnings.begin(), input.warnings.end());
  return result;
}

Answer answer_to(const InputJson& document, const Grader& grader) {
  Answer answer;
  const bool worked = document.is_object() && document.contains("input") && !document.contains("lesions");
  if (worked && document.contains("case") && document["case"].is_string())
    answer.case_name = document["case"].get<std::string>();
  answer.result = graded(record::read_grading_case(worked ? document["input"] : document), grader);
  return answer;
}

Json document_of(const Answer& answer) {
  Json document = answer.result ? record::json_of(*answer.result) : record::json_of(*answer.refusal);
  if (!answer.case_name.empty()) document["case"] = answer.case_name;
  return document;
}

std::string text_of(const Answer& answer) {
  const std::string name = answer.case_name.empty() ? "" : answer.case_name + ": ";
  if (!answer.result)
    return fmt::format("{}refused: {} [{}]\n", name, answer.refusal->message(), answer.refusal->code());
  return name + explain(*answer.result);
}

/// The answer to one case of a batch: a refusal stays in its place.
template <class Parsed>
Answer answer_in_batch(Parsed&& parsed, const Grader& grader) {
  try {
    return answer_to(parsed(), grader);
  } catch (const Error& error) {
    if (error.kind() != base::ErrorKind::input) throw;
    Answer answer;
    answer.refusal = error;
    return answer;
  }
}

std::string dumped(const Json& document, int indent) {
  return document.dump(indent, ' ', false, Json::error_handler_t::replace);
}

// Enough cases that handing out the work costs nothing beside it.
constexpr std::size_t kCasesAtOnce = 64;

/// The answers to `count` cases, each written on its own, in order whatever the number of threads.
template <class AnswerTo>
std::vector<std::string> written_batch(std::size_t count, AnswerForm form, const base::Run& run,
                                       std::size_t& refused, AnswerTo&& answer_to_case) {
  std::vector<std::string> texts(count);
  std::atomic<std::size_t> refusals = 0;
  base::parallel_for(run, count, kCasesAtOnce, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Answer answer = answer_to_case(i);
      if (answer.refusal) ++refusals;
      texts[i] = form == AnswerForm::document ? dumped(document_of(answer), -1) : text_of(answer);
    }
  });
  refused = refusals;
  return texts;
}

GradedDocuments grade_lines(std::string_view text, AnswerForm form, const Grader& grader,
                            const base::Run& run) {
  std::vector<std::string_view> lines;
  for (std::string_view line = next_line(text); !line.empty(); line = next_line(text)) lines.push_back(line);
  GradedDocuments documents;
  const auto texts = written_batch(lines.size(), form, run, documents.refused, [&](std::size_t i) {
    return answer_in_batch([&] { return record::parse_json(lines[i]); }, grader);
  });
  for (const std::string& one : texts) documents.text += one + "\n";
  return documents;
}

GradedDocuments grade_array(const InputJson& cases, AnswerForm form, const Grader& grader,
                            const base::Run& run) {
  GradedDocuments documents;
  const auto texts = written_batch(cases.size(), form, run, documents.refused, [&](std::size_t i) {
    return answer_in_batch([&]() -> const InputJson& { return cases[i]; }, grader);
  });
  const bool document = form == AnswerForm::document;
  documents.text = document ? "[\n" : "";
  for (std::size_t i = 0; i < texts.size(); ++i)
    documents.text += texts[i] + (document && i + 1 < texts.size() ? ",\n" : "\n");
  if (document) documents.text += "]\n";
  return documents;
}

GradedDocuments written_alone(const Answer& answer, AnswerForm form) {
  return {form == AnswerForm::document ? dumped(document_of(answer), 1) + "\n" : text_of(answer), 0};
}

bool parses(std::string_view text) {
  return !text.empty() && InputJson::accept(text);
}

std::string value_in_words(const record::Grade& grade) {
  if (grade.value.has_value()) return grade.value.value();
  if (!grade.value.does_not_apply()) return "not computable, " + grade.value.reason();
  std::string fields;
  for (const auto& [name, field] : grade.fields) {
    const auto* yes = std::get_if<base::Computed<bool>>(&field);
    const auto* number = std::get_if<base::Computed<double>>(&field);
    const std::string missing = yes ? yes->reason() : number ? number->reason() : "";
    std::string value = missing.empty() ? "" : "not computable";
    if (yes && yes->has_value()) value = yes->value() ? "yes" : "no";
    if (number && number->has_value()) value = fmt::format("{:.3g}", number->value());
    if (!value.empty()) fields += fmt::format("{}{} {}", fields.empty() ? "" : ", ", name, value);
  }
  return fields.empty() ? "does not apply" : fields;
}

}  // namespace

JsonLayout layout_of(std::string_view text) {
  const std::string_view all = trimmed(text);
  if (all.starts_with('[')) return JsonLayout::array;
  std::string_view rest = all;
  const std::string_view first = next_line(rest);
  const std::string_view second = next_line(rest);
  if (second.empty()) return JsonLayout::one_case;
  // A broken first line must not hide that the others are cases of their own.
  if (first.starts_with('{') && second.starts_with('{') && (parses(first) || parses(second)))
    return JsonLayout::lines;
  return parses(first) ? JsonLayout::lines : JsonLayout::one_case;
}

GradedDocuments grade_json(std::string_view text, JsonLayout layout, AnswerForm form, const Grader& grader,
                           const base::Run& run) {
  if (layout == JsonLayout::lines) return grade_lines(text, form, grader, run);
  const InputJson document = record::parse_json(trimmed(text));
  if (document.is_array()) return grade_array(document, form, grader, run);
  return written_alone(answer_to(document, grader), form);
}

GradedDocuments grade_table(const record::GradingCaseInput& input, AnswerForm form, const Grader& grader) {
  Answer answer;
  answer.result = graded(input, grader);
  return written_alone(answer, form);
}

std::string explain(const record::GradingResult& result) {
  std::string text = result.headline + "\n";
  for (const record::Grade& grade : result.grades) {
    text += fmt::format("\n{}: {}", grade.scale, value_in_words(grade));
    if (grade.suitability.has_value()) text += fmt::format(" ({})", grade.suitability.value());
    text += '\n';
    for (const std::string& step : grade.evidence) text += fmt::format("  {}\n", step);
    for (const std::string& caveat : grade.caveats) text += fmt::format("  Note: {}.\n", caveat);
    if (!grade.flags.empty()) text += fmt::format("  Flags: {}\n", fmt::join(grade.flags, ", "));
    text += fmt::format("  Source: {}\n", grade.source);
  }
  for (const record::Warning& warning : result.warnings)
    text += fmt::format("\nWarning: {} [{}]\n", warning.message, warning.code);
  text += "\nResearch use only.\n";
  return text;
}

}  // namespace netpet::grading
