#include "anatomy/travelled_organs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "synthetic_patient.h"

namespace netpet::anatomy {
namespace {

using namespace testing;
using ::testing::IsEmpty;

space::Geometry grid_at(double x) {
  space::Geometry grid;
  grid.spacing = {4, 4, 4};
  grid.size = {40, 20, 20};
  grid.origin = {x, 0, 0};
  return grid;
}

/// Fills the slices i = first … last.
void fill(image::LabelMap& labels, int first, int last, Organ organ) {
  for (int k = 0; k < 20; ++k)
    for (int j = 0; j < 20; ++j)
      for (int i = first; i <= last; ++i) labels({i, j, k}) = id_of(organ);
}

OrganMap empty_map(double x) {
  OrganMap map;
  map.source = "auto";
  map.labels = image::LabelMap(grid_at(x));
  return map;
}

std::uint16_t at(const OrganMap& map, int i) {
  return map.labels({i, 10, 10});
}

TEST(TravelledOrgans, TheKidneyThatTookTheLiversTipGivesItBack) {
  OrganMap sstr = empty_map(0), fdg = empty_map(0);
  fill(sstr.labels, 0, 19, Organ::liver);
  fill(sstr.labels, 20, 29, Organ::kidney_right);
  sstr.confidence = {{5, 0.9}, {2, 0.8}};
  fill(fdg.labels, 0, 9, Organ::liver);
  fill(fdg.labels, 10, 38, Organ::kidney_right);
  fill(fdg.labels, 5, 5, Organ::spine);
  fdg.confidence = {{5, 0.5}, {2, 0.8}, {213, 0.75}};
  const OrganMap both = with_organs_of(fdg, sstr, {}, 2, base::Run());
  EXPECT_EQ(at(both, 15), id_of(Organ::liver));
  EXPECT_EQ(at(both, 25), id_of(Organ::kidney_right));
  EXPECT_EQ(at(both, 30), id_of(Organ::kidney_right));  // the edge slips by no more than the scans do
  EXPECT_EQ(at(both, 35), 0);                           // no kidney there, and no other organ
  EXPECT_EQ(at(both, 5), id_of(Organ::spine));
  EXPECT_NEAR(both.confidence.at(5), 0.81, 1e-9);
  EXPECT_NEAR(both.confidence.at(2), 0.8, 1e-9);
}

TEST(TravelledOrgans, LabelsLieWhereTheRegistrationPutsThem) {
  OrganMap sstr = empty_map(100), fdg = empty_map(0);
  fill(sstr.labels, 10, 19, Organ::spleen);
  sstr.confidence = {{1, 0.8}};
  fdg.warnings = {organ_not_found(Organ::spleen)};
  space::Affine move;
  move.translation = {108, 0, 0};  // two voxels on
  const OrganMap both = with_organs_of(fdg, sstr, move, 2, base::Run());
  EXPECT_EQ(at(both, 7), 0);
  EXPECT_EQ(at(both, 8), id_of(Organ::spleen));
  EXPECT_EQ(at(both, 17), id_of(Organ::spleen));
  EXPECT_EQ(at(both, 18), 0);
  EXPECT_THAT(both.warnings, IsEmpty());
}

TEST(TravelledOrgans, AnOrganThatTheOtherStudyLacksStays) {
  OrganMap sstr = empty_map(0), fdg = empty_map(0);
  fill(fdg.labels, 10, 19, Organ::kidney_left);
  fdg.confidence = {{3, 0.6}};
  EXPECT_EQ(with_organs_of(fdg, sstr, {}, 2, base::Run()).labels.voxels(), fdg.labels.voxels());
}

}  // namespace
}  // namespace netpet::anatomy
