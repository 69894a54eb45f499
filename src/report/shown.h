#pragma once

#include <string>

#include "base/computed.h"
#include "record/reading.h"

/// Numbers as people read them.
namespace netpet::report {

/// A plain decimal with so many places; −0 is 0.
std::string decimals(double value, int places);
/// Three significant digits for amounts of any size ("0.0321", "4.56", "183", "18300").
std::string three_digits(double value);
/// The number, "–" where it does not apply, "n/c" where it cannot be computed.
std::string shown(const base::Computed<double>& value, int places);
/// A whole number without decimals, any other with three significant digits.
std::string short_number(double value);
/// "Doe, Jane" of the DICOM person name "Doe^Jane"; prefix, middle name and suffix follow.
std::string person_name(const std::string& dicom_name);
/// Words of a document as readers see them: "P2-4" with an en dash.
std::string with_dashes(const std::string& group);
/// "2024-01-02 10:15", empty where unknown.
std::string shown(const std::optional<base::Instant>& time);
/// "185 MBq".
std::string shown_dose(double becquerel);
/// Minutes from administration to acquisition; nothing where one is unknown.
std::optional<double> uptake_minutes(const record::TracerScan& scan);

/// The id of the lesion that decides the NETPET grade, empty where none does.
std::string target_of(const record::Reading& reading);

/// How a lesion is drawn and coloured.
enum class LesionClass { sstr_only, both, fdg_only, neither, one_tracer, not_counted };
LesionClass class_of(const record::Lesion& lesion);
/// "sstr_only", …: the key of its texts and of its colours.
std::string_view name_of(LesionClass lesion_class);

}  // namespace netpet::report
