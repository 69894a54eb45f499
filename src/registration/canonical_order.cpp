#include "registration/canonical_order.h"

#include <algorithm>
#include <cstdint>

namespace netpet::registration {
namespace {

constexpr std::int16_t tissue_hu = -300;

double content_of(const image::CtVolume& ct) {
  std::int64_t voxels = 0;
  for (const std::int16_t hu : ct.voxels()) voxels += hu > tissue_hu ? 1 : 0;
  return static_cast<double>(voxels) * ct.geometry().voxel_volume_ml();
}

double content_of(const image::PetVolume& pet) {
  double sum = 0;
  for (const float value : pet.voxels()) sum += static_cast<double>(value);
  return sum * pet.geometry().voxel_volume_ml();
}

template <class Volume>
bool has_more(const Volume& a, const Volume& b) {
  const double of_a = content_of(a), of_b = content_of(b);
  if (of_a != of_b) return of_a > of_b;
  return !std::lexicographical_compare(a.voxels().begin(), a.voxels().end(), b.voxels().begin(),
                                       b.voxels().end());
}

}  // namespace

bool stays(const image::CtVolume& a, const image::CtVolume& b) {
  return has_more(a, b);
}

bool stays(const image::PetVolume& a, const image::PetVolume& b) {
  return has_more(a, b);
}

record::Registration inverted(const record::Registration& registration) {
  record::Registration result = registration;
  result.rigid = registration.rigid.inverted();
  result.fixed_to_moving = registration.fixed_to_moving.inverted();
  for (record::RegistrationSample& sample : result.samples)
    sample.fixed_lps_mm = registration.fixed_to_moving(sample.fixed_lps_mm);
  if (result.quality.breathing_offset_mm.has_value())
    result.quality.breathing_offset_mm = -result.quality.breathing_offset_mm.value();
  return result;
}

}  // namespace netpet::registration
