#include "anatomy/references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "image/distance.h"
#include "image/mask.h"
#include "synthetic_patient.h"

namespace netpet::anatomy {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

ReferenceResult measure(const SyntheticPatient& patient, const image::Region& candidates = {},
                        record::Role role = record::Role::sstr, int threads = 2,
                        const std::vector<ReaderSphere>& by_reader = {}) {
  const auto tracer = role == record::Role::sstr ? record::TracerClass::sstr : record::TracerClass::fdg;
  return measure_references(patient.suv, patient.organs, "imported", candidates, role, tracer, by_reader,
                            base::Resources(), base::Run(nullptr, {}, threads));
}

auto has_warning(const char* code) {
  return Contains(Field(&record::Warning::code, code));
}

TEST(References, UniformOrgansGiveTheirExactValueAndNoSpread) {
  const auto result = measure(make_patient(patient_grid(4)));
  EXPECT_NEAR(result.references.at("liver").mean, 6, 1e-6);
  EXPECT_NEAR(result.references.at("liver").sd, 0, 1e-6);
  EXPECT_NEAR(result.references.at("spleen").mean, 20, 1e-5);
  EXPECT_NEAR(result.references.at("blood_pool").mean, 1.5, 1e-6);
  EXPECT_EQ(result.references.at("liver").source, "imported");
  EXPECT_TRUE(result.references.at("liver").note.empty());
  EXPECT_THAT(result.warnings, ::testing::IsEmpty());
}

TEST(References, SdIsThePopulationsOverTheRegion) {
  const auto patient = make_patient(patient_grid(4), {}, 0.1);
  const auto result = measure(patient);
  for (const char* organ : {"liver", "spleen", "blood_pool"}) {
    const auto& region = result.regions.at(organ);
    double sum = 0, squares = 0, largest = 0;
    for (const std::size_t v : region) {
      sum += patient.suv[v];
      squares += double(patient.suv[v]) * patient.suv[v];
      largest = std::max(largest, double(patient.suv[v]));
    }
    const double n = double(region.size());
    const auto& reference = result.references.at(organ);
    EXPECT_NEAR(reference.mean, sum / n, 1e-6) << organ;
    EXPECT_NEAR(reference.sd, std::sqrt(squares / n - sum * sum / n / n), 1e-5) << organ;
    EXPECT_DOUBLE_EQ(*reference.max, largest) << organ;
    EXPECT_NEAR(*reference.volume_ml, n * 0.064, 1e-9) << organ;
  }
}

TEST(References, LiverSphereLiesInTheUpperRightLobeTenMillimetresInside) {
  const auto patient = make_patient(patient_grid(3), {}, 0.1);
  const auto result = measure(patient);
  const auto& liver = result.references.at("liver");
  EXPECT_LE(liver.centroid_lps_mm->x, liver_centre.x + 1);
  EXPECT_GE(liver.centroid_lps_mm->z, liver_centre.z - 1);
  EXPECT_NEAR(*liver.volume_ml, 14.1, 0.6);  // 4/3 π 15³ mm³
  const auto depth = image::distance_mm(
      [&] {
        image::Mask outside(patient.organs.geometry());
        for (std::size_t v = 0; v < outside.voxels().size(); ++v)
          outside[v] = patient.organs[v] != id_of(Organ::liver);
        return outside;
      }(),
      base::Run());
  for (const std::size_t v : result.regions.at("liver")) EXPECT_GT(depth[v], 10);
}

TEST(References, LiverSphereStaysTenMillimetresClearOfCandidates) {
  auto patient = make_patient(patient_grid(4));
  image::Region candidates;
  for (const space::PointLps centre : {space::PointLps{-90, -10, -40}, {-100, 10, -80}, {-60, 20, -40}}) {
    const auto ball = add_ball(patient.suv, centre, 14, 30);
    candidates.insert(candidates.end(), ball.begin(), ball.end());
  }
  std::sort(candidates.begin(), candidates.end());
  const auto result = measure(patient, candidates);
  EXPECT_NEAR(result.references.at("liver").mean, 6, 1e-6);
  const auto distance = image::distance_mm(image::mask_of(patient.suv.geometry(), candidates), base::Run());
  for (const std::size_t v : result.regions.at("liver")) EXPECT_GT(distance[v], 10);
}

TEST(References, AnUnmarkedFaintLesionIsAvoidedByLowestVariation) {
  auto patient = make_patient(patient_grid(4), {}, 0.05);
  add_ball(patient.suv, {-90, -10, -30}, 12, 9);
  EXPECT_NEAR(measure(patient).references.at("liver").mean, 6, 0.1);
}

TEST(References, AnEvenLesionThatNobodyMarkedDoesNotDrawTheSphere) {
  auto patient = make_patient(patient_grid(4), {}, 0.1);
  add_ball(patient.suv, {-90, -10, -30}, 24, 25);  // no noise at all: the lowest variation in the liver
  EXPECT_NEAR(measure(patient).references.at("liver").mean, 6, 0.2);
}

TEST(References, AnEvenPatchThatDiffersFromTheLiverDoesNotDrawTheSphere) {
  auto patient = make_patient(patient_grid(4), {}, 0.1);
  add_ball(patient.suv, {-90, -10, -30}, 24, 7.2F);  // a fifth above the liver, and no noise at all
  EXPECT_NEAR(measure(patient).references.at("liver").mean, 6, 0.2);
}

TEST(References, AFlippedGridGivesTheSameReferences) {
  const auto plain = measure(make_patient(patient_grid(4), {}, 0.1));
  for (int flip = 1; flip < 8; ++flip) {
    const auto flipped = measure(make_patient(patient_grid(4, flip), {}, 0.1));
    for (const char* organ : {"liver", "spleen", "blood_pool"}) {
      EXPECT_NEAR(flipped.references.at(organ).mean, plain.references.at(organ).mean, 1e-6)
          << organ << " " << flip;
      EXPECT_NEAR(flipped.references.at(organ).sd, plain.references.at(organ).sd, 1e-6)
          << organ << " " << flip;
      EXPECT_LT(space::distance(*flipped.references.at(organ).centroid_lps_mm,
                                *plain.references.at(organ).centroid_lps_mm),
                1e-6)
          << organ << " " << flip;
    }
  }
}

TEST(References, VoxelSizeDoesNotChangeAMean) {
  for (const double spacing : {2.0, 3.3, 4.0, 5.0}) {
    const auto result = measure(make_patient(patient_grid(spacing), {}, 0.1));
    EXPECT_NEAR(result.references.at("liver").mean, 6, 0.15) << spacing;
    EXPECT_NEAR(result.references.at("spleen").mean, 20, 0.6) << spacing;
    EXPECT_NEAR(result.references.at("blood_pool").mean, 1.5, 0.1) << spacing;
  }
}

TEST(References, ThreadCountChangesNothing) {
  const auto patient = make_patient(patient_grid(4), {}, 0.1);
  const auto one = measure(patient, {}, record::Role::sstr, 1),
             seven = measure(patient, {}, record::Role::sstr, 7);
  EXPECT_EQ(one.references, seven.references);
  EXPECT_EQ(one.regions, seven.regions);
}

TEST(References, BloodPoolIsTheDescendingAortaBetweenArchAndLiver) {
  const auto result = measure(make_patient(patient_grid(4)));
  const auto& blood = result.references.at("blood_pool");
  EXPECT_NEAR(blood.centroid_lps_mm->x, descending_x, 2.1);
  EXPECT_NEAR(blood.centroid_lps_mm->y, descending_y, 2.1);
  EXPECT_GE(blood.centroid_lps_mm->z, liver_centre.z + liver_radii.z);
  EXPECT_LE(blood.centroid_lps_mm->z, arch_z);
  EXPECT_GE(*blood.volume_ml, 0.8);
  EXPECT_LE(*blood.volume_ml, 2.6);
  EXPECT_TRUE(blood.note.empty());
}

TEST(References, BloodPoolIsTheMeanOfTheWholeDescendingAortaWhereItsPartsDiffer) {
  auto patient = make_patient(patient_grid(4));
  const space::Geometry& grid = patient.suv.geometry();
  // 30 % of the length takes up a third more than the rest: neither the median nor any one place is the mean.
  for (std::size_t v = 0; v < patient.suv.voxels().size(); ++v)
    if (patient.organs[v] == id_of(Organ::aorta))
      patient.suv[v] = std::fmod(grid.to_lps(grid.index(v)).z + 400, 40) < 12 ? 1.8F : 1.35F;
  EXPECT_NEAR(measure(patient).references.at("blood_pool").mean, 1.485, 0.06);
}

TEST(References, BloodPoolKeepsOffAHotNodeBesideTheAorta) {
  auto patient = make_patient(patient_grid(4));
  const auto node = add_ball(patient.suv, {descending_x, descending_y - 14, 100}, 14, 25);
  const auto result = measure(patient, node);
  EXPECT_NEAR(result.references.at("blood_pool").mean, 1.5, 1e-6);
}

TEST(References, AThinAortaIsMeasuredInItsCoreAndSaidSo) {
  const auto result = measure(make_patient(patient_grid(4), {}, 0, 5));
  ASSERT_TRUE(result.references.contains("blood_pool"));
  EXPECT_NEAR(result.references.at("blood_pool").mean, 1.5, 1e-6);
  EXPECT_THAT(result.references.at("blood_pool").note, HasSubstr("thin aorta"));
}

TEST(References, WithoutAnAortaThereIsNoBloodPoolAndAWarning) {
  auto patient = make_patient(patient_grid(4));
  for (auto& id : patient.organs.voxels())
    if (id == id_of(Organ::aorta)) id = 0;
  const auto result = measure(patient);
  EXPECT_FALSE(result.references.contains("blood_pool"));
  EXPECT_THAT(result.warnings, has_warning("no_blood_pool_reference"));
}

TEST(References, AnAortaSeenOnlyBelowTheLiverDomeIsNamedAbdominal) {
  auto patient = make_patient(patient_grid(4));
  for (std::size_t v = 0; v < patient.organs.voxels().size(); ++v)
    if (patient.organs[v] == id_of(Organ::aorta) &&
        patient.organs.geometry().to_lps(patient.organs.geometry().index(v)).z > -60)
      patient.organs[v] = 0;
  const auto result = measure(patient);
  EXPECT_THAT(result.references.at("blood_pool").note, HasSubstr("abdominal"));
}

TEST(References, AHotHeartIsNoBloodPool) {
  auto patient = make_patient(patient_grid(4));
  for (std::size_t v = 0; v < patient.organs.voxels().size(); ++v) {
    const space::PointLps p = patient.organs.geometry().to_lps(patient.organs.geometry().index(v));
    if (patient.organs[v] == id_of(Organ::aorta)) patient.organs[v] = 0;
    const double r = space::distance(p, {10, -20, 80});
    if (r > 45) continue;
    patient.organs[v] = id_of(Organ::heart);
    patient.suv[v] = r > 34 ? 8.F : 1.5F;
  }
  EXPECT_FALSE(measure(patient, {}, record::Role::fdg).references.contains("blood_pool"));
  for (std::size_t v = 0; v < patient.organs.voxels().size(); ++v)
    if (patient.organs[v] == id_of(Organ::heart)) patient.suv[v] = 1.5F;
  const auto quiet = measure(patient, {}, record::Role::fdg);
  EXPECT_NEAR(quiet.references.at("blood_pool").mean, 1.5, 1e-6);
  EXPECT_THAT(quiet.references.at("blood_pool").note, HasSubstr("heart"));
}

TEST(References, AfterSplenectomyThereIsNoSpleenReference) {
  auto patient = make_patient(patient_grid(4));
  for (auto& id : patient.organs.voxels())
    if (id == id_of(Organ::spleen)) id = 0;
  const auto result = measure(patient);
  EXPECT_FALSE(result.references.contains("spleen"));
  EXPECT_THAT(result.warnings, has_warning("no_spleen_reference"));
}

TEST(References, ASpleenBelowTenMillilitresIsNoReference) {
  auto patient = make_patient(patient_grid(4));
  for (std::size_t v = 0; v < patient.organs.voxels().size(); ++v) {
    const auto p = patient.organs.geometry().to_lps(patient.organs.geometry().index(v));
    if (patient.organs[v] == id_of(Organ::spleen) && space::distance(p, spleen_centre) > 13)
      patient.organs[v] = 0;
  }
  EXPECT_THAT(measure(patient).warnings, has_warning("no_spleen_reference"));
}

TEST(References, ALiverMoreThanHalfReplacedIsNoReferenceOnEitherTracer) {
  const auto patient = make_patient(patient_grid(4), {2.2, 1.8, 1.5, 0.6});
  image::Region candidates;
  for (std::size_t v = 0; v < patient.organs.voxels().size(); ++v)
    if (patient.organs[v] == id_of(Organ::liver) &&
        patient.organs.geometry().to_lps(patient.organs.geometry().index(v)).z > liver_centre.z - 20)
      candidates.push_back(v);
  const auto sstr = measure(patient, candidates), fdg = measure(patient, candidates, record::Role::fdg);
  EXPECT_FALSE(sstr.references.contains("liver"));
  EXPECT_THAT(sstr.warnings, has_warning("no_liver_reference"));
  EXPECT_FALSE(fdg.references.contains("liver"));
  EXPECT_THAT(fdg.references.at("blood_pool").note, HasSubstr("twice"));
  EXPECT_THAT(sstr.references.at("blood_pool").note, Not(HasSubstr("twice")));
}

TEST(References, ScatteredLesionsLeaveTheFallbackOfCleanLiver) {
  auto patient = make_patient(patient_grid(4));
  image::Region candidates;
  for (int x = -150; x <= 30; x += 36)
    for (int y = -80; y <= 60; y += 36)
      for (int z = -140; z <= 20; z += 36) {
        const auto ball = add_ball(patient.suv, {double(x), double(y), double(z)}, 8, 30);
        candidates.insert(candidates.end(), ball.begin(), ball.end());
      }
  std::sort(candidates.begin(), candidates.end());
  const auto result = measure(patient, candidates);
  EXPECT_THAT(result.references.at("liver").note, HasSubstr("no clean 30 mm sphere"));
  EXPECT_NEAR(result.references.at("liver").mean, 6, 1e-6);
  EXPECT_GE(*result.references.at("liver").volume_ml, 5);
}

TEST(References, AMeanOutsideThePublishedRangeIsWarnedOf) {
  EXPECT_THAT(measure(make_patient(patient_grid(4), {6, 20, 1.5, 0.8}), {}, record::Role::fdg).warnings,
              has_warning("reference_implausible"));
  EXPECT_THAT(measure(make_patient(patient_grid(4), {2.2, 1.8, 1.6, 0.6}), {}, record::Role::fdg).warnings,
              Not(has_warning("reference_implausible")));
}

TEST(References, AScanAfterTherapyIsNotComparedWithDiagnosticPet) {
  const auto patient = make_patient(patient_grid(4), {1.2, 2.5, 0.1, 0.1});  // a day after 177Lu-DOTATATE
  const auto warnings_of = [&](record::TracerClass tracer) {
    return measure_references(patient.suv, patient.organs, "imported", {}, record::Role::sstr, tracer, {},
                              base::Resources(), base::Run())
        .warnings;
  };
  EXPECT_THAT(warnings_of(record::TracerClass::sstr), has_warning("reference_implausible"));
  EXPECT_THAT(warnings_of(record::TracerClass::unknown), has_warning("reference_implausible"))
      << "a tracer that nobody named is no reason to be silent";
  EXPECT_THAT(warnings_of(record::TracerClass::therapy), Not(has_warning("reference_implausible")));
}

/// A column of vertebral bodies of 27 mm with discs of 9 mm between them, labelled as one spine.
SyntheticPatient with_spine(float marrow, float disc, double lowest_z = -175) {
  auto patient = make_patient(patient_grid(4));
  const space::Geometry& grid = patient.suv.geometry();
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    const space::PointLps p = grid.to_lps(grid.index(v));
    if (std::hypot(p.x, p.y - 75) > 22 || p.z < lowest_z) continue;
    patient.organs[v] = id_of(Organ::spine);
    patient.suv[v] = std::fmod(p.z + 1000, 36) < 9 ? disc : marrow;
  }
  return patient;
}

