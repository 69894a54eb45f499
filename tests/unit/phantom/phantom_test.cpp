#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "phantom/image_pet.h"
#include "phantom/simulate.h"
#include "phantom/truth.h"

namespace netpet::phantom {
namespace {

const base::Resources& resources() {
  static const base::Resources all;
  return all;
}

SimulatedPatient patient_of(const std::string& name, std::uint64_t seed) {
  return simulate({name, seed, dicom::Vendor::siemens, Detail::small}, resources());
}

base::Run threads(int count) {
  return base::Run(nullptr, {}, count);
}

TEST(Phantom, TheSameSeedGivesTheSameImagesForAnyNumberOfThreads) {
  const SimulatedPatient patient = patient_of("P2a", 4);
  const BodyPlan& plan = patient.anatomy->plan();
  Protocol protocol = protocol_of(dicom::Vendor::siemens, Session::fdg, Detail::small);
  Grids grids = grids_of(protocol, *patient.pose, plan, Session::fdg);
  grids.ct.origin.z += 350;  // a slab through the liver is enough
  grids.pet.origin.z += 350;
  grids.ct.size[2] = grids.pet.size[2] = 12;
  const auto render = [&](int count) {
    const base::Run run = threads(count);
    const BodyMap map(*patient.pose, Session::fdg, grids.ct, run);
    const Scene scene(*patient.anatomy, patient.lesions, map, Phase::native);
    const CtImage ct = image_ct(scene, grids.ct, 150, 10, 1, 9, run);
    const image::PetVolume clean = image_pet(scene, grids.pet, Session::fdg, 5.5, run);
    return std::pair(ct.hounsfield.voxels(), with_noise(clean, protocol, 2.2, 9, 1, run).voxels());
  };
  EXPECT_EQ(render(1), render(3));
}

TEST(Phantom, OrgansHaveTheVolumesOfAdults) {
  const SimulatedPatient patient = patient_of("P0", 3);
  const base::Run run = threads(2);
  space::Geometry grid = grids_of(protocol_of(dicom::Vendor::siemens, Session::sstr, Detail::small),
                                  *patient.pose, patient.anatomy->plan(), Session::sstr)
                             .ct;
  const BodyMap map(*patient.pose, Session::sstr, grid, run);
  const Scene scene(*patient.anatomy, patient.lesions, map, Phase::native);
  const CtImage ct = image_ct(scene, grid, 150, 0, 1, 1, run);
  std::map<int, double> ml;
  std::map<int, double> x;
  for (std::size_t n = 0; n < grid.voxels(); ++n) {
    ml[ct.organs[n]] += grid.voxel_volume_ml();
    x[ct.organs[n]] += grid.voxel_volume_ml() * grid.to_lps(grid.index(n)).x;
  }
  const auto between = [](double low, double high) {
    return testing::AllOf(testing::Ge(low), testing::Le(high));
  };
  EXPECT_THAT(ml[5], between(1100, 2000)) << "liver";
  EXPECT_THAT(ml[1], between(110, 350)) << "spleen";
  EXPECT_THAT(ml[2], between(120, 230)) << "right kidney";
  EXPECT_THAT(ml[3], between(120, 230)) << "left kidney";
  EXPECT_THAT(ml[7] + ml[206], between(40, 130)) << "pancreas";
  EXPECT_THAT(ml[90], between(1150, 1800)) << "brain";
  EXPECT_THAT(ml[51], between(400, 800)) << "heart";
  EXPECT_THAT(ml[10] + ml[11] + ml[12] + ml[13] + ml[14], between(3000, 6500)) << "lungs";
  // LPS: +x is the patient's left.
  EXPECT_LT(x[5] / ml[5], x[1] / ml[1]) << "the liver lies to the right of the spleen";
  EXPECT_LT(x[2] / ml[2], x[3] / ml[3]) << "the right kidney lies to the right of the left one";
  for (const int id :
       {4, 6, 8, 9, 17, 18, 19, 20, 21, 25, 27, 31, 43, 50, 52, 63, 75, 91, 92, 115, 116, 201, 202, 205, 206})
    EXPECT_GT(ml[id], 0) << "organ " << id;
}

TEST(Phantom, TheSecondPoseNeverFoldsTheBody) {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) {
    const Pose pose(plan_body(seed));
    for (double z = -100; z <= 850; z += 25)
      for (double y = -100; y <= 100; y += 25)
        for (double x = -150; x <= 150; x += 30) {
          const double j = pose.jacobian(pose.to_sstr({x, y, z}));
          EXPECT_GT(j, 0.3) << seed;
          EXPECT_LT(j, 3) << seed;
        }
  }
}

TEST(Phantom, TheInverseOfTheSecondPoseBringsEveryPointBack) {
  const Pose pose(plan_body(11));
  for (double z = -100; z <= 850; z += 95)
    for (double x = -120; x <= 120; x += 60) {
      const Vec3 body{x, 0.3 * x, z};
      EXPECT_LT(norm(pose.from_fdg(pose.to_fdg(body)) - body), 1e-3);
    }
}

TEST(Phantom, TheFastInverseOnAGridAgreesWithTheExactOne) {
  const SimulatedPatient patient = patient_of("P1", 2);
  const space::Geometry grid = grids_of(protocol_of(dicom::Vendor::ge, Session::fdg, Detail::small),
                                        *patient.pose, patient.anatomy->plan(), Session::fdg)
                                   .ct;
  const BodyMap map(*patient.pose, Session::fdg, grid, threads(2));
  for (int k = 3; k < grid.size[2]; k += 17)
    for (int i = 10; i < grid.size[0]; i += 23) {
      const space::PointLps p = grid.to_lps(space::IndexIjk{i, grid.size[1] / 2, k});
      EXPECT_LT(norm(map.body_at(p) - patient.pose->from_fdg(p)), 0.15);
    }
}

TEST(Phantom, EveryLesionLiesInItsOrgan) {
  for (const Case& one : read_cases(resources()).cases)
    for (const std::uint64_t seed : {1, 2}) {
      const SimulatedPatient patient = patient_of(one.name, seed);
      EXPECT_EQ(patient.lesions.size(), one.lesions.size());
      for (const SimulatedLesion& lesion : patient.lesions) {
        const Vec3 s = patient.anatomy->plan().scale, c = lesion.centre;
        const std::uint16_t organ = patient.anatomy->at({c.x / s.x, c.y / s.y, c.z / s.z}).organ;
        const std::string at = one.name + " " + lesion.id;
        if (lesion.site == "bone") {
          EXPECT_TRUE(record::is_bone(organ)) << at;
        } else if (lesion.site == "liver") {
          EXPECT_EQ(organ, 5) << at;
        } else if (lesion.site == "pancreas") {
          EXPECT_EQ(organ, 7) << at;
        }
      }
    }
}

TEST(Phantom, LargeLesionsShowTheUptakeThatTheyWereGiven) {
  const SimulatedPatient patient = patient_of("P2a", 5);
  const base::Run run = threads(2);
  const SimulatedStudy study = scan(patient, Session::sstr, run);
  for (std::size_t n = 0; n < patient.lesions.size(); ++n) {
    const SimulatedLesion& lesion = patient.lesions[n];
    const LesionTruth truth = measure_truth(study.clean, study.lesion_voxels[n]);
    EXPECT_GE(truth.suvmax, truth.suvpeak);
    EXPECT_GE(truth.suvpeak, truth.suvmean);
    if (lesion.shortest_mm() < 30) continue;
    EXPECT_NEAR(truth.suvmax / lesion.sstr, 1, 0.03);
    EXPECT_NEAR(truth.suvpeak / lesion.sstr, 1, 0.05);
    const double ml =
        static_cast<double>(study.lesion_voxels[n].size()) * study.clean.geometry().voxel_volume_ml();
    EXPECT_NEAR(ml / tissue_volume_ml(lesion), 1, 0.08);
  }
  for (const float value : study.suv.voxels()) ASSERT_GE(value, 0);
}

TEST(Phantom, ReferencesAreThoseOfTheTissueTable) {
  const SimulatedPatient patient = patient_of("P0", 6);
  const SimulatedStudy study = scan(patient, Session::sstr, threads(2));
  const record::References references = true_references(patient, study);
  EXPECT_NEAR(references.at("liver").mean / patient.anatomy->values(Tissue::liver).sstr, 1, 0.04);
  EXPECT_NEAR(references.at("spleen").mean / patient.anatomy->values(Tissue::spleen).sstr, 1, 0.04);
  EXPECT_NEAR(references.at("blood_pool").mean / patient.anatomy->values(Tissue::blood).sstr, 1, 0.05);
  EXPECT_GE(*references.at("spleen").volume_ml, 10);
}

TEST(Phantom, AfterSplenectomyThereIsNoSpleen) {
  const SimulatedPatient patient = patient_of("splenectomy", 1);
  EXPECT_NE(patient.anatomy->at({94, 42, 318}).organ, 1);
  EXPECT_EQ(patient_of("P0", 1).anatomy->at({94, 42, 318}).organ, 1);
}

TEST(Phantom, AnUnknownCaseIsRefusedAndTheCasesAreNamed) {
  try {
    patient_of("P9", 1);
    FAIL() << "P9 was accepted";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::usage);
    EXPECT_EQ(error.code(), "unknown_case");
    EXPECT_THAT(error.message(), testing::HasSubstr("tiny_discordant"));
  }
}

}  // namespace
}  // namespace netpet::phantom
