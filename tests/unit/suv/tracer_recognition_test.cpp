#include "suv/tracer_recognition.h"

#include <gtest/gtest.h>

#include "suv/radionuclides.h"

namespace netpet::suv {
namespace {

using record::Code;
using record::TracerClass;

record::PetHeader named(const std::string& text, const std::optional<Code>& nuclide = {},
                        const std::optional<Code>& code = {}) {
  record::PetHeader header;
  header.radiopharmaceutical = text;
  header.radionuclide_code = nuclide;
  header.radiopharmaceutical_code = code;
  return header;
}
const Code f18{"77004003", "SCT", "^18^Fluorine"}, ga68{"35337001", "SCT", "^68^Gallium"},
    cu64{"3932008", "SCT", "^64^Copper"}, lu177{"C-101ED", "99SDM", "177 Lutetium"};

TEST(TracerRecognition, TextsOfTheClinicAreRecognised) {
  const struct {
    const char* text;
    Code nuclide;
    const char* name;
    TracerClass tracer_class;
  } rows[] = {
      {"68Ga-DOTATATE", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"Ga68 Dotatate", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"GA-DOTA-TATE", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"NETSPOT", ga68, "68Ga-DOTATATE", TracerClass::sstr},
      {"Detectnet", cu64, "64Cu-DOTATATE", TracerClass::sstr},
      {"Cu-64 DOTATATE", cu64, "64Cu-DOTATATE", TracerClass::sstr},
      {"DOTATOC", ga68, "68Ga-DOTATOC", TracerClass::sstr},
      {"[68Ga]Ga-edotreotide", ga68, "68Ga-DOTATOC", TracerClass::sstr},
      {"68Ga-DOTA-NOC", ga68, "68Ga-DOTANOC", TracerClass::sstr},
      {"18F-SiTATE", f18, "18F-SiTATE", TracerClass::sstr},
      {"[18F]AlF-NOTA-octreotide", f18, "18F-AlF-NOTA-octreotide", TracerClass::sstr},
      {"68Ga-NODAGA-JR11", ga68, "68Ga-JR11", TracerClass::sstr},
      {"68Ga-NODAGA-LM3", ga68, "68Ga-NODAGA-LM3", TracerClass::sstr},
      {"FDG", f18, "18F-FDG", TracerClass::fdg},
      {"F18FDG", f18, "18F-FDG", TracerClass::fdg},
      {"18FFDG", f18, "18F-FDG", TracerClass::fdg},
      {"FDG -- fluorodeoxyglucose", f18, "18F-FDG", TracerClass::fdg},
      {"Fluorodeoxyglucose F^18^", f18, "18F-FDG", TracerClass::fdg},
      {"18F-FDOPA", f18, "18F-FDOPA", TracerClass::other},
      {"Ga68-PSMA", ga68, "68Ga-PSMA", TracerClass::other},
      {"18F-PSMA-1007", f18, "18F-PSMA", TracerClass::other},
      {"68Ga-NODAGA-exendin-4", ga68, "68Ga-exendin-4", TracerClass::other},
      {"177Lu-DOTATATE", lu177, "177Lu-DOTATATE", TracerClass::therapy},
      {"Lutathera", lu177, "177Lu-DOTATATE", TracerClass::therapy},
      {"Solution", ga68, "Solution", TracerClass::unknown},
      {"", f18, "18F (compound not named)", TracerClass::unknown},
      {"medical fluoride method", f18, "medical fluoride method", TracerClass::unknown},
  };
  const base::Resources resources;
  for (const auto& row : rows) {
    const record::Tracer tracer = recognise_tracer(named(row.text, row.nuclide), resources);
    EXPECT_EQ(tracer.name, row.name) << row.text;
    EXPECT_EQ(tracer.tracer_class, row.tracer_class) << row.text;
  }
}

TEST(TracerRecognition, TheCodeGoesBeforeTheText) {
  const base::Resources resources;
  const auto tracer =
      recognise_tracer(named("Tracer 1", ga68, Code{"724025002", "SCT", "Dotatate Ga^68^"}), resources);
  EXPECT_EQ(tracer.name, "68Ga-DOTATATE");
  EXPECT_EQ(tracer.tracer_class, TracerClass::sstr);
  const auto scanner_code = recognise_tracer(named("", f18, Code{"Y-X1743", "99SDM", ""}), resources);
  EXPECT_EQ(scanner_code.code, "35321007");
  EXPECT_EQ(scanner_code.tracer_class, TracerClass::fdg);
}

TEST(TracerRecognition, ATherapeuticNuclideMakesATherapyScanWithoutAName) {
  const auto tracer = recognise_tracer(named("", lu177), base::Resources());
  EXPECT_EQ(tracer.tracer_class, TracerClass::therapy);
  EXPECT_EQ(radionuclide_of(named("", lu177), base::Resources()), "Lu-177");
}

TEST(TracerRecognition, ACompoundThatContradictsTheNuclideIsNotRecognised) {
  const auto tracer = recognise_tracer(named("FDG", ga68), base::Resources());
  EXPECT_EQ(tracer.tracer_class, TracerClass::unknown);
  EXPECT_EQ(tracer.name, "FDG");
}

TEST(TracerRecognition, NuclidesAreKnownByCodeTextAndHalfLife) {
  const base::Resources resources;
  const Radionuclides table(resources);
  const struct {
    const char* text;
    const char* name;
  } rows[] = {{"68Ga-DOTATATE", "Ga-68"}, {"F-18 FDG", "F-18"},      {"18FDG", "F-18"},
              {"[64Cu]Cu-X", "Cu-64"},    {"99mTc-HYNIC", "Tc-99m"}, {"Lu-177", "Lu-177"},
              {"Gallium^68^ X", "Ga-68"}, {"I-131", "I-131"}};
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

}  // namespace
}  // namespace netpet::suv