TEST(References, MarrowOfASpineThatIsLabelledAsOneIsThatOfItsBodiesNotOfTheDiscs) {
  const auto found = measure(with_spine(1.0F, 0.4F));
  ASSERT_TRUE(found.references.contains("marrow"));
  EXPECT_NEAR(found.references.at("marrow").mean, 1.0, 0.05);
  EXPECT_GE(*found.references.at("marrow").volume_ml, 5);
}

TEST(References, AVertebraFullOfDiseaseIsNoPartOfTheMarrow) {
  auto patient = with_spine(1.0F, 0.4F);
  const space::Geometry& grid = patient.suv.geometry();
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    const space::PointLps p = grid.to_lps(grid.index(v));
    if (patient.organs[v] == id_of(Organ::spine) && std::abs(p.z + 77.5) < 14) patient.suv[v] = 2.5F;
  }
  EXPECT_NEAR(measure(patient).references.at("marrow").mean, 1.0, 0.05);
}

TEST(References, AShortPieceOfSpineIsNoMarrowReference) {
  const auto found = measure(with_spine(1.0F, 0.4F, -80));
  EXPECT_FALSE(found.references.contains("marrow"));
  EXPECT_THAT(found.warnings, has_warning("no_marrow_reference"));
  EXPECT_THAT(measure(make_patient(patient_grid(4))).warnings, Not(has_warning("no_marrow_reference")))
      << "where no spine is on the map";
}

