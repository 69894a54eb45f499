#include "lesions/organ_regions.h"

#include <gtest/gtest.h>

#include "lesions/unlabelled_organ.h"
#include "lesions/verdict_rules.h"
#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

using record::id_of;
using record::Organ;

const space::PointLps right_adrenal{92, 140, 258}, pituitary{120, 100, 520};
const std::map<std::uint16_t, double> sure{{id_of(Organ::kidney_right), 0.8}, {id_of(Organ::spine), 0.9}};

/// Head to pelvis, midline at x 120; one adrenal and the pituitary take up SSTR.
SyntheticScan body() {
  std::vector<Ball> balls{{{70, 110, 300}, 50, 6, Organ::liver},
                          {{65, 130, 230}, 25, 12, Organ::kidney_right},
                          {{175, 130, 240}, 25, 12, Organ::kidney_left},
                          {{195, 130, 290}, 28, 20, Organ::spleen},
                          {{120, 100, 400}, 10, 0.1F, Organ::trachea},
                          {{120, 110, 580}, 60, 0.5F, Organ::brain},
                          {{120, 90, 40}, 24, 20, Organ::bladder},
                          {right_adrenal, 6, 9},
                          {pituitary, 5, 8}};
  for (double z = 40; z < 520; z += 12) balls.push_back({{120, 150, z}, 14, 1, Organ::spine});
  space::Geometry grid = cube_grid(60, 4);
  grid.size[2] = 170;
  return synthetic_scan(grid, 0.5F, balls, 6, 0, 0, 0);
}

struct Regions {
  SyntheticScan scan = body();
  OrganRegions found;

  explicit Regions(record::Role role) {
    const image::CtVolume ct(scan.organs.geometry(), 40);
    found = find_organ_regions({scan.organs, sure, &ct, &scan.suv, role}, resources(), base::Run());
  }
  std::uint16_t at(space::PointLps place) const {
    return found.labels(found.labels.geometry().nearest(place));
  }
  double ml(Organ region) const {
    double voxels = 0;
    for (const std::uint16_t voxel : found.labels.voxels()) voxels += voxel == id_of(region);
    return voxels * found.labels.geometry().voxel_volume_ml();
  }
};

TEST(OrganRegions, AreNarrowedToTheFocusThatStandsOutOnSstr) {
  const Regions sstr(record::Role::sstr), fdg(record::Role::fdg);
  EXPECT_EQ(sstr.at(right_adrenal), id_of(Organ::adrenal_region_right));
  EXPECT_LT(sstr.ml(Organ::adrenal_region_right), fdg.ml(Organ::adrenal_region_right) / 3);
  EXPECT_EQ(sstr.at(pituitary), id_of(Organ::pituitary_region));
  EXPECT_LT(sstr.ml(Organ::pituitary_region), 4);
  EXPECT_GT(sstr.found.confidence.at(id_of(Organ::adrenal_region_right)),
            sstr.found.confidence.at(id_of(Organ::adrenal_region_left)));
}

TEST(OrganRegions, AreNeverSurerThanTheOrgansThatTellThem) {
  const Regions regions(record::Role::sstr);
  EXPECT_DOUBLE_EQ(regions.found.confidence.at(id_of(Organ::adrenal_region_right)), 0.5 * 0.8);
  for (const auto& [id, confidence] : regions.found.confidence) EXPECT_LE(confidence, 0.5) << id;
}

TEST(OrganRegions, LieWhereVerdictsLookForTheGlandAndOnNoOtherOrgan) {
  const Regions regions(record::Role::fdg);
  const Landmarks marks(regions.scan.organs, MapKind::automatic, verdict_rules(resources()));
  const space::Geometry& grid = regions.scan.organs.geometry();
  for (std::size_t voxel = 0; voxel < grid.voxels(); ++voxel) {
    const std::uint16_t region = regions.found.labels[voxel];
    if (region == 0) continue;
    EXPECT_EQ(regions.scan.organs[voxel], 0);
    const space::PointLps at = grid.to_lps(grid.index(voxel));
    if (region == id_of(Organ::adrenal_region_left)) {
      EXPECT_TRUE(marks.is_place_of_adrenal(at));
    }
    if (region == id_of(Organ::thyroid_region)) {
      EXPECT_TRUE(marks.is_place_of_thyroid(at));
    }
    if (region == id_of(Organ::uncinate_region)) {
      EXPECT_TRUE(marks.is_place_of_uncinate(at));
    }
  }
  EXPECT_GT(regions.ml(Organ::pancreas_region), 20);
  EXPECT_EQ(regions.at({120, 110, 0}), id_of(Organ::prostate_or_uterus_region));
}

