#pragma once

#include <string>

#include "record/reading.h"
#include "report/texts.h"

/// Grades as readers see them. Nothing here is markup.
namespace netpet::report {

/// The value of a scale: "some above" of "some_above".
std::string worded(const std::string& value, const Texts& texts);
/// The answer of a scale in a few words; empty where it has none.
std::string value_in_words(const record::Grade& grade, const Texts& texts);
/// How much disease has no receptors, and where, of the NETPET grade; empty where none has.
std::string discordance_in_words(const record::Grade& netpet, const Texts& texts);
/// Whether a physician reviewed the reading, in a sentence.
std::string review_in_words(const record::Reading& reading, const Texts& texts);
/// "Unsigned – not verified", or by whom it was signed.
std::string signature_in_words(const record::Reading& reading, const Texts& texts);
/// The reading's grade on that scale; null where it has none.
const record::Grade* grade_of(const record::Reading& reading, const std::string& scale);

}  // namespace netpet::report
