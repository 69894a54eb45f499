#include <fmt/format.h>

#include <algorithm>

#include "report/escape.h"
#include "report/grade_words.h"
#include "report/html_parts.h"
#include "report/shown.h"

namespace netpet::report::html {
namespace {

using record::Grade;

/// The first publication, without what follows it: further ones, where it is found, remarks.
std::string first_source(const std::string& source) {
  std::size_t end = source.size();
  for (const char* mark : {";", ", doi", " (", ", as given"}) end = std::min(end, source.find(mark));
  return source.substr(0, end);
}

std::string same_again(const Grade& grade) {
  return grade.stability ? fmt::format("{} %", decimals(100 * grade.stability->same, 0)) : "–";
}

void add_row(Table& table, const Grade& grade, const Texts& texts) {
  table.row({escape_html(texts.named("scale", grade.scale)),
             fmt::format("<b>{}</b>", escape_html(value_in_words(grade, texts))),
             grade.suitability.has_value()
                 ? escape_html(texts.named("suitability", grade.suitability.value()))
                 : "–",
             escape_html(texts.named("applies", grade.applicability)), same_again(grade),
             escape_html(first_source(grade.source))});
}

}  // namespace

std::string grade_table(const record::Reading& reading, const Texts& texts) {
  Table table(texts["report.suitability_note"], {{texts["column.scale"], ""},
                                                 {texts["column.grade"], ""},
                                                 {texts["label.suitability"], ""},
                                                 {texts["column.applies"], ""},
                                                 {texts["column.same_again"], "", CellKind::number},
                                                 {texts["label.source"], ""}});
  bool any = false;
  for (const Grade& grade : reading.grades) {
    if (value_in_words(grade, texts).empty()) continue;
    add_row(table, grade, texts);
    any = true;
  }
  return any ? section(texts["report.grades_at_a_glance"], table.markup(), "grade-table") : std::string();
}

}  // namespace netpet::report::html
