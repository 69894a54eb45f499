#include "report/html_parts.h"

#include <fmt/format.h>

#include "report/escape.h"
#include "report/shown.h"

namespace netpet::report::html {
namespace {

std::string class_attribute(const std::string& css_class) {
  return css_class.empty() ? "" : fmt::format(" class=\"{}\"", css_class);
}

}  // namespace

std::string section(const std::string& heading, const std::string& content, const std::string& css_class) {
  if (content.empty()) return {};
  return fmt::format("<section{}>\n<h2>{}</h2>\n{}</section>\n", class_attribute(css_class),
                     escape_html(heading), content);
}

std::string paragraph(const std::string& text, const std::string& css_class) {
  if (text.empty()) return {};
  return fmt::format("<p{}>{}</p>\n", class_attribute(css_class), escape_html(text));
}

std::string bullets(const std::vector<std::string>& sentences, const std::string& css_class) {
  if (sentences.empty()) return {};
  std::string items;
  for (const std::string& sentence : sentences) items += fmt::format("<li>{}</li>\n", escape_html(sentence));
  return fmt::format("<ul{}>\n{}</ul>\n", class_attribute(css_class), items);
}

std::string figure(const std::string& png_bytes, const std::string& alternative_text,
                   const std::string& caption) {
  if (png_bytes.empty()) return {};
  return fmt::format(
      "<figure>\n<img alt=\"{}\" src=\"data:image/png;base64,{}\">\n{}</figure>\n",
      escape_html(alternative_text), base64(png_bytes),
      caption.empty() ? "" : fmt::format("<figcaption>{}</figcaption>\n", escape_html(caption)));
}

FactList& FactList::add(const std::string& name, const std::string& text) {
  return add_html(name, escape_html(text));
}

FactList& FactList::add_html(const std::string& name, const std::string& markup) {
  if (!markup.empty()) rows_ += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape_html(name), markup);
  return *this;
}

std::string FactList::markup() const {
  return rows_.empty() ? "" : "<dl class=\"facts\">\n" + rows_ + "</dl>\n";
}

Table::Table(std::string caption, std::vector<Column> columns)
    : caption_(std::move(caption)), columns_(std::move(columns)) {}

Table& Table::group(std::vector<std::pair<std::string, int>> groups) {
  groups_ = std::move(groups);
  return *this;
}

Table& Table::row(std::vector<std::string> cells, const std::string& css_class) {
  base::check(cells.size() == columns_.size(), "a table row has as many cells as the table has columns");
  rows_ += fmt::format("<tr{}>", class_attribute(css_class));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool is_number = columns_[i].kind == CellKind::number;
    rows_ += i == 0 ? fmt::format("<th scope=\"row\">{}</th>", cells[i])
                    : fmt::format("<td{}>{}</td>", is_number ? " class=\"n\"" : "", cells[i]);
  }
  rows_ += "</tr>\n";
  return *this;
}

std::string Table::markup() const {
  std::string head;
  if (!groups_.empty()) {
    head += "<tr class=\"groups\">";
    for (const auto& [name, span] : groups_)
      head += name.empty()
                  ? fmt::format("<td colspan=\"{}\"></td>", span)
                  : fmt::format("<th scope=\"colgroup\" colspan=\"{}\">{}</th>", span, escape_html(name));
    head += "</tr>\n";
  }
  head += "<tr>";
  for (const Column& column : columns_)
    head += fmt::format(
        "<th scope=\"col\"{}>{}{}</th>", column.kind == CellKind::number ? " class=\"n\"" : "",
        escape_html(column.heading),
        column.unit.empty() ? "" : "<span class=\"unit\">" + escape_html(column.unit) + "</span>");
  head += "</tr>\n";
  return fmt::format(
      "<div "
      "class=\"scroll\"><table>\n<caption>{}</caption>\n<thead>\n{}</thead>\n<tbody>\n{}</tbody>\n</table></"
      "div>\n",
      escape_html(caption_), head, rows_);
}

std::string number(const base::Computed<double>& value, int places, const Texts& texts) {
  std::string text = shown(value, places);
  if (value.has_value()) return text;
  const std::string why = value.does_not_apply()
                              ? texts["report.not_applicable"]
                              : fmt::format(fmt::runtime(texts["report.not_computable"]), value.reason());
  return fmt::format("<abbr class=\"missing\" title=\"{}\">{}</abbr>", escape_html(why), text);
}

std::string flag(const std::string& code, const Texts& texts) {
  const std::string words = [&] {
    std::string spaced = code;
    for (char& c : spaced)
      if (c == '_') c = ' ';
    return spaced;
  }();
  return fmt::format("<abbr class=\"flag\" title=\"{}\">{}</abbr>", escape_html(texts.named("flag", code)),
                     escape_html(words));
}

std::string flags(const std::vector<std::string>& codes, const Texts& texts) {
  std::string markup;
  for (const std::string& code : codes) markup += (markup.empty() ? "" : " ") + flag(code, texts);
  return markup;
}

}  // namespace netpet::report::html
