#include "suv/suv.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sound_header.h"
#include "suv/frame_times.h"

namespace netpet::suv {
namespace {

std::vector<std::string> codes(const std::vector<record::Warning>& warnings) {
  std::vector<std::string> result;
  for (const record::Warning& warning : warnings) result.push_back(warning.code);
  return result;
}

TEST(Suv, AScanAfterMidnightKeepsItsDose) {
  record::PetHeader header = sound_header();
  const double before = suv_factors(header, base::Resources(), {}).per_slice.front();
  header.administered_datetime.reset();
  header.administered_time = base::TimeOfDay{23 * 3'600'000'000LL + 1'800'000'000LL};
  header.series_time = base::TimeOfDay{1'800'000'000LL};
  for (record::PetSlice& slice : header.slices) slice.acquired = at("2025-01-01T00:30:00");
  EXPECT_NEAR(suv_factors(header, base::Resources(), {}).per_slice.front(), before, before * 1e-9);
}

TEST(Suv, ShiftedDatesChangeNothing) {
  record::PetHeader header = sound_header();
  const SuvFactors before = suv_factors(header, base::Resources(), {});
  const base::Seconds shift(-23.0 * 365 * 86400);
  header.administered_datetime = *header.administered_datetime + shift;
  header.series_date = (base::Instant::of(*header.series_date, {}) + shift).date();
  for (record::PetSlice& slice : header.slices) slice.acquired = *slice.acquired + shift;
  EXPECT_EQ(suv_factors(header, base::Resources(), {}).per_slice, before.per_slice);
}

TEST(Suv, ARepairedDoseHeadsTheWarnings) {
  record::PetHeader header = sound_header();
  header.weight = 70000;
  header.total_dose = 368.08;
  header.half_life_s = 6700;
  const auto found = codes(suv_factors(header, base::Resources(), {}).warnings);
  EXPECT_EQ(found, (std::vector<std::string>{"dose_in_mbq", "weight_in_grams", "half_life_differs"}));
}

TEST(Suv, UncorrectedFramesMeetAtTheInjection) {
  // A homogeneous object of activity a0 at the injection, seen by two beds: both must give the same SUV.
  record::PetHeader header = sound_header();
  header.decay_correction = "NONE";
  header.corrected_image = {"ATTN"};
  header.slices[1].acquired = at("2025-01-01T11:10:00");
  header.slices[1].frame_duration_ms = 180000;
  const SuvFactors factors = suv_factors(header, base::Resources(), {});
  const double lambda = std::log(2) / 6586.2, a0 = 5000;
  const auto measured = [&](double start_s, double frame_s) {  // mean of a0·e^(−λt) over the frame
    return a0 * (std::exp(-lambda * start_s) - std::exp(-lambda * (start_s + frame_s))) / (lambda * frame_s);
  };
  EXPECT_NEAR(measured(3600, 300) * factors.per_slice[0], a0 * 70000 / 368.08e6, 1e-9);
  EXPECT_NEAR(measured(4200, 180) * factors.per_slice[1], a0 * 70000 / 368.08e6, 1e-9);
}

TEST(Suv, TheAverageOfAFrameLiesJustBeforeItsMiddle) {
  EXPECT_NEAR(average_time_s(6586.2, 300), 149.60534446, 1e-6);
  EXPECT_NEAR(average_time_s(574300, 0.5), 0.25, 1e-6);
  EXPECT_LT(average_time_s(122.24, 300), 130);
}

TEST(Suv, ProvenanceHoldsEveryNumberThatEntered) {
  const SuvFactors factors = suv_factors(sound_header(), base::Resources(), {});
  const record::SuvProvenance& p = factors.provenance;
  EXPECT_EQ(*p.dose_bq, 368.08e6);
  EXPECT_EQ(*p.weight_kg, 70);
  EXPECT_EQ(*p.half_life_s, 6586.2);
  EXPECT_EQ(*p.administered, at("2025-01-01T10:00:00"));
  EXPECT_EQ(*p.reference_time, at("2025-01-01T11:00:00"));
  EXPECT_NEAR(*p.decay_factor, std::exp2(-3600 / 6586.2), 1e-12);
  EXPECT_NEAR(p.factor[0], *p.weight_kg * 1000 / (*p.dose_bq * *p.decay_factor), 1e-15);
}

TEST(Suv, EachSliceIsMultipliedByItsOwnFactor) {
  space::Geometry geometry;
  geometry.size = {3, 2, 2};
  image::PetVolume pixels(geometry, 10.F);
  SuvFactors factors;
  factors.per_slice = {0.5, 2};
  apply(factors, pixels);
  EXPECT_EQ(pixels[5], 5.F);
  EXPECT_EQ(pixels[6], 20.F);
  factors.per_slice.push_back(1);
  EXPECT_THROW(apply(factors, pixels), base::Error);
}

}  // namespace
}  // namespace netpet::suv
