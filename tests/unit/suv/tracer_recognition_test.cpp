#include "suv/tracer_recognition.h"

#include <gmock/gmock.h>

#include "suv/radionuclides.h"
#include "suv/tracer_table.h"

namespace netpet::suv {
namespace {

using record::Code;
using record::Role;
using record::TracerClass;
using testing::ElementsAre;
using testing::IsEmpty;

record::PetHeader named(const std::string& text, const std::optional<Code>& nuclide = {},
                        const std::optional<Code>& code = {}) {
  record::PetHeader header;
  header.radiopharmaceutical = text;
  header.radionuclide_code = nuclide;
  header.radiopharmaceutical_code = code;
  return header;
}
record::PetHeader described(const std::string& series_description, const std::string& text,
                            const std::optional<Code>& nuclide) {
  record::PetHeader header = named(text, nuclide);
  header.series_description = series_description;
  return header;
}
const Code f18{"77004003", "SCT", "^18^Fluorine"}, ga68{"35337001", "SCT", "^68^Gallium"},
    cu64{"3932008", "SCT", "^64^Copper"}, lu177{"C-101ED", "99SDM", "177 Lutetium"},
    in111{"56609000", "SCT", "^111^Indium"}, tc99m{"72454006", "SCT", "^99m^Technetium"},
    i131{"1368003", "SCT", "^131^Iodine"}, y90{"14691008", "SCT", "^90^Yttrium"};

std::vector<std::string> warned(const record::PetHeader& header) {
  std::vector<std::string> codes;
  for (const auto& warning : recognise_tracer(header, base::Resources()).warnings)
    codes.push_back(warning.code);
  return codes;
}

TEST(TracerRecognition, TextsOfTheClinicAreRecognised) {
  const struct {
    const char* text;
    Code nuclide;
    const char* name;
    TracerClass tracer_class;
  } rows[] = {
      {"68Ga-DOTATATE", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"Ga68 Dotatate", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"Ga68 dotatat", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"GA-DOTA-TATE", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"68-Ga DOTA-TATE", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"\u2076\u2078Ga\u2011DOTATATE", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"[68Ga]Ga-DOTA-(Tyr3)-octreotate", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"68Ga-DOTA0-Tyr3-Octreotat", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"NETSPOT", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"Netspot (Ga-68 dotatate)", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"GaTate", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"Detectnet", cu64, "64Cu-DOTATATE", TracerClass::sstr},
      {"Cu-64 DOTATATE", cu64, "64Cu-DOTATATE", TracerClass::sstr},
      {"copper Cu 64 dotatate", cu64, "64Cu-DOTATATE", TracerClass::sstr},
      {"DOTATOC", ga68, "68Ga-DOTATOC", TracerClass::sstr},
      {"GALLIUM-DOTATOC", ga68, "68Ga-DOTATOC", TracerClass::sstr},
      {"Gallium (68Ga) Edotreotid", ga68, "68Ga-DOTATOC", TracerClass::sstr},
      {"DOTA_TOC_68Ga", ga68, "68Ga-DOTATOC", TracerClass::sstr},
      {"[68Ga]Ga-edotreotide", ga68, "68Ga-DOTATOC", TracerClass::sstr},
      {"68Ga-DOTA-NOC", ga68, "68Ga-DOTANOC", TracerClass::sstr},
      {"68Ga-NODAGA-TATE", ga68, "68Ga-NODAGATATE", TracerClass::sstr},
      {"Cu-64 SARTATE", cu64, "64Cu-SARTATE", TracerClass::sstr},
      {"18F-SiTATE", f18, "18F-SiTATE", TracerClass::sstr},
      {"[18F]AlF-NOTA-octreotide", f18, "18F-AlF-NOTA-octreotide", TracerClass::sstr},
      {"18F-OC", f18, "18F-AlF-NOTA-octreotide", TracerClass::sstr},
      {"[18F]FET-\u03B2AG-TOCA", f18, "18F-FET-AG-TOCA", TracerClass::sstr},
      {"68Ga-NODAGA-JR11", ga68, "68Ga-JR11", TracerClass::sstr},
      {"68Ga-satoreotide trizoxetan", ga68, "68Ga-JR11", TracerClass::sstr},
      {"68Ga-NODAGA-LM3", ga68, "68Ga-NODAGA-LM3", TracerClass::sstr},
      {"LM-3 Ga68", ga68, "68Ga-NODAGA-LM3", TracerClass::sstr},
      {"111In-pentetreotide", in111, "111In-pentetreotide", TracerClass::sstr},
      {"In-111 Octreotide", in111, "111In-pentetreotide", TracerClass::sstr},
      {"99mTc-EDDA/HYNIC-TOC", tc99m, "99mTc-HYNIC-TOC", TracerClass::sstr},
      {"Tc99m HYNIC-Tyr3-octreotide", tc99m, "99mTc-HYNIC-TOC", TracerClass::sstr},
      {"Tektrotyd", tc99m, "99mTc-HYNIC-TOC", TracerClass::sstr},
      {"FDG", f18, "18F-FDG", TracerClass::fdg},
      {"F18FDG", f18, "18F-FDG", TracerClass::fdg},
      {"F18-FDG", f18, "18F-FDG", TracerClass::fdg},
      {"18FFDG", f18, "18F-FDG", TracerClass::fdg},
      {"FDGF18", f18, "18F-FDG", TracerClass::fdg},
      {"FDG (18F)", f18, "18F-FDG", TracerClass::fdg},
      {"FDG -- fluorodeoxyglucose", f18, "18F-FDG", TracerClass::fdg},
      {"Fluorodeoxyglucose F^18^", f18, "18F-FDG", TracerClass::fdg},
      {"Fluordesoxyglukose (18F)", f18, "18F-FDG", TracerClass::fdg},
      {"[18F]fluorod\u00E9soxyglucose", f18, "18F-FDG", TracerClass::fdg},
      {"fludeoxyglucose F 18 injection", f18, "18F-FDG", TracerClass::fdg},
      {"2-[18F]fluoro-2-deoxy-D-glucose", f18, "18F-FDG", TracerClass::fdg},
      {"18F-FDOPA", f18, "18F-FDOPA", TracerClass::other},
      {"18F-DOPA", f18, "18F-FDOPA", TracerClass::other},
      {"Ga68-PSMA", ga68, "68Ga-PSMA", TracerClass::other},
      {"Illuccix", ga68, "68Ga-PSMA", TracerClass::other},
      {"18F-PSMA-1007", f18, "18F-PSMA", TracerClass::other},
      {"Pylarify", f18, "18F-PSMA", TracerClass::other},
      {"68Ga-FAPI-46", ga68, "68Ga-FAPI", TracerClass::other},
      {"68Ga-pentixafor", ga68, "68Ga-pentixafor", TracerClass::other},
      {"68Ga-NODAGA-exendin-4", ga68, "68Ga-exendin-4", TracerClass::other},
      {"18F-MFBG", f18, "18F-MFBG", TracerClass::other},
      {"NaF", f18, "18F-NaF", TracerClass::other},
      {"Axumin", f18, "18F-fluciclovine", TracerClass::other},
      {"177Lu-DOTATATE", lu177, "177Lu-DOTATATE", TracerClass::therapy},
      {"Lutathera", lu177, "177Lu-DOTATATE", TracerClass::therapy},
      {"LuTate", lu177, "177Lu-DOTATATE", TracerClass::therapy},
      {"Y-90 DOTATOC", y90, "90Y-DOTATOC", TracerClass::therapy},
      {"Lu-177 PSMA-617", lu177, "177Lu-PSMA", TracerClass::other},
      {"I-131 MIBG", i131, "131I-MIBG", TracerClass::other},
      {"SIR-Spheres", y90, "90Y-microspheres", TracerClass::other},
  };
  const base::Resources resources;
  for (const auto& row : rows) {
    const auto recognised = recognise_tracer(named(row.text, row.nuclide), resources);
    EXPECT_EQ(recognised.tracer.name, row.name) << row.text;
    EXPECT_EQ(recognised.tracer.tracer_class, row.tracer_class) << row.text;
    EXPECT_FALSE(recognised.tracer.compound.empty()) << row.text;
    EXPECT_THAT(recognised.warnings, IsEmpty()) << row.text;
  }
}

TEST(TracerRecognition, WhatNamesNoCompoundIsNotGuessed) {
  const struct {
    const char* text;
    Code nuclide;
    const char* name;
  } rows[] = {
      {"Solution", ga68, "Solution"},
      {"DOTA", ga68, "DOTA"},
      {"Tate", ga68, "Tate"},
      {"TOC", ga68, "TOC"},
      {"octreo", ga68, "octreo"},
      {"Gallium", ga68, "Gallium"},
      {"68Ga", ga68, "68Ga"},
      {"peptide", ga68, "peptide"},
      {"", f18, "18F (compound not named)"},
      {"medical fluoride method", f18, "medical fluoride method"},
      {"AFDG2X", f18, "AFDG2X"},
      {"DOTAPET study", ga68, "DOTAPET study"},
  };
  for (const auto& row : rows) {
    const auto recognised = recognise_tracer(named(row.text, row.nuclide), base::Resources());
    EXPECT_EQ(recognised.tracer.name, row.name);
    EXPECT_EQ(recognised.tracer.compound, "") << row.text;
    EXPECT_EQ(recognised.tracer.tracer_class, TracerClass::unknown) << row.text;
    EXPECT_THAT(recognised.warnings, IsEmpty()) << row.text;
  }
}

TEST(TracerRecognition, WhateverNamesACompoundMustNameTheSameOne) {
  const Code fdg_code{"C-B1031", "SRT", "Fluorodeoxyglucose F^18^"};
  const record::PetHeader rows[] = {
      named("FDG", ga68),                      // a tracer that does not exist
      named("DOTATATE", f18),                  // nor this
      named("octreotide", ga68),               // is pentetreotide, with In-111 alone
      named("68Ga-DOTATATE / 18F-FDG", ga68),  // two at once
      named("68Ga-DOTATATE", ga68, fdg_code),  // a code left from another protocol
      named("DOTATATE", cu64, Code{"724025002", "SCT", "Dotatate Ga^68^"}),  // the code means Ga-68
      named("", f18, Code{"C-B1031", "SRT", "Dotatate"}),                    // value and meaning differ
  };
  for (const record::PetHeader& header : rows) {
    const auto recognised = recognise_tracer(header, base::Resources());
    EXPECT_EQ(recognised.tracer.compound, "") << header.radiopharmaceutical;
    EXPECT_EQ(recognised.tracer.tracer_class, TracerClass::unknown) << header.radiopharmaceutical;
    EXPECT_THAT(warned(header), ElementsAre("tracer_contradictory"));
  }
  EXPECT_EQ(recognise_tracer(named("FDG", ga68), base::Resources()).tracer.name, "FDG");
}

TEST(TracerRecognition, TwoReceptorTracersLeaveTheCompoundOpenButNotTheClass) {
  const auto header = named("DOTATATE or DOTATOC", ga68);
  const auto recognised = recognise_tracer(header, base::Resources());
  EXPECT_EQ(recognised.tracer.tracer_class, TracerClass::sstr);
  EXPECT_EQ(recognised.tracer.compound, "");
  EXPECT_THAT(warned(header), ElementsAre("tracer_contradictory"));
}

TEST(TracerRecognition, TheCodeAloneIsEnough) {
  const base::Resources resources;
  const auto tracer =
      recognise_tracer(named("Tracer 1", ga68, Code{"724025002", "SCT", "Dotatate Ga^68^"}), resources)
          .tracer;
  EXPECT_EQ(tracer.name, "68Ga-DOTATATE");
  EXPECT_EQ(tracer.tracer_class, TracerClass::sstr);
  for (const char* scheme : {"99SDM", "SRT", "SNM3"}) {
    const auto scanner_code = recognise_tracer(named("", f18, Code{"Y-X1743", scheme, ""}), resources).tracer;
    EXPECT_EQ(scanner_code.code, "35321007") << scheme;
    EXPECT_EQ(scanner_code.tracer_class, TracerClass::fdg) << scheme;
  }
  const auto private_code =
      recognise_tracer(named("", f18, Code{"C-B1031", "99LOCAL", ""}), resources).tracer;
  EXPECT_EQ(private_code.tracer_class, TracerClass::unknown)
      << "the same value in another scheme says nothing";
}

TEST(TracerRecognition, TheSeriesDescriptionCountsOnlyWhereNothingElseIsSaidAndTheNuclideFits) {
  const auto hinted = recognise_tracer(described("WB DOTATATE AC", "", ga68), base::Resources());
  EXPECT_EQ(hinted.tracer.name, "68Ga-DOTATATE");
  EXPECT_EQ(hinted.tracer.tracer_class, TracerClass::sstr);
  EXPECT_THAT(warned(described("WB DOTATATE AC", "", ga68)), ElementsAre("tracer_from_description"));
  EXPECT_THAT(warned(described("PET FDG", "Solution", f18)), ElementsAre("tracer_from_description"));
  EXPECT_THAT(warned(described("PET FDG", "18F", f18)), ElementsAre("tracer_from_description"));
  for (const auto& header : {described("WB DOTATATE AC", "", f18), described("WB DOTATATE AC", "", {}),
                             described("DOTATATE and FDG", "", ga68), described("FDG", "Tracer X", f18)}) {
    const auto recognised = recognise_tracer(header, base::Resources());
    EXPECT_EQ(recognised.tracer.tracer_class, TracerClass::unknown) << header.series_description;
    EXPECT_THAT(recognised.warnings, IsEmpty()) << header.series_description;
  }
}

TEST(TracerRecognition, ATherapeuticNuclideMakesATherapyScanWithoutANameOnlyWhereReceptorTherapyExists) {
  const base::Resources resources;
  EXPECT_EQ(recognise_tracer(named("", lu177), resources).tracer.tracer_class, TracerClass::therapy);
  EXPECT_EQ(recognise_tracer(named("", lu177), resources).tracer.compound, "");
  EXPECT_EQ(recognise_tracer(named("", i131), resources).tracer.tracer_class, TracerClass::unknown);
  EXPECT_EQ(radionuclide_of(named("", lu177), resources), "Lu-177");
}

TEST(TracerRecognition, ANuclideFitsARoleWhereATracerOfThatRoleExistsWithIt) {
  const base::Resources resources;
  EXPECT_TRUE(nuclide_fits("Ga-68", Role::sstr, resources));
  EXPECT_TRUE(nuclide_fits("F-18", Role::sstr, resources));
  EXPECT_TRUE(nuclide_fits("F-18", Role::fdg, resources));
  EXPECT_TRUE(nuclide_fits("", Role::fdg, resources));
  EXPECT_FALSE(nuclide_fits("Ga-68", Role::fdg, resources));
  EXPECT_FALSE(nuclide_fits("C-11", Role::sstr, resources));
}

TEST(TracerRecognition, EveryTracerOfTheTableIsFoundByEachOfItsNamesAndCodes) {
  const base::Resources resources;
  const TracerTable table(resources);
  const Radionuclides nuclides(resources);
  for (const Compound& compound : table.all()) {
    if (compound.tracer_class != TracerClass::other) {
      EXPECT_THAT(table.in_text(compound.name), ElementsAre(&compound)) << compound.name;
    }
    for (const std::string& nuclide : compound.nuclides)
      EXPECT_NE(nuclides.named(nuclide), nullptr) << compound.name << " with " << nuclide;
    for (const Compound::Coded& coded : compound.codes) {
      EXPECT_TRUE(compound.carries(coded.nuclide)) << compound.name;
      EXPECT_EQ(table.of_code(coded.code).compound, &compound) << coded.code.value << " stands twice";
    }
    for (const std::string& alias : compound.aliases)
      EXPECT_THAT(table.in_text(alias), ElementsAre(&compound)) << alias;
  }
}

TEST(TracerRecognition, NuclidesAreKnownByCodeTextAndHalfLife) {
  const base::Resources resources;
  const Radionuclides table(resources);
  const struct {
    const char* text;
    const char* name;
  } rows[] = {{"68Ga-DOTATATE", "Ga-68"}, {"F-18 FDG", "F-18"},       {"18FDG", "F-18"},
              {"[64Cu]Cu-X", "Cu-64"},    {"99mTc-HYNIC", "Tc-99m"},  {"Lu-177", "Lu-177"},
              {"Gallium^68^ X", "Ga-68"}, {"I-131", "I-131"},         {"GA68 DOTATATE", "Ga-68"},
              {"f18-fdg", "F-18"},        {"\u2076\u2078Ga", "Ga-68"}};
  for (const auto& row : rows) {
    const Radionuclide* found = table.in_text(row.text);
    EXPECT_TRUE(found && found->name == row.name) << row.text;
  }
  for (const char* none : {"PSMA-11", "FDG", "11Ct", "JR-11", "118F", "68Ga and 18F"}) {
    EXPECT_EQ(table.in_text(none), nullptr) << none;
  }
  record::PetHeader header;
  EXPECT_EQ(radionuclide_of(header, resources), "");
  header.half_life_s = 4057.7;
  EXPECT_EQ(radionuclide_of(header, resources), "Ga-68");
  header.half_life_s = 5000;
  EXPECT_EQ(radionuclide_of(header, resources), "");
}

TEST(TracerRecognition, ANuclideCodeThatContradictsItsMeaningIsNoNuclide) {
  const base::Resources resources;
  const Radionuclides table(resources);
  EXPECT_EQ(table.of_code({"C-111A1", "99SDM", "18F"}), table.named("F-18"));
  EXPECT_EQ(table.of_code({"C-111A1", "SNM3", ""}), table.named("F-18"));
  EXPECT_EQ(table.of_code({"C-131A1", "SRT", "^68^Gallium"}), table.named("Ga-68")) << "an unknown code";
  EXPECT_EQ(table.of_code({"C-131A1", "SRT", "^66^Gallium"}), nullptr);
  EXPECT_EQ(table.of_code({"C-111A1", "SRT", "^68^Gallium"}), nullptr);
}

}  // namespace
}  // namespace netpet::suv
