#pragma once

#include <cmath>

#include "image/volume.h"
#include "record/reading.h"

/// A reading with every part filled and a body to draw, made up for tests. Not a patient.
namespace netpet::report::testing {

inline record::Uptake uptake(double suvmax, double volume_ml, bool positive) {
  record::Uptake result;
  result.suvmax = suvmax;
  result.suvpeak = suvmax * 0.82;
  result.suvpeak_local = suvmax * 0.8;
  result.suvmean = suvmax * 0.6;
  result.volume_ml = volume_ml;
  result.total_uptake = volume_ml * suvmax * 0.6;
  result.to_liver = suvmax * 0.82 / 5.1;
  result.to_spleen = base::NotComputable{"no spleen reference"};
  result.to_blood_pool = suvmax * 0.82 / 1.4;
  result.positive = positive;
  result.background = "liver";
  result.outlined = positive;
  return result;
}

inline record::Lesion lesion(const std::string& id, const std::string& site, const std::string& location,
                             space::PointLps at, double size_mm, double sstr, double fdg,
                             const std::string& pattern, const std::string& netpet_pattern) {
  record::Lesion result;
  result.id = id;
  result.tracking_uid = "2.25.1" + std::to_string(id.size()) + id.substr(1);
  result.site = site;
  result.location = location;
  result.centroid_lps_mm = at;
  result.centroid_fdg_lps_mm = space::PointLps{at.x + 3, at.y - 8, at.z + 12};
  result.size_mm = size_mm;
  result.size_source = record::SizeSource::pet;
  result.volume_ml = std::pow(size_mm / 10, 3) * 0.52;
  result.registration_error_mm = 3.2;
  result.status_confidence = 0.93;
  const double volume = result.volume_ml.value();
  result.sstr = uptake(sstr, volume, pattern[1] == '+');
  result.fdg = uptake(fdg, volume * 0.8, pattern[3] == '+');
  result.pattern = pattern;
  result.netpet_pattern = netpet_pattern;
  result.fdg_to_sstr = (fdg / 7) / (sstr / 15);
  result.krenning = sstr > 20 ? 4.0 : sstr > 6 ? 3.0 : sstr > 1.7 ? 2.0 : 1.0;
  result.sstr_rads_uptake_level = sstr > 6 ? 3.0 : 1.0;
  return result;
}

inline record::TracerScan scan(record::Role role) {
  const bool sstr = role == record::Role::sstr;
  record::TracerScan result;
  result.study_uid = sstr ? "1.2.826.0.1.3680043.8.498.1" : "1.2.826.0.1.3680043.8.498.2";
  result.series_uid = result.study_uid + ".7";
  result.frame_of_reference_uid = result.study_uid + ".9";
  result.tracer = sstr ? record::Tracer{"68Ga-DOTATATE", "724025002", "SCT", record::TracerClass::sstr}
                       : record::Tracer{"18F-FDG", "35321007", "SCT", record::TracerClass::fdg};
  result.radionuclide = sstr ? "Ga-68" : "F-18";
  result.acquired = base::parse_iso(sstr ? "2024-01-02T10:15:00" : "2024-01-14T11:05:00");
  result.weight_kg = 71.5;
  result.height_m = 1.72;
  result.suv.rule = sstr ? "BQML, decay-corrected to the start of the scan (START)"
                         : "BQML, decay-corrected to administration (ADMIN)";
  result.suv.factor = sstr ? std::array{0.00070412, 0.00070412} : std::array{0.00031245, 0.00031245};
  result.suv.dose_bq = sstr ? 1.52e8 : 2.31e8;
  result.suv.weight_kg = 71.5;
  result.suv.half_life_s = sstr ? 4062.6 : 6586.2;
  result.suv.administered = base::parse_iso(sstr ? "2024-01-02T09:14:00" : "2024-01-14T10:03:00");
  result.suv.reference_time = base::parse_iso(sstr ? "2024-01-02T10:15:00" : "2024-01-14T10:03:00");
  result.suv.decay_factor = sstr ? 0.53557 : 1.0;
  result.suv.steps = {"Units are BQML: pixel values are Bq/mL after slope and intercept.",
                      sstr ? "The dose of 152 MBq decays to 81.4 MBq at the reference time."
                           : "Pixels are corrected to the time of administration: the dose stays as given.",
                      "SUVbw = Bq/mL × 71 500 g ÷ dose."};
  result.voxel_mm = {4.07, 4.07, 3.0};
  result.size = {120, 90, 320};
  result.scanner = "SIEMENS Biograph mCT";
  result.has_ct = true;
  return result;
}

inline record::Reference reference(double mean, double sd, double volume) {
  record::Reference result;
  result.mean = mean;
  result.sd = sd;
  result.max = mean * 1.35;
  result.volume_ml = volume;
  result.centroid_lps_mm = space::PointLps{-80, 10, -20};
  return result;
}

inline record::Reading made_up_reading() {
  record::Reading reading;
  reading.software = {"netpet", "0.1.0", "3f1bd2c0aa11",
                      "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"};
  reading.patient = {"NET-0042", "Doe^Jane", "F", "1958-04-17"};
  reading.headline = "P5: receptor-negative, FDG-positive disease in L3 (liver); other lesions are P1–P2";
  reading.sstr = scan(record::Role::sstr);
  reading.fdg = scan(record::Role::fdg);
  reading.interval_days = 12.0;
  record::Registration registration;
  registration.method = "rigid, CT to CT, block matching";
  registration.rigid.translation = {3, -8, 12};
  registration.fixed_to_moving = registration.rigid;
  registration.quality.dice_body = 0.962;
  registration.quality.dice_bone = 0.871;
  registration.quality.ncc = 0.934;
  registration.quality.inlier_share = 0.81;
  registration.quality.residual_mm = 1.34;
  registration.quality.min_jacobian = 1.0;
  registration.quality.folded_fraction = 0.0;
  registration.error_mm = 3.2;
  reading.registration = registration;
  reading.organs_source = "imported";
  reading.sstr_references = {{"liver", reference(5.12, 0.62, 14.1)},
                             {"blood_pool", reference(1.41, 0.2, 8.2)},
                             {"spleen", reference(21.4, 2.9, 10.3)}};
  reading.fdg_references = {{"liver", reference(2.21, 0.27, 14.1)},
                            {"blood_pool", reference(1.62, 0.21, 8.2)}};
  reading.fdg_references["liver"].note = "8 mL only: the rest of the liver lies near lesions";
  reading.lesions = {
      lesion("L1", "node", "left supraclavicular", {52, 4, 262}, 14, 14.2, 1.5, "S+F-", "P1"),
      lesion("L2", "liver", "segment VIII", {-92, 2, 22}, 31, 38.4, 2.1, "S+F-", "P1"),
      lesion("L3", "liver", "segment VI", {-112, 24, -38}, 27, 3.1, 9.8, "S-F+", "P5"),
      lesion("L4", "liver", "segment II", {-22, -38, 12}, 18, 17.0, 5.1, "S+F+", "P2"),
      lesion("L5", "pancreas", "tail", {42, -2, -22}, 22, 24.6, 3.4, "S+F+", "P2"),
      lesion("L6", "bone", "vertebra L3", {2, 48, -118}, 12, 9.7, 1.3, "S+F-", "P1"),
      lesion("L7", "bone", "right ilium", {-84, 32, -208}, 9, 7.5, 1.2, "S+F-", "P1"),
      lesion("L8", "pancreas", "head, uncinate process", {-16, 2, -52}, 16, 6.3, 1.7, "S+F-", "P1"),
      lesion("L9", "adrenal", "left", {44, 22, -8}, 12, 7.9, 1.6, "S+F-", "P1")};
  reading.lesions[2].decides = true;
  reading.lesions[0].flags = {"krenning_below_20mm"};
  reading.lesions[6].flags = {"krenning_below_20mm", "small_lesion"};
  reading.lesions[1].size_source = record::SizeSource::ct;
  for (const std::size_t i : {std::size_t{7}, std::size_t{8}}) {
    reading.lesions[i].status = record::LesionStatus::physiologic;
    reading.lesions[i].status_reason = i == 7 ? "uptake of the uncinate process" : "normal adrenal uptake";
    reading.lesions[i].pattern.clear();
  }
  record::Grade netpet;
  netpet.scale = "netpet";
  netpet.value = std::string("P5");
  netpet.suitability = std::string("not_suitable");
  netpet.applicability = "unknown";
  netpet.fields = {{"group", base::Computed<std::string>(std::string("P5"))},
                   {"qualifier", base::Computed<std::string>()},
                   {"target_lesion", base::Computed<std::string>(std::string("L3"))},
                   {"strict_any_size", base::Computed<std::string>(std::string("P5"))},
                   {"alternatives", record::AlternativeValues{{"blood_pool_background", std::string("P2a")},
                                                              {"tumour_to_liver", std::string("P5")}}}};
  netpet.flags = {"depends_on_background", "window_saturated"};
  netpet.evidence = {"7 lesions count; 2 uptakes are held to be physiologic.",
                     "L3 is FDG-positive: SUVpeak 8.0 is above 2.75 (liver mean 2.21 + 2 SD).",
                     "L3 is SSTR-negative: SUVpeak 2.5 is not above 6.36 (liver mean 5.12 + 2 SD).",
                     "L3 is significant: size 27 mm is at least 10 mm."};
  netpet.caveats = {"With blood pool as the background of every lesion the grade is P2a."};
  netpet.source = "Chan et al., Theranostics 2017;7(5):1149–1158";
  record::Grade karfis;
  karfis.scale = "karfis";
  karfis.value = std::string("C3");
  karfis.suitability = std::string("not_suitable");
  karfis.evidence = {"L3 is FDG-positive and SSTR-negative."};
  record::Grade zidan;
  zidan.scale = "zidan";
  zidan.value = std::string("4");
  zidan.suitability = std::string("not_suitable");
  zidan.evidence = {"Against liver on both tracers L3 is FDG-positive and SSTR-negative."};
  record::Grade krenning;
  krenning.scale = "krenning";
  krenning.fields = {{"highest", base::Computed<double>(4.0)},
                     {"lowest", base::Computed<double>(2.0)},
                     {"share_lesions_3_4", base::Computed<double>(0.857)}};
  krenning.evidence = {"Highest: L2 with SUVpeak 31.5, not below the spleen’s mean of 21.4."};
  record::Grade ezziddin;
  ezziddin.scale = "ezziddin";
  ezziddin.value = std::string("mG3");
  ezziddin.evidence = {"FDG SUVmax 9.8 of L3 ÷ liver SUVmax 2.98 = 3.29, above 2.3."};
  record::Grade lococo;
  lococo.scale = "lococo";
  lococo.value = base::NotComputable{"only defined for primary lung lesions"};
  reading.grades = {netpet, karfis, zidan, krenning, ezziddin, lococo};
  reading.burden.sstr_volume_ml = 38.2;
  reading.burden.fdg_volume_ml = 17.9;
  reading.burden.sstr_only_ml = 27.0;
  reading.burden.both_ml = 6.7;
  reading.burden.fdg_only_ml = 10.1;
  reading.burden.sstr_total_uptake = 512.0;
  reading.burden.fdg_total_uptake = base::NotComputable{"L7 has no outline on FDG"};
  reading.biopsy_target = "L3";
  reading.biopsy_why = "highest FDG uptake relative to SSTR; SSTR-negative";
  reading.warnings = {{"physiologic_unreviewed",
                       "2 uptakes were taken for physiologic by the program; no reader has confirmed that."}};
  return reading;
}

/// A body of ellipsoids with the lesions of a reading in it, on an upright grid in the space of that scan.
inline image::PetVolume made_up_pet(const record::Reading& reading, record::Role role, double voxel_mm = 5) {
  space::Geometry grid;
  grid.spacing = {voxel_mm, voxel_mm, voxel_mm};
  grid.size = {static_cast<int>(480 / voxel_mm), static_cast<int>(340 / voxel_mm),
               static_cast<int>(760 / voxel_mm)};
  grid.origin = {-240, -170, -380};
  image::PetVolume volume(grid);
  struct Ball {
    space::PointLps at;
    space::Vec3 half;
    double suv;
  };
  const bool sstr = role == record::Role::sstr;
  std::vector<Ball> balls{
      {{0, 10, -40}, {165, 110, 300}, sstr ? 0.7 : 0.8}, {{0, 5, 290}, {70, 85, 90}, sstr ? 0.6 : 1.5},
      {{0, 5, 330}, {60, 75, 45}, sstr ? 0.1 : 6.5},     {{-80, 0, -5}, {75, 70, 75}, sstr ? 5.1 : 2.2},
      {{95, 40, 10}, {32, 38, 52}, sstr ? 21.0 : 1.8},   {{-62, 55, -78}, {26, 26, 52}, sstr ? 14.0 : 3.0},
      {{64, 55, -70}, {26, 26, 52}, sstr ? 14.0 : 3.0},  {{0, -20, -300}, {36, 34, 30}, sstr ? 19.0 : 22.0},
      {{12, -30, 95}, {48, 42, 50}, sstr ? 1.2 : 3.4}};
  for (const record::Lesion& one : reading.lesions) {
    const auto& at = sstr ? one.centroid_lps_mm : one.centroid_fdg_lps_mm;
    const double radius = std::max(7.0, one.size_mm.value_or(8) / 2);
    if (at) balls.push_back({*at, {radius, radius, radius}, one.on(role)->suvmax.value_or(0)});
  }
  for (std::size_t offset = 0; offset < volume.voxels().size(); ++offset) {
    const space::PointLps p = grid.to_lps(grid.index(offset));
    double suv = 0.02;
    for (const Ball& ball : balls) {
      const space::Vec3 d = p - ball.at;
      const double r = std::sqrt(std::pow(d.x / ball.half.x, 2) + std::pow(d.y / ball.half.y, 2) +
                                 std::pow(d.z / ball.half.z, 2));
      const double share = 1 / (1 + std::exp((r - 1) * 9));
      suv = suv * (1 - share) + ball.suv * share;
    }
    volume[offset] = static_cast<float>(suv * (1 + 0.12 * std::sin(double(offset % 7919) * 12.9898)));
  }
  return volume;
}

}  // namespace netpet::report::testing
