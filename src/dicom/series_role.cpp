#include "dicom/series_role.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace netpet::dicom {
namespace {

using record::SeriesRole;

constexpr std::string_view storage = "1.2.840.10008.5.1.4.1.1.";

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return result;
}

bool has_value(const std::vector<std::string>& values, std::initializer_list<std::string_view> wanted) {
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& value) { return is_one_of(value, wanted); });
}

SeriesRole pet_role(const Instance& instance) {
  if (has_value(instance.image_type, {"MIP", "MAX_IP", "PROJECTION IMAGE", "MPR", "REPORT"}))
    return SeriesRole::other;
  const bool not_listed = !instance.corrected_image.empty() && !has_value(instance.corrected_image, {"ATTN"});
  const bool said_none = lower(instance.attenuation_correction_method).starts_with("none");
  const bool raw_counts = is_one_of(instance.units, {"PROPCNTS", "PROPCPS"});
  return not_listed || said_none || raw_counts ? SeriesRole::pet_nac : SeriesRole::pet_ac;
}

SeriesRole ct_role(const Instance& instance) {
  if (has_value(instance.image_type, {"LOCALIZER", "SCOUT", "TOPOGRAM", "SURVEY"}))
    return SeriesRole::localizer;
  if (has_value(instance.image_type, {"MIP", "MAX_IP", "MIN_IP", "PROJECTION IMAGE", "REPORT"}))
    return SeriesRole::other;
  return SeriesRole::ct;
}

/// The kind of object that a SOP class or, failing that, a modality stands for.
enum class Kind { pet, ct, rwvm, seg, rtstruct, sr, other };

Kind kind_by_class(std::string_view uid) {
  if (!uid.starts_with(storage)) return Kind::other;
  const std::string_view rest = uid.substr(storage.size());
  if (is_one_of(rest, {"128", "128.1", "130"})) return Kind::pet;
  if (is_one_of(rest, {"2", "2.1", "2.2"})) return Kind::ct;
  if (rest == "67") return Kind::rwvm;
  if (is_one_of(rest, {"66.4", "66.7"})) return Kind::seg;
  if (rest == "481.3") return Kind::rtstruct;
  if (rest.starts_with("88.")) return Kind::sr;
  return Kind::other;
}

Kind kind_by_modality(std::string_view modality) {
  if (modality == "PT") return Kind::pet;
  if (modality == "CT") return Kind::ct;
  if (modality == "RWV") return Kind::rwvm;
  if (modality == "SEG") return Kind::seg;
  if (modality == "RTSTRUCT") return Kind::rtstruct;
  if (modality == "SR") return Kind::sr;
  return Kind::other;
}

Kind kind_of(const Instance& instance) {
  return instance.sop_class_uid.empty() ? kind_by_modality(instance.modality)
                                        : kind_by_class(instance.sop_class_uid);
}

}  // namespace

bool is_scanner_image(const Instance& instance) {
  const Kind kind = kind_of(instance);
  return kind == Kind::pet || kind == Kind::ct;
}

bool is_enhanced(std::string_view uid) {
  return uid.starts_with(storage) && is_one_of(uid.substr(storage.size()), {"128.1", "130", "2.1", "2.2"});
}

record::SeriesRole role_of(const Instance& instance) {
  switch (kind_of(instance)) {
    case Kind::pet:
      return pet_role(instance);
    case Kind::ct:
      return ct_role(instance);
    case Kind::rwvm:
      return SeriesRole::rwvm;
    case Kind::seg:
      return SeriesRole::seg;
    case Kind::rtstruct:
      return SeriesRole::rtstruct;
    case Kind::sr:
      return SeriesRole::sr;
    case Kind::other:
      break;
  }
  return SeriesRole::other;
}

bool is_directory_object(std::string_view sop_class_uid) {
  return sop_class_uid == "1.2.840.10008.1.3.10";
}

}  // namespace netpet::dicom
