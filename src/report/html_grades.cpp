#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/escape.h"
#include "report/grade_words.h"
#include "report/html_parts.h"
#include "report/shown.h"

namespace netpet::report::html {
namespace {

using record::Grade;
using record::GradeField;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;  // clang 14 does not find it by itself

std::string missing(const std::string& reason, const Texts& texts) {
  return reason.empty() ? std::string() : fmt::format(fmt::runtime(texts["report.not_computable"]), reason);
}

/// The words of one further field; empty where it does not apply.
std::string field_text(const GradeField& field, const Texts& texts) {
  return std::visit(
      Overloaded{
          [&](const base::Computed<bool>& value) {
            return value.has_value() ? texts[value.value() ? "label.yes" : "label.no"]
                                     : missing(value.reason(), texts);
          },
          [&](const base::Computed<double>& value) {
            return value.has_value() ? short_number(value.value()) : missing(value.reason(), texts);
          },
          [&](const base::Computed<std::string>& value) {
            return value.has_value() ? with_dashes(worded(value.value(), texts))
                                     : missing(value.reason(), texts);
          },
          [&](const std::vector<std::string>& list) { return fmt::format("{}", fmt::join(list, ", ")); },
          [&](const record::TextLists& lists) {
            std::string text;
            for (const auto& [name, list] : lists)
              text +=
                  fmt::format("{}{}: {}", text.empty() ? "" : "; ", name,
                              list.empty() ? texts["label.none"] : fmt::format("{}", fmt::join(list, ", ")));
            return text;
          },
          [&](const record::AlternativeValues& alternatives) {
            std::string text;
            for (const auto& [name, value] : alternatives)
              text += fmt::format(
                  "{}{}: {}", text.empty() ? "" : "; ", texts.named("field", name),
                  value.has_value() ? worded(value.value(), texts) : missing(value.reason(), texts));
            return text;
          }},
      field);
}

/// Fields of the contract whose number is a part of a whole.
bool is_share(const std::string& name) {
  return name.find("share") != std::string::npos;
}

std::string fact_text(const std::string& name, const GradeField& field, const Texts& texts) {
  const auto* number = std::get_if<base::Computed<double>>(&field);
  if (number && number->has_value() && is_share(name))
    return fmt::format("{} %", decimals(100 * number->value(), 0));
  return field_text(field, texts);
}

std::string facts_of(const Grade& grade, const Texts& texts) {
  FactList facts;
  if (grade.suitability.has_value())
    facts.add(texts["label.suitability"], texts.named("suitability", grade.suitability.value()));
  for (const auto& [name, field] : grade.fields)
    if (!std::holds_alternative<record::AlternativeValues>(field))
      facts.add(texts.named("field", name), fact_text(name, field, texts));
  if (grade.applicability != "unknown")
    facts.add(texts["label.applicability"], texts.named("applicability", grade.applicability));
  return facts.markup();
}

/// What other definitions would have said.
std::string alternatives_of(const Grade& grade, const Texts& texts) {
  for (const auto& [name, field] : grade.fields)
    if (std::holds_alternative<record::AlternativeValues>(field))
      if (const std::string text = field_text(field, texts); !text.empty())
        return paragraph(fmt::format("{}: {}", texts.named("field", name), text));
  return {};
}

std::string value_markup(const Grade& grade, const Texts& texts) {
  constexpr std::size_t kLongestCode = 5;
  if (const std::string words = value_in_words(grade, texts); !words.empty())
    return fmt::format("<div class=\"value{}\">{}</div>", words.size() > kLongestCode ? " words" : "",
                       escape_html(words));
  if (grade.value.does_not_apply()) return {};
  return fmt::format("<div class=\"value words\">n/c</div><p class=\"small\">{}</p>",
                     escape_html(grade.value.reason()));
}

/// A scale that does not speak of this patient has neither value nor fields.
bool says_something(const Grade& grade) {
  return !grade.value.does_not_apply() || !grade.fields.empty();
}

std::string card(const Grade& grade, const Texts& texts) {
  std::string right = facts_of(grade, texts);
  if (grade.stability) right += paragraph(grade.stability->sentence, "note");
  right += bullets(grade.evidence);
  right += alternatives_of(grade, texts);
  right += bullets(grade.caveats, "caveat");
  if (!grade.flags.empty()) right += fmt::format("<p>{}</p>\n", flags(grade.flags, texts));
  if (!grade.population.empty())
    right += paragraph(fmt::format("{}: {}", texts["label.population"], grade.population), "small");
  if (!grade.source.empty())
    right += paragraph(fmt::format("{}: {}", texts["label.source"], grade.source), "small");
  return fmt::format("<article class=\"grade\">\n<div><h3>{}</h3>{}</div>\n<div>{}</div>\n</article>\n",
                     escape_html(texts.named("scale", grade.scale)), value_markup(grade, texts), right);
}

}  // namespace

std::string grades(const record::Reading& reading, const Texts& texts) {
  std::string cards;
  std::string others;
  for (const Grade& grade : reading.grades) {
    if (says_something(grade))
      cards += card(grade, texts);
    else
      others += fmt::format("{}{}", others.empty() ? "" : ", ", texts.named("scale", grade.scale));
  }
  if (cards.empty()) return {};
  std::string note;
  if (std::any_of(reading.grades.begin(), reading.grades.end(),
                  [](const Grade& grade) { return grade.applicability == "unknown"; }))
    note = paragraph(texts["report.applicability_unknown"], "note");
  if (!others.empty())
    cards += paragraph(fmt::format("{}: {}", texts["report.scales_that_do_not_apply"], others), "small");
  return section(texts["report.grades"], note + cards);
}

}  // namespace netpet::report::html
