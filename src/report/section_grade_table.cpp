#include <fmt/format.h>

#include "report/grade_words.h"
#include "report/sections.h"

namespace netpet::report {
namespace {

using record::Grade;

std::string same_again(const Grade& grade) {
  return grade.stability ? fmt::format("{} %", decimals(100 * grade.stability->same, 0)) : "–";
}

void add_row(Table& table, const Grade& grade, const Texts& texts) {
  Line scale(texts.named("scale", grade.scale));
  scale.add({texts.named("cited", grade.scale), Tone::unit});
  Line suitability(grade.suitability.has_value() ? texts.named("suitability", grade.suitability.value())
                                                 : "–");
  if (grade.applicability != "unknown")
    suitability.add({texts.named("applies", grade.applicability), Tone::unit});
  table.row({std::move(scale), Words{value_in_words(grade, texts), Tone::strong}, std::move(suitability),
             same_again(grade)});
}

}  // namespace

Blocks grade_table(const record::Reading& reading, const Texts& texts) {
  Table table{texts["report.suitability_note"],
              {{texts["column.scale"], texts["label.source"]},
               {texts["column.grade"]},
               {texts["label.suitability"]},
               {texts["column.same_again"], "", ColumnKind::number}}};
  for (const Grade& grade : reading.grades)
    if (!value_in_words(grade, texts).empty()) add_row(table, grade, texts);
  if (table.rows.empty()) return {};
  return section(texts["report.grades_at_a_glance"], {std::move(table)}, "grade-table");
}

}  // namespace netpet::report
