// Which series of a folder make up a scan, and what is refused before anything is measured.
#include "pipeline/select_scans.h"

#include <gmock/gmock.h>

#include <utility>

#include "base/error.h"
#include "written_series.h"

namespace netpet::pipeline {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> codes(const std::vector<record::Warning>& warnings) {
  std::vector<std::string> result;
  for (const auto& warning : warnings) result.push_back(warning.code);
  return result;
}

SelectedScans select(const ReadRequest& request) {
  return select_scans(request, base::Resources(), base::Run());
}

/// The refusal, as "code" or "code, may be accepted"; empty where nothing is refused.
std::string refusal(const ReadRequest& request) {
  try {
    select(request);
    return "";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::input);
    EXPECT_EQ(error.accept().value_or(error.code()), error.code());
    return error.code() + (error.accept() ? ", may be accepted" : "");
  }
}

class SelectScans : public FolderOfTest {
 protected:
  /// One SSTR and one FDG study, each a PET with its CT.
  void write_both_studies() const {
    write_small_pet(sstr_study, dotatoc(), 4, folder_ / "sstr" / "pet");
    write_small_ct(sstr_study, {}, 6, folder_ / "sstr" / "ct");
    write_small_pet(fdg_study, fdg(), 4, folder_ / "fdg" / "pet");
    write_small_ct(fdg_study, {}, 6, folder_ / "fdg" / "ct");
  }
  ReadRequest both_folders() const {
    ReadRequest request;
    request.sstr = folder_ / "sstr";
    request.fdg = folder_ / "fdg";
    return request;
  }
  ReadRequest sstr_folder() const {
    ReadRequest request;
    request.sstr = folder_ / "sstr";
    return request;
  }
  ReadRequest studies_folder() const {
    ReadRequest request;
    request.studies = folder_;
    return request;
  }

  dicom::StudyToWrite sstr_study = study_of("sstr");
  dicom::StudyToWrite fdg_study = study_of("fdg", "2024-03-08T10:00:00");
};

TEST_F(SelectScans, TwoFoldersInTheirRolesGiveTwoScansWithTheirCts) {
  write_both_studies();
  const SelectedScans scans = select(both_folders());
  ASSERT_TRUE(scans.sstr && scans.fdg);
  EXPECT_EQ(scans.sstr->tracer.tracer_class, record::TracerClass::sstr);
  EXPECT_EQ(scans.fdg->tracer.tracer_class, record::TracerClass::fdg);
  EXPECT_EQ(scans.sstr->pet.study_uid, dicom::study_uid(sstr_study));
  EXPECT_EQ(scans.fdg->pet.study_uid, dicom::study_uid(fdg_study));
  ASSERT_TRUE(scans.sstr->ct && scans.fdg->ct);
  EXPECT_EQ(scans.sstr->ct->study_uid, dicom::study_uid(sstr_study));
  EXPECT_EQ(scans.fdg->ct->study_uid, dicom::study_uid(fdg_study));
  EXPECT_EQ(scans.sstr->pet.files.size(), 4U);
  EXPECT_EQ(scans.sstr->ct->files.size(), 6U);
  EXPECT_THAT(scans.sstr->warnings, IsEmpty());
  EXPECT_THAT(scans.fdg->warnings, IsEmpty());
}

TEST_F(SelectScans, OneFolderOfBothStudiesIsSortedByTracer) {
  write_both_studies();
  const SelectedScans named = select(both_folders());
  const SelectedScans found = select(studies_folder());
  ASSERT_TRUE(found.sstr && found.fdg);
  EXPECT_EQ(found.sstr->pet.uid, named.sstr->pet.uid);
  EXPECT_EQ(found.fdg->pet.uid, named.fdg->pet.uid);
  EXPECT_EQ(found.sstr->ct->uid, named.sstr->ct->uid);
  EXPECT_EQ(found.fdg->ct->uid, named.fdg->ct->uid);
}

TEST_F(SelectScans, OneFolderOfOneStudyGivesThatScanAlone) {
  write_small_pet(fdg_study, fdg(), 4, folder_ / "fdg");
  const SelectedScans found = select(studies_folder());
  EXPECT_FALSE(found.sstr);
  EXPECT_TRUE(found.fdg);
}

