#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/grade_words.h"
#include "report/sections.h"

namespace netpet::report {
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

Facts facts_of(const Grade& grade, const Texts& texts) {
  Facts facts;
  if (grade.suitability.has_value())
    facts.add(texts["label.suitability"], texts.named("suitability", grade.suitability.value()));
  for (const auto& [name, field] : grade.fields)
    if (!std::holds_alternative<record::AlternativeValues>(field))
      facts.add(texts.named("field", name), fact_text(name, field, texts));
  if (grade.applicability != "unknown")
    facts.add(texts["label.applicability"], texts.named("applicability", grade.applicability));
  return facts;
}

/// What other definitions would have said.
std::string alternatives_of(const Grade& grade, const Texts& texts) {
  for (const auto& [name, field] : grade.fields)
    if (std::holds_alternative<record::AlternativeValues>(field))
      if (const std::string text = field_text(field, texts); !text.empty())
        return fmt::format("{}: {}", texts.named("field", name), text);
  return {};
}

Line value_of(const Grade& grade, const Texts& texts) {
  if (const std::string words = value_in_words(grade, texts); !words.empty()) return words;
  if (grade.value.does_not_apply()) return {};
  return Words{"n/c", Tone::missing};  // the reason follows in full
}

/// A scale that does not speak of this patient has neither value nor fields.
bool says_something(const Grade& grade) {
  return !grade.value.does_not_apply() || !grade.fields.empty();
}

void add_bullets(Blocks& blocks, const std::vector<std::string>& sentences, Tone tone = Tone::plain) {
  if (!sentences.empty()) blocks.emplace_back(Bullets{{sentences.begin(), sentences.end()}, tone});
}

Card card_of(const Grade& grade, const Texts& texts) {
  Card card{Card::Kind::scale, texts.named("scale", grade.scale), value_of(grade, texts), {}};
  Blocks& blocks = card.blocks;
  if (!grade.value.has_value() && !grade.value.does_not_apply() && grade.summary.empty())
    add_paragraph(blocks, missing(grade.value.reason(), texts), Tone::note);
  if (Facts facts = facts_of(grade, texts); !facts.facts.empty()) blocks.emplace_back(std::move(facts));
  if (grade.stability) add_paragraph(blocks, grade.stability->sentence, Tone::note);
  add_bullets(blocks, grade.evidence);
  add_paragraph(blocks, alternatives_of(grade, texts));
  add_bullets(blocks, grade.caveats, Tone::caveat);
  Line flags;
  add_flags(flags, grade.flags, texts);
  add_paragraph(blocks, flags);
  if (!grade.population.empty())
    add_paragraph(blocks, fmt::format("{}: {}", texts["label.population"], grade.population), Tone::small);
  if (!grade.source.empty())
    add_paragraph(blocks, fmt::format("{}: {}", texts["label.source"], grade.source), Tone::small);
  return card;
}

}  // namespace

Blocks grades(const record::Reading& reading, const Texts& texts) {
  Blocks content;
  std::string others;
  for (const Grade& grade : reading.grades) {
    if (says_something(grade))
      content.emplace_back(card_of(grade, texts));
    else
      others += fmt::format("{}{}", others.empty() ? "" : ", ", texts.named("scale", grade.scale));
  }
  if (content.empty()) return {};
  if (std::any_of(reading.grades.begin(), reading.grades.end(),
                  [](const Grade& grade) { return grade.applicability == "unknown"; }))
    content.insert(content.begin(), Paragraph{Line(texts["report.applicability_unknown"]), Tone::note});
  if (!others.empty())
    add_paragraph(content, fmt::format("{}: {}", texts["report.scales_that_do_not_apply"], others),
                  Tone::small);
  return section(texts["report.grades"], std::move(content));
}

}  // namespace netpet::report
