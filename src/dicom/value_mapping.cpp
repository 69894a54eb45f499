#include "dicom/value_mapping.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace netpet::dicom {
namespace {

bool is_concept(const record::Code& name, std::string_view sct, std::string_view srt) {
  return name.value == sct || name.value == srt;
}

/// The items of (0040,9220) each hold a name and a code.
void read_quantity(record::RealWorldValueMapping& mapping, const Attributes& from) {
  for (const Attributes& item : from.items(tags::quantity_definition)) {
    const auto name = item.code(tags::concept_name_code);
    if (!name) continue;
    if (is_concept(*name, "246205007", "G-C1C6")) mapping.quantity = item.code(tags::concept_code);
    if (is_concept(*name, "370129005", "G-C036")) mapping.method = item.code(tags::concept_code);
  }
}

std::string without_braces(std::string_view text, std::string& inside) {
  const std::size_t open = text.find('{'), close = text.find('}');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return std::string(text);
  inside = text.substr(open + 1, close - open - 1);
  return std::string(text.substr(0, open)) + std::string(text.substr(close + 1));
}

/// (0054,1006) for the annotation of a unit.
std::string suv_type_of(std::string_view annotation) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> terms{
      {{"SUVbw", "BW"},
       {"SUVlbm", "LBM"},
       {"SUVlbm(James128)", "LBMJAMES128"},
       {"SUVlbm(Janma)", "LBMJANMA"},
       {"SUVbsa", "BSA"},
       {"SUVibw", "IBW"}}};
  for (const auto& [text, term] : terms)
    if (annotation == text) return std::string(term);
  return {};
}

}  // namespace

std::vector<record::RealWorldValueMapping> mappings_of(const Attributes& attributes) {
  std::vector<record::RealWorldValueMapping> result;
  for (const Attributes& item : attributes.items(tags::real_world_value_mapping)) {
    record::RealWorldValueMapping mapping;
    mapping.slope = item.number(tags::mapped_slope);
    mapping.intercept = item.number(tags::mapped_intercept);
    mapping.first = item.number(tags::mapped_first);
    if (!mapping.first) mapping.first = item.number(tags::mapped_first_double);
    mapping.last = item.number(tags::mapped_last);
    if (!mapping.last) mapping.last = item.number(tags::mapped_last_double);
    mapping.unit = item.code(tags::measurement_units).value_or(record::Code{});
    mapping.label = item.text(tags::lut_label);
    read_quantity(mapping, item);
    result.push_back(std::move(mapping));
  }
  return result;
}

MappedUnits units_of(const record::Code& unit) {
  std::string annotation;
  const std::string plain = without_braces(unit.value, annotation);
  const std::string type = suv_type_of(annotation);
  if (!type.empty()) {
    if (type == "BSA" && plain == "cm2/ml") return {"CM2ML", type};
    if (type != "BSA" && plain == "g/ml") return {"GML", type};
    return {unit.value, {}};
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> terms{{{"Bq/ml", "BQML"},
                                                                                {"g/ml", "GML"},
                                                                                {"cm2/ml", "CM2ML"},
                                                                                {"{counts}", "CNTS"},
                                                                                {"{counts}/s", "CPS"},
                                                                                {"{propcounts}", "PROPCNTS"},
                                                                                {"{propcounts}/s", "PROPCPS"},
                                                                                {"cm2", "CM2"}}};
  for (const auto& [code, term] : terms)
    if (unit.value == code) return {std::string(term), {}};
  return {unit.value, {}};
}

}  // namespace netpet::dicom