TEST_F(SelectScans, OfSeveralReconstructionsTheCorrectedOneWithMostSlicesIsReadAndSaidSo) {
  auto pet = dotatoc();
  write_small_pet(sstr_study, pet, 4, folder_ / "sstr" / "short");
  pet.number = 3;
  const std::string longest = write_small_pet(sstr_study, pet, 5, folder_ / "sstr" / "long");
  pet.number = 4;
  pet.description = "PET NAC";
  pet.attenuation = dicom::AttenuationCorrection::not_applied;
  write_small_pet(sstr_study, pet, 7, folder_ / "sstr" / "uncorrected");
  write_small_ct(sstr_study, {}, 6, folder_ / "sstr" / "ct");
  const SelectedScans scans = select(sstr_folder());
  EXPECT_EQ(scans.sstr->pet.uid, longest);
  EXPECT_THAT(codes(scans.sstr->warnings), ElementsAre("several_pet_series"));
  EXPECT_FALSE(scans.fdg);
}

TEST_F(SelectScans, OfSeveralCtsTheOneInThePetsSpaceIsTakenEvenIfAnotherIsLonger) {
  write_small_pet(sstr_study, dotatoc(), 4, folder_ / "sstr" / "pet");
  dicom::CtAcquisition ct;
  const std::string own = write_small_ct(sstr_study, ct, 6, folder_ / "sstr" / "ct");
  ct.number = 9;
  write_small_ct(sstr_study, ct, 9, folder_ / "sstr" / "elsewhere");
  move_to_other_space(sstr_study, folder_ / "sstr" / "elsewhere");
  const SelectedScans scans = select(sstr_folder());
  ASSERT_TRUE(scans.sstr->ct);
  EXPECT_EQ(scans.sstr->ct->uid, own);
  EXPECT_THAT(scans.sstr->warnings, IsEmpty());
}

TEST_F(SelectScans, ACtOfAnotherSpaceIsNoCtAndIsSaidSo) {
  write_small_pet(sstr_study, dotatoc(), 4, folder_ / "sstr" / "pet");
  write_small_ct(sstr_study, {}, 6, folder_ / "sstr" / "ct");
  move_to_other_space(sstr_study, folder_ / "sstr" / "ct");
  const SelectedScans scans = select(sstr_folder());
  EXPECT_FALSE(scans.sstr->ct);
  EXPECT_THAT(codes(scans.sstr->warnings), ElementsAre("no_ct"));
}

TEST_F(SelectScans, SeveralStudiesOfOneTracerAreRefused) {
  write_small_pet(sstr_study, dotatoc(), 4, folder_ / "sstr" / "first");
  write_small_pet(study_of("sstr later", "2024-09-01T10:00:00"), dotatoc(), 4, folder_ / "sstr" / "second");
  EXPECT_EQ(refusal(sstr_folder()), "several_studies");
  EXPECT_EQ(refusal(studies_folder()), "several_studies");
}

TEST_F(SelectScans, AnFdgStudyBesideItDoesNotMakeTheSstrStudyAmbiguous) {
  write_small_pet(sstr_study, dotatoc(), 4, folder_ / "sstr" / "own");
  write_small_pet(fdg_study, fdg(), 4, folder_ / "sstr" / "other");
  EXPECT_EQ(select(sstr_folder()).sstr->pet.study_uid, dicom::study_uid(sstr_study));
}

TEST_F(SelectScans, OneSeriesInBothRolesIsRefusedWhateverIsAccepted) {
  auto pet = dotatoc();
  pet.tracer_text = "";  // no known tracer: either role is possible
  write_small_pet(sstr_study, pet, 4, folder_ / "sstr");
  ReadRequest request = both_folders();
  request.fdg = request.sstr;
  request.accepted = {"same_series", "tracer_mismatch", "patient_mismatch"};
  EXPECT_EQ(refusal(request), "same_series");
}

TEST_F(SelectScans, StudiesOfTwoPatientsAreRefusedUnlessAccepted) {
  const auto other_by = [&](auto&& change) {
    fs::remove_all(folder_ / "fdg");
    auto study = fdg_study;
    change(study.patient);
    write_small_pet(study, fdg(), 4, folder_ / "fdg");
    return refusal(both_folders());
  };
  write_small_pet(sstr_study, dotatoc(), 4, folder_ / "sstr");
  const std::string refused = "patient_mismatch, may be accepted";
  EXPECT_EQ(other_by([](record::Patient& p) { p.id = "P2"; }), refused);
  EXPECT_EQ(other_by([](record::Patient& p) { p.sex = "F"; }), refused);
  EXPECT_EQ(other_by([](record::Patient& p) { p.birth_date = "1950-01-02"; }), refused);
  EXPECT_EQ(other_by([](record::Patient& p) { p.birth_date = ""; }), "") << "unknown is no contradiction";
  EXPECT_EQ(other_by([](record::Patient& p) { p.name = "TEST^ONE"; }), "") << "names are spelt in many ways";
  other_by([](record::Patient& p) { p.id = "P2"; });
  ReadRequest request = both_folders();
  request.accepted = {"patient_mismatch"};
  EXPECT_THAT(codes(select(request).fdg->warnings), ElementsAre("no_ct", "patient_mismatch"));
}

