#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "lesions/outline.h"
#include "space/transform.h"

namespace netpet::lesions {

/// The error that is assumed where the registration's own is unknown, mm (rules §9).
constexpr double kUnknownRegistrationErrorMm = 10;

/// How far off the alignment may be at a place of SSTR space, mm.
using ErrorAt = std::function<double(space::PointLps)>;

/// One lesion on one or both tracers; at least one outline is there.
struct PairedLesion {
  std::optional<Outline> sstr;
  std::optional<Outline> fdg;
  double distance_mm =
      0;  ///< least distance between the outlines after registration; 0 where they overlap or one is missing
  /// Further outlines of the other tracer that touch this lesion but were paired with it no more (one to
  /// many): indices into the result, each a lesion of its own.
  std::vector<std::size_t> touches = {};
  std::optional<std::size_t> parent =
      {};  ///< the mass that this FDG focus is a part of: index into the result
  /// The middle of a focus that SSTR shows to be of another phenotype than its parent, in FDG space: there it
  /// is measured on SSTR.
  std::optional<space::PointLps> focus_middle = {};
  bool focus_depends_on_alignment =
      false;  ///< within its error SSTR stands out in one place and not in another
  /// An FDG focus was taken out of this mass: what FDG shows of the mass itself is to be read at its SSTR
  /// peak, not beside the focus.
  bool fdg_beside_focus = false;
};

/// Pairs the outlines of both tracers through `sstr_to_fdg` (SSTR LPS → FDG LPS): those that overlap or lie
/// within the error at the SSTR outline's hottest point of each other belong to one lesion; nearest hottest
/// points first, each outline once. An outline that overlaps a lesion already paired joins it where it is the
/// same size class: it stays a lesion of its own and is named in `touches`. Lesions with an SSTR outline come
/// first, in the order of `sstr`, then the rest in that of `fdg`.
std::vector<PairedLesion> pair_lesions(const std::vector<Outline>& sstr, const space::Geometry& sstr_grid,
                                       const std::vector<Outline>& fdg, const space::Geometry& fdg_grid,
                                       const space::Transform& sstr_to_fdg, const ErrorAt& error_at);

/// The voxels of grid `to` whose centres lie in `region` of grid `from`; `from_to` takes the patient space of
/// `from` to that of `to`. A region thinner than a voxel of `to` gives the voxel nearest its centroid; one
/// outside `to` gives none.
image::Region transfer_region(const image::Region& region, const space::Geometry& from,
                              const space::Geometry& to, const space::Transform& from_to);

/// The centre of mass of a region's voxel centres, in the patient space of its grid. Refuses (our bug) an
/// empty region.
space::PointLps centroid_of(const image::Region& region, const space::Geometry& grid);

}  // namespace netpet::lesions
