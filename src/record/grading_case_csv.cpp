#include "record/grading_case_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace netpet::record {
namespace {

using base::Error;
using Row = std::vector<std::string>;

[[noreturn]] void refuse(std::size_t row, const std::string& what) {
  throw Error::input("csv_malformed", fmt::format("row {} of the table: {}", row, what));
}

/// Rows of cells by RFC 4180: quoted cells may hold commas, quotes ("" for ") and line ends.
std::vector<Row> split(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<Row> rows;
  Row row;
  std::string cell;
  bool quoted = false;
  const auto end_cell = [&] { row.push_back(std::exchange(cell, {})); };
  const auto end_row = [&] {
    end_cell();
    const bool blank = row.size() == 1 && row.front().empty();
    if (!blank) rows.push_back(row);
    row.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        cell += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        cell += text[++i];
      else
        quoted = false;
    } else if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == ',') {
      end_cell();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (quoted) refuse(rows.size() + 1, "a quoted cell does not end");
  end_row();
  return rows;
}

double number_in(const std::string& cell, std::size_t row, const std::string& column) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size())
    refuse(row, fmt::format("{} is \"{}\"; it must be a number with a decimal point", column, cell));
  return value;
}

/// The same lesion as the JSON document has it, so that one reader judges both.
InputJson lesion_document(const Row& columns, const Row& row, std::size_t row_number) {
  static constexpr std::array kTexts{"id", "site", "size_source", "excluded", "status"};
  static constexpr std::array kNumbers{"size_mm", "volume_ml"};
  static constexpr std::array kUptakes{"sstr_suvpeak", "sstr_suvmax", "fdg_suvpeak", "fdg_suvmax"};
  const auto among = [](const auto& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  InputJson lesion = InputJson::object();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string& column = columns[i];
    if (row[i].empty()) continue;
    if (among(kTexts, column)) lesion[column] = row[i];
    if (among(kNumbers, column)) lesion[column] = number_in(row[i], row_number, column);
    if (among(kUptakes, column)) {
      const std::size_t bar = column.find('_');
      lesion[column.substr(0, bar)][column.substr(bar + 1)] = number_in(row[i], row_number, column);
    }
  }
  return lesion;
}

void check_columns(const Row& columns, std::vector<Warning>& warnings) {
  static constexpr std::array kKnown{"id",         "site",         "size_mm",     "size_source",
                                     "volume_ml",  "sstr_suvpeak", "sstr_suvmax", "fdg_suvpeak",
                                     "fdg_suvmax", "excluded",     "status"};
  if (std::find(columns.begin(), columns.end(), "id") == columns.end()) refuse(1, "there is no column id");
  for (auto column = columns.begin(); column != columns.end(); ++column) {
    if (std::find(columns.begin(), column, *column) != column)
      refuse(1, fmt::format("the column {} stands twice", *column));
    if (std::find(kKnown.begin(), kKnown.end(), *column) == kKnown.end())
      warnings.push_back(
          {"unknown_field", fmt::format("the column {} is not known and was not used", *column)});
  }
}

}  // namespace

void read_lesions_csv(std::string_view text, GradingCaseInput& input) {
  const std::vector<Row> rows = split(text);
  if (rows.empty())
    throw Error::input("csv_malformed", "the table is empty; its first line must name the columns");
  const Row& columns = rows.front();
  check_columns(columns, input.warnings);
  InputJson lesions = InputJson::array();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() != columns.size())
      refuse(i + 1, fmt::format("it has {} cells, the first line {}", rows[i].size(), columns.size()));
    lesions.push_back(lesion_document(columns, rows[i], i + 1));
  }
  read_grading_lesions(lesions, input);
}

}  // namespace netpet::record