TEST_F(SelectScans, OneIdWithTwoNamesIsWarnedOfAndWithTwoSexesRefusedAlsoWithinOneFolder) {
  write_small_pet(sstr_study, dotatoc(), 4, folder_ / "sstr");
  auto other = fdg_study;
  other.patient.name = "Somebody^Else";
  write_small_pet(other, fdg(), 4, folder_ / "fdg");
  EXPECT_THAT(codes(select(both_folders()).fdg->warnings), ElementsAre("no_ct", "patient_name_differs"));
  EXPECT_THAT(codes(select(studies_folder()).fdg->warnings), ElementsAre("no_ct", "patient_name_differs"));
  fs::remove_all(folder_ / "fdg");
  other.patient.sex = "F";
  write_small_pet(other, fdg(), 4, folder_ / "fdg");
  EXPECT_EQ(refusal(studies_folder()), "patient_mismatch, may be accepted");
}

TEST_F(SelectScans, ANuclideWithWhichNoTracerOfTheRoleExistsIsRefused) {
  auto pet = dotatoc();
  pet.tracer_text = "FDG";  // left over from another protocol
  write_small_pet(fdg_study, pet, 4, folder_ / "fdg");
  ReadRequest request;
  request.fdg = folder_ / "fdg";
  EXPECT_EQ(refusal(request), "tracer_mismatch, may be accepted");
  EXPECT_EQ(refusal(studies_folder()), "tracer_unknown");
  request.sstr = std::exchange(request.fdg, std::nullopt);
  EXPECT_THAT(codes(select(request).sstr->warnings), ElementsAre("tracer_contradictory", "no_ct"));
}

TEST_F(SelectScans, TwoPatientsInOneFolderAreRefusedWhateverIsAccepted) {
  auto other = fdg_study;
  other.patient.id = "P2";
  write_small_pet(sstr_study, dotatoc(), 4, folder_ / "sstr");
  write_small_pet(other, fdg(), 4, folder_ / "fdg");
  ReadRequest request = studies_folder();
  request.accepted = {"patient_mismatch", "mixed_patients"};
  EXPECT_EQ(refusal(request), "mixed_patients");
}

TEST_F(SelectScans, ATracerThatContradictsItsRoleIsRefusedUnlessAccepted) {
  write_both_studies();
  ReadRequest swapped;
  swapped.sstr = folder_ / "fdg";
  EXPECT_EQ(refusal(swapped), "tracer_mismatch, may be accepted");
  swapped.accepted = {"tracer_mismatch"};
  const SelectedScans scans = select(swapped);
  EXPECT_EQ(scans.sstr->pet.study_uid, dicom::study_uid(fdg_study));
  EXPECT_THAT(codes(scans.sstr->warnings), ElementsAre("tracer_mismatch"));
  ReadRequest as_fdg;
  as_fdg.fdg = folder_ / "sstr";
  EXPECT_EQ(refusal(as_fdg), "tracer_mismatch, may be accepted");
}

TEST_F(SelectScans, AnUnnamedTracerIsReadInItsRoleWithAWarningAndNotGuessedWithoutOne) {
  auto pet = fdg();
  pet.tracer_text = "Solution";
  write_small_pet(sstr_study, pet, 4, folder_ / "sstr");
  EXPECT_THAT(codes(select(sstr_folder()).sstr->warnings), ElementsAre("no_ct", "tracer_unknown"));
  EXPECT_EQ(refusal(studies_folder()), "tracer_unknown");
}

TEST_F(SelectScans, AFolderWithoutCorrectedPetIsRefused) {
  write_small_ct(sstr_study, {}, 6, folder_ / "sstr" / "ct");
  EXPECT_EQ(refusal(sstr_folder()), "no_pet");
  auto pet = dotatoc();
  pet.attenuation = dicom::AttenuationCorrection::not_applied;
  write_small_pet(sstr_study, pet, 4, folder_ / "sstr" / "pet");
  EXPECT_EQ(refusal(sstr_folder()), "nac_only");
}

TEST_F(SelectScans, AFileThatCannotBeReadIsNamedAndTheRestIsRead) {
  write_both_studies();
  std::ofstream(folder_ / "sstr" / "broken.dcm") << "no DICOM at all";
  const SelectedScans scans = select(both_folders());
  EXPECT_THAT(codes(scans.sstr->warnings), ElementsAre("unreadable_file"));
  EXPECT_THAT(scans.fdg->warnings, IsEmpty());
}

}  // namespace
}  // namespace netpet::pipeline
