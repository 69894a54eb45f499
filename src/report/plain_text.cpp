#include "report/plain_text.h"

#include <fmt/format.h>

#include "report/escape.h"
#include "report/text_table.h"

namespace netpet::report {
namespace {

constexpr std::size_t kWidth = 110;

/// Lines of text below each other, indented as deeply as their group lies.
class TextWriter {
 public:
  void line(const std::string& text) { text_ += std::string(indent_, ' ') + text + "\n"; }
  void gap() {
    if (!text_.empty() && !text_.ends_with("\n\n")) text_ += "\n";
  }
  void wrap(const std::string& text, const std::string& before = "") {
    const std::string blank(before.size(), ' ');
    bool first = true;
    for (const std::string& part : wrapped(text, width() - before.size())) {
      line((first ? before : blank) + part);
      first = false;
    }
  }
  void heading(const std::string& text, char below) {
    const std::string one = one_line(text);
    gap();
    line(one);
    line(std::string(std::min(width(), length_of(one)), below));
  }
  void write(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) std::visit([&](const auto& content) { add(content); }, block.content);
  }
  std::size_t width() const { return kWidth - indent_; }
  const std::string& text() const { return text_; }

 private:
  void add(const Paragraph& paragraph) { wrap(plain(paragraph.line)); }
  void add(const Bullets& bullets) {
    for (const Line& item : bullets.items) wrap(plain(item), "- ");
  }
  void add(const Facts& list) {
    for (const auto& [name, value] : list.facts) wrap(fmt::format("{}: {}", one_line(name), plain(value)));
  }
  void add(const Table& table) {
    wrap(one_line(table.caption));
    gap();
    for (const std::string& row : text_table(table, width())) line(row);
  }
  void add(const Figure& figure) { wrap(fmt::format("[{}]", one_line(figure.in_words))); }
  void add(const Preformatted& block) {
    for (std::size_t begin = 0; begin < block.text.size();) {
      const std::size_t end = std::min(block.text.find('\n', begin), block.text.size());
      wrap(one_line(block.text.substr(begin, end - begin)));
      begin = end + 1;
    }
  }
  void add(const Legend&) {}  // colours are not told in words; patterns are
  void add(const Group& group) {
    if (!group.heading.empty()) heading(group.heading, group.kind == Group::Kind::part ? '.' : '-');
    write(group.blocks);
    gap();
  }
  void add(const Card& card) {
    gap();
    wrap(fmt::format("{}: {}", one_line(card.title), plain(card.value)));
    indent_ += 2;
    write(card.blocks);
    indent_ -= 2;
    gap();
  }

  std::string text_;
  std::size_t indent_ = 0;
};

}  // namespace

std::string to_plain_text(const Document& document) {
  TextWriter writer;
  writer.wrap(one_line(document.bound));
  writer.wrap(one_line(document.signature));
  writer.heading(fmt::format("{}: {}", document.kind, document.subject), '=');
  writer.write(document.head);
  writer.write(document.body);
  writer.gap();
  for (const std::string& line : document.foot) writer.wrap(one_line(line));
  return writer.text();
}

}  // namespace netpet::report
