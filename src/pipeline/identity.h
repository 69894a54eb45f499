#pragma once

#include <string>

#include "record/study.h"

namespace netpet::pipeline {

/// Whether two headers can be of one person: ids agree, birth date and sex do not contradict each other, and
/// without ids the names agree.
bool same_patient(const record::Patient& a, const record::Patient& b);

/// Whether the names are of two people, as far as spelling tells: letters, accents, order, initials and a
/// missing middle name make no difference; an empty name contradicts none.
bool names_differ(const std::string& a, const std::string& b);

/// "NET-0042, Doe^Jane (born 1958-04-17, sex F)".
std::string described(const record::Patient& patient);

}  // namespace netpet::pipeline
