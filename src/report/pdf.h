#pragma once

#include <string>

#include "report/document.h"

namespace netpet::report {

/// report.pdf: the document on A4, with what it must not be used for and who stands for it on every page, a
/// watermark on every page of an unsigned one, bookmarks of its sections, and text that can be copied. The
/// same document gives the same bytes.
std::string to_pdf(const Document& document);

}  // namespace netpet::report
