#include "grading/graded_documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/parallel_for.h"
#include "grading/explain.h"
#include "record/grade_json.h"
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

/// What a batch shares: the grader, and clinical facts that came beside the cases.
struct Grading {
  const Grader& grader;
  const std::optional<record::Clinical>& clinical;
};

void add_clinical(record::GradingCaseInput& input, const std::optional<record::Clinical>& clinical) {
  if (!clinical) return;
  if (input.grading_case.clinical)
    throw Error::input("clinical_given_twice",
                       "the case holds clinical facts, and others were given beside it: remove one");
  input.grading_case.clinical = clinical;
}

Answer answer_to(const InputJson& document, const Grading& grading) {
  Answer answer;
  const bool worked = document.is_object() && document.contains("input") && !document.contains("lesions");
  if (worked && document.contains("case") && document["case"].is_string())
    answer.case_name = document["case"].get<std::string>();
  record::GradingCaseInput input = record::read_grading_case(worked ? document["input"] : document);
  add_clinical(input, grading.clinical);
  answer.result = graded(input, grading.grader);
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
Answer answer_in_batch(Parsed&& parsed, const Grading& grading) {
  try {
    return answer_to(parsed(), grading);
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

/// The document of a case of a batch, on one line.
std::string line_of(const Answer& answer) {
  if (answer.result) return record::compact_text_of(*answer.result, answer.case_name);
  return dumped(document_of(answer), -1);
}

/// All texts, each with what follows it, without growing step by step.
std::string joined(const std::vector<std::string>& texts, std::string_view between, std::string_view after) {
  std::size_t bytes = after.size();
  for (const std::string& one : texts) bytes += one.size() + between.size();
  std::string all;
  all.reserve(bytes);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    all += texts[i];
    all += i + 1 < texts.size() ? between : after;
  }
  return all;
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
      texts[i] = form == AnswerForm::document ? line_of(answer) : text_of(answer);
    }
  });
  refused = refusals;
  return texts;
}

GradedDocuments grade_lines(std::string_view text, AnswerForm form, const Grading& grading,
                            const base::Run& run) {
  std::vector<std::string_view> lines;
  for (std::string_view line = next_line(text); !line.empty(); line = next_line(text)) lines.push_back(line);
  GradedDocuments documents;
  const auto texts = written_batch(lines.size(), form, run, documents.refused, [&](std::size_t i) {
    return answer_in_batch([&] { return record::parse_json(lines[i]); }, grading);
  });
  documents.text = joined(texts, "\n", "\n");
  return documents;
}

GradedDocuments grade_array(const InputJson& cases, AnswerForm form, const Grading& grading,
                            const base::Run& run) {
  GradedDocuments documents;
  const auto texts = written_batch(cases.size(), form, run, documents.refused, [&](std::size_t i) {
    return answer_in_batch([&]() -> const InputJson& { return cases[i]; }, grading);
  });
  const bool document = form == AnswerForm::document;
  documents.text = document ? "[\n" + joined(texts, ",\n", "\n") + "]\n" : joined(texts, "\n", "\n");
  return documents;
}

GradedDocuments written_alone(const Answer& answer, AnswerForm form) {
  return {form == AnswerForm::document ? dumped(document_of(answer), 1) + "\n" : text_of(answer), 0};
}

bool parses(std::string_view text) {
  return !text.empty() && InputJson::accept(text);
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
                           const base::Run& run, const std::optional<record::Clinical>& clinical) {
  const Grading grading{grader, clinical};
  if (layout == JsonLayout::lines) return grade_lines(text, form, grading, run);
  const InputJson document = record::parse_json(trimmed(text));
  if (document.is_array()) return grade_array(document, form, grading, run);
  return written_alone(answer_to(document, grading), form);
}

GradedDocuments grade_table(const record::GradingCaseInput& input, AnswerForm form, const Grader& grader,
                            const std::optional<record::Clinical>& clinical) {
  record::GradingCaseInput with_facts = input;
  add_clinical(with_facts, clinical);
  Answer answer;
  answer.result = graded(with_facts, grader);
  return written_alone(answer, form);
}

}  // namespace netpet::grading
