#include "load_set.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/random.h"
#include "dicom/write_ct.h"
#include "dicom/write_pet.h"

namespace netpet::bench {
namespace {

/// Normal deviates from a table that each row of an image enters elsewhere: noise enough for bytes to be
/// read.
class Noise {
 public:
  Noise() : values_(std::size_t{1} << 16) {
    for (float& value : values_) value = static_cast<float>(random_.normal());
  }
  void next_row() { at_ = random_.bits(); }
  float next() { return values_[at_++ & (values_.size() - 1)]; }

 private:
  base::Random random_{1};
  std::vector<float> values_;
  std::size_t at_ = 0;
};

space::Geometry grid(int side, double pixel_mm, int slices, double slice_mm) {
  space::Geometry geometry;
  const double half = -pixel_mm * (side - 1) / 2;
  geometry.origin = {half, half, 0};
  geometry.spacing = {pixel_mm, pixel_mm, slice_mm};
  geometry.size = {side, side, slices};
  return geometry;
}

/// A body of `inside` in surroundings of `outside`, each with noise in proportion to `noise`.
template <class Voxel>
image::Volume<Voxel> body(const space::Geometry& geometry, Voxel inside, Voxel outside, float noise) {
  image::Volume<Voxel> volume(geometry);
  Noise deviates;
  auto voxel = volume.voxels().begin();
  for (int row = 0; row < geometry.size[1] * geometry.size[2]; ++row) {
    deviates.next_row();
    const double y = 2.0 * (row % geometry.size[1]) / geometry.size[1] - 1;
    for (int i = 0; i < geometry.size[0]; ++i, ++voxel) {
      const double x = 2.0 * i / geometry.size[0] - 1;
      const Voxel mean = x * x / 0.6 + y * y / 0.3 < 1 ? inside : outside;
      *voxel = static_cast<Voxel>(static_cast<float>(mean) + noise * deviates.next());
    }
  }
  return volume;
}

dicom::StudyToWrite study_of(const std::string& seed, dicom::Vendor vendor) {
  dicom::StudyToWrite study;
  study.uid_seed = "netpet bench load " + seed;
  study.vendor = vendor;
  study.patient = {"BENCH", "Bench^Load", "F", "1960-01-01"};
  study.weight_kg = 70;
  study.height_m = 1.7;
  study.description = "PET/CT whole body";
  study.id = "1";
  study.started = *base::parse_iso("2024-01-02T10:00:00");
  return study;
}

dicom::PetAcquisition acquisition(std::string text, record::Code tracer, record::Code nuclide,
                                  double half_life_s, double positron_fraction) {
  dicom::PetAcquisition pet;
  pet.tracer_text = std::move(text);
  pet.tracer_code = std::move(tracer);
  pet.nuclide_code = std::move(nuclide);
  pet.half_life_s = half_life_s;
  pet.positron_fraction = positron_fraction;
  pet.dose_bq = 180e6;
  pet.administered = *base::parse_iso("2024-01-02T09:05:00");
  pet.beds = dicom::beds_over(350, 50, *base::parse_iso("2024-01-02T10:02:00"), 122,
                              dicom::BedOrder::from_first_slice);
  return pet;
}

void write_pet(const dicom::StudyToWrite& study, const dicom::PetAcquisition& pet,
               const std::filesystem::path& folder, const base::Run& run) {
  auto activity = body<float>(grid(200, 4.07, 350, 3), 5000, 200, 1000);
  for (float& value : activity.voxels()) value = std::max(value, 0.0f);
  dicom::write_pet(activity, study, pet, folder, run);
}

}  // namespace

void write_load_set(const std::filesystem::path& folder, const base::Run& run) {
  const auto sstr = study_of("sstr", dicom::Vendor::siemens);
  dicom::CtAcquisition ct;
  ct.started = sstr.started;
  dicom::write_ct(body<std::int16_t>(grid(512, 0.9766, 700, 1.5), 40, -1000, 12), sstr, ct,
                  folder / "sstr" / "ct", run);
  write_pet(sstr,
            acquisition("Ga-68 DOTATATE", {"724025002", "SCT", "Gallium (68-Ga) dotatate"},
                        {"35337001", "SCT", "^68^Gallium"}, 4062.6, 0.8914),
            folder / "sstr" / "pet", run);
  write_pet(study_of("fdg", dicom::Vendor::ge),
            acquisition("Fluorodeoxyglucose", {"35321007", "SCT", "Fluorodeoxyglucose F^18^"},
                        {"77004003", "SCT", "^18^Fluorine"}, 6586.2, 0.9673),
            folder / "fdg" / "pet", run);
}

}  // namespace netpet::bench
