#include "pipeline/saved_registration.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/staged_output.h"
#include "image/nifti.h"
#include "record/document_file.h"
#include "record/json.h"
#include "record/json_fields.h"
#include "registration/canonical_order.h"

namespace netpet::pipeline {
namespace {

using base::Error;
using record::InputJson;
using record::Json;
using space::Affine;
using space::DisplacementField;

constexpr const char* document_name = "registration.json";
constexpr const char* there_name = "registration_there.nii.gz";
constexpr const char* back_name = "registration_back.nii.gz";
constexpr const char* schema = "netpet-registration/1";
constexpr std::size_t most_nodes = 50'000'000;
constexpr double most_gap_mm = 1;  // between a place and its return: linear between nodes 6 mm apart

/// Multiply and fold eight bytes at a time: not against forgery, against mistaking one scan for another.
class Hash {
 public:
  void add(const void* from, std::size_t bytes) {
    const auto* at = static_cast<const char*>(from);
    for (; bytes >= sizeof(std::uint64_t); bytes -= sizeof(std::uint64_t), at += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, sizeof word);
      mix(word);
    }
    std::uint64_t rest = bytes;
    if (bytes > 0) std::memcpy(&rest, at, bytes);
    mix(rest + bytes);
  }
  std::string text() const { return fmt::format("{:016x}", state_ ^ (state_ >> 32)); }

 private:
  void mix(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x9e3779b97f4a7c15ULL;
    state_ ^= state_ >> 29;
  }
  std::uint64_t state_ = 0x243f6a8885a308d3ULL;
};

template <class Voxel>
ScanIdentity identified(const image::Volume<Voxel>& scan) {
  const space::Geometry& grid = scan.geometry();
  Hash hash;
  std::vector<double> numbers{grid.origin.x,  grid.origin.y,  grid.origin.z,
                              grid.spacing.x, grid.spacing.y, grid.spacing.z};
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column) numbers.push_back(grid.direction(row, column));
  for (const int length : grid.size) numbers.push_back(length);
  hash.add(numbers.data(), numbers.size() * sizeof(double));
  hash.add(scan.voxels().data(), scan.voxels().size() * sizeof(Voxel));
  return {grid.frame_of_reference_uid, hash.text()};
}

Json json_of(const ScanIdentity& scan) {
  return {{"frame_of_reference_uid",
           scan.frame_of_reference_uid.empty() ? Json() : Json(scan.frame_of_reference_uid)},
          {"content", scan.content}};
}

/// All digits: what is read again must be the same number.
Json exact(const base::Computed<double>& value) {
  return value.has_value() ? Json(value.value()) : record::json_of(value);
}

struct QualityField {
  const char* name;
  base::Computed<double> record::RegistrationQuality::*value;
};
constexpr std::array<QualityField, 9> quality_fields{
    {{"dice_body", &record::RegistrationQuality::dice_body},
     {"dice_bone", &record::RegistrationQuality::dice_bone},
     {"ncc", &record::RegistrationQuality::ncc},
     {"inlier_share", &record::RegistrationQuality::inlier_share},
     {"residual_mm", &record::RegistrationQuality::residual_mm},
     {"min_jacobian", &record::RegistrationQuality::min_jacobian},
     {"folded_fraction", &record::RegistrationQuality::folded_fraction},
     {"breathing_offset_mm", &record::RegistrationQuality::breathing_offset_mm},
     {"agreeing_starts", &record::RegistrationQuality::agreeing_starts}}};

Json exact(const record::RegistrationQuality& quality) {
  Json result = Json::object();
  for (const QualityField& field : quality_fields) result[field.name] = exact(quality.*field.value);
  return result;
}

void write_field(const DisplacementField& field, const std::filesystem::path& file) {
  image::DisplacementLps vectors;
  for (const space::Vec3f& v : field.nodes()) {
    vectors.x.push_back(v.x);
    vectors.y.push_back(v.y);
    vectors.z.push_back(v.z);
  }
  image::write_nifti_displacement(field.grid(), vectors, file);
}

/// A saved document while it is read; every fault names the file and the key.
class Saved {
 public:
  Saved(std::filesystem::path file)
      : file_(std::move(file)),
        document_(record::parse_json(record::document_text(file_, "a registration"))) {
    if (!document_.is_object() || document_.value("schema", std::string()) != schema)
      malformed(fmt::format("it is no saved registration ({})", schema));
  }

