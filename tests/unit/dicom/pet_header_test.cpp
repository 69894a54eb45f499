#include "record/pet_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dicom/catalogue.h"
#include "dicom/read_pet.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using testing::ElementsAre;

void put(DcmItem& item, const DcmTag& tag, const char* value) {
  ASSERT_TRUE(item.putAndInsertString(tag, value).good());
}

/// The header of a two-slice series, each slice changed by `change`.
record::PetHeader header_when(const std::function<void(DcmDataset&)>& change,
                              E_TransferSyntax syntax = EXS_LittleEndianExplicit) {
  const test::TemporaryFolder folder;
  auto slices = test::axial_series(2);
  for (std::size_t k = 0; k < slices.size(); ++k) {
    slices[k].change = change;
    test::write_slice(folder / std::to_string(k), slices[k], syntax);
  }
  const auto catalogue = scan_folder(folder.path(), base::Run());
  return read_pet_header(catalogue.patients.at(0).studies.at(0).series.at(0));
}

TEST(PetHeader, TakesOverHowTheImageWasMade) {
  const record::PetHeader header = header_when([](DcmDataset& data) {
    put(data, DCM_SeriesType, "WHOLE BODY\\IMAGE");
    data.putAndInsertUint16(DCM_NumberOfTimeSlices, 3);
    put(data, DCM_CountsSource, "EMISSION");
    put(data, DCM_RandomsCorrectionMethod, "DLYD");
    put(data, DCM_AttenuationCorrectionMethod, "measured,, 0.096000 cm-1");
    put(data, DCM_ScatterCorrectionMethod, "Model-based");
    put(data, DCM_ReconstructionMethod, "PSF+TOF 3i21s");
    put(data, DCM_ConvolutionKernel, "XYZ Gauss5.00");
    put(data, DCM_PatientPosition, "HFS");
  });
  EXPECT_THAT(header.series_type, ElementsAre("WHOLE BODY", "IMAGE"));
  EXPECT_EQ(header.time_slices, 3);
  EXPECT_EQ(header.counts_source, "EMISSION");
  EXPECT_EQ(header.randoms_correction_method, "DLYD");
  EXPECT_EQ(header.attenuation_correction_method, "measured,, 0.096000 cm-1");
  EXPECT_EQ(header.scatter_correction_method, "Model-based");
  EXPECT_EQ(header.reconstruction_method, "PSF+TOF 3i21s");
  EXPECT_EQ(header.convolution_kernel, "XYZ Gauss5.00");
  EXPECT_EQ(header.patient_position, "HFS");
}

TEST(PetHeader, LeavesEmptyWhatTheHeaderDoesNotSay) {
  const record::PetHeader header = header_when([](DcmDataset&) {});
  EXPECT_THAT(header.series_type, ElementsAre());
  EXPECT_FALSE(header.time_slices);
  EXPECT_FALSE(header.decay_corrected_to);
  EXPECT_EQ(header.scatter_correction_method, "");
}

TEST(PetHeader, ReadsPrivateValuesWhicheverTypeAnArchiveGaveThem) {
  for (const DcmEVR vr : {EVR_DS, EVR_LO, EVR_UN, EVR_SH})
    for (const auto syntax : {EXS_LittleEndianExplicit, EXS_LittleEndianImplicit, EXS_BigEndianExplicit}) {
      const record::PetHeader header = header_when(
          [vr](DcmDataset& data) {
            const auto as_bytes = [&](Uint16 group, Uint16 element, const std::string& value) {
              const DcmTag tag(group, element, vr);
              if (vr == EVR_UN) {
                auto* bytes = new DcmOtherByteOtherWord(tag);
                bytes->putUint8Array(reinterpret_cast<const Uint8*>(value.data()),
                                     static_cast<unsigned long>(value.size()));
                data.insert(bytes);
              } else {
                put(data, tag, value.c_str());
              }
            };
            put(data, DcmTag(0x7053, 0x0010, EVR_LO), "Philips PET Private Group");
            as_bytes(0x7053, 0x1000, "0.000551");
            as_bytes(0x7053, 0x1009, "1.25");
            put(data, DcmTag(0x0009, 0x0010, EVR_LO), "GEMS_PETD_01");
            if (vr != EVR_DS) as_bytes(0x0009, 0x100D, "20240102101112.0");
          },
          syntax);
      EXPECT_EQ(header.philips_suv_factor, 0.000551) << DcmVR(vr).getVRName();
      EXPECT_EQ(header.philips_activity_factor, 1.25) << DcmVR(vr).getVRName();
      if (vr == EVR_DS) continue;
      ASSERT_TRUE(header.ge_scan_datetime) << DcmVR(vr).getVRName();
      EXPECT_EQ(base::iso(*header.ge_scan_datetime), "2024-01-02T10:11:12");
    }
}

