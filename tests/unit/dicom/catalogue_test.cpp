#include "dicom/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dicom_bytes.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using record::SeriesRole;
using test::code_of;
using test::TestSlice;

const base::Run two_threads(nullptr, {}, 2);

/// One object with its own series, changed by `change`; its role.
SeriesRole role_when(const std::string& modality, std::function<void(DcmDataset&)> change) {
  const test::TemporaryFolder folder;
  TestSlice slice;
  slice.modality = modality;
  slice.change = std::move(change);
  test::write_slice(folder / "a", slice);
  return scan_folder(folder.path(), two_threads).patients.at(0).studies.at(0).series.at(0).role;
}

TEST(Catalogue, TellsAttenuationCorrectedFromUncorrected) {
  EXPECT_EQ(role_when("PT", [](DcmDataset&) {}), SeriesRole::pet_ac);
  EXPECT_EQ(role_when("PT", [](DcmDataset& d) { d.putAndInsertString(DCM_CorrectedImage, "DECY\\SCAT"); }),
            SeriesRole::pet_nac);
  EXPECT_EQ(role_when("PT", [](DcmDataset& d) { d.putAndInsertString(DCM_Units, "PROPCNTS"); }),
            SeriesRole::pet_nac);
  EXPECT_EQ(
      role_when("PT", [](DcmDataset& d) { d.putAndInsertString(DCM_AttenuationCorrectionMethod, "NONE"); }),
      SeriesRole::pet_nac);
  EXPECT_EQ(role_when("PT", [](DcmDataset& d) { d.putAndInsertString(DCM_CorrectedImage, ""); }),
            SeriesRole::pet_ac);
}

TEST(Catalogue, NamesEveryKindOfObject) {
  const auto role_of_class = [](const char* uid, const char* modality) {
    return role_when(modality, [&](DcmDataset& d) { d.putAndInsertString(DCM_SOPClassUID, uid); });
  };
  EXPECT_EQ(role_when("CT", [](DcmDataset&) {}), SeriesRole::ct);
  EXPECT_EQ(
      role_when("CT",
                [](DcmDataset& d) { d.putAndInsertString(DCM_ImageType, "ORIGINAL\\PRIMARY\\LOCALIZER"); }),
      SeriesRole::localizer);
  EXPECT_EQ(role_when("CT",
                      [](DcmDataset& d) {
                        d.putAndInsertString(DCM_ImageOrientationPatient, "1\\0\\0\\0\\0\\-1");
                      }),
            SeriesRole::localizer);
  EXPECT_EQ(
      role_when("PT", [](DcmDataset& d) { d.putAndInsertString(DCM_ImageType, "DERIVED\\SECONDARY\\MIP"); }),
      SeriesRole::other);
  EXPECT_EQ(role_of_class(UID_RealWorldValueMappingStorage, "RWV"), SeriesRole::rwvm);
  EXPECT_EQ(role_of_class(UID_SegmentationStorage, "SEG"), SeriesRole::seg);
  EXPECT_EQ(role_of_class(UID_RTStructureSetStorage, "RTSTRUCT"), SeriesRole::rtstruct);
  EXPECT_EQ(role_of_class(UID_Comprehensive3DSRStorage, "SR"), SeriesRole::sr);
  EXPECT_EQ(role_of_class(UID_SecondaryCaptureImageStorage, "PT"), SeriesRole::other);
  EXPECT_EQ(role_of_class(UID_NuclearMedicineImageStorage, "NM"), SeriesRole::other);
  EXPECT_EQ(role_of_class("", "CT"), SeriesRole::ct);  // without a class, the modality decides
}

TEST(Catalogue, ListsABadFileAndGoesOnWithTheRest) {
  const test::TemporaryFolder folder;
  test::write_series(folder.path(), test::axial_series(5));
  const std::string good = test::read_bytes(folder / "slice0.dcm");
  test::write_bytes(folder / "short", good.substr(0, 400));
  test::write_bytes(folder / "notes.txt", "a note");
  test::write_bytes(folder / "empty.dcm", "");
  test::DicomBytes deep;
  for (int n = 0; n < 200'000; ++n)
    deep.long_head(8, 0x1140, "SQ", test::undefined_length).head(0xFFFE, 0xE000, test::undefined_length);
  test::write_bytes(folder / "deep.dcm", deep.bytes());
  const auto catalogue = scan_folder(folder.path(), two_threads);
  ASSERT_EQ(catalogue.patients.size(), 1u);
  EXPECT_EQ(catalogue.patients[0].studies[0].series[0].files.size(), 5u);
  EXPECT_EQ(catalogue.other_files, 1u);
  std::map<std::string, std::string> codes;
  for (const auto& bad : catalogue.unreadable) codes[bad.file.filename()] = bad.code;
  EXPECT_THAT(codes, testing::ElementsAre(testing::Pair("deep.dcm", "nesting_too_deep"),
                                          testing::Pair("empty.dcm", "not_dicom"),
                                          testing::Pair("short", testing::_)));
}

TEST(Catalogue, NamesPixelsThatAreCutShortAndKeepsTheSeriesFromBeingReadAsWhole) {
  const test::TemporaryFolder folder;
  test::write_series(folder.path(), test::axial_series(5));
  const std::string last = test::read_bytes(folder / "slice4.dcm");
  test::write_bytes(folder / "slice4.dcm", last.substr(0, last.size() - 6));
  const auto catalogue = scan_folder(folder.path(), two_threads);
  ASSERT_EQ(catalogue.unreadable.size(), 1u);
  EXPECT_EQ(catalogue.unreadable[0].code, "truncated_pixels");
  const auto& problems = catalogue.patients[0].studies[0].series[0].problems;
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].code, "truncated_pixels");
}

