#pragma once

#include <string>

#include "report/document.h"

namespace netpet::report {

/// report.html: one self-contained page without scripts or links to anything outside of it, for screen and
/// print. Every text of the document is escaped.
std::string to_html(const Document& document);

/// The style sheet of the page.
std::string html_style();

}  // namespace netpet::report
