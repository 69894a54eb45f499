#include "lesions/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "image/sphere.h"
#include "lesions/pair.h"
#include "record/organ.h"

namespace netpet::lesions {

namespace {

using record::id_of;
using record::Organ;

/// A lesion that has this share of its voxels in an organ is named after it. Below one half, because organ
/// edges on PET are blurred and a rib or an adrenal is thinner than the blur.
constexpr double kOrganShare = 0.3;
/// A node is at most about this large; a bigger mass outside organs is soft tissue.
constexpr double kLargestNodeMl = 40;

std::string site_name(std::uint16_t organ) {
  if (record::is_bone(organ)) return "bone";
  if (record::is_lung(organ)) return "lung";
  if (record::is_kidney(organ)) return "kidney";
  switch (static_cast<Organ>(organ)) {
    case Organ::liver:
      return "liver";
    case Organ::spleen:
      return "spleen";
    case Organ::pancreas:
    case Organ::uncinate_process:
      return "pancreas";
    case Organ::adrenal_right:
    case Organ::adrenal_left:
      return "adrenal";
    case Organ::stomach:
      return "stomach";
    case Organ::duodenum:
    case Organ::small_bowel:
    case Organ::colon:
    case Organ::gut:
      return "bowel";
    case Organ::oesophagus:
      return "oesophagus";
    case Organ::gallbladder:
      return "gallbladder";
    case Organ::thyroid:
      return "thyroid";
    case Organ::brain:
      return "brain";
    case Organ::pituitary:
      return "pituitary";
    case Organ::parotid_right:
    case Organ::parotid_left:
    case Organ::submandibular_right:
    case Organ::submandibular_left:
      return "salivary_gland";
    case Organ::heart:
      return "heart";
    case Organ::bladder:
      return "bladder";
    case Organ::ureter_right:
    case Organ::ureter_left:
      return "ureter";
    case Organ::prostate:
      return "prostate";
    default:
      return {};
  }
}

std::string vertebra_name(std::uint16_t organ) {
  // TotalSegmentator counts upwards from S1 = 26: L5 … L1, T12 … T1, C7 … C1.
  if (organ == 26) return "S1 vertebra";
  if (organ >= 27 && organ <= 31) return fmt::format("L{} vertebra", 32 - organ);
  if (organ >= 32 && organ <= 43) return fmt::format("T{} vertebra", 44 - organ);
  if (organ >= 44 && organ <= 50) return fmt::format("C{} vertebra", 51 - organ);
  return {};
}

std::string rib_name(std::uint16_t organ) {
  if (organ < id_of(Organ::rib_left_1) || organ > id_of(Organ::rib_right_12)) return {};
  const int rib = organ - id_of(Organ::rib_left_1);
  return fmt::format("{} rib {}", rib < 12 ? "left" : "right", rib % 12 + 1);
}

std::string organ_location(std::uint16_t organ) {
  if (std::string vertebra = vertebra_name(organ); !vertebra.empty()) return vertebra;
  if (std::string rib = rib_name(organ); !rib.empty()) return rib;
  switch (organ) {
    case 10:
      return "left upper lobe of lung";
    case 11:
      return "left lower lobe of lung";
    case 12:
      return "right upper lobe of lung";
    case 13:
      return "middle lobe of lung";
    case 14:
      return "right lower lobe of lung";
    case 211:
      return "left lung";
    case 212:
      return "right lung";
    default:
      return std::string(record::name_of(static_cast<Organ>(organ)));
  }
}

/// The organ with most of the votes among those that name one site.
std::uint16_t leading_organ(const std::map<std::uint16_t, std::size_t>& votes, std::size_t all,
                            double share) {
  std::map<std::string, std::size_t> of_site;
  for (const auto& [organ, count] : votes) of_site[site_name(organ)] += count;
  std::string best;
  for (const auto& [site, count] : of_site)
    if (best.empty() || count > of_site[best]) best = site;
  if (best.empty() || static_cast<double>(of_site[best]) < share * static_cast<double>(all)) return 0;
  std::uint16_t leading = 0;
  for (const auto& [organ, count] : votes)
    if (site_name(organ) == best && (leading == 0 || count > votes.at(leading))) leading = organ;
  return leading;
}

std::map<std::uint16_t, std::size_t> votes_inside(const Outline& outline, const image::LabelMap& organs) {
  std::map<std::uint16_t, std::size_t> votes;
  for (const std::size_t voxel : outline.region)
    if (!site_name(organs[voxel]).empty()) ++votes[organs[voxel]];
  return votes;
}

std::map<std::uint16_t, std::size_t> votes_around(const Outline& outline, const image::LabelMap& organs,
                                                  double mm) {
  std::map<std::uint16_t, std::size_t> votes;
  const space::Geometry& grid = organs.geometry();
  for (const image::SphereRow& row : image::sphere_on(grid, mm).rows)
    for (int di = -row.half; di <= row.half; ++di) {
      const space::IndexIjk at{outline.hottest.i + di, outline.hottest.j + row.dj,
                               outline.hottest.k + row.dk};
      if (grid.contains(at) && !site_name(organs(at)).empty()) ++votes[organs(at)];
    }
  return votes;
}

}  // namespace

Sites::Sites(const image::LabelMap& organs, double tolerance_mm, const record::SpineLevels* levels)
    : organs_(organs), tolerance_mm_(tolerance_mm), levels_(levels), marks_(site_landmarks(organs)) {}

std::string Sites::location_of(std::uint16_t organ, const Outline& outline) const {
  if (organ == id_of(Organ::liver)) return part_of_liver(outline);
  if (organ == id_of(Organ::spine) && levels_)
    return record::spine_location(*levels_, centroid_of(outline.region, organs_.geometry()).z);
  return organ_location(organ);
}

std::string Sites::part_of_liver(const Outline& outline) const {
  if (!marks_.lobes_divide_x) return "liver";
  const space::PointLps at = centroid_of(outline.region, organs_.geometry());
  const double aside = at.x - *marks_.lobes_divide_x;
  if (std::abs(aside) < marks_.lobes_border_mm) return "liver, near the border of its lobes";
  const bool right = aside < 0;
  std::string lobe = right ? "right lobe of liver" : "left lobe of liver";
  constexpr double kBetweenMm = 10;  // neither half for sure
  const double above = at.z - *marks_.liver_middle_z;
  if (std::abs(above) < kBetweenMm) return lobe;
  if (above > 0)
    return lobe + (right ? ", upper part (segments 7 and 8)" : ", upper part (segments 2 and 4a)");
  return lobe + (right ? ", lower part (segments 5 and 6)" : ", lower part (segments 3 and 4b)");
}

Site Sites::of(const Outline& outline) const {
  const auto named = [&](std::uint16_t organ, bool certain) {
    return Site{site_name(organ), location_of(organ, outline), organ, certain};
  };
  if (const std::uint16_t organ =
          leading_organ(votes_inside(outline, organs_), outline.region.size(), kOrganShare))
    return named(organ, true);
  if (const std::uint16_t organ = leading_organ(votes_around(outline, organs_, tolerance_mm_), 1, 0))
    return named(organ, false);
  const double ml = static_cast<double>(outline.region.size()) * organs_.geometry().voxel_volume_ml();
  if (ml <= kLargestNodeMl) {
    const std::string region = node_region(marks_, centroid_of(outline.region, organs_.geometry()));
    return {"node",
            "outside organs, small: lymph node or soft tissue" + (region.empty() ? "" : ", " + region), 0,
            false};
  }
  return {"soft_tissue", "soft tissue", 0, false};
}

}  // namespace netpet::lesions
