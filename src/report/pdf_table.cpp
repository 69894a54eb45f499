#include <algorithm>
#include <cmath>

#include "report/column_widths.h"
#include "report/footnotes.h"
#include "report/palette.h"
#include "report/pieces.h"

namespace netpet::report {
namespace {

constexpr double kCellGap = 5, kRowGap = 2.2;  // points between columns, above and below a row
constexpr double kLargest = 7.6, kSmallest = 5.6;
constexpr double kCaption = 7.2, kNote = 6.6;
constexpr std::size_t kLinesTogether = 40;  // a row of more is broken over pages
constexpr Colour kTargetGround{253, 243, 243}, kTargetEdge{159, 28, 36};

using Cell = std::vector<TextRun>;

std::vector<Cell> head_cells(const Table& table, double size) {
  std::vector<Cell> cells;
  for (const Table::Column& column : table.columns) {
    Cell cell{{column.heading, size, Weight::bold, kInk}};
    if (!column.unit.empty()) cell.push_back({"\n" + column.unit, 0.86 * size, Weight::normal, kMuted});
    cells.push_back(std::move(cell));
  }
  return cells;
}

std::vector<Cell> row_cells(const Table::Row& row, double size, Footnotes& notes) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    Cell cell = runs_of(row.cells[i], size, i == 0 ? Weight::bold : Weight::normal, kInk);
    for (const Words& words : row.cells[i].words)
      if (const std::string mark = notes.mark(words); !mark.empty())
        cell.push_back({mark, 0.8 * size, Weight::normal, kMuted});
    cells.push_back(std::move(cell));
  }
  return cells;
}

/// All cells of a table in one size of type, the head first.
struct Body {
  std::vector<std::vector<Cell>> rows;
  Footnotes notes;
};

Body body_of(const Table& table, double size) {
  Body body;
  body.rows.push_back(head_cells(table, size));
  for (const Table::Row& row : table.rows) body.rows.push_back(row_cells(row, size, body.notes));
  return body;
}

std::vector<ColumnNeed> needs_of(const Body& body, const Paper& paper) {
  std::vector<ColumnNeed> needs(body.rows.front().size());
  for (const auto& row : body.rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      const LaidText text = paper.lay_out(row[i], 2 * Paper::kHeight);
      needs[i].natural = std::max(needs[i].natural, std::ceil(text.width() + 1));
      needs[i].least = std::max(needs[i].least, std::ceil(text.longest_word() + 1));
    }
  return needs;
}

/// The size of type and the widths of columns at which a table fits.
struct Fit {
  double size = kLargest;
  std::vector<double> widths;
};

/// The largest type in which no word breaks; where even the smallest is too large, columns of equal width.
Fit fit_of(const Table& table, double width, const Paper& paper) {
  const double columns = double(table.columns.size()), room = width - kCellGap * columns;
  constexpr int kSteps = 10;
  for (int step = 0; step <= kSteps; ++step) {
    const double size = kLargest - step * (kLargest - kSmallest) / kSteps;
    std::vector<double> widths = column_widths(needs_of(body_of(table, size), paper), room);
    if (!widths.empty()) return {size, std::move(widths)};
  }
  return {kSmallest, std::vector<double>(table.columns.size(), room / columns)};
}

/// What a row that does not fill the width leaves goes to its columns of text.
void stretch(std::vector<double>& widths, const Table& table, double width) {
  double used = 0, of_text = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    used += widths[i] + kCellGap;
    if (table.columns[i].kind == ColumnKind::text) of_text += widths[i];
  }
  if (of_text <= 0 || used >= width) return;
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (table.columns[i].kind == ColumnKind::text) widths[i] *= 1 + (width - used) / of_text;
}

std::vector<LaidText> laid_row(const Table& table, const std::vector<Cell>& cells,
                               const std::vector<double>& widths, const Paper& paper) {
  std::vector<LaidText> texts;
  for (std::size_t i = 0; i < cells.size(); ++i)
    texts.push_back(paper.lay_out(cells[i], widths[i],
                                  table.columns[i].kind == ColumnKind::number ? Align::right : Align::left));
  return texts;
}

