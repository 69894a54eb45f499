#include "pipeline/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace netpet::pipeline {
namespace {

/// The parts of a name without accents, in lower case; "ae", "oe", "ue" are other spellings of umlauts, which
/// lose their dots.
std::vector<std::string> parts_of(const std::string& name) {
  std::vector<std::string> parts(1);
  for (const char c : base::lowered(base::folded(name))) {
    const bool umlaut_e = c == 'e' && !parts.back().empty() &&
                          std::string_view("aou").find(parts.back().back()) != std::string_view::npos;
    if (base::is_letter(c) || base::is_digit(c)) {
      if (!umlaut_e) parts.back() += c;
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

bool is_initial_of(const std::string& a, const std::string& b) {
  return a == b || (a.size() == 1 && b.starts_with(a)) || (b.size() == 1 && a.starts_with(b));
}

/// Whether every part of the shorter name has its partner in the longer one.
bool contained(const std::vector<std::string>& few, std::vector<std::string> many) {
  return std::all_of(few.begin(), few.end(), [&](const std::string& part) {
    const auto partner = std::find_if(many.begin(), many.end(),
                                      [&](const std::string& other) { return is_initial_of(part, other); });
    if (partner == many.end()) return false;
    many.erase(partner);
    return true;
  });
}

bool contradict(const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() && a != b;
}

}  // namespace

bool same_patient(const record::Patient& a, const record::Patient& b) {
  if (a.id.empty() && b.id.empty() && names_differ(a.name, b.name)) return false;
  return a.id == b.id && !contradict(a.birth_date, b.birth_date) && !contradict(a.sex, b.sex);
}

bool names_differ(const std::string& a, const std::string& b) {
  const auto first = parts_of(a), second = parts_of(b);
  return first.size() <= second.size() ? !contained(first, second) : !contained(second, first);
}

std::string described(const record::Patient& patient) {
  return fmt::format("{}{} (born {}, sex {})", patient.id.empty() ? "without an id" : patient.id,
                     patient.name.empty() ? "" : ", " + patient.name,
                     patient.birth_date.empty() ? "unknown" : patient.birth_date,
                     patient.sex.empty() ? "unknown" : patient.sex);
}

}  // namespace netpet::pipeline
