#include "phantom/write_patient.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/parallel_for.h"
#include "base/random.h"
#include "base/staged_output.h"
#include "dicom/write_ct.h"
#include "dicom/write_pet.h"
#include "image/nifti.h"
#include "phantom/truth.h"
#include "phantom/variant.h"

namespace netpet::phantom {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kStream = 140;
constexpr double kDisplacementStepMm = 6;

struct Visit {
  dicom::StudyToWrite study;
  dicom::CtAcquisition ct;
  dicom::PetAcquisition pet;
};

/// Case and variant.
std::string kind_of(const Request& request) {
  return request.variant == Variant::none ? request.case_name
                                          : request.case_name + "-" + name_of(request.variant);
}

Visit visit_of(const SimulatedPatient& patient, const SimulatedStudy& images) {
  const BodyPlan& plan = patient.anatomy->plan();
  const Request& request = patient.request;
  const bool sstr = images.session == Session::sstr;
  base::Random random(plan.seed, kStream);
  const double days_between = std::floor(random.uniform(3, 24));
  const double first_day = std::floor(random.uniform(0, 300));
  const double minutes_to_scan = random.uniform(55, 68);
  const base::Instant day = base::Instant::of(*base::make_date(2024, 1, 8), {}) +
                            base::Seconds(86400 * (first_day + (sstr ? 0 : days_between)));
  const base::Instant started =
      day + base::Seconds(std::floor(60 * random.uniform(sstr ? 500 : 560, sstr ? 700 : 800)));
  Visit visit;
  dicom::StudyToWrite& study = visit.study;
  const std::string name = kind_of(request);
  study.uid_seed =
      fmt::format("netpet phantom {} {} {} {} {}", name, request.seed, dicom::name_of(request.vendor),
                  request.detail == Detail::small ? "small" : "full", sstr ? "sstr" : "fdg");
  study.vendor = request.vendor;
  study.patient.id = fmt::format("PHANTOM-{}-{}", name, request.seed);
  study.patient.name = fmt::format("Phantom^{}^{}", name, request.seed);
  study.patient.sex = plan.sex == Sex::female ? "F" : "M";
  study.patient.birth_date = fmt::format("{}-05-17", 2024 - plan.age);
  study.weight_kg = plan.weight_kg;
  study.height_m = plan.height_m;
  study.description = sstr ? "PET/CT 68Ga-DOTATATE" : "PET/CT 18F-FDG";
  study.id = sstr ? "1" : "2";
  study.started = started;
  visit.ct.started = started + base::Seconds(60);
  visit.ct.tube_current_ma = sstr ? 110 : 60;
  dicom::PetAcquisition& pet = visit.pet;
  pet.tracer_text = sstr ? "Ga-68 DOTATATE" : "Fluorodeoxyglucose";
  pet.tracer_code = sstr ? record::Code{"724025002", "SCT", "Gallium (68-Ga) dotatate"}
                         : record::Code{"35321007", "SCT", "Fluorodeoxyglucose F^18^"};
  pet.nuclide_code =
      sstr ? record::Code{"35337001", "SCT", "^68^Gallium"} : record::Code{"77004003", "SCT", "^18^Fluorine"};
  pet.half_life_s = sstr ? 4062.6 : 6586.2;
  pet.positron_fraction = sstr ? 0.8914 : 0.9673;
  pet.dose_bq = sstr ? std::round(random.uniform(120, 185)) * 1e6 : std::round(3.5 * plan.weight_kg) * 1e6;
  const base::Instant pet_start = started + base::Seconds(240);
  pet.administered = pet_start - base::Seconds(std::floor(60 * minutes_to_scan));
  pet.frame_duration_s = sstr ? 180 : 120;
  pet.beds = dicom::beds_over(images.suv.geometry().size[2], images.protocol.bed_slices, pet_start,
                              pet.frame_duration_s + 2, dicom::BedOrder::from_first_slice);
  return visit;
}

void write_study(const SimulatedPatient& patient, const SimulatedStudy& images, const fs::path& folder,
                 const base::Run& run) {
  const Visit visit = visit_of(patient, images);
  dicom::write_ct(images.ct.hounsfield, visit.study, visit.ct, folder / "ct", run);
  image::PetVolume activity = images.suv;
  const auto factor = static_cast<float>(dicom::bq_per_ml_at_suv_1(visit.study, visit.pet));
  for (float& value : activity.voxels()) value *= factor;
  dicom::write_pet(activity, visit.study, visit.pet, folder / "pet", run);
}

void write_lesions(const SimulatedStudy& images, const fs::path& file) {
  image::LabelMap labels(images.suv.geometry());
  for (std::size_t n = 0; n < images.lesion_voxels.size(); ++n)
    for (const std::size_t voxel : images.lesion_voxels[n]) labels[voxel] = static_cast<std::uint16_t>(n + 1);
  image::write_nifti(labels, file);
}

void write_displacement(const SimulatedPatient& patient, const space::Geometry& ct, const fs::path& file,
                        const base::Run& run) {
  const space::Geometry grid = space::with_spacing(ct, kDisplacementStepMm);
  image::DisplacementLps field;
  for (auto* component : {&field.x, &field.y, &field.z}) component->resize(grid.voxels());
  base::parallel_for(run, grid.voxels(), 8192, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const space::PointLps p = grid.to_lps(grid.index(n));
      const Vec3 d = patient.pose->sstr_to_fdg(p) - p;
      field.x[n] = static_cast<float>(d.x);
      field.y[n] = static_cast<float>(d.y);
      field.z[n] = static_cast<float>(d.z);
    }
  });
  image::write_nifti_displacement(grid, field, file);
}

/// Only what truth.json needs stays of a study once it is written.
void drop_pixels(SimulatedStudy& study) {
  study.ct.hounsfield = {};
  study.suv = image::PetVolume();
}

}  // namespace

void write_patient(const Request& request, const fs::path& folder, const base::Resources& resources,
                   const base::Run& run, NoiseFree noise_free) {
  const SimulatedPatient patient = simulate(request, resources);
  auto output = base::StagedOutput::folder(folder, base::Occupied::refuse);
  const fs::path truth = output.path() / "truth";
  fs::create_directories(truth);

  run.stage("phantom: receptor PET/CT");
  SimulatedStudy sstr = scan(patient, Session::sstr, run);
  write_study(patient, sstr, output.path() / "sstr", run);
  image::write_nifti(sstr.ct.organs, truth / "organs.nii.gz");
  write_lesions(sstr, truth / "lesions_sstr.nii.gz");
  write_displacement(patient, sstr.ct.hounsfield.geometry(), truth / "displacement.nii.gz", run);
  if (noise_free == NoiseFree::write) image::write_nifti(sstr.clean, truth / "sstr_noise_free.nii.gz");
  drop_pixels(sstr);
  run.stage("phantom: FDG PET/CT");
  SimulatedStudy fdg = scan(patient, Session::fdg, run);
  write_study(patient, fdg, output.path() / "fdg", run);
  write_lesions(fdg, truth / "lesions_fdg.nii.gz");
  if (noise_free == NoiseFree::write) image::write_nifti(fdg.clean, truth / "fdg_noise_free.nii.gz");
  drop_pixels(fdg);
  run.stage("phantom: truth");
  base::write_file(truth / "truth.json", truth_json(patient, sstr, fdg));
  run.throw_if_stopped();
  output.commit();
}

}  // namespace netpet::phantom