/// Lines [begin, end) of the cells of a row.
Piece row_piece(const std::vector<LaidText>& texts, const std::vector<double>& widths, std::size_t begin,
                std::size_t end, double width, RowKind kind) {
  double height = 0;
  for (const LaidText& text : texts) {
    double sum = 0;
    for (std::size_t i = begin; i < std::min(end, text.lines()); ++i) sum += text.height_of(i);
    height = std::max(height, sum);
  }
  height += 2 * kRowGap;
  return {height, [=](Paper& paper, double x, double y) {
            if (kind == RowKind::target) {
              paper.fill({x, y, width, height}, kTargetGround);
              paper.fill({x, y, 2.5, height}, kTargetEdge);
            }
            paper.fill({x, y + height - 0.4, width, 0.4}, kHairline);
            paper.begin_role(PageRole::paragraph);
            double left = x + kCellGap;
            for (std::size_t i = 0; i < texts.size(); ++i) {
              if (begin < texts[i].lines())
                paper.draw(texts[i], begin, std::min(end, texts[i].lines()), left, y + kRowGap);
              left += widths[i] + kCellGap;
            }
            paper.end_role(PageRole::paragraph);
          }};
}

Piece group_piece(const Table& table, const std::vector<double>& widths, const Paper& paper) {
  struct Heading {
    LaidText text;
    double left, width;
  };
  std::vector<Heading> headings;
  double left = kCellGap, height = 0;
  std::size_t column = 0;
  for (const auto& [name, span] : table.groups) {
    double wide = -kCellGap;
    for (int i = 0; i < span; ++i) wide += widths[column++] + kCellGap;
    if (!name.empty()) {
      headings.push_back(
          {paper.lay_out({{name, kLargest, Weight::bold, kAccent}}, wide, Align::centre), left, wide});
      height = std::max(height, headings.back().text.height() + kRowGap);
    }
    left += wide + kCellGap;
  }
  return {height, [=](Paper& target, double x, double y) {
            for (const Heading& heading : headings) {
              target.draw(heading.text, x + heading.left, y);
              target.fill({x + heading.left, y + height - 0.4, heading.width, 0.4}, kHairline);
            }
          }};
}

}  // namespace

Pieces pieces_of(const Table& table, double width, const Paper& paper) {
  Fit fit = fit_of(table, width, paper);
  stretch(fit.widths, table, width);
  const Body body = body_of(table, fit.size);
  Pieces head;
  if (!table.groups.empty()) head.push_back(group_piece(table, fit.widths, paper));
  head.push_back(row_piece(laid_row(table, body.rows[0], fit.widths, paper), fit.widths, 0, kLinesTogether,
                           width, RowKind::plain));
  head.push_back({0, [width](Paper& target, double x, double y) {
                    target.fill({x, y - 0.8, width, 0.8}, kInk);
                  }});
  auto repeated = std::make_shared<const Piece>(joined(std::move(head)));

  Pieces pieces = text_pieces(paper.lay_out({{table.caption, kCaption, Weight::normal, kMuted}}, width),
                              PageRole::paragraph);
  for (Piece& line : pieces) line.after = Piece::Break::not_after;
  pieces.push_back(*repeated);
  pieces.back().after = Piece::Break::not_after;
  for (std::size_t i = 1; i < body.rows.size(); ++i) {
    const std::vector<LaidText> texts = laid_row(table, body.rows[i], fit.widths, paper);
    std::size_t lines = 1;
    for (const LaidText& text : texts) lines = std::max(lines, text.lines());
    for (std::size_t begin = 0; begin < lines; begin += kLinesTogether) {
      pieces.push_back(
          row_piece(texts, fit.widths, begin, begin + kLinesTogether, width, table.rows[i - 1].kind));
      pieces.back().again_on_top = repeated;
    }
  }
  for (const std::string& note : body.notes.lines())
    for (Piece& line :
         text_pieces(paper.lay_out({{note, kNote, Weight::normal, kMuted}}, width), PageRole::paragraph))
      pieces.push_back(std::move(line));
  return pieces;
}

}  // namespace netpet::report
