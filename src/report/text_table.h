#pragma once

#include <string>
#include <vector>

#include "report/document.h"

namespace netpet::report {

/// Characters of a UTF-8 text.
std::size_t length_of(const std::string& utf8);

/// The lines of a text broken between words; a word that is longer than `width` stands alone.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

/// The words of a line of a document on one line; reasons of missing numbers in brackets.
std::string plain(const Line& line);

/// A table as lines of text with aligned columns, or, where the columns do not fit beside each other, each
/// row as a list of names and values.
std::vector<std::string> text_table(const Table& table, std::size_t width);

}  // namespace netpet::report
