#include "report/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "report/column_widths.h"
#include "report/escape.h"
#include "report/footnotes.h"

namespace netpet::report {
namespace {

constexpr std::size_t kGap = 2;  // between columns

using Cells = std::vector<std::string>;

/// Adds words to those before them, set off as their tone asks for.
void add(std::string& text, const Words& words, const std::string& remark) {
  if (!text.empty() && (words.tone == Tone::unit || words.tone == Tone::flag)) text += ' ';
  text += words.tone == Tone::unit   ? "(" + words.text + ")"
          : words.tone == Tone::flag ? "[" + words.text + "]"
                                     : words.text;
  text += remark;
}

/// The words without reasons: those stand below the table.
std::string cell_text(const Line& line, Footnotes& notes) {
  std::string text;
  for (const Words& words : line.words) add(text, words, notes.mark(words));
  return one_line(text);
}

/// The group that a column stands under.
std::string group_of(const Table& table, std::size_t column) {
  std::size_t end = 0;
  for (const auto& [name, span] : table.groups)
    if (column < (end += static_cast<std::size_t>(span))) return name;
  return {};
}

Cells headings_of(const Table& table) {
  Cells headings;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Table::Column& column = table.columns[i];
    const std::string group = group_of(table, i);
    headings.push_back(one_line(fmt::format("{}{}{}{}", group, group.empty() ? "" : " ", column.heading,
                                            column.unit.empty() ? "" : " (" + column.unit + ")")));
  }
  return headings;
}

std::vector<ColumnNeed> needs_of(const std::vector<Cells>& rows) {
  std::vector<ColumnNeed> needs(rows.front().size());
  for (const Cells& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      needs[i].natural = std::max(needs[i].natural, double(length_of(row[i])));
      for (const std::string& word : wrapped(row[i], 1))
        needs[i].least = std::max(needs[i].least, double(length_of(word)));
    }
  return needs;
}

std::string padded(const std::string& text, std::size_t width, ColumnKind kind) {
  const std::string blank(width - std::min(width, length_of(text)), ' ');
  return kind == ColumnKind::number ? blank + text : text + blank;
}

void add_row(std::vector<std::string>& lines, const Table& table, const Cells& cells,
             const std::vector<std::size_t>& widths) {
  std::vector<Cells> columns;
  std::size_t height = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    columns.push_back(wrapped(cells[i], widths[i]));
    height = std::max(height, columns.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) text += std::string(kGap, ' ');
      text += padded(line < columns[i].size() ? columns[i][line] : "", widths[i], table.columns[i].kind);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    lines.push_back(text);
  }
}

std::string ruler(const std::vector<std::size_t>& widths) {
  std::string line;
  for (const std::size_t width : widths)
    line += (line.empty() ? "" : std::string(kGap, ' ')) + std::string(width, '-');
  return line;
}

void add_record(std::vector<std::string>& lines, const Cells& headings, const Cells& cells,
                std::size_t width) {
  std::string record = cells.front();
  for (std::size_t i = 1; i < cells.size(); ++i)
    if (!cells[i].empty()) record += fmt::format("{} {}: {}", i == 1 ? ":" : ";", headings[i], cells[i]);
  const std::vector<std::string> broken = wrapped(record, width - kGap);
  for (std::size_t i = 0; i < broken.size(); ++i) lines.push_back((i == 0 ? "" : "  ") + broken[i]);
}

}  // namespace

std::size_t length_of(const std::string& utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    if (!line.empty() && length_of(line) + 1 + length_of(word) > width)
      lines.push_back(std::exchange(line, ""));
    line += (line.empty() ? "" : " ") + word;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string plain(const Line& line) {
  std::string text;
  for (const Words& words : line.words)
    add(text, words, Footnotes::needs_reason(words) ? fmt::format(" ({})", words.explanation) : "");
  return one_line(text);
}

std::vector<std::string> text_table(const Table& table, std::size_t width) {
  Footnotes notes;
  const Cells headings = headings_of(table);
  std::vector<Cells> rows{headings};
  for (const Table::Row& row : table.rows) {
    Cells& cells = rows.emplace_back();
    for (const Line& cell : row.cells) cells.push_back(cell_text(cell, notes));
  }
  const double gaps = double(kGap * (headings.size() - 1));
  const std::vector<double> shares = column_widths(needs_of(rows), double(width) - gaps);
  const std::vector<std::size_t> widths(shares.begin(), shares.end());  // whole characters
  std::vector<std::string> lines;
  for (std::size_t i = widths.empty() ? 1 : 0; i < rows.size(); ++i) {
    if (widths.empty())
      add_record(lines, headings, rows[i], width);
    else
      add_row(lines, table, rows[i], widths);
    if (i == 0) lines.push_back(ruler(widths));
  }
  for (const std::string& note : notes.lines()) lines.push_back(one_line(note));
  return lines;
}

}  // namespace netpet::report
