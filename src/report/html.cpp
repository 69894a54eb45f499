#include "report/html.h"

#include <fmt/format.h>

#include "report/escape.h"

namespace netpet::report {
namespace {

std::string blocks_markup(const std::vector<Block>& blocks);

std::string class_attribute(const std::string& css_class) {
  return css_class.empty() ? "" : fmt::format(" class=\"{}\"", css_class);
}

/// The class of a tone; empty where it looks like any text.
std::string class_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      break;
    case Tone::strong:
      return "strong";
    case Tone::note:
      return "note";
    case Tone::small:
      return "small";
    case Tone::caveat:
      return "caveat";
    case Tone::unit:
      return "unit";
    case Tone::code:
      return "code";
    case Tone::flag:
      return "flag";
    case Tone::missing:
      return "missing";
  }
  return {};
}

std::string words_markup(const Words& words) {
  const std::string text = escape_html(words.text);
  std::string css_class = class_of(words.tone);
  if (words.lesion_class) css_class += fmt::format(" {}", name_of(*words.lesion_class));
  if (!words.explanation.empty())
    return fmt::format("<abbr{} title=\"{}\">{}</abbr>", class_attribute(css_class),
                       escape_html(words.explanation), text);
  return css_class.empty() ? text : fmt::format("<span{}>{}</span>", class_attribute(css_class), text);
}

std::string line_markup(const Line& line) {
  std::string markup;
  const Words* before = nullptr;
  for (const Words& words : line.words) {
    if (before && words.tone == Tone::flag) markup += before->tone == Tone::flag ? " " : "<br>";
    markup += words_markup(words);
    before = &words;
  }
  return markup;
}

std::string markup_of(const Paragraph& paragraph) {
  return fmt::format("<p{}>{}</p>\n", class_attribute(class_of(paragraph.tone)), line_markup(paragraph.line));
}

std::string markup_of(const Bullets& bullets) {
  std::string items;
  for (const Line& item : bullets.items) items += fmt::format("<li>{}</li>\n", line_markup(item));
  return fmt::format("<ul{}>\n{}</ul>\n", class_attribute(class_of(bullets.tone)), items);
}

std::string markup_of(const Facts& list) {
  std::string rows;
  for (const auto& [name, value] : list.facts)
    rows += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape_html(name), line_markup(value));
  return "<dl class=\"facts\">\n" + rows + "</dl>\n";
}

std::string table_head(const Table& table) {
  std::string head;
  if (!table.groups.empty()) {
    head += "<tr class=\"groups\">";
    for (const auto& [name, span] : table.groups)
      head += name.empty()
                  ? fmt::format("<td colspan=\"{}\"></td>", span)
                  : fmt::format("<th scope=\"colgroup\" colspan=\"{}\">{}</th>", span, escape_html(name));
    head += "</tr>\n";
  }
  head += "<tr>";
  for (const Table::Column& column : table.columns)
    head += fmt::format(
        "<th scope=\"col\"{}>{}{}</th>", column.kind == ColumnKind::number ? " class=\"n\"" : "",
        escape_html(column.heading),
        column.unit.empty() ? "" : "<span class=\"unit\">" + escape_html(column.unit) + "</span>");
  return head + "</tr>\n";
}

std::string row_markup(const Table& table, const Table::Row& row) {
  std::string markup = row.kind == RowKind::target ? "<tr class=\"target\">" : "<tr>";
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool is_number = table.columns[i].kind == ColumnKind::number;
    markup += i == 0
                  ? fmt::format("<th scope=\"row\">{}</th>", line_markup(row.cells[i]))
                  : fmt::format("<td{}>{}</td>", is_number ? " class=\"n\"" : "", line_markup(row.cells[i]));
  }
  return markup + "</tr>\n";
}

std::string markup_of(const Table& table) {
  std::string rows;
  for (const Table::Row& row : table.rows) rows += row_markup(table, row);
  return fmt::format(
      "<div class=\"scroll\"><table>\n<caption>{}</caption>\n<thead>\n{}</thead>\n<tbody>\n{}</tbody>\n"
      "</table></div>\n",
      escape_html(table.caption), table_head(table), rows);
}

