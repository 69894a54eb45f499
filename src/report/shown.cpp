#include "report/shown.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace netpet::report {

std::string decimals(double value, int places) {
  base::check(std::isfinite(value), "a number that is not finite reached a report");
  std::string text = fmt::format("{:.{}f}", value, places);
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string three_digits(double value) {
  base::check(std::isfinite(value), "a number that is not finite reached a report");
  if (value == 0) return "0";
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
  constexpr int kSmallestPlain = -4;
  if (magnitude < kSmallestPlain) return fmt::format("{:.2e}", value);
  const double step = std::pow(10.0, magnitude - 2);
  return decimals(std::round(value / step) * step, std::max(0, 2 - magnitude));
}

std::string short_number(double value) {
  return value == std::trunc(value) ? decimals(value, 0) : three_digits(value);
}

std::string person_name(const std::string& dicom_name) {
  // The first group is the alphabetic one; without it the ideographic or phonetic group is better than
  // nothing.
  std::string group = dicom_name.substr(0, dicom_name.find('='));
  if (group.empty() && !dicom_name.empty()) group = dicom_name.substr(dicom_name.find_last_of('=') + 1);
  std::string name;
  bool family = true;
  for (std::size_t begin = 0; begin <= group.size();) {
    const std::size_t end = std::min(group.find('^', begin), group.size());
    if (end > begin) {
      if (!name.empty()) name += family ? ", " : " ";
      if (!name.empty()) family = false;
      name += group.substr(begin, end - begin);
    }
    begin = end + 1;
  }
  return name;
}

std::string with_dashes(const std::string& group) {
  return group == "P2-4" ? "P2–4" : group;
}

std::string shown(const base::Computed<double>& value, int places) {
  if (value.has_value()) return decimals(value.value(), places);
  return value.does_not_apply() ? "–" : "n/c";
}

std::string shown(const std::optional<base::Instant>& time) {
  if (!time) return {};
  std::string text = base::iso(*time).substr(0, 16);  // to the minute
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

std::string shown_dose(double becquerel) {
  return fmt::format("{} MBq", three_digits(becquerel / 1e6));
}

std::optional<double> uptake_minutes(const record::TracerScan& scan) {
  if (!scan.acquired || !scan.suv.administered) return std::nullopt;
  return (*scan.acquired - *scan.suv.administered).value / 60;
}

std::string target_of(const record::Reading& reading) {
  for (const record::Grade& grade : reading.grades)
    if (const auto* field = grade.scale == "netpet" ? grade.field("target_lesion") : nullptr)
      if (const auto* target = std::get_if<base::Computed<std::string>>(field))
        return target->value_or(std::string());
  return {};
}

LesionClass class_of(const record::Lesion& lesion) {
  if (!lesion.counts()) return LesionClass::not_counted;
  if (lesion.pattern == "S+F-") return LesionClass::sstr_only;
  if (lesion.pattern == "S+F+") return LesionClass::both;
  if (lesion.pattern == "S-F+") return LesionClass::fdg_only;
  if (lesion.pattern == "S-F-") return LesionClass::neither;
  return LesionClass::one_tracer;
}

std::string_view name_of(LesionClass lesion_class) {
  switch (lesion_class) {
    case LesionClass::sstr_only:
      return "sstr_only";
    case LesionClass::both:
      return "both";
    case LesionClass::fdg_only:
      return "fdg_only";
    case LesionClass::neither:
      return "neither";
    case LesionClass::one_tracer:
      return "one_tracer";
    case LesionClass::not_counted:
      break;
  }
  return "physiologic";
}

}  // namespace netpet::report
