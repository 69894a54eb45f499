#include "anatomy/organ_names.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "record/organ.h"

namespace netpet::anatomy {
namespace {

using record::id_of;
using record::Organ;

const OrganNames& names() {
  static const OrganNames all{base::Resources()};
  return all;
}

record::Code snomed(const char* value) {
  return {value, "SCT", ""};
}

std::string code_of_refusal(std::string_view json) {
  try {
    names().read_numbering(json);
  } catch (const base::Error& error) {
    return error.code();
  }
  return "";
}

TEST(OrganNames, AMalformedNumberingIsRefused) {
  EXPECT_EQ(code_of_refusal("[1]"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal("{"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal("{}"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal(R"({"-1": "liver"})"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal(R"({"99999999999": "liver"})"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal(R"({"1": 70000})"), "organ_numbering_malformed");
  EXPECT_EQ(code_of_refusal(R"({"1": "lever"})"), "organ_name_unknown");
}

TEST(OrganNames, NamesMeanTheIdsOfTheEnumeration) {
  const auto numbering = names().read_numbering(
      R"({"1":"spleen","2":"aorta","3":"brain","4":"urinary_bladder","5":"vertebrae_L1","6":"gluteus_maximus_left","7":"bone"})");
  EXPECT_EQ(numbering.at(1), id_of(Organ::spleen));
  EXPECT_EQ(numbering.at(2), id_of(Organ::aorta));
  EXPECT_EQ(numbering.at(3), id_of(Organ::brain));
  EXPECT_EQ(numbering.at(4), id_of(Organ::bladder));
  EXPECT_EQ(numbering.at(5), id_of(Organ::vertebra_l1));
  EXPECT_EQ(numbering.at(6), id_of(Organ::gluteus_maximus_left));
  EXPECT_EQ(numbering.at(7), id_of(Organ::bone));
}

TEST(OrganNames, ANameIsFoundInTheSpellingsOfOthers) {
  for (const char* left_kidney : {"kidney_left", "Left kidney", "Kidney_L", "KIDNEY LEFT", "left-kidney"})
    EXPECT_EQ(names().by_name(left_kidney), id_of(Organ::kidney_left)) << left_kidney;
  EXPECT_EQ(names().by_name("Kidney_R"), id_of(Organ::kidney_right));
  EXPECT_EQ(names().by_name("Oesophagus"), id_of(Organ::oesophagus));
  EXPECT_EQ(names().by_name("A_Aorta"), id_of(Organ::aorta));
  EXPECT_EQ(names().by_name("Bladder"), id_of(Organ::bladder));
  EXPECT_EQ(names().by_name("vertebrae_L1"), id_of(Organ::vertebra_l1));
}

TEST(OrganNames, APairedOrganWithoutItsSideIsNoOrgan) {
  EXPECT_EQ(names().by_name("kidney"), std::nullopt);
  EXPECT_EQ(names().by_code(snomed("64033007"), std::nullopt), std::nullopt);
  EXPECT_EQ(names().by_code(snomed("64033007"), snomed("51440002")), std::nullopt);  // right and left
  EXPECT_EQ(names().by_name("left"), std::nullopt);
  EXPECT_EQ(names().by_name("GTV-1"), std::nullopt);
  EXPECT_EQ(names().by_name(""), std::nullopt);
}

TEST(OrganNames, ACodeIsAnOrganWithItsSide) {
  EXPECT_EQ(names().by_code(snomed("10200004"), std::nullopt), id_of(Organ::liver));
  EXPECT_EQ(names().by_code(snomed("64033007"), snomed("7771000")), id_of(Organ::kidney_left));
  EXPECT_EQ(names().by_code(snomed("64033007"), snomed("24028007")), id_of(Organ::kidney_right));
  EXPECT_EQ(names().by_code({"10200004", "99LOCAL", "Liver"}, std::nullopt), std::nullopt);
}

TEST(OrganNames, TheNumbersOfOtherProgramsMeanTheirOrgans) {
  const auto v1 = names().numbering("totalsegmentator_v1"), moose = names().numbering("moose_organs"),
             vessels = names().numbering("moose_cardiac");
  ASSERT_TRUE(v1 && moose && vessels);
  EXPECT_EQ(v1->at(5), id_of(Organ::liver));
  EXPECT_EQ(v1->at(7), id_of(Organ::aorta));
  EXPECT_EQ(v1->at(22), id_of(Organ::vertebra_l1));
  EXPECT_EQ(v1->at(104), id_of(Organ::bladder));
  EXPECT_EQ(moose->at(8), id_of(Organ::liver));
  EXPECT_EQ(moose->at(15), id_of(Organ::spleen));
  EXPECT_EQ(moose->at(6), id_of(Organ::kidney_left));
  EXPECT_EQ(vessels->at(6), id_of(Organ::aorta));
  EXPECT_EQ(names().numbering("nobody"), std::nullopt);
}

}  // namespace
}  // namespace netpet::anatomy