std::string markup_of(const Figure& figure) {
  return fmt::format(
      "<figure style=\"--print-height:{}mm\">\n<img alt=\"{}\" src=\"data:image/png;base64,{}\">\n{}"
      "</figure>\n",
      figure.print_height_mm, escape_html(figure.in_words), base64(figure.png),
      figure.caption.empty() ? ""
                             : fmt::format("<figcaption>{}</figcaption>\n", escape_html(figure.caption)));
}

std::string markup_of(const Preformatted& block) {
  return fmt::format("<pre class=\"impression\">{}</pre>\n", escape_html(block.text));
}

std::string markup_of(const Legend& legend) {
  std::string items;
  for (const Legend::Entry& entry : legend.entries)
    items +=
        fmt::format("<li><i class=\"{}\"></i>{}</li>\n",
                    entry.lesion_class ? name_of(*entry.lesion_class) : "target", escape_html(entry.text));
  return "<ul class=\"legend\">\n" + items + "</ul>\n";
}

std::string markup_of(const Group& group) {
  const std::string heading = escape_html(group.heading);
  std::string content = blocks_markup(group.blocks);
  switch (group.kind) {
    case Group::Kind::section:
      return fmt::format("<section{}>\n<h2>{}</h2>\n{}</section>\n", class_attribute(group.name), heading,
                         content);
    case Group::Kind::folded:
      return fmt::format("<section{}>\n<details>\n<summary>{}</summary>\n{}</details>\n</section>\n",
                         class_attribute(group.name), heading, content);
    case Group::Kind::alerts:
      return fmt::format("<div class=\"alerts\" role=\"note\">\n<h2>{}</h2>\n{}</div>\n", heading, content);
    case Group::Kind::columns:
      return fmt::format("<div class=\"two\">\n{}</div>\n", content);
    case Group::Kind::spread:
      return content;
    case Group::Kind::part:
      return fmt::format("<div>\n{}{}</div>\n", heading.empty() ? "" : "<h3>" + heading + "</h3>\n", content);
  }
  return {};
}

/// A code is short and stands large, words stand smaller.
std::string value_markup(const Line& value) {
  constexpr std::size_t kLongestCode = 5;
  if (value.empty()) return {};
  const bool is_code = value.words.front().text.size() <= kLongestCode;
  return fmt::format("<div class=\"value{}\">{}</div>", is_code ? "" : " words", line_markup(value));
}

std::string markup_of(const Card& card) {
  const std::string title = escape_html(card.title), content = blocks_markup(card.blocks);
  if (card.kind == Card::Kind::headline)
    return fmt::format(
        "<div class=\"verdict\">\n<div><div class=\"scale\">{}</div>{}</div>\n<div>{}</div>\n</div>\n", title,
        value_markup(card.value), content);
  return fmt::format("<article class=\"grade\">\n<div><h3>{}</h3>{}</div>\n<div>{}</div>\n</article>\n",
                     title, value_markup(card.value), content);
}

std::string blocks_markup(const std::vector<Block>& blocks) {
  std::string markup;
  for (const Block& block : blocks)
    markup += std::visit([](const auto& content) { return markup_of(content); }, block.content);
  return markup;
}

std::string page_head(const Document& document) {
  return fmt::format(
             "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
             "content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
             "style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>",
             escape_html(document.language), escape_html(document.title)) +
         html_style() + "</style>\n</head>\n";
}

}  // namespace

std::string to_html(const Document& document) {
  const std::string bound = escape_html(document.bound), signature = escape_html(document.signature);
  std::string page = page_head(document) + "<body>\n";
  if (!document.is_signed)
    page += fmt::format("<div class=\"watermark\" aria-hidden=\"true\"><span>{}</span></div>\n", signature);
  page += fmt::format("<div class=\"banner\" role=\"note\"><span>{}</span><strong>{}</strong></div>\n", bound,
                      signature);
  page += fmt::format("<main>\n<header>\n<p class=\"sub\">{}</p>\n<h1>{}</h1>\n{}</header>\n{}</main>\n",
                      escape_html(document.kind), escape_html(document.subject), blocks_markup(document.head),
                      blocks_markup(document.body));
  page += "<footer>\n";
  for (const std::string& line : document.foot) page += fmt::format("<p>{}</p>\n", escape_html(line));
  return page + "</footer>\n</body>\n</html>\n";
}

}  // namespace netpet::report
