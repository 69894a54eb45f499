#include "report/sr_items.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "dicom/derived_object.h"
#include "record/json.h"

namespace netpet::report::sr_items {

record::Code dcm(const char* value, const char* meaning) {
  return {value, "DCM", meaning};
}

record::Code sct(const char* value, const char* meaning) {
  return {value, "SCT", meaning};
}

record::Code own(const std::string& value, const std::string& meaning) {
  return {value, std::string(dicom::private_scheme), meaning};
}

Item container(Relation relation, record::Code name, const char* template_id) {
  return {relation, std::move(name), dicom::sr::Container{template_id}};
}

Item text(Relation relation, record::Code name, std::string value) {
  return {relation, std::move(name), dicom::sr::Text{std::move(value)}};
}

Item code(Relation relation, record::Code name, record::Code value) {
  return {relation, std::move(name), std::move(value)};
}

Item uid(Relation relation, record::Code name, std::string value) {
  return {relation, std::move(name), dicom::sr::UidReference{std::move(value)}};
}

record::Code unit_suv() {
  return {"g/ml{SUVbw}", "UCUM", "Standardized Uptake Value body weight"};
}

record::Code unit_ml() {
  return {"ml", "UCUM", "milliliter"};
}

record::Code unit_mm() {
  return {"mm", "UCUM", "millimeter"};
}

record::Code unit_gram() {
  return {"g", "UCUM", "gram"};
}

record::Code unit_ratio() {
  return {"{ratio}", "UCUM", "ratio"};
}

Item derivation(record::Code value) {
  return code(Relation::has_concept_mod, dcm("121401", "Derivation"), std::move(value));
}

namespace {

/// The shortest decimal that is the number of reading.json; the JSON library's own text may be longer than
/// the 16 characters that DICOM allows.
std::string decimal_of(double value) {
  return fmt::format("{}", record::number(value).get<double>());
}

}  // namespace

void add_number(Item& holder, const Quantity& quantity, const base::Computed<double>& value) {
  if (value.does_not_apply()) return;
  Item item{Relation::contains, quantity.name, dicom::sr::NoNumber{}, quantity.modifiers};
  if (value.has_value())
    item.value = dicom::sr::Number{decimal_of(value.value()), quantity.unit};
  else
    item.add(text(Relation::has_properties, dcm("121106", "Comment"), value.reason()));
  holder.add(std::move(item));
}

}  // namespace netpet::report::sr_items
