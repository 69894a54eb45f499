#include "report/document.h"

#include "base/error.h"

namespace netpet::report {

Line::Line(std::string text) {
  if (!text.empty()) words.push_back({std::move(text)});
}

Line& Line::add(Words one) {
  words.push_back(std::move(one));
  return *this;
}

Facts& Facts::add(std::string name, Line value) {
  if (!value.empty()) facts.emplace_back(std::move(name), std::move(value));
  return *this;
}

Table& Table::row(std::vector<Line> cells, RowKind kind) {
  base::check(cells.size() == columns.size(), "a table row has as many cells as the table has columns");
  rows.push_back({std::move(cells), kind});
  return *this;
}

}  // namespace netpet::report
