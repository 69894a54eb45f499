#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "report/shown.h"

/// A report as what it says, apart from how it is shown: HTML, PDF and plain text are made from the same
/// document, so that none of them can say anything else than the others. Nothing in here is markup; texts
/// are UTF-8 and may hold whatever a header held.
namespace netpet::report {

/// What words are, which tells how they look.
enum class Tone {
  plain,
  strong,
  note,     ///< a remark, muted
  small,    ///< a lesser remark
  caveat,   ///< limits what stands before it
  unit,     ///< on a line of its own below what it belongs to
  code,     ///< a code or UID, which may break anywhere
  flag,     ///< a short label that stands for a sentence
  missing,  ///< stands for a number that is not there
};

struct Words {
  std::string text;
  Tone tone = Tone::plain;
  std::string explanation = {};                  ///< what an abbreviation or a missing number means
  std::optional<LesionClass> lesion_class = {};  ///< shown in the colour of the class
};

/// Words one after the other.
struct Line {
  std::vector<Words> words;

  Line() = default;
  Line(std::string text);  // NOLINT(google-explicit-constructor): a text is a line
  Line(const char* text) : Line(std::string(text)) {}
  Line(Words one) { words.push_back(std::move(one)); }  // NOLINT(google-explicit-constructor)
  Line& add(Words one);
  bool empty() const { return words.empty(); }
};

struct Paragraph {
  Line line;
  Tone tone = Tone::plain;
};

struct Bullets {
  std::vector<Line> items;
  Tone tone = Tone::plain;
};

/// Names and their values.
struct Facts {
  std::vector<std::pair<std::string, Line>> facts;
  /// Leaves out a value without words.
  Facts& add(std::string name, Line value);
};

enum class ColumnKind { text, number };
enum class RowKind { plain, target };

struct Table {
  struct Column {
    std::string heading;
    std::string unit = {};  ///< below the heading
    ColumnKind kind = ColumnKind::text;
  };
  struct Row {
    std::vector<Line> cells;  ///< one a column; the first names the row
    RowKind kind = RowKind::plain;
  };
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::pair<std::string, int>> groups = {};  ///< headings above so many columns each
  std::vector<Row> rows = {};
  Table& row(std::vector<Line> cells, RowKind kind = RowKind::plain);
};

struct Figure {
  std::string png;
  std::string in_words;  ///< for those who do not see it
  std::string caption;
  double print_height_mm = 105;  ///< at most, on paper
};

/// A text whose lines stay as they are.
struct Preformatted {
  std::string text;
};

/// The colours of lesions and what they mean.
struct Legend {
  struct Entry {
    std::optional<LesionClass> lesion_class;  ///< none: the target lesion
    std::string text;
  };
  std::vector<Entry> entries;
};

struct Block;

/// A few blocks under a heading.
struct Group {
  enum class Kind {
    section,
    folded,   ///< of lesser weight: a page may hide it at first
    alerts,   ///< to be read before anything else
    columns,  ///< its groups stand beside each other
    spread,   ///< its two groups stand beside each other on paper and below each other on a screen
    part,     ///< below a section
  };
  Kind kind = Kind::section;
  std::string heading;
  std::string name = {};      ///< of the kind of section, for styles
  std::vector<Block> blocks;  // no initialiser: Block is not complete yet
};

/// The answer of one scale: its name, the value large, and the reasons.
struct Card {
  enum class Kind { headline, scale };
  Kind kind = Kind::scale;
  std::string title;
  Line value;
  std::vector<Block> blocks;  // no initialiser: Block is not complete yet
};

struct Block {
  std::variant<Paragraph, Bullets, Facts, Table, Figure, Preformatted, Legend, Group, Card> content;
  template <class Content>
  requires(!std::same_as<Content, Block>) Block(Content one)
      : content(std::move(one)) {}  // NOLINT(google-explicit-constructor)
};

struct Document {
  std::string language;   ///< "en"
  std::string title;      ///< of the window or file
  std::string kind;       ///< what kind of document it is
  std::string subject;    ///< whom it is about
  std::string bound;      ///< what it must not be used for; on every page
  std::string signature;  ///< who stands for it; on every page
  bool is_signed = false;
  std::string dated;  ///< ISO 8601, of the latest scan; empty where unknown
  std::vector<Block> head;
  std::vector<Block> body;
  std::vector<std::string> foot;
};

}  // namespace netpet::report
