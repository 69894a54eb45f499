#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grading/positivity.h"

/// The words that evidence is made of: numbers a physician can follow back to the lesion table.
namespace netpet::grading {

/// An SUV or a ratio with one decimal, with two where the second is not 0: "8.0", "2.25".
std::string in_words(double value);
/// "blood pool" for "blood_pool".
std::string organ_in_words(std::string_view reference_name);
/// "FDG 8.0 above liver limit 2.8 (2.2 + 2 × 0.3)".
std::string call_in_words(const Positivity& positivity, const LesionCall& call, record::Role role);
/// "30 mm on CT", "0.6 mL on PET", "size unknown".
std::string size_in_words(const record::GradingLesion& lesion);
/// "L1, L2 and L3"; beyond ten "L1, … L10 and 7 more".
std::string list_in_words(const std::vector<std::string>& ids);
/// "P2–4" for "P2-4": groups are written with a hyphen in documents and with a dash for readers.
std::string group_in_words(const std::string& group);
/// "1 lesion", "3 lesions".
std::string lesions_in_words(std::size_t count);

}  // namespace netpet::grading
