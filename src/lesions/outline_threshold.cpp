#include "lesions/outline_threshold.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/error.h"
#include "image/components.h"
#include "image/region_block.h"
#include "record/organ.h"

namespace netpet::lesions {

namespace {

/// The reference that stands for the tissue of a host organ; empty where none does.
std::string reference_of(std::uint16_t organ) {
  if (organ == record::id_of(record::Organ::liver)) return "liver";
  if (organ == record::id_of(record::Organ::spleen)) return "spleen";
  if (organ == record::id_of(record::Organ::pancreas)) return "pancreas";
  if (organ == record::id_of(record::Organ::brain)) return "brain";
  if (record::is_bone(organ)) return "marrow";
  if (record::is_lung(organ)) return "lung";
  return {};
}

struct Background {
  double mean, sd;
};

/// Rules N1: the host organ's reference where there is one that is not below the blood pool, else the
/// candidate's own.
Background background_of(const Candidate& candidate, const record::References& references) {
  const auto reference = references.find(reference_of(candidate.organ));
  if (reference == references.end()) return {candidate.background, candidate.noise_sd};
  const auto blood = references.find("blood_pool");
  if (blood != references.end() && blood->second.mean > reference->second.mean)
    return {blood->second.mean, blood->second.sd};
  return {reference->second.mean, reference->second.sd};
}

}  // namespace

double mean_of_top(const image::PetVolume& suv, const Candidate& candidate, double share) {
  const image::RegionBlock block(candidate.region, suv.geometry());
  image::Mask top = block.empty_mask();
  for (const std::size_t voxel : candidate.region)
    top[block.block_offset(voxel)] = double(suv[voxel]) >= share * double(candidate.suvmax);
  const std::size_t hottest = block.block_offset(suv.geometry().offset(candidate.hottest));
  const image::Region part = image::component_at(top, hottest, image::Neighbourhood::all26);
  base::check(!part.empty(), "the hottest voxel lies in the region of its candidate");
  double sum = 0;
  for (const std::size_t voxel : part) sum += double(suv[block.grid_offset(voxel)]);
  return sum / static_cast<double>(part.size());
}

OutlineThreshold outline_threshold(const image::PetVolume& suv, const Candidate& candidate,
                                   const record::References& references, const OutlineRules& rules,
                                   double diameter_mm) {
  const Background background = background_of(candidate, references);
  const double sd = std::clamp(background.sd, rules.least_relative_sd * background.mean,
                               rules.most_relative_sd * background.mean);
  LesionLevels levels{candidate.suvmax, background.mean, 0, diameter_mm};
  if (rules.method.kind == OutlineMethod::Kind::contrast_oriented)
    levels.top_mean = mean_of_top(suv, candidate, rules.method.share);
  const base::Computed<double> edge = edge_suv(rules.method, levels, references);
  if (!edge.has_value())
    throw base::Error::input(
        "outline_reference_missing",
        fmt::format("the outline '{}' cannot be had: {}; choose another method in data/lesions.json",
                    rules.method.name, edge.reason()));
  const double least = background.mean + rules.sd_multiple * sd;
  const auto mean = static_cast<float>(background.mean);
  const auto limit = static_cast<float>(least);
  if (edge.value() >= least) return {static_cast<float>(edge.value()), mean, limit, rules.method.name};
  return {limit, mean, limit, fmt::format("background + {:g} SD", rules.sd_multiple),
          OutlineThreshold::SetBy::noise};
}

}  // namespace netpet::lesions
