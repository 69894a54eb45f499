#include "pipeline/burden.h"

#include "image/resample.h"

namespace netpet::pipeline {
namespace {

using record::Lesion;

struct Sum {
  double volume_ml = 0;
  double total_uptake = 0;
};

Sum sum_on(const std::vector<Lesion>& lesions, record::Role role) {
  Sum sum;
  for (const auto& lesion : lesions) {
    const auto& uptake = lesion.on(role);
    if (!lesion.counts() || !uptake) continue;
    sum.volume_ml += uptake->volume_ml.value_or(0);
    sum.total_uptake += uptake->total_uptake.value_or(0);
  }
  return sum;
}

/// The label map without lesions that do not count.
image::LabelMap counted(const std::vector<Lesion>& lesions, image::LabelMap labels) {
  for (auto& label : labels.voxels())
    if (label != 0 && !lesions[label - 1U].counts()) label = 0;
  return labels;
}

}  // namespace

record::Burden burden_of(const AssembledLesions& assembled,
                         const std::optional<record::Registration>& registration, const base::Run& run) {
  record::Burden burden;
  if (!assembled.sstr_labels.empty()) {
    const Sum sum = sum_on(assembled.lesions, record::Role::sstr);
    burden.sstr_volume_ml = sum.volume_ml;
    burden.sstr_total_uptake = sum.total_uptake;
  }
  if (!assembled.fdg_labels.empty()) {
    const Sum sum = sum_on(assembled.lesions, record::Role::fdg);
    burden.fdg_volume_ml = sum.volume_ml;
    burden.fdg_total_uptake = sum.total_uptake;
  }
  if (!registration) return burden;

  const auto sstr = counted(assembled.lesions, assembled.sstr_labels);
  const auto fdg = image::resample_nearest(counted(assembled.lesions, assembled.fdg_labels), sstr.geometry(),
                                           registration->fixed_to_moving, run);
  std::size_t only_sstr = 0, both = 0, only_fdg = 0;
  for (std::size_t n = 0; n < sstr.voxels().size(); ++n) {
    only_sstr += sstr[n] != 0 && fdg[n] == 0;
    both += sstr[n] != 0 && fdg[n] != 0;
    only_fdg += sstr[n] == 0 && fdg[n] != 0;
  }
  const double voxel_ml = sstr.geometry().voxel_volume_ml();
  burden.sstr_only_ml = static_cast<double>(only_sstr) * voxel_ml;
  burden.both_ml = static_cast<double>(both) * voxel_ml;
  burden.fdg_only_ml = static_cast<double>(only_fdg) * voxel_ml;
  return burden;
}

}  // namespace netpet::pipeline
