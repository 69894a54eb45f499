#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.h"
#include "cli/command.h"
#include "grading/graded_documents.h"
#include "record/clinical_json.h"
#include "record/grading_case_csv.h"

namespace netpet::cli {
namespace {

using base::Error;

// A lesion table is text of a few kB; a batch of a million cases is about 1 GB.
constexpr std::size_t kMostBytes = std::size_t{2} << 30;

std::string read_all(std::istream& in, const std::string& name) {
  std::string text;
  std::string block(std::size_t{1} << 20, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    text.append(block, 0, static_cast<std::size_t>(in.gcount()));
    if (text.size() > kMostBytes)
      throw Error::input("input_too_large", "the input is larger than 2 GiB; split it").in_file(name);
  }
  if (in.bad()) throw Error::input("file_unreadable", "the file cannot be read").in_file(name);
  return text;
}

std::string read_text(const std::string& name) {
  if (name == "-") return read_all(std::cin, name);
  if (std::filesystem::is_directory(name))
    throw Error::input("file_unreadable", "this is a folder, not a file").in_file(name);
  std::ifstream file(name, std::ios::binary);
  if (!file) throw Error::input("file_missing", "the file is missing or cannot be opened").in_file(name);
  return read_all(file, name);
}

class GradeCommand final : public Command {
 public:
  std::string name() const override { return "grade"; }
  std::string summary() const override { return "grade lesion tables without images"; }
  std::string example() const override { return "netpet grade case.json --explain"; }

  void declare(CLI::App& app) override {
    app.add_option("file", file_, "JSON (one case, an array, JSON lines) or CSV; - is standard input")
        ->required();
    app.add_option("--references", references_, "JSON file of references for a CSV table");
    app.add_option("--clinical", clinical_, "JSON file of clinical facts, for every case")->type_name("FILE");
    app.add_flag("--explain", explain_, "print the evidence as text instead of JSON");
  }

  int run(const Context& context) override {
    const grading::Grader grader(context.resources);
    const auto form =
        explain_ && !context.options.json ? grading::AnswerForm::text : grading::AnswerForm::document;
    const grading::GradedDocuments documents = grade(grader, form, context.run);
    context.out << documents.text;
    if (documents.refused == 0) return 0;
    fmt::print(stderr, "netpet: {} refused; each has its error in its place\n",
               documents.refused == 1 ? "1 case was" : fmt::format("{} cases were", documents.refused));
    return 3;
  }

 private:
  grading::GradedDocuments grade(const grading::Grader& grader, grading::AnswerForm form,
                                 const base::Run& run) const {
    const bool table = !references_.empty() || std::filesystem::path(file_).extension() == ".csv";
    if (table && references_.empty())
      throw Error::usage("references_needed", "a CSV table needs --references FILE.json");
    const std::optional<record::Clinical> clinical = read_clinical();
    const std::string text = read_text(file_);
    try {
      return table ? grade_csv(text, clinical, grader, form)
                   : grading::grade_json(text, layout_of(text), form, grader, run, clinical);
    } catch (Error& error) {
      if (error.file()) throw;
      throw std::move(error).in_file(file_);
    }
  }

  grading::GradedDocuments grade_csv(const std::string& text, const std::optional<record::Clinical>& clinical,
                                     const grading::Grader& grader, grading::AnswerForm form) const {
    record::GradingCaseInput input = read_references();
    record::read_lesions_csv(text, input);
    return grading::grade_table(input, form, grader, clinical);
  }

  std::optional<record::Clinical> read_clinical() const {
    if (clinical_.empty()) return std::nullopt;
    return record::load_clinical(clinical_);
  }

  record::GradingCaseInput read_references() const {
    const std::string text = read_text(references_);
    try {
      return record::read_grading_references(record::parse_json(text));
    } catch (Error& error) {
      throw std::move(error).in_file(references_);
    }
  }

  grading::JsonLayout layout_of(const std::string& text) const {
    const auto extension = std::filesystem::path(file_).extension();
    if (extension == ".jsonl" || extension == ".ndjson") return grading::JsonLayout::lines;
    return grading::layout_of(text);
  }

  std::string file_;
  std::string references_;
  std::string clinical_;
  bool explain_ = false;
};

}  // namespace

std::unique_ptr<Command> make_grade_command() {
  return std::make_unique<GradeCommand>();
}

}  // namespace netpet::cli