TEST(Catalogue, RefusesAFolderThatIsMissingEmptyOrWithoutDicom) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(code_of([&] { scan_folder(folder / "nowhere", two_threads); }), "folder_missing");
  EXPECT_EQ(code_of([&] { scan_folder(folder.path(), two_threads); }), "folder_empty");
  test::write_bytes(folder / "notes.txt", "a note");
  EXPECT_EQ(code_of([&] { scan_folder(folder.path(), two_threads); }), "no_dicom");
}

TEST(Catalogue, SortsPatientsStudiesAndSeriesOfAMixedFolder) {
  const test::TemporaryFolder folder;
  int file = 0;
  for (const char* patient : {"B", "A"})
    for (const char* study : {"2", "1"})
      for (const char* series : {"2", "1"}) {
        TestSlice slice;
        slice.patient = patient;
        slice.study = std::string(patient) + "." + study;
        slice.series = slice.study + "." + series;
        ++file;
        test::write_slice(folder.path() / std::to_string(file % 3) / ("x" + std::to_string(file)), slice);
      }
  const auto catalogue = scan_folder(folder.path(), two_threads);
  ASSERT_EQ(catalogue.patients.size(), 2u);
  EXPECT_EQ(catalogue.patients[0].patient.id, "A");
  ASSERT_EQ(catalogue.patients[1].studies.size(), 2u);
  EXPECT_EQ(catalogue.patients[1].studies[0].uid, "B.1");
  ASSERT_EQ(catalogue.patients[1].studies[1].series.size(), 2u);
  EXPECT_EQ(catalogue.patients[1].studies[1].series[1].uid, "B.2.2");
}

TEST(Catalogue, SaysWhereOnePatientIdStandsForTwoPeople) {
  const auto codes = [](const char* tag_of_second, const char* value) {
    const test::TemporaryFolder folder;
    TestSlice one, other;
    other.series = "1.2.3.5";
    for (TestSlice* slice : {&one, &other}) {
      const bool is_second = slice == &other;
      slice->change = [=](DcmDataset& data) {
        data.putAndInsertString(DCM_PatientBirthDate, "19500101");
        if (!is_second) return;
        const bool is_name = std::string(tag_of_second) == "name";
        data.putAndInsertString(is_name ? DCM_PatientName : DCM_PatientBirthDate, value);
      };
    }
    test::write_slice(folder / "a", one);
    test::write_slice(folder / "b", other);
    const record::Catalogue catalogue = scan_folder(folder.path(), two_threads);
    std::vector<std::string> found;
    for (const auto& series : catalogue.patients.at(0).studies.at(0).series)
      for (const auto& problem : series.problems) found.push_back(problem.code);
    return found;
  };
  EXPECT_THAT(codes("name", "ROE^RICHARD"), testing::ElementsAre("patient_differs"));
  EXPECT_THAT(codes("birth", "19600101"), testing::ElementsAre("patient_differs"));
  EXPECT_THAT(codes("name", "Doe^Jane^^^"), testing::ElementsAre());
  EXPECT_THAT(codes("birth", ""), testing::ElementsAre());
}

TEST(Catalogue, GivesNamesOfAnyScriptAsUtf8) {
  const test::TemporaryFolder folder;
  TestSlice slice;
  slice.change = [](DcmDataset& data) {
    data.putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 100");
    data.putAndInsertString(DCM_PatientName, "M\xFCller^J\xF6rg");
  };
  test::write_slice(folder / "a", slice);
  EXPECT_EQ(scan_folder(folder.path(), two_threads).patients.at(0).patient.name, "Müller^Jörg");
}

TEST(Catalogue, SaysThatASeriesIsShorterThanItsHeaderSays) {
  const test::TemporaryFolder folder;
  auto slices = test::axial_series(4);
  for (TestSlice& slice : slices)
    slice.change = [](DcmDataset& data) { data.putAndInsertUint16(DCM_NumberOfSlices, 5); };
  test::write_series(folder.path(), slices);
  const auto catalogue = scan_folder(folder.path(), two_threads);
  ASSERT_EQ(catalogue.patients[0].studies[0].series[0].problems.size(), 1u);
  EXPECT_EQ(catalogue.patients[0].studies[0].series[0].problems[0].code, "fewer_slices_than_declared");
}

}  // namespace
}  // namespace netpet::dicom
