#pragma once

#include <string>
#include <string_view>

namespace netpet::report {

/// The text with every byte that is not part of well-formed UTF-8, and every control character but tab and
/// line feed, replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// The same on one line, for a terminal: line feeds and tabs become spaces.
std::string one_line(std::string_view text);

/// Text for HTML, as content or as a quoted attribute: nothing in it can begin a tag, an entity or end an
/// attribute.
std::string escape_html(std::string_view text);

/// One CSV field (RFC 4180), quoted where it must be. A text that a spreadsheet would take for a formula gets
/// an apostrophe before it.
std::string csv_text(std::string_view text);

/// Base64 (RFC 4648) without line breaks.
std::string base64(std::string_view bytes);

}  // namespace netpet::report
