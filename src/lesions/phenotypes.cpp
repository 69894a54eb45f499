#include "lesions/phenotypes.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "image/components.h"
#include "image/mask.h"
#include "image/sphere.h"

namespace netpet::lesions {
namespace {

/// The highest 1 cm³ mean of a region and where it lies.
struct Peak {
  double suv = 0;
  space::PointLps at;
};

class PeakFinder {
 public:
  explicit PeakFinder(const image::PetVolume& suv)
      : suv_(suv), sphere_(image::sphere_on(suv.geometry(), image::kOneMlRadiusMm)) {}

  Peak highest_in(const image::Region& region) const {
    Peak peak;
    for (const std::size_t voxel : region) {
      const space::IndexIjk at = suv_.geometry().index(voxel);
      const double mean = image::sphere_mean(suv_, sphere_, at);
      if (mean > peak.suv) peak = {mean, suv_.geometry().to_lps(at)};
    }
    return peak;
  }

  /// 0 where the ball lies outside the scan.
  double highest_around(space::PointLps centre, double radius_mm) const {
    return highest_in(ball(centre, radius_mm)).suv;
  }

  double lowest_around(space::PointLps centre, double radius_mm) const {
    double lowest = std::numeric_limits<double>::infinity();
    for (const std::size_t voxel : ball(centre, radius_mm))
      lowest = std::min(lowest, image::sphere_mean(suv_, sphere_, suv_.geometry().index(voxel)));
    return lowest;
  }

  /// Voxel centres within a radius of a point; the nearest voxel at least, where it is in the scan.
  image::Region ball(space::PointLps centre, double radius_mm) const {
    const space::Geometry& grid = suv_.geometry();
    const space::IndexIjk middle = grid.nearest(centre);
    std::array<int, 3> reach{};
    for (int a = 0; a < 3; ++a)
      reach[static_cast<std::size_t>(a)] = static_cast<int>(std::ceil(radius_mm / grid.spacing[a])) + 1;
    image::Region region;
    for (int k = middle.k - reach[2]; k <= middle.k + reach[2]; ++k)
      for (int j = middle.j - reach[1]; j <= middle.j + reach[1]; ++j)
        for (int i = middle.i - reach[0]; i <= middle.i + reach[0]; ++i) {
          const space::IndexIjk at{i, j, k};
          if (grid.contains(at) && space::distance(grid.to_lps(at), centre) <= radius_mm)
            region.push_back(grid.offset(at));
        }
    if (region.empty() && grid.contains(middle)) region.push_back(grid.offset(middle));
    return region;
  }

 private:
  const image::PetVolume& suv_;
  image::Sphere sphere_;
};

/// What of the mass's FDG outline is not the focus stays the mass's.
Outline without(const Outline& outline, const image::Region& focus, const image::PetVolume& fdg) {
  Outline rest = outline;
  rest.region.clear();
  std::set_difference(outline.region.begin(), outline.region.end(), focus.begin(), focus.end(),
                      std::back_inserter(rest.region));
  const auto hottest = std::max_element(rest.region.begin(), rest.region.end(),
                                        [&](std::size_t a, std::size_t b) { return fdg[a] < fdg[b]; });
  rest.hottest = fdg.geometry().index(*hottest);
  rest.suvmax = fdg[*hottest];
  return rest;
}

/// An FDG focus of another phenotype than the mass around it.
struct Focus {
  Outline outline;
  space::PointLps middle;             ///< in FDG space
  bool depends_on_alignment = false;  ///< whether SSTR stands out in it
};

class Splitter {
 public:
  Splitter(const AlignedScans& scans, const PhenotypeRules& rules)
      : scans_(scans), rules_(rules), on_sstr_(scans.sstr), on_fdg_(scans.fdg) {}

  /// The FDG focus of another phenotype in a lesion outlined on both tracers; empty where there is none.
  std::optional<Focus> focus_of(const PairedLesion& lesion) const {
    const Peak fdg = on_fdg_.highest_in(lesion.fdg->region);
    const Peak mass = on_sstr_.highest_in(lesion.sstr->region);
    const space::PointLps there = scans_.fdg_to_sstr(fdg.at);
    const double sstr = on_sstr_.highest_around(there, search_mm(there));
    if (!is_other(sstr, mass.suv, *lesion.sstr)) return std::nullopt;
    Outline focus = *lesion.fdg;
    focus.region = part_around_peak(lesion.fdg->region, fdg, fdg_at(mass.at), focus);
    if (millilitres(focus.region) < rules_.least_focus_ml) return std::nullopt;
    return focus_at(std::move(focus), fdg, *lesion.sstr);
  }

  /// An outline of its own whose peak lies in `mass`, where SSTR shows another phenotype there.
  std::optional<Focus> focus_in(const Outline& outline, const Outline& mass) const {
    const Peak fdg = on_fdg_.highest_in(outline.region);
    const space::PointLps there = scans_.fdg_to_sstr(fdg.at);
    const double sstr = on_sstr_.highest_around(there, search_mm(there));
    if (!is_other(sstr, on_sstr_.highest_in(mass.region).suv, mass)) return std::nullopt;
    return focus_at(outline, fdg, mass);
  }

  /// What of the mass's FDG outline lies farther from the focus than its blurred edge reaches; empty where
  /// that is too little to be uptake of the mass itself.
  std::optional<Outline> beside(const Outline& of_mass, const image::Region& focus) const {
    const image::Sphere edge = image::sphere_on(scans_.fdg.geometry(), rules_.focus_edge_mm);
    image::Region far;
    std::copy_if(of_mass.region.begin(), of_mass.region.end(), std::back_inserter(far),
                 [&](std::size_t voxel) { return !meets(edge, voxel, focus); });
    if (millilitres(far) < rules_.least_focus_ml) return std::nullopt;
    return without(of_mass, focus, scans_.fdg);
  }