  [[noreturn]] void malformed(const std::string& why) const {
    throw Error::input("registration_malformed", why).in_file(file_.string());
  }
  std::filesystem::path beside(const char* name) const { return file_.parent_path() / name; }
  bool has(const char* key) const { return document_.contains(key) && !document_[key].is_null(); }

  const InputJson& at(const InputJson& object, const char* key) const {
    if (!object.is_object() || !object.contains(key)) malformed(fmt::format("{} is missing", key));
    return object[key];
  }
  const InputJson& at(const char* key) const { return at(document_, key); }

  double number(const InputJson& value, const char* key) const {
    if (!value.is_number() || !std::isfinite(value.get<double>()))
      malformed(fmt::format("{} holds something that is no finite number", key));
    return value.get<double>();
  }
  std::string text(const InputJson& value, const char* key) const {
    if (!value.is_string()) malformed(fmt::format("{} must be a text", key));
    return value.get<std::string>();
  }
  std::vector<double> numbers(const InputJson& value, const char* key, std::size_t count) const {
    if (!value.is_array() || value.size() != count)
      malformed(fmt::format("{} must be a list of {} numbers", key, count));
    std::vector<double> result;
    for (const InputJson& one : value) result.push_back(number(one, key));
    return result;
  }
  base::Computed<double> computed(const InputJson& value, const char* key) const {
    if (value.is_null()) return {};
    if (value.is_object()) return base::NotComputable{text(at(value, "not_computable"), key)};
    return number(value, key);
  }

 private:
  std::filesystem::path file_;
  InputJson document_;
};

Affine rigid_of(const Saved& saved, const char* key) {
  const std::vector<double> rows = saved.numbers(saved.at(key), key, 16);
  Affine affine;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column)
      affine.linear(row, column) = rows[static_cast<std::size_t>(4 * row + column)];
    affine.translation[row] = rows[static_cast<std::size_t>(4 * row + 3)];
  }
  const space::Mat3 product = affine.linear * affine.linear.transposed();
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      if (!(std::abs(product(row, column) - (row == column ? 1 : 0)) < 1e-6))
        saved.malformed(fmt::format("{} is no rotation and shift", key));
  if (!(affine.linear.determinant() > 0)) saved.malformed(fmt::format("{} mirrors the patient", key));
  return affine;
}

space::Geometry nodes_of(const Saved& saved) {
  const InputJson& nodes = saved.at("nodes");
  const auto origin = saved.numbers(saved.at(nodes, "origin_lps_mm"), "origin_lps_mm", 3),
             size = saved.numbers(saved.at(nodes, "size"), "size", 3);
  const double spacing = saved.number(saved.at(nodes, "spacing_mm"), "spacing_mm");
  space::Geometry grid;
  grid.origin = {origin[0], origin[1], origin[2]};
  if (!(spacing > 0.1 && spacing < 100)) saved.malformed("spacing_mm is no distance of nodes");
  grid.spacing = {spacing, spacing, spacing};
  double count = 1;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (!(size[axis] >= 2 && size[axis] <= 32767 && size[axis] == std::floor(size[axis])))
      saved.malformed("size is no number of nodes");
    grid.size[axis] = static_cast<int>(size[axis]);
    count *= size[axis];
  }
  if (count > static_cast<double>(most_nodes)) saved.malformed("it has too many nodes");
  return grid;
}

std::shared_ptr<const DisplacementField> read_field(const std::filesystem::path& file,
                                                    const space::Geometry& grid) {
  const image::DisplacementLps vectors = image::read_nifti_displacement(file, grid);
  std::vector<space::Vec3f> nodes(grid.voxels());
  for (std::size_t n = 0; n < nodes.size(); ++n) nodes[n] = {vectors.x[n], vectors.y[n], vectors.z[n]};
  return std::make_shared<const DisplacementField>(grid, std::move(nodes));
}

space::Transform transform_of(const Saved& saved) {
  space::Transform::Parts parts{rigid_of(saved, "before"), rigid_of(saved, "after"), nullptr, nullptr};
  if (!saved.has("nodes")) return parts.after.after(parts.before);
  const space::Geometry grid = nodes_of(saved);
  parts.there = read_field(saved.beside(there_name), grid);
  parts.back = read_field(saved.beside(back_name), grid);
  return space::Transform(std::move(parts));
}

ScanIdentity scan_of(const Saved& saved, const char* key) {
  const InputJson& scan = saved.at(key);
  const InputJson& frame = saved.at(scan, "frame_of_reference_uid");
  return {frame.is_null() ? std::string() : saved.text(frame, "frame_of_reference_uid"),
          saved.text(saved.at(scan, "content"), "content")};
}