TEST(References, ASphereOfTheReaderIsMeasuredInPlaceOfTheProgramsOwn) {
  const auto patient = make_patient(patient_grid(4));
  const ReaderSphere sphere{
      "liver", {spleen_centre.x, spleen_centre.y, spleen_centre.z}, 12, "references[0]"};
  const auto found = measure(patient, {}, record::Role::sstr, 2, {sphere});
  EXPECT_EQ(found.references.at("liver").source, "reader");
  EXPECT_NEAR(found.references.at("liver").mean, 20, 0.5);
  EXPECT_EQ(found.references.at("spleen").source, "imported");
  EXPECT_TRUE(found.references.contains("blood_pool"));
}

TEST(References, ASphereOfTheReaderOutsideTheScanIsRefused) {
  const ReaderSphere sphere{"liver", {900, 0, 0}, 12, "references[0]"};
  try {
    (void)measure(make_patient(patient_grid(4)), {}, record::Role::sstr, 2, {sphere});
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), "review_place_outside");
  }
}

TEST(References, ASpleenBelowTheLiverOnSstrIsWarnedOf) {
  EXPECT_THAT(measure(make_patient(patient_grid(4), {9, 6, 1.5, 0.8})).warnings,
              has_warning("reference_implausible"));
}

TEST(References, MusclePancreasAndMarrowComeFromTheirClearCore) {
  auto patient = make_patient(patient_grid(4));
  const auto put = [&](Organ organ, space::PointLps centre, double radius_mm, float value) {
    for (std::size_t v = 0; v < patient.organs.voxels().size(); ++v) {
      const double r =
          space::distance(patient.organs.geometry().to_lps(patient.organs.geometry().index(v)), centre);
      if (r > radius_mm) continue;
      patient.organs[v] = id_of(organ);
      patient.suv[v] = r > radius_mm - 1 ? 3 * value : value;  // spill-in at the rim
    }
  };
  put(Organ::vertebra_l3, {0, 70, -130}, 22, 1);
  put(Organ::pancreas, {40, 0, -130}, 18, 2);
  put(Organ::gluteus_maximus_left, {100, 60, -150}, 20, 0.7F);
  const auto result = measure(patient);
  EXPECT_NEAR(result.references.at("marrow").mean, 1, 1e-6);
  EXPECT_NEAR(result.references.at("pancreas").mean, 2, 1e-6);
  EXPECT_NEAR(result.references.at("muscle").mean, 0.7, 1e-6);
  EXPECT_FALSE(result.references.contains("brain"));
}

}  // namespace
}  // namespace netpet::anatomy
