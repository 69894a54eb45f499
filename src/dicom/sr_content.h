#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "record/code.h"

/// The content tree of a structured report as plain values. [DICOM PS3.3 C.17.3]
namespace netpet::dicom::sr {

/// What an item is to the one that holds it.
enum class Relation { contains, has_obs_context, has_concept_mod, has_properties };

/// Holds others; `template_id` ("1500") where a template of PS3.16 says what.
struct Container {
  std::string template_id;
};
struct Text {
  std::string text;
};
struct Number {
  std::string decimal;  ///< as it is printed elsewhere, at most 16 characters
  record::Code unit;
};
/// A number that cannot be had.
struct NoNumber {};
struct UidReference {
  std::string uid;
};
/// An object, or one of its segments (from 1; 0 = the whole object).
struct ObjectReference {
  std::string sop_class_uid;
  std::string sop_instance_uid;
  int segment = 0;
  enum class Kind { image, composite } kind = Kind::image;
};

struct Item {
  Relation relation = Relation::contains;
  record::Code name;  ///< empty for images of a library, which need none
  std::variant<Container, Text, record::Code, Number, NoNumber, UidReference, ObjectReference> value;
  std::vector<Item> children = {};

  Item& add(Item child) {
    children.push_back(std::move(child));
    return children.back();
  }
};

}  // namespace netpet::dicom::sr
