#include <fmt/format.h>

#include <algorithm>

#include "report/grade_words.h"
#include "report/sections.h"

namespace netpet::report {
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
  table.row({texts.named("scale", grade.scale), Words{value_in_words(grade, texts), Tone::strong},
             grade.suitability.has_value() ? texts.named("suitability", grade.suitability.value()) : "–",
             texts.named("applies", grade.applicability), same_again(grade), first_source(grade.source)});
}

}  // namespace

Blocks grade_table(const record::Reading& reading, const Texts& texts) {
  Table table{texts["report.suitability_note"],
              {{texts["column.scale"], ""},
               {texts["column.grade"], ""},
               {texts["label.suitability"], ""},
               {texts["column.applies"], ""},
               {texts["column.same_again"], "", ColumnKind::number},
               {texts["label.source"], ""}}};
  for (const Grade& grade : reading.grades)
    if (!value_in_words(grade, texts).empty()) add_row(table, grade, texts);
  if (table.rows.empty()) return {};
  return section(texts["report.grades_at_a_glance"], {std::move(table)}, "grade-table");
}

}  // namespace netpet::report
