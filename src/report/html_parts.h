#pragma once

#include <string>
#include <vector>

#include "base/computed.h"
#include "record/reading.h"
#include "report/texts.h"

/// The bricks of the HTML report. Whatever comes from a file or a header passes through `escape_html` in
/// here.
namespace netpet::report::html {

/// <section> with a heading; empty content gives nothing.
std::string section(const std::string& heading, const std::string& content,
                    const std::string& css_class = "");
std::string paragraph(const std::string& text, const std::string& css_class = "");
/// A list of sentences; empty for none.
std::string bullets(const std::vector<std::string>& sentences, const std::string& css_class = "");
/// A picture as part of the document, with the words that stand for it.
std::string figure(const std::string& png_bytes, const std::string& alternative_text,
                   const std::string& caption);

/// Rows of a name and its value, which is HTML already; rows with an empty value are left out.
class FactList {
 public:
  FactList& add(const std::string& name, const std::string& text);
  FactList& add_html(const std::string& name, const std::string& markup);
  std::string markup() const;

 private:
  std::string rows_;
};

enum class CellKind { text, number };

/// A table whose cells are HTML already.
class Table {
 public:
  struct Column {
    std::string heading;
    std::string unit;  ///< below the heading
    CellKind kind = CellKind::text;
  };
  Table(std::string caption, std::vector<Column> columns);
  /// A line of headings above the columns, each over so many of them.
  Table& group(std::vector<std::pair<std::string, int>> groups);
  Table& row(std::vector<std::string> cells, const std::string& css_class = "");
  std::string markup() const;

 private:
  std::string caption_;
  std::vector<Column> columns_;
  std::vector<std::pair<std::string, int>> groups_;
  std::string rows_;
};

/// The number; "–" where it does not apply; "n/c" with its reason where it cannot be computed.
std::string number(const base::Computed<double>& value, int places, const Texts& texts);
/// A flag as a small label that explains itself.
std::string flag(const std::string& code, const Texts& texts);
std::string flags(const std::vector<std::string>& codes, const Texts& texts);

// Sections, one file each.
std::string style();
std::string header(const record::Reading& reading, const Texts& texts);
std::string warnings(const record::Reading& reading, const Texts& texts);
std::string headline(const record::Reading& reading, const Texts& texts);
/// Every scale that has an answer, one line each.
std::string grade_table(const record::Reading& reading, const Texts& texts);
std::string grades(const record::Reading& reading, const Texts& texts);
/// The paste-ready impression as it is written in plain text.
std::string impression(const record::Reading& reading, const Texts& texts);
std::string lesions(const record::Reading& reading, const Texts& texts);
std::string physiologic(const record::Reading& reading, const Texts& texts);
/// What a post-therapy scan tells; empty for any other.
std::string post_therapy(const record::Reading& reading, const Texts& texts);
std::string burden(const record::Reading& reading, const Texts& texts);
std::string references(const record::Reading& reading, const std::string& png, const Texts& texts);
std::string registration(const record::Reading& reading, const std::string& png, const Texts& texts);
std::string suv(const record::Reading& reading, const Texts& texts);
std::string flag_glossary(const record::Reading& reading, const Texts& texts);
std::string settings(const record::Reading& reading, const Texts& texts);

}  // namespace netpet::report::html
