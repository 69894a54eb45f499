#include "suv/mapping_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

#include "suv/suv_rules.h"

namespace netpet::suv {
namespace {

using record::PetSlice;
using record::RealWorldValueMapping;

/// By the annotation of the UCUM unit, "g/ml{SUVbw}" or as older writers have it "{SUVbw}g/ml".
std::optional<SuvType> type_of(const record::Code& unit) {
  constexpr std::array<std::pair<std::string_view, SuvType>, 6> types{
      {{"{SUVbw}", SuvType::bw},
       {"{SUVlbm}", SuvType::lbm_james120},
       {"{SUVlbm(James128)}", SuvType::lbm_james128},
       {"{SUVlbm(Janma)}", SuvType::lbm_janma},
       {"{SUVbsa}", SuvType::bsa},
       {"{SUVibw}", SuvType::ibw}}};
  for (const auto& [annotation, type] : types)
    if (unit.value.find(annotation) != std::string::npos) return type;
  return std::nullopt;
}

/// How far the mappings of one source are from ours, over all images that they name.
struct Distance {
  double of_stored = 0, of_rescaled = 0;
  std::size_t images = 0;

  void add(const RealWorldValueMapping& mapping, const PetSlice& slice, double factor) {
    const auto apart = [&](double ours) { return std::abs(*mapping.slope / ours - 1); };
    of_rescaled = std::max(of_rescaled, apart(factor));
    of_stored = std::max(
        of_stored, slice.slope > 0 ? apart(slice.slope * factor) : std::numeric_limits<double>::infinity());
    ++images;
  }
};

void tell(const Distance& distance, const std::string& source, double allowed, MappingCheck& check) {
  if (distance.images == 0) return;
  const double least = std::min(distance.of_stored, distance.of_rescaled);
  if (!(least <= allowed)) {
    check.warnings.push_back(
        {"rwvm_differs",
         fmt::format(
             "the real world value mapping of {} gives SUV {:.3g} % off ours: check dose, weight and times",
             source, 100 * least)});
  } else if (distance.of_stored <= allowed) {
    check.steps.push_back(
        fmt::format("The real world value mapping of {} agrees ({:.2g} % off).", source, 100 * least));
  } else {
    check.steps.push_back(
        fmt::format("The real world value mapping of {} agrees ({:.2g} % off) if it is applied to rescaled "
                    "values, though the "
                    "standard means stored ones.",
                    source, 100 * least));
  }
}

}  // namespace

MappingCheck check_mappings(const record::PetHeader& header, const SuvFactors& factors,
                            const std::vector<record::RealWorldValueMappings>& objects,
                            const base::Resources& resources) {
  const double allowed = read_suv_rules(resources).real_world_value_differs;
  const auto type = suv_type_named(factors.provenance.type);
  const auto fits = [&](const RealWorldValueMapping& mapping) {
    return mapping.slope && mapping.intercept.value_or(0) == 0 && type_of(mapping.unit) == type;
  };
  MappingCheck check;
  Distance of_images;
  std::multimap<std::string_view, std::size_t> by_uid;
  for (std::size_t k = 0; k < header.slices.size(); ++k) {
    const PetSlice& slice = header.slices[k];
    by_uid.emplace(slice.sop_instance_uid, k);
    for (const RealWorldValueMapping& mapping : slice.mappings)
      if (fits(mapping)) of_images.add(mapping, slice, factors.per_slice[k]);
  }
  tell(of_images, "the images themselves", allowed, check);
  for (const record::RealWorldValueMappings& object : objects) {
    Distance distance;
    for (const record::MappedImages& group : object.groups)
      for (const auto& image : group.images)
        for (auto [at, end] = by_uid.equal_range(image.sop_instance_uid); at != end; ++at) {
          const PetSlice& slice = header.slices[at->second];
          const bool named =
              image.frames.empty() || slice.frame == 0 ||
              std::find(image.frames.begin(), image.frames.end(), slice.frame) != image.frames.end();
          for (const RealWorldValueMapping& mapping : group.mappings)
            if (named && fits(mapping)) distance.add(mapping, slice, factors.per_slice[at->second]);
        }
    tell(distance, std::filesystem::path(object.file).filename().string(), allowed, check);
  }
  return check;
}

}  // namespace netpet::suv
