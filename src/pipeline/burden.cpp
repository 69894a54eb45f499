#include "pipeline/burden.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "image/resample.h"
#include "lesions/pair.h"

namespace netpet::pipeline {
namespace {

using record::Lesion;

struct Sum {
  double volume_ml = 0;
  double total_uptake = 0;
};

Sum sum_on(const std::vector<Lesion>& lesions, record::Role role, double from_ml) {
  Sum sum;
  for (const auto& lesion : lesions) {
    if (!adds_volume(lesion, role, from_ml)) continue;
    sum.volume_ml += lesion.on(role)->volume_ml.value_or(0);
    sum.total_uptake += lesion.on(role)->total_uptake.value_or(0);
  }
  return sum;
}

std::map<std::string, record::SiteBurden> by_site(const std::vector<Lesion>& lesions, double from_ml) {
  std::map<std::string, record::SiteBurden> sites;
  for (const Lesion& lesion : lesions) {
    if (!lesion.counts()) continue;
    record::SiteBurden& site = sites[lesion.site.empty() ? "unknown" : lesion.site];
    ++site.lesions;
    if (adds_volume(lesion, record::Role::sstr, from_ml)) {
      site.sstr_volume_ml += lesion.sstr->volume_ml.value_or(0);
      site.sstr_total_uptake += lesion.sstr->total_uptake.value_or(0);
    }
    if (adds_volume(lesion, record::Role::fdg, from_ml)) {
      site.fdg_volume_ml += lesion.fdg->volume_ml.value_or(0);
      site.fdg_total_uptake += lesion.fdg->total_uptake.value_or(0);
    }
  }
  return sites;
}

/// The label map of a tracer without lesions whose volume does not count.
image::LabelMap counted(const std::vector<Lesion>& lesions, record::Role role, double from_ml,
                        image::LabelMap labels) {
  for (auto& label : labels.voxels())
    if (label != 0 && !adds_volume(lesions[label - 1U], role, from_ml)) label = 0;
  return labels;
}

/// The outlines of both tracers on the grid of SSTR, voxel by voxel.
class Overlap {
 public:
  Overlap(const AssembledLesions& assembled, const record::Registration& registration, double from_ml,
          const base::Run& run)
      : sstr_(counted(assembled.lesions, record::Role::sstr, from_ml, assembled.sstr_labels)),
        fdg_voxels_(assembled.lesions.size()) {
    const auto fdg =
        image::resample_nearest(counted(assembled.lesions, record::Role::fdg, from_ml, assembled.fdg_labels),
                                sstr_.geometry(), registration.fixed_to_moving, run);
    for (std::size_t n = 0; n < sstr_.voxels().size(); ++n) {
      on_sstr_ += sstr_[n] != 0 ? 1 : 0;
      if (fdg[n] == 0) continue;
      fdg_voxels_[fdg[n] - 1U].push_back(n);
      ++on_fdg_;
      both_ += sstr_[n] != 0 ? 1 : 0;
    }
  }

  std::size_t on_sstr() const { return on_sstr_; }
  std::size_t on_fdg() const { return on_fdg_; }
  std::size_t both() const { return both_; }
  double millilitres(std::size_t voxels) const {
    return static_cast<double>(voxels) * sstr_.geometry().voxel_volume_ml();
  }

  /// Each FDG outline where it is, and shifted either way along each axis by the error there, to whole
  /// voxels.
  record::PhenotypeRanges within_alignment(const std::vector<Lesion>& lesions,
                                           const record::Registration& registration) const {
    std::size_t least = 0, most = 0;
    for (std::size_t n = 0; n < lesions.size(); ++n) {
      if (fdg_voxels_[n].empty()) continue;
      const double error_mm = lesions[n].registration_error_mm.value_or(
          registration.error_mm.value_or(lesions::kUnknownRegistrationErrorMm));
      std::size_t fewest = shared(fdg_voxels_[n], {0, 0, 0}), highest = fewest;
      for (int axis = 0; axis < 3; ++axis)
        for (const int way : {-1, 1}) {
          std::array<int, 3> shift{};
          shift[static_cast<std::size_t>(axis)] =
              way * static_cast<int>(std::ceil(error_mm / sstr_.geometry().spacing[axis] - 0.5));
          const std::size_t now = shared(fdg_voxels_[n], shift);
          fewest = std::min(fewest, now);
          highest = std::max(highest, now);
        }
      least += fewest;
      most += highest;
    }
    most = std::min({most, on_sstr_, on_fdg_});
    return {{millilitres(on_sstr_ - most), millilitres(on_sstr_ - least)},
            {millilitres(least), millilitres(most)},
            {millilitres(on_fdg_ - most), millilitres(on_fdg_ - least)}};
  }

 private:
  std::size_t shared(const std::vector<std::size_t>& voxels, std::array<int, 3> shift) const {
    std::size_t count = 0;
    for (const std::size_t voxel : voxels) {
      const space::IndexIjk at = sstr_.geometry().index(voxel);
      const space::IndexIjk to{at.i + shift[0], at.j + shift[1], at.k + shift[2]};
      count += sstr_.geometry().contains(to) && sstr_[sstr_.geometry().offset(to)] != 0 ? 1 : 0;
    }
    return count;
  }

  image::LabelMap sstr_;
  std::vector<std::vector<std::size_t>> fdg_voxels_;  ///< of each lesion
  std::size_t on_sstr_ = 0, on_fdg_ = 0, both_ = 0;
};

}  // namespace

bool adds_volume(const Lesion& lesion, record::Role role, double from_ml) {
  const auto& uptake = lesion.on(role);
  return lesion.counts() && uptake &&
         (uptake->outline_method == lesions::kSuppliedMask || uptake->volume_ml.value_or(0) >= from_ml);
}

record::Burden burden_of(const AssembledLesions& assembled,
                         const std::optional<record::Registration>& registration, double from_ml,
                         const base::Run& run) {
  record::Burden burden;
  burden.by_site = by_site(assembled.lesions, from_ml);
  if (!assembled.sstr_labels.empty()) {
    const Sum sum = sum_on(assembled.lesions, record::Role::sstr, from_ml);
    burden.sstr_volume_ml = sum.volume_ml;
    burden.sstr_total_uptake = sum.total_uptake;
  }
  if (!assembled.fdg_labels.empty()) {
    const Sum sum = sum_on(assembled.lesions, record::Role::fdg, from_ml);
    burden.fdg_volume_ml = sum.volume_ml;
    burden.fdg_total_uptake = sum.total_uptake;
  }
  if (!registration) return burden;

  const Overlap overlap(assembled, *registration, from_ml, run);
  burden.sstr_only_ml = overlap.millilitres(overlap.on_sstr() - overlap.both());
  burden.both_ml = overlap.millilitres(overlap.both());
  burden.fdg_only_ml = overlap.millilitres(overlap.on_fdg() - overlap.both());
  burden.within_alignment = overlap.within_alignment(assembled.lesions, *registration);
  return burden;
}

}  // namespace netpet::pipeline
