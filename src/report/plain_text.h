#pragma once

#include <string>

#include "report/document.h"

namespace netpet::report {

/// report.txt: the words of a document in UTF-8, in lines of at most 110 characters where words allow it.
/// Pictures are told by the words that stand for them, reasons of missing numbers stand below their table.
std::string to_plain_text(const Document& document);

}  // namespace netpet::report
