#include "suv/acquisition_review.h"

#include <gmock/gmock.h>

#include "sound_header.h"

namespace netpet::suv {
namespace {

using record::TracerClass;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const record::Tracer fdg{"18F-FDG", "35321007", "SCT", TracerClass::fdg, "FDG"};
const record::Tracer sitate{"18F-SiTATE", "", "", TracerClass::sstr, "SiTATE"};
const record::Tracer therapy{"177Lu-DOTATATE", "", "", TracerClass::therapy, "DOTATATE"};

record::PetHeader header_of(const std::string& reconstruction) {
  record::PetHeader header = sound_header();  // F-18, acquired at 11:00
  header.reconstruction_method = reconstruction;
  return header;
}

std::vector<std::string> codes(const record::PetHeader& header, const record::Tracer& tracer = fdg,
                               double minutes = 60) {
  const auto injected = at("2025-01-01T11:00:00") - base::Seconds(60 * minutes);
  std::vector<std::string> result;
  for (const auto& warning : review_acquisition(header, tracer, injected, base::Resources()).warnings)
    result.push_back(warning.code);
  return result;
}

TEST(AcquisitionReview, AScanIsWarnedOfOnlyOutsideTheWindowOfItsOwnTracer) {
  const record::PetHeader header = header_of("OSEM3D 3i21s");
  for (const double minutes : {45.0, 60.0, 75.0, 90.0}) EXPECT_THAT(codes(header, fdg, minutes), IsEmpty());
  for (const double minutes : {31.0, 44.0, 92.0, 159.0})
    EXPECT_THAT(codes(header, fdg, minutes), ElementsAre("uptake_time_outside")) << minutes;
  EXPECT_THAT(codes(header, sitate, 120), IsEmpty());
  EXPECT_THAT(codes(header, sitate, 50), ElementsAre("uptake_time_outside"));
  EXPECT_THAT(codes(header, fdg, 20), IsEmpty()) << "short_uptake_time stands there already";
}

TEST(AcquisitionReview, NoWindowIsGuessedForATracerWithoutOneAndNoneForTherapy) {
  const record::PetHeader header = header_of("OSEM3D 3i21s");
  EXPECT_THAT(codes(header, {"18F", "", "", TracerClass::unknown, ""}, 200), IsEmpty());
  record::PetHeader lutetium = header_of("");
  lutetium.radionuclide_code = record::Code{"447553000", "SCT", "^177^Lutetium"};
  EXPECT_THAT(codes(lutetium, therapy, 28 * 60), IsEmpty());
}

TEST(AcquisitionReview, UptakeTimeIsCountedToTheEarliestSlice) {
  record::PetHeader header = header_of("OSEM");
  header.slices[0].acquired = at("2025-01-01T11:20:00");
  const auto review = review_acquisition(header, fdg, at("2025-01-01T09:55:00"), base::Resources());
  EXPECT_DOUBLE_EQ(review.uptake_min.value(), 65);
  EXPECT_EQ(review_acquisition(header, fdg, std::nullopt, base::Resources()).uptake_min, std::nullopt);
}

TEST(AcquisitionReview, ReconstructionsOfTheMakersAreKnown) {
  for (const char* with :
       {"PSF+TOF 4i5s", "PSF 3i21s", "TrueX+TOF (UltraHD)", "VPFXS", "VPHDS", "QCFX", "Q.Clear", "OSEM+PSF",
        "OSEM3D with resolution modelling", "SharpIR", "HYPER Iterative"})
    EXPECT_THAT(codes(header_of(with)), ElementsAre("resolution_modelling")) << with;
  for (const char* without : {"OSEM", "OSEM3D 3i24s", "OP-OSEM 4i21s", "VPFX", "VPHD", "BLOB-OS-TF",
                              "3D-RAMLA", "FBP", "3D Kinahan - Rogers"})
    EXPECT_THAT(codes(header_of(without)), IsEmpty()) << without;
  for (const char* unknown : {"", "New algorithm 7"})
    EXPECT_THAT(codes(header_of(unknown)), ElementsAre("reconstruction_unknown")) << unknown;
  record::PetHeader described = header_of("");
  described.series_description = "WB TrueX AC";
  EXPECT_THAT(codes(described), ElementsAre("resolution_modelling"));
}

TEST(AcquisitionReview, ScatterCorrectionIsMissedWhereItIsNotListedOrSaidToBeNone) {
  record::PetHeader header = header_of("OSEM");
  header.corrected_image = {"ATTN", "DECY"};
  EXPECT_THAT(codes(header), ElementsAre("no_scatter_correction"));
  header.scatter_correction_method = "Convolution subtraction";
  EXPECT_THAT(codes(header), IsEmpty()) << "a method was used, listed or not";
  header = header_of("OSEM");
  header.scatter_correction_method = "None";
  EXPECT_THAT(codes(header), ElementsAre("no_scatter_correction"));
  header.corrected_image.clear();
  EXPECT_THAT(codes(header), IsEmpty()) << "corrections_missing says more";
}

TEST(AcquisitionReview, ContrastAgentIsNamedWithThePhaseWhereItsTimeIsKnown) {
  const base::Resources resources;
  record::Series ct;
  EXPECT_EQ(contrast_of(ct, resources), std::nullopt);
  ct.ct = record::CtFacts{};
  for (const char* none : {"", "NONE", "No", "without"}) {
    ct.ct->contrast_agent = none;
    EXPECT_EQ(contrast_of(ct, resources), std::nullopt) << none;
  }
  ct.ct->contrast_agent = "ULTRAVIST 370";
  ct.ct->contrast_route = "IV";
  ASSERT_TRUE(contrast_of(ct, resources));
  EXPECT_EQ(contrast_of(ct, resources)->code, "ct_contrast");
  EXPECT_THAT(contrast_of(ct, resources)->message, HasSubstr("ULTRAVIST 370, IV)"));
  ct.acquired = at("2025-01-01T11:01:10");
  ct.ct->contrast_started = base::TimeOfDay{11 * 3'600'000'000LL};
  EXPECT_THAT(contrast_of(ct, resources)->message, HasSubstr("portal venous phase (70 s"));
  ct.acquired = at("2025-01-01T10:30:00");
  EXPECT_THAT(contrast_of(ct, resources)->message, Not(HasSubstr("phase"))) << "before the injection";
}

}  // namespace
}  // namespace netpet::suv