TEST(Landmarks, TheThyroidLiesAtTheApicesOfTheLungsHoweverMuchOfTheTracheaIsFound) {
  const double apex_z = 380;
  space::Geometry grid = cube_grid(60, 4);
  grid.size[2] = 130;
  const auto is_place = [&](double trachea_z, double dz) {
    const SyntheticScan scan = synthetic_scan(grid, 0.5F,
                                              {{{80, 120, apex_z - 60}, 60, 0.5F, Organ::lung_right},
                                               {{160, 120, apex_z - 60}, 60, 0.5F, Organ::lung_left},
                                               {{120, 100, trachea_z}, 10, 0.1F, Organ::trachea}},
                                              0, 0, 0, 0);
    return Landmarks(scan.organs, MapKind::automatic, verdict_rules(resources()))
        .is_place_of_thyroid({135, 95, apex_z + dz});
  };
  for (const double trachea_z : {340, 380, 410}) {
    EXPECT_FALSE(is_place(trachea_z, -25)) << trachea_z;
    for (const double dz : {-5, 20, 45}) EXPECT_TRUE(is_place(trachea_z, dz)) << trachea_z;
    EXPECT_FALSE(is_place(trachea_z, 70)) << trachea_z;
  }
}

TEST(OrganRegions, AreNotGuessedWithoutTheirLandmarks) {
  SyntheticScan scan = body();
  for (std::uint16_t& organ : scan.organs.voxels())
    if (organ == id_of(Organ::kidney_right) || organ == id_of(Organ::brain) || organ == id_of(Organ::bladder))
      organ = 0;
  const image::CtVolume ct(scan.organs.geometry(), 40);
  const auto found =
      find_organ_regions({scan.organs, sure, &ct, &scan.suv, record::Role::sstr}, resources(), base::Run());
  for (const Organ missing :
       {Organ::adrenal_region_right, Organ::pituitary_region, Organ::pancreas_region, Organ::uncinate_region,
        Organ::salivary_region_left, Organ::prostate_or_uterus_region}) {
    EXPECT_FALSE(found.confidence.contains(id_of(missing)));
    EXPECT_EQ(std::count(found.not_found.begin(), found.not_found.end(), missing), 1);
  }
  EXPECT_TRUE(found.confidence.contains(id_of(Organ::adrenal_region_left)));
}

TEST(OrganRegions, WithoutACtOnlyWhatStandsOutIsOne) {
  const SyntheticScan scan = body();
  const auto found = find_organ_regions({scan.organs, sure, nullptr, &scan.suv, record::Role::sstr},
                                        resources(), base::Run());
  EXPECT_TRUE(found.confidence.contains(id_of(Organ::adrenal_region_right)));
  EXPECT_FALSE(found.confidence.contains(id_of(Organ::adrenal_region_left)));
  EXPECT_FALSE(found.confidence.contains(id_of(Organ::pancreas_region)));
}

TEST(OrganRegions, StandInAFileOverTheGutButOverNoOtherOrgan) {
  image::LabelMap organs(cube_grid(2, 1)), regions(cube_grid(2, 1));
  for (const std::size_t voxel : {0, 1, 2}) regions[voxel] = id_of(Organ::pancreas_region);
  organs[1] = id_of(Organ::gut), organs[2] = id_of(Organ::liver), organs[3] = id_of(Organ::spleen);
  const image::LabelMap both = with_regions(organs, regions);
  EXPECT_EQ(both[0], id_of(Organ::pancreas_region));
  EXPECT_EQ(both[1], id_of(Organ::pancreas_region));
  EXPECT_EQ(both[2], id_of(Organ::liver));
  EXPECT_EQ(both[3], id_of(Organ::spleen));
}

}  // namespace
}  // namespace netpet::lesions
