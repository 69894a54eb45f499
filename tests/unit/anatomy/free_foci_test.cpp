#include "anatomy/free_foci.h"

#include <gtest/gtest.h>

#include <cmath>

#include "synthetic_patient.h"

namespace netpet::anatomy {
namespace {

using namespace testing;

constexpr space::PointLps kidney_centre{0, 0, 0};
constexpr space::Vec3 kidney_radii{26, 25, 52};

struct Side {
  image::LabelMap labels;
  image::CtVolume ct;
  image::PetVolume suv;
};

/// A kidney of SUV 12 in fat.
Side make_kidney() {
  space::Geometry grid;
  grid.spacing = {2, 2, 2};
  grid.size = {70, 60, 70};
  grid.origin = {-60, -70, -70};
  Side side{image::LabelMap(grid), image::CtVolume(grid, -90), image::PetVolume(grid, 0.5F)};
  for (std::size_t v = 0; v < grid.voxels(); ++v)
    if (in_ellipsoid(grid.to_lps(grid.index(v)), kidney_centre, kidney_radii))
      side.labels[v] = id_of(Organ::kidney_left), side.ct[v] = 35, side.suv[v] = 12;
  return side;
}

/// A ball of soft tissue that bears the kidney's label.
image::Region add_labelled_ball(Side& side, space::PointLps centre, double radius_mm, float suv) {
  const image::Region ball = add_ball(side.suv, centre, radius_mm, suv);
  for (const std::size_t v : ball) side.labels[v] = id_of(Organ::kidney_left), side.ct[v] = 40;
  return ball;
}

double labelled_share(const Side& side, const image::Region& region) {
  double n = 0;
  for (const std::size_t v : region) n += side.labels[v] != 0;
  return n / static_cast<double>(region.size());
}

TEST(FreeFoci, ATumourThatTouchesTheKidneyLosesItsLabelAndTheKidneyKeepsItsOwn) {
  Side side = make_kidney();
  const auto tumour = add_labelled_ball(side, {0, -36, 0}, 12, 22);
  double before = 0, after = 0;
  for (const std::uint16_t id : side.labels.voxels()) before += id != 0;
  free_foci(side.labels, side.ct, side.suv, base::Run());
  for (const std::uint16_t id : side.labels.voxels()) after += id != 0;
  EXPECT_LT(labelled_share(side, tumour), 0.1);
  // The rim of what is freed is one of 4 mm, on the side of the kidney no larger than the tumour's section.
  EXPECT_LT(before - after - static_cast<double>(tumour.size()), 0.1 * before);
}

TEST(FreeFoci, ATumourNoHotterThanTheOrganIsFreeWhereTheUptakeFallsBetweenThem) {
  Side side = make_kidney();
  const auto tumour = add_labelled_ball(side, {0, -40, 0}, 12, 12);
  // What the blur of the PET leaves between two hot parts.
  for (const std::size_t v : add_ball(side.suv, {0, -26.5, 0}, 5, 7)) side.labels[v] = 3, side.ct[v] = 0;
  free_foci(side.labels, side.ct, side.suv, base::Run());
  EXPECT_LT(labelled_share(side, tumour), 0.1);
}

TEST(FreeFoci, InASpleenASmallerFallTellsATumourThanInAKidney) {
  for (const Organ organ : {Organ::spleen, Organ::kidney_left}) {
    Side side = make_kidney();
    const auto tumour = add_labelled_ball(side, {0, -40, 0}, 12, 12);
    for (const std::size_t v : add_ball(side.suv, {0, -26.5, 0}, 5, 9.6F)) side.labels[v] = 3, side.ct[v] = 0;
    for (std::uint16_t& id : side.labels.voxels())
      if (id != 0) id = id_of(organ);
    free_foci(side.labels, side.ct, side.suv, base::Run());
    if (organ == Organ::spleen)
      EXPECT_LT(labelled_share(side, tumour), 0.1);
    else
      EXPECT_EQ(labelled_share(side, tumour), 1);
  }
}

TEST(FreeFoci, UrineThatTheKidneySurroundsStaysKidney) {
  Side side = make_kidney();
  const auto calyx = add_labelled_ball(side, {6, -4, 0}, 8, 60);
  free_foci(side.labels, side.ct, side.suv, base::Run());
  EXPECT_EQ(labelled_share(side, calyx), 1);
}

TEST(FreeFoci, AKidneyWithAnEvenUptakeKeepsAllOfItsLabel) {
  Side side = make_kidney();
  const image::LabelMap before = side.labels;
  free_foci(side.labels, side.ct, side.suv, base::Run());
  EXPECT_EQ(side.labels.voxels(), before.voxels());
}

TEST(FreeFoci, AMapWithoutSpleenAndKidneysStaysAsItIs) {
  Side side = make_kidney();
  for (std::uint16_t& id : side.labels.voxels())
    if (id != 0) id = id_of(Organ::liver);
  const image::LabelMap before = side.labels;
  free_foci(side.labels, side.ct, side.suv, base::Run());
  EXPECT_EQ(side.labels.voxels(), before.voxels());
}

}  // namespace
}  // namespace netpet::anatomy
