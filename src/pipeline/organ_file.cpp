#include "pipeline/organ_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "anatomy/organ_names.h"
#include "base/error.h"
#include "dicom/object_mask.h"
#include "image/nifti.h"
#include "pipeline/mask_file.h"

namespace netpet::pipeline {
namespace {

constexpr std::string_view kOwnNumbering = "totalsegmentator_v2";

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw base::Error::input("file_missing", "the file cannot be read").in_file(path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Nothing for the numbers that an organ map has here.
std::optional<anatomy::OrganNumbering> numbering_of(const std::string& labels,
                                                    const anatomy::OrganNames& names) {
  if (labels == kOwnNumbering) return std::nullopt;
  if (auto known = names.numbering(labels)) return known;
  if (!std::filesystem::exists(labels))
    throw base::Error::input("organ_labels_unknown",
                             fmt::format("--organ-labels takes a JSON file or one of {}, {}; '{}' is neither",
                                         kOwnNumbering, names.programs(), labels));
  try {
    return names.read_numbering(text_of_file(labels));
  } catch (base::Error& error) {
    if (error.file()) throw;
    throw base::Error(std::move(error)).in_file(labels);
  }
}

std::optional<std::uint16_t> organ_of(const dicom::ObjectMask& mask, const anatomy::OrganNames& names) {
  const auto& type = mask.type;
  const auto& side = mask.type_modifier;
  std::optional<std::uint16_t> organ;
  if (type) organ = names.by_code(*type, side);
  if (!organ) organ = names.by_name(mask.name);
  if (!organ && type) organ = names.by_name(side ? side->meaning + " " + type->meaning : type->meaning);
  return organ;
}

std::uint16_t id_of(const dicom::ObjectMask& mask, const std::optional<anatomy::OrganNumbering>& numbering,
                    const anatomy::OrganNames& names) {
  if (numbering) {
    const auto found = numbering->find(static_cast<std::uint16_t>(mask.number));
    if (found != numbering->end()) return found->second;
  } else if (const auto organ = organ_of(mask, names)) {
    return *organ;
  }
  const int number = std::min<int>(mask.number, anatomy::largest_foreign_number);
  return static_cast<std::uint16_t>(number + anatomy::number_without_meaning);
}

image::LabelMap labels_of_object(const std::filesystem::path& file,
                                 const std::optional<anatomy::OrganNumbering>& numbering,
                                 const anatomy::OrganNames& names, const space::Geometry& grid) {
  std::vector<dicom::ObjectMask> masks = dicom::read_masks(file, grid);
  std::stable_sort(masks.begin(), masks.end(), [](const auto& one, const auto& other) {
    return one.voxels.size() > other.voxels.size();
  });
  image::LabelMap labels(grid);
  for (const dicom::ObjectMask& mask : masks) {
    const std::uint16_t id = id_of(mask, numbering, names);
    for (const std::size_t voxel : mask.voxels) labels[voxel] = id;
  }
  return labels;
}

}  // namespace

void check_organ_labels(const std::string& labels, const base::Resources& resources) {
  numbering_of(labels, anatomy::OrganNames(resources));
}

anatomy::OrganMap read_organ_file(const std::filesystem::path& file, const std::optional<std::string>& labels,
                                  const space::Geometry& grid, const base::Resources& resources,
                                  const base::Run& run) {
  const anatomy::OrganNames names(resources);
  std::optional<anatomy::OrganNumbering> numbering;
  if (labels) numbering = numbering_of(*labels, names);
  run.throw_if_stopped();
  if (!is_nifti(file)) return anatomy::import_organs(labels_of_object(file, numbering, names, grid));
  auto map = image::read_nifti_labels(file);
  return numbering ? anatomy::import_organs(std::move(map), *numbering)
                   : anatomy::import_organs(std::move(map));
}

}  // namespace netpet::pipeline
