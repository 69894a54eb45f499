#include <gtest/gtest.h>

#include "pipeline/scan_work.h"
#include "record/organ.h"

namespace netpet::pipeline {
namespace {

using record::Organ;

ScanWork scan_of(double spacing_mm, int size) {
  space::Geometry grid;
  grid.spacing = {spacing_mm, spacing_mm, spacing_mm};
  grid.size = {size, size, size};
  ScanWork work;
  work.scan.suv = image::PetVolume(grid);
  work.organs = image::LabelMap(grid);
  return work;
}

void label(ScanWork& work, space::PointLps at, Organ organ) {
  work.organs(work.organs.geometry().nearest(at)) = record::id_of(organ);
}

TEST(SuspectedBy, UptakeOfTheOtherScanIsFoundWhereItLiesInAnOrganOfThisOne) {
  ScanWork sstr = scan_of(4, 20), fdg = scan_of(3, 30);
  const space::Transform to_fdg(space::Affine{{}, {6, -3, 9}});
  const space::PointLps liver{20, 20, 20}, gut{40, 20, 20}, outside{20, 40, 20}, elsewhere{40, 40, 40};
  label(sstr, liver, Organ::liver);
  label(sstr, elsewhere, Organ::liver);
  label(sstr, gut, Organ::gut);
  lesions::Candidate candidate;
  for (const space::PointLps at : {liver, gut, outside})
    candidate.region.push_back(fdg.scan.suv.geometry().offset(fdg.scan.suv.geometry().nearest(to_fdg(at))));
  fdg.found.candidates.push_back(candidate);
  const space::Geometry& grid = sstr.scan.suv.geometry();
  EXPECT_EQ(suspected_by(fdg, to_fdg, sstr, base::Run()), image::Region{grid.offset(grid.nearest(liver))});
}

TEST(SuspectedBy, ALesionOfASuppliedMaskCounts) {
  ScanWork sstr = scan_of(4, 20), fdg = scan_of(4, 20);
  const space::Geometry& grid = sstr.scan.suv.geometry();
  label(sstr, {20, 20, 20}, Organ::liver);
  lesions::Outline outline;
  outline.region = {grid.offset({5, 5, 5})};
  fdg.outlines.push_back(outline);
  EXPECT_EQ(suspected_by(fdg, {}, sstr, base::Run()), outline.region);
}

}  // namespace
}  // namespace netpet::pipeline
