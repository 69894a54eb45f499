#include "dicom/write_pet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/parallel_for.h"
#include "dicom/slice_file.h"

namespace netpet::dicom {
namespace {

constexpr double largest_stored = 32767;
// Bq/mL per count in the CNTS manner; scanners have values between 0.5 and 10.
constexpr double philips_bq_per_count = 2.5;

double decay_constant(const PetAcquisition& pet) {
  return std::numbers::ln2 / pet.half_life_s;
}

base::Instant scan_start(const PetAcquisition& pet) {
  return std::min_element(pet.beds.begin(), pet.beds.end(),
                          [](const Bed& a, const Bed& b) { return a.started < b.started; })
      ->started;
}

/// When in the frame the average activity is there: T_ave = ln(λT / (1 − e^(−λT))) / λ.
double average_time_s(const PetAcquisition& pet) {
  const double x = decay_constant(pet) * pet.frame_duration_s;
  return std::log(x / -std::expm1(-x)) / decay_constant(pet);
}

std::vector<const Bed*> bed_of_slices(const PetAcquisition& pet, int slices) {
  std::vector<const Bed*> result(static_cast<std::size_t>(slices), nullptr);
  for (const Bed& bed : pet.beds) {
    for (int k = bed.first_slice; k < bed.first_slice + bed.slices; ++k) {
      base::check(k >= 0 && k < slices && !result[static_cast<std::size_t>(k)],
                  "a slice lies in no bed or in two");
      result[static_cast<std::size_t>(k)] = &bed;
    }
  }
  base::check(std::find(result.begin(), result.end(), nullptr) == result.end(),
              "the beds do not cover the volume");
  return result;
}

/// A slope as it stands in the header, so that quantisation uses what a reader will multiply with.
double slope_for(double greatest, double unit) {
  double slope = greatest > 0 ? greatest / (largest_stored * unit) : 1;
  // Ten digits, rounded up: the greatest value still fits.
  const double step = std::pow(10, std::floor(std::log10(slope)) - 9);
  slope = std::ceil(slope / step) * step;
  return std::stod(decimal_string(slope));
}

std::string corrections(const PetAcquisition& pet) {
  std::string text = "NORM\\DTIM\\RAN";
  if (pet.decay_correction != DecayCorrection::none) text += "\\DECY";
  if (pet.attenuation == AttenuationCorrection::applied) text += "\\ATTN\\SCAT";
  return text;
}

void put_series(SliceFile& file, const StudyToWrite& study, const PetAcquisition& pet, int slices) {
  file.put({0x0008, 0x0008}, "ORIGINAL\\PRIMARY");
  file.put({0x0018, 0x1181}, "NONE");
  file.put({0x0028, 0x0051}, corrections(pet));
  file.put_us({0x0054, 0x0081}, static_cast<std::uint16_t>(slices));
  file.put({0x0054, 0x1000}, pet.beds.size() > 1 ? "WHOLE BODY\\IMAGE" : "STATIC\\IMAGE");
  file.put({0x0054, 0x1001}, pet.units == PetUnits::bqml ? "BQML" : "CNTS");
  file.put({0x0054, 0x1002}, "EMISSION");
  file.put({0x0054, 0x1100}, study.vendor == Vendor::ge ? "SING" : "DLYD");
  if (pet.attenuation == AttenuationCorrection::applied) {
    file.put({0x0054, 0x1101}, study.vendor == Vendor::ge ? "measured,, 0.096000 cm-1," : "measured");
    file.put({0x0054, 0x1105}, "Model-based");
  }
  file.put({0x0054, 0x1102}, pet.decay_correction == DecayCorrection::start   ? "START"
                             : pet.decay_correction == DecayCorrection::admin ? "ADMIN"
                                                                              : "NONE");
  file.put({0x0054, 0x1103}, study.vendor == Vendor::siemens ? "PSF+TOF 3i21s"
                             : study.vendor == Vendor::ge    ? "VPFX"
                                                             : "BLOB-OS-TF");
}

void put_patient_position(SliceFile& file) {
  ItemWriter orientation = file.add_item({0x0054, 0x0410});
  orientation.put(tags::code_value, "102538003");
  orientation.put(tags::coding_scheme, "SCT");
  orientation.put(tags::code_meaning, "recumbent");
  orientation.put_code({0x0054, 0x0412}, {"40199007", "SCT", "supine"});
  file.put_code({0x0054, 0x0414}, {"102540008", "SCT", "headfirst"});
}

void put_isotope(SliceFile& file, const StudyToWrite& study, const PetAcquisition& pet) {
  ItemWriter item = file.add_item({0x0054, 0x0016});
  item.put({0x0018, 0x0031}, pet.tracer_text);
  item.put({0x0018, 0x1072}, time_string(pet.administered));
  item.put({0x0018, 0x1074}, pet.dose_bq);
  item.put({0x0018, 0x1075}, pet.half_life_s);
  if (pet.positron_fraction > 0) item.put({0x0018, 0x1076}, pet.positron_fraction);
  // Philips often writes the time alone; after half a day the date would be a guess.
  const bool same_half_day = (scan_start(pet) - pet.administered).value < 43200;
  if (study.vendor != Vendor::philips || !same_half_day) {
    item.put({0x0018, 0x1078}, date_time_string(pet.administered));
  }
  item.put_code({0x0054, 0x0300}, pet.nuclide_code);
  if (!pet.tracer_code.value.empty()) item.put_code({0x0054, 0x0304}, pet.tracer_code);
}

void put_times(SliceFile& file, const StudyToWrite& study, const PetAcquisition& pet, const Bed& bed) {
  const double after_start_s = (bed.started - scan_start(pet)).value;
  // GE counts to the start of the frame, the others to the time of its average activity.
  const double reference_s = after_start_s + (study.vendor == Vendor::ge ? 0 : average_time_s(pet));
  file.put({0x0018, 0x1242}, std::to_string(std::lround(pet.frame_duration_s * 1000)));
  file.put({0x0054, 0x1300}, reference_s * 1000);
  if (pet.decay_correction != DecayCorrection::none) {
    const base::Instant corrected_to =
        pet.decay_correction == DecayCorrection::start ? scan_start(pet) : pet.administered;
    const double elapsed_s = (bed.started - corrected_to).value + average_time_s(pet);
    file.put({0x0054, 0x1321}, std::exp(decay_constant(pet) * elapsed_s));
  }
}

double bq_per_count(const PetAcquisition& pet) {
  return pet.units == PetUnits::philips_counts ? philips_bq_per_count : 1;
}

void put_private_times(SliceFile& file, const StudyToWrite& study, const PetAcquisition& pet) {
  using Vr = ItemWriter::PrivateVr;
  const std::string start = date_time_string(scan_start(pet));
  if (study.vendor == Vendor::siemens) {
    file.put_private(0x0071, "SIEMENS MED PT", 0x22, Vr::date_time, start);
  } else if (study.vendor == Vendor::ge) {
    file.put_private(0x0009, "GEMS_PETD_01", 0x0D, Vr::date_time, start);
    file.put_private(0x0009, "GEMS_PETD_01", 0x3B, Vr::date_time, date_time_string(pet.administered));
  } else {
    const double suv_per_count = bq_per_count(pet) / bq_per_ml_at_suv_1(study, pet);
    file.put_private(0x7053, "Philips PET Private Group", 0x00, Vr::decimal, decimal_string(suv_per_count));
    file.put_private(0x7053, "Philips PET Private Group", 0x09, Vr::decimal,
                     decimal_string(bq_per_count(pet)));
  }
}

struct Range {
  float least = 0, greatest = 0;
  float magnitude() const { return std::max(-least, greatest); }
};

Range range_of(const float* from, std::size_t count) {
  Range range;
  for (std::size_t n = 0; n < count; ++n) {
    base::check(std::isfinite(from[n]), "an activity is not finite");
    range.least = std::min(range.least, from[n]);
    range.greatest = std::max(range.greatest, from[n]);
  }
  return range;
}

}  // namespace

std::vector<Bed> beds_over(int slices, int slices_per_bed, base::Instant first_start, double step_s,
                           BedOrder order) {
  base::check(slices > 0 && slices_per_bed > 0, "a bed without slices");
  std::vector<Bed> beds;
  const int count = (slices + slices_per_bed - 1) / slices_per_bed;
  for (int n = 0; n < count; ++n) {
    const int first = n * slices_per_bed;
    const int turn = order == BedOrder::from_first_slice ? n : count - 1 - n;
    beds.push_back(
        {first, std::min(slices_per_bed, slices - first), first_start + base::Seconds(turn * step_s)});
  }
  return beds;
}

double bq_per_ml_at_suv_1(const StudyToWrite& study, const PetAcquisition& pet) {
  base::check(pet.decay_correction != DecayCorrection::none,
              "without decay correction SUV differs from bed to bed");
  base::check(study.weight_kg > 0 && pet.half_life_s > 0, "SUV needs a weight and a half-life");
  const double elapsed_s =
      pet.decay_correction == DecayCorrection::start ? (scan_start(pet) - pet.administered).value : 0;
  return pet.dose_bq * std::exp2(-elapsed_s / pet.half_life_s) / (study.weight_kg * 1000);
}

WrittenSeries write_pet(const image::PetVolume& activity, const StudyToWrite& study,
                        const PetAcquisition& acquisition, const std::filesystem::path& folder,
                        const base::Run& run) {
  base::check(!activity.empty(), "an empty PET cannot be written");
  const space::Geometry& grid = activity.geometry();
  const auto slices = static_cast<std::size_t>(grid.size[2]);
  const std::size_t in_slice = grid.voxels() / slices;
  const std::vector<const Bed*> bed_of = bed_of_slices(acquisition, grid.size[2]);
  const Range overall = range_of(activity.voxels().data(), activity.voxels().size());
  const double unit = bq_per_count(acquisition);
  std::filesystem::create_directories(folder);
  WrittenSeries result;
  result.uid =
      uid_of_seed(fmt::format("{}/PT/{}/{}", study.uid_seed, acquisition.number, acquisition.description));
  result.files.resize(slices);

  base::parallel_for(run, slices, 4, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint16_t> stored(in_slice);
    for (std::size_t k = begin; k < end; ++k) {
      const float* from = activity.voxels().data() + k * in_slice;
      const Range range = study.vendor == Vendor::philips ? overall : range_of(from, in_slice);
      const double slope = slope_for(range.magnitude(), unit);
      std::transform(from, from + in_slice, stored.begin(), [&](float value) {
        const double counts = std::clamp(std::round(value / (slope * unit)), -largest_stored, largest_stored);
        return static_cast<std::uint16_t>(static_cast<std::int16_t>(counts));
      });

      SliceOfSeries slice;
      slice.sop_class_uid = "1.2.840.10008.5.1.4.1.1.128";
      slice.modality = "PT";
      slice.series_uid = result.uid;
      slice.series_description = acquisition.description;
      slice.series_number = acquisition.number;
      slice.instance_number = instance_number(study.vendor, grid, static_cast<int>(k));
      slice.series_started = scan_start(acquisition);
      // GE writes one acquisition time for all beds.
      slice.acquired = study.vendor == Vendor::ge ? slice.series_started : bed_of[k]->started;
      slice.model = model_of(study.vendor);

      SliceFile file;
      file.put_identity(study, slice);
      put_series(file, study, acquisition, grid.size[2]);
      put_patient_position(file);
      put_isotope(file, study, acquisition);
      put_times(file, study, acquisition, *bed_of[k]);
      if (acquisition.decay_correction != DecayCorrection::none) put_private_times(file, study, acquisition);
      const bool is_signed = study.vendor == Vendor::ge || overall.least < 0;
      file.put_plane(grid, static_cast<int>(k),
                     is_signed ? SliceFile::Stored::signed_16 : SliceFile::Stored::unsigned_16);
      file.put({0x0028, 0x1052}, "0");
      file.put({0x0028, 0x1053}, slope);
      file.put_us({0x0054, 0x1330}, static_cast<std::uint16_t>(slice.instance_number));
      file.put_pixels(stored);
      result.files[k] = folder / file_name(study, slice);
      file.save(result.files[k]);
    }
  });
  return result;
}

}  // namespace netpet::dicom