TEST(PetHeader, PutsEveryDateTimeOnTheScannersClock) {
  const auto header_with = [](const char* offset, const char* acquired, const char* injected) {
    return header_when([=](DcmDataset& data) {
      put(data, DCM_TimezoneOffsetFromUTC, offset);
      put(data, DCM_AcquisitionDateTime, acquired);
      DcmItem* item = nullptr;
      data.findOrCreateSequenceItem(DCM_RadiopharmaceuticalInformationSequence, item);
      put(*item, DCM_RadiopharmaceuticalStartDateTime, injected);
    });
  };
  const auto both = [](const record::PetHeader& header) {
    return base::iso(*header.slices[0].acquired) + " " + base::iso(*header.administered_datetime);
  };
  EXPECT_EQ(both(header_with("+0200", "20240102110000+0200", "20240102080000+0000")),
            "2024-01-02T11:00:00 2024-01-02T10:00:00");
  EXPECT_EQ(both(header_with("+0200", "20240102090000+0000", "20240102100000+0200")),
            "2024-01-02T11:00:00 2024-01-02T10:00:00");
  EXPECT_EQ(both(header_with("-0330", "20240101223000-0330", "20240102010000+0000")),
            "2024-01-01T22:30:00 2024-01-01T21:30:00");
  // The data set does not name its offset, but the time of acquisition does.
  EXPECT_EQ(both(header_with("", "20240102110000+0200", "20240102080000+0000")),
            "2024-01-02T11:00:00 2024-01-02T10:00:00");
  EXPECT_EQ(both(header_with("", "20240102110000", "20240102080000+0000")),
            "2024-01-02T11:00:00 2024-01-02T08:00:00");
}

TEST(CtFacts, SayWhichContrastAgentWasGivenAndWhen) {
  const test::TemporaryFolder folder;
  auto slices = test::axial_series(2);
  for (test::TestSlice& slice : slices) {
    slice.modality = "CT";
    slice.change = [](DcmDataset& data) {
      put(data, DCM_ContrastBolusAgent, "Omnipaque 350");
      put(data, DCM_ContrastBolusRoute, "IV");
      put(data, DCM_ContrastBolusStartTime, "101500");
      put(data, DCM_ContrastBolusVolume, "90");
      put(data, DCM_ConvolutionKernel, "B30f");
    };
  }
  test::write_series(folder.path(), slices);
  const auto catalogue = scan_folder(folder.path(), base::Run());
  const record::Series& series = catalogue.patients.at(0).studies.at(0).series.at(0);
  ASSERT_TRUE(series.ct);
  EXPECT_EQ(series.ct->contrast_agent, "Omnipaque 350");
  EXPECT_EQ(series.ct->contrast_route, "IV");
  EXPECT_EQ(series.ct->contrast_volume_ml, 90);
  EXPECT_EQ(series.ct->contrast_started, (base::TimeOfDay{36'900'000'000}));
  EXPECT_FALSE(series.ct->contrast_stopped);
  EXPECT_EQ(series.ct->convolution_kernel, "B30f");
}

}  // namespace
}  // namespace netpet::dicom