bool is_same(const ScanIdentity& saved, const ScanIdentity& given) {
  const bool frames_known = !saved.frame_of_reference_uid.empty() && !given.frame_of_reference_uid.empty();
  return saved.content == given.content &&
         (!frames_known || saved.frame_of_reference_uid == given.frame_of_reference_uid);
}

record::Registration registration_of(const Saved& saved) {
  record::Registration result;
  result.method = saved.text(saved.at("method"), "method");
  result.rigid = rigid_of(saved, "rigid");
  result.fixed_to_moving = transform_of(saved);
  for (const QualityField& field : quality_fields)
    result.quality.*field.value = saved.computed(saved.at(saved.at("quality"), field.name), field.name);
  result.error_mm = saved.computed(saved.at("error_mm"), "error_mm");
  for (const InputJson& row : saved.at("errors")) {
    const auto numbers = saved.numbers(row, "errors", 4);
    if (numbers[3] < 0) saved.malformed("an error is negative");
    result.samples.push_back({{numbers[0], numbers[1], numbers[2]}, numbers[3]});
  }
  if (result.samples.empty() && !result.error_mm.has_value()) saved.malformed("it states no error");
  for (const InputJson& saved_warning : saved.at("warnings")) {
    record::Warning warning;
    warning.code = saved.text(saved.at(saved_warning, "code"), "code");
    warning.message = saved.text(saved.at(saved_warning, "message"), "message");
    result.warnings.push_back(std::move(warning));
  }
  const space::Transform back = result.fixed_to_moving.inverted();
  for (const auto& sample : result.samples)
    if (!(distance(back(result.fixed_to_moving(sample.fixed_lps_mm)), sample.fixed_lps_mm) < most_gap_mm))
      saved.malformed("the ways there and back do not belong together");
  return result;
}

}  // namespace

ScanIdentity identity_of(const image::CtVolume& scan) {
  return identified(scan);
}
ScanIdentity identity_of(const image::PetVolume& scan) {
  return identified(scan);
}

void save_registration(const record::Registration& registration, const RegisteredPair& pair,
                       const std::filesystem::path& folder) {
  const auto parts = registration.fixed_to_moving.parts();
  Json nodes, errors = Json::array();
  for (const auto& sample : registration.samples) {
    const auto& p = sample.fixed_lps_mm;
    errors.push_back({p.x, p.y, p.z, sample.residual_mm});
  }
  if (parts.there) {
    const space::Geometry& grid = parts.there->grid();
    nodes = {{"origin_lps_mm", {grid.origin.x, grid.origin.y, grid.origin.z}},
             {"spacing_mm", grid.spacing.x},
             {"size", grid.size}};
    write_field(*parts.there, folder / there_name);
    write_field(*parts.back, folder / back_name);
  }
  const Json document{{"schema", schema},
                      {"fixed", json_of(pair.fixed)},
                      {"moving", json_of(pair.moving)},
                      {"method", registration.method},
                      {"rigid", registration.rigid.row_major()},
                      {"before", parts.before.row_major()},
                      {"after", parts.after.row_major()},
                      {"nodes", std::move(nodes)},
                      {"quality", exact(registration.quality)},
                      {"error_mm", exact(registration.error_mm)},
                      {"errors", std::move(errors)},
                      {"warnings", record::json_of(registration.warnings)}};
  base::write_file(folder / document_name, document.dump() + '\n');
}

record::Registration load_registration(const std::filesystem::path& place, const RegisteredPair& pair) {
  const Saved saved(std::filesystem::is_directory(place) ? place / document_name : place);
  const ScanIdentity fixed = scan_of(saved, "fixed"), moving = scan_of(saved, "moving");
  if (is_same(fixed, pair.fixed) && is_same(moving, pair.moving)) return registration_of(saved);
  if (is_same(fixed, pair.moving) && is_same(moving, pair.fixed))
    return registration::inverted(registration_of(saved));
  const bool one_fits = is_same(fixed, pair.fixed) || is_same(moving, pair.moving);
  throw Error::input("registration_of_other_scans",
                     fmt::format("this registration was made of other scans: {}; register again, or give the "
                                 "one that belongs to these scans",
                                 one_fits ? (is_same(fixed, pair.fixed) ? "its moving scan is another one"
                                                                        : "its fixed scan is another one")
                                          : "neither is the same"))
      .in_file(place.string());
}

}  // namespace netpet::pipeline
