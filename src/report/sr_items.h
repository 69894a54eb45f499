#pragma once

#include <string>

#include "base/computed.h"
#include "dicom/sr_content.h"

/// Content items of structured reports, as PS3.16 words them.
namespace netpet::report::sr_items {

using dicom::sr::Item;
using dicom::sr::Relation;

/// A DICOM-defined concept.
record::Code dcm(const char* value, const char* meaning);
/// A concept of SNOMED CT.
record::Code sct(const char* value, const char* meaning);
/// A concept that no standard codes.
record::Code own(const std::string& value, const std::string& meaning);

Item container(Relation relation, record::Code name, const char* template_id = "");
Item text(Relation relation, record::Code name, std::string value);
Item code(Relation relation, record::Code name, record::Code value);
Item uid(Relation relation, record::Code name, std::string value);

/// What is measured, its unit, and how the value was taken from the region.
struct Quantity {
  record::Code name;
  record::Code unit;
  std::vector<Item> modifiers = {};
};
record::Code unit_suv();
record::Code unit_ml();
record::Code unit_mm();
record::Code unit_gram();
record::Code unit_ratio();
/// (121401,DCM,"Derivation") as a modifier.
Item derivation(record::Code value);

/// Adds the number with the digits of reading.json; one that cannot be had with its reason as a comment;
/// nothing where it does not apply.
void add_number(Item& holder, const Quantity& quantity, const base::Computed<double>& value);

}  // namespace netpet::report::sr_items