  /// Whether the FDG peak of `focus` lies in `mass`, as far as the alignment can tell.
  bool lies_in(const Outline& focus, const Outline& mass) const {
    const space::PointLps there = scans_.fdg_to_sstr(on_fdg_.highest_in(focus.region).at);
    const image::Region near = on_sstr_.ball(there, search_mm(there));
    return std::any_of(near.begin(), near.end(), [&](std::size_t voxel) {
      return std::binary_search(mass.region.begin(), mass.region.end(), voxel);
    });
  }

  double millilitres(const image::Region& on_fdg) const {
    return static_cast<double>(on_fdg.size()) * scans_.fdg.geometry().voxel_volume_ml();
  }

 private:
  Focus focus_at(Outline outline, const Peak& fdg, const Outline& mass) const {
    const space::Geometry& grid = scans_.fdg.geometry();
    space::PointLps middle = centroid_of(outline.region, grid);
    const space::IndexIjk at = grid.nearest(middle);
    if (!grid.contains(at) ||
        !std::binary_search(outline.region.begin(), outline.region.end(), grid.offset(at)))
      middle = fdg.at;
    const space::PointLps there = scans_.fdg_to_sstr(middle);
    const double reach = search_mm(there);
    return {std::move(outline), middle,
            on_sstr_.highest_around(there, reach) > mass.limit &&
                on_sstr_.lowest_around(there, reach) <= mass.limit};
  }

  /// `sstr`: the highest around the place of the focus, `mass`: of the whole mass.
  bool is_other(double sstr, double mass, const Outline& on_sstr) const {
    const bool other_status = on_sstr.limit > 0 && mass > on_sstr.limit && sstr <= on_sstr.limit;
    return sstr < rules_.sstr_share * mass || other_status;
  }

  double search_mm(space::PointLps on_sstr) const {
    return std::max(scans_.error_mm(on_sstr), rules_.least_search_mm);
  }

  /// Whether a sphere around a voxel of FDG holds one of `region`.
  bool meets(const image::Sphere& sphere, std::size_t centre, const image::Region& region) const {
    const space::Geometry& grid = scans_.fdg.geometry();
    const space::IndexIjk at = grid.index(centre);
    for (const image::SphereRow& row : sphere.rows)
      for (int di = -row.half; di <= row.half; ++di) {
        const space::IndexIjk to{at.i + di, at.j + row.dj, at.k + row.dk};
        if (grid.contains(to) && std::binary_search(region.begin(), region.end(), grid.offset(to)))
          return true;
      }
    return false;
  }

  /// What FDG shows where the SSTR peak lies.
  double fdg_at(space::PointLps on_sstr) const {
    return on_fdg_.highest_around(scans_.sstr_to_fdg(on_sstr), 0);
  }

  /// The connected part of an FDG outline around its peak that lies above half-way from `beside` to the peak;
  /// states its threshold in `focus`.
  image::Region part_around_peak(const image::Region& region, const Peak& peak, double beside,
                                 Outline& focus) const {
    const auto half = static_cast<float>((beside + peak.suv) / 2);
    if (half <= focus.threshold) return region;
    image::Mask mask(scans_.fdg.geometry());
    for (const std::size_t voxel : region) mask[voxel] = scans_.fdg[voxel] >= half ? 1 : 0;
    const auto top = scans_.fdg.geometry().offset(scans_.fdg.geometry().nearest(peak.at));
    mask[top] = 1;
    focus.threshold = half;
    focus.method = "half-way from the mass to the focus";
    image::Region part = image::component_at(mask, top, image::Neighbourhood::all26);
    const auto hottest = std::max_element(part.begin(), part.end(), [&](std::size_t a, std::size_t b) {
      return scans_.fdg[a] < scans_.fdg[b];
    });
    focus.hottest = scans_.fdg.geometry().index(*hottest);
    focus.suvmax = scans_.fdg[*hottest];
    return part;
  }

  const AlignedScans& scans_;
  PhenotypeRules rules_;
  PeakFinder on_sstr_, on_fdg_;
};

}  // namespace

void split_phenotypes(std::vector<PairedLesion>& lesions, const AlignedScans& scans,
                      const std::function<bool(std::size_t)>& may_split, const PhenotypeRules& rules) {
  const Splitter splitter(scans, rules);
  const std::size_t found = lesions.size();
  for (std::size_t n = 0; n < found; ++n) {
    if (!may_split(n)) continue;
    if (lesions[n].sstr && lesions[n].fdg) {
      std::optional<Focus> focus = splitter.focus_of(lesions[n]);
      if (!focus) continue;
      lesions[n].fdg = splitter.beside(*lesions[n].fdg, focus->outline.region);
      lesions[n].fdg_beside_focus = true;
      PairedLesion own;
      own.fdg = std::move(focus->outline);
      own.parent = n;
      own.focus_middle = focus->middle;
      own.focus_depends_on_alignment = focus->depends_on_alignment;
      lesions.push_back(std::move(own));
    } else if (!lesions[n].sstr && splitter.millilitres(lesions[n].fdg->region) >= rules.least_focus_ml) {
      for (const std::size_t mass : lesions[n].touches)
        if (lesions[mass].sstr && splitter.lies_in(*lesions[n].fdg, *lesions[mass].sstr)) {
          lesions[n].parent = mass;
          if (const auto focus = splitter.focus_in(*lesions[n].fdg, *lesions[mass].sstr)) {
            lesions[n].focus_middle = focus->middle;
            lesions[n].focus_depends_on_alignment = focus->depends_on_alignment;
          }
          break;
        }
    }
  }
}

}  // namespace netpet::lesions
