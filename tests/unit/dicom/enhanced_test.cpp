#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dicom/catalogue.h"
#include "dicom/frames.h"
#include "dicom/read_ct.h"
#include "dicom/read_pet.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using test::code_of;
using testing::ElementsAre;

const base::Run two_threads(nullptr, {}, 2);

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  ASSERT_TRUE(item.putAndInsertString(tag, value.c_str()).good()) << DcmTag(tag).getTagName();
}

void put_number(DcmItem& item, const DcmTagKey& tag, double value) {
  ASSERT_TRUE(item.putAndInsertFloat64(tag, value).good());
}

DcmItem& item_of(DcmItem& holder, const DcmTagKey& sequence, long which = 0) {
  DcmItem* item = nullptr;
  EXPECT_TRUE(holder.findOrCreateSequenceItem(DcmTag(sequence), item, which).good());
  return *item;
}

void put_code(DcmItem& holder, const DcmTagKey& sequence, const std::string& value) {
  DcmItem& item = item_of(holder, sequence);
  put(item, DCM_CodeValue, value);
  put(item, DCM_CodingSchemeDesignator, "UCUM");
  put(item, DCM_CodeMeaning, value);
}

void put_mapping(DcmItem& group, double slope, const std::string& unit, long which = 0) {
  DcmItem& mapping = item_of(group, DCM_RealWorldValueMappingSequence, which);
  put_number(mapping, DCM_RealWorldValueSlope, slope);
  put_number(mapping, DCM_RealWorldValueIntercept, 0);
  mapping.putAndInsertUint16(DcmTag(DCM_RealWorldValueFirstValueMapped, EVR_US), 0);
  mapping.putAndInsertUint16(DcmTag(DCM_RealWorldValueLastValueMapped, EVR_US), 65535);
  put_code(mapping, DCM_MeasurementUnitsCodeSequence, unit);
}

/// An Enhanced PET of `frames` frames, 3 mm apart along z; pixel n of frame f is 100 f + n, its slope 0.5 (f
/// + 1).
struct EnhancedPet {
  int frames = 4, rows = 2, columns = 3;
  std::string unit = "Bq/ml";
  std::string sop_class = UID_EnhancedPETImageStorage;
  std::function<void(DcmDataset&)> change = [](DcmDataset&) {};

  void fill(DcmDataset& data) const {
    put(data, DCM_SOPClassUID, sop_class);
    put(data, DCM_SOPInstanceUID, "1.2.3.5.77");
    put(data, DCM_ImageType, "ORIGINAL\\PRIMARY\\VOLUME\\NONE");
    put(data, DCM_Modality, "PT");
    put(data, DCM_PatientID, "P1");
    put(data, DCM_PatientName, "DOE^JANE");
    put(data, DCM_PatientWeight, "70");
    put(data, DCM_StudyInstanceUID, "1.2.3");
    put(data, DCM_SeriesInstanceUID, "1.2.3.4");
    put(data, DCM_FrameOfReferenceUID, "1.2.3.9");
    put(data, DCM_AcquisitionDateTime, "20240102100000");
    put(data, DCM_NumberOfFrames, std::to_string(frames));
    for (const auto& [tag, value] :
         {std::pair{DCM_SamplesPerPixel, 1}, std::pair{DCM_Rows, rows}, std::pair{DCM_Columns, columns},
          std::pair{DCM_BitsAllocated, 16}, std::pair{DCM_BitsStored, 16}, std::pair{DCM_HighBit, 15},
          std::pair{DCM_PixelRepresentation, 0}})
      data.putAndInsertUint16(tag, static_cast<Uint16>(value));
    put(data, DCM_PhotometricInterpretation, "MONOCHROME2");
    put(data, DCM_AttenuationCorrected, "YES");
    put(data, DCM_ScatterCorrected, "YES");
    put(data, DCM_RandomsCorrected, "NO");
    put(data, DCM_DecayCorrected, "YES");
    put(data, DCM_DecayCorrectionDateTime, "20240102095500");
    DcmItem& agent = item_of(data, DCM_RadiopharmaceuticalInformationSequence);
    agent.putAndInsertUint16(DCM_RadiopharmaceuticalAgentNumber, 1);
    put(agent, DCM_RadiopharmaceuticalStartDateTime, "20240102090000");
    put(agent, DCM_RadionuclideTotalDose, "185.5");
    put(agent, DCM_RadionuclideHalfLife, "4062.6");

    DcmItem& shared = item_of(data, DCM_SharedFunctionalGroupsSequence);
    DcmItem& measures = item_of(shared, DCM_PixelMeasuresSequence);
    put(measures, DCM_PixelSpacing, "4\\2");
    put(measures, DCM_SliceThickness, "3");
    put(item_of(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient, "1\\0\\0\\0\\1\\0");
    DcmItem& reconstruction = item_of(shared, DCM_PETReconstructionSequence);
    put(reconstruction, DCM_ReconstructionAlgorithm, "ITERATIVE");
    reconstruction.putAndInsertUint16(DCM_NumberOfIterations, 3);
    reconstruction.putAndInsertUint16(DCM_NumberOfSubsets, 21);
    std::vector<Uint16> words;
    for (int f = 0; f < frames; ++f) {
      DcmItem& group = item_of(data, DCM_PerFrameFunctionalGroupsSequence, f);
      put(item_of(group, DCM_PlanePositionSequence), DCM_ImagePositionPatient,
          "10\\20\\" + std::to_string(30 + 3 * f));
      DcmItem& content = item_of(group, DCM_FrameContentSequence);
      put(content, DCM_FrameAcquisitionDateTime, "2024010210000" + std::to_string(f % 10));
      put_number(content, DCM_FrameAcquisitionDuration, 90000);
      put(content, DCM_StackID, "1");
      put_mapping(group, 0.5 * (f + 1), unit);
      for (int n = 0; n < rows * columns; ++n) words.push_back(static_cast<Uint16>(100 * f + n));
    }
    data.putAndInsertUint16Array(DCM_PixelData, words.data(), static_cast<unsigned long>(words.size()));
    change(data);
  }

  void write(const std::filesystem::path& file, E_TransferSyntax syntax = EXS_LittleEndianExplicit) const {
    DcmFileFormat format;
    fill(*format.getDataset());
    ASSERT_TRUE(format.saveFile(file.c_str(), syntax).good());
  }
};

record::Series only_series(const std::filesystem::path& folder) {
  return scan_folder(folder, two_threads).patients.at(0).studies.at(0).series.at(0);
}

PetSeries read(const EnhancedPet& pet, E_TransferSyntax syntax = EXS_LittleEndianExplicit) {
  const test::TemporaryFolder folder;
  pet.write(folder / "a", syntax);
  return read_pet(only_series(folder.path()), two_threads);
}

/// The code of the refusal of an object changed by `change`; inspecting and reading must agree.
std::string refusal(std::function<void(DcmDataset&)> change) {
  const test::TemporaryFolder folder;
  EnhancedPet pet;
  pet.change = std::move(change);
  pet.write(folder / "a");
  const record::Series series = only_series(folder.path());
  const std::string code = code_of([&] { read_pet(series, two_threads); });
  EXPECT_EQ(series.problems.empty() ? "no error" : series.problems.front().code, code);
  return code;
}

DcmItem& frame_group(DcmDataset& data, long frame) {
  return item_of(data, DCM_PerFrameFunctionalGroupsSequence, frame);
}

TEST(EnhancedPetImage, IsAVolumeOfItsFramesInUnitsOfItsMapping) {
  for (const auto syntax : {EXS_LittleEndianExplicit, EXS_LittleEndianImplicit, EXS_BigEndianExplicit,
                            EXS_DeflatedLittleEndianExplicit}) {
    const PetSeries pet = read(EnhancedPet{}, syntax);
    EXPECT_EQ(pet.pixels.geometry().size, (std::array{3, 2, 4}));
    EXPECT_EQ(pet.pixels.geometry().spacing.x, 2);
    EXPECT_EQ(pet.pixels.geometry().spacing.y, 4);
    EXPECT_EQ(pet.pixels.geometry().spacing.z, 3);
    EXPECT_EQ(pet.pixels.geometry().origin.z, 30);
    for (int f = 0; f < 4; ++f)
      for (int n = 0; n < 6; ++n)
        ASSERT_EQ(pet.pixels[static_cast<std::size_t>(6 * f + n)], (100 * f + n) * 0.5f * (f + 1));
  }
}

TEST(EnhancedPetImage, HasAHeaderInTheTermsOfClassicPet) {
  const record::PetHeader header = read(EnhancedPet{}).header;
  EXPECT_EQ(header.units, "BQML");
  EXPECT_EQ(header.total_dose, 185.5e6);  // Enhanced PET states MBq
  EXPECT_EQ(header.half_life_s, 4062.6);
  EXPECT_EQ(header.weight, 70);
  EXPECT_EQ(header.decay_correction, "");
  ASSERT_TRUE(header.decay_corrected_to && header.administered_datetime);
  EXPECT_EQ(base::iso(*header.decay_corrected_to), "2024-01-02T09:55:00");
  EXPECT_EQ(base::iso(*header.administered_datetime), "2024-01-02T09:00:00");
  EXPECT_THAT(header.corrected_image, ElementsAre("DECY", "ATTN", "SCAT"));
  EXPECT_EQ(header.reconstruction_method, "ITERATIVE 3i21s");
  ASSERT_EQ(header.slices.size(), 4u);
  EXPECT_EQ(base::iso(*header.slices[2].acquired), "2024-01-02T10:00:02");
  EXPECT_EQ(header.slices[2].frame_duration_ms, 90000);
  EXPECT_EQ(header.slices[2].frame, 3);
  EXPECT_EQ(header.slices[2].slope, 1.5);
  ASSERT_EQ(header.slices[2].mappings.size(), 1u);
  EXPECT_EQ(header.slices[2].mappings[0].unit.value, "Bq/ml");
  EXPECT_TRUE(header.problems.empty());
}

TEST(EnhancedPetImage, PutsFramesInOrderWhicheverWayTheyWereStored) {
  EnhancedPet pet;
  pet.change = [](DcmDataset& data) {
    for (int f = 0; f < 4; ++f)
      put(item_of(frame_group(data, f), DCM_PlanePositionSequence), DCM_ImagePositionPatient,
          "10\\20\\" + std::to_string(39 - 3 * f));
  };
  const PetSeries turned = read(pet);
  EXPECT_EQ(turned.pixels.geometry().origin.z, 30);
  EXPECT_EQ(turned.pixels[0], 600);  // the last frame: 300 · 2
  EXPECT_EQ(turned.header.slices[0].frame, 4);
}

TEST(EnhancedPetImage, MayBeSplitOverSeveralFiles) {
  const test::TemporaryFolder folder;
  for (int part = 0; part < 2; ++part) {
    EnhancedPet pet;
    pet.change = [part](DcmDataset& data) {
      put(data, DCM_SOPInstanceUID, "1.2.3.5." + std::to_string(part));
      for (int f = 0; f < 4; ++f)
        put(item_of(frame_group(data, f), DCM_PlanePositionSequence), DCM_ImagePositionPatient,
            "10\\20\\" + std::to_string(30 + 3 * (2 * f + part)));
    };
    pet.write(folder / std::to_string(part));
  }
  const record::Series series = only_series(folder.path());
  EXPECT_EQ(series.files.size(), 2u);
  EXPECT_EQ(series.images, 8u);
  const PetSeries pet = read_pet(series, two_threads);
  EXPECT_EQ(pet.pixels.geometry().size[2], 8);
  EXPECT_EQ(pet.pixels[6], 0);
  EXPECT_EQ(pet.pixels[12], 100);
}

TEST(EnhancedPetImage, TakesActivityBeforeSuvAndSuvBeforeNothing) {
  EnhancedPet both;
  both.change = [](DcmDataset& data) {
    for (int f = 0; f < 4; ++f) put_mapping(frame_group(data, f), 1e-4, "g/ml{SUVbw}", 1);
  };
  EXPECT_EQ(read(both).header.units, "BQML");
  const auto header_in = [](const std::string& unit) {
    EnhancedPet pet;
    pet.unit = unit;
    const record::PetHeader header = read(pet).header;
    return header.units + " " + header.suv_type;
  };
  EXPECT_EQ(header_in("g/ml{SUVbw}"), "GML BW");
  EXPECT_EQ(header_in("{SUVbw}g/ml"), "GML BW");
  EXPECT_EQ(header_in("{SUVlbm}g/ml"), "GML LBM");
  EXPECT_EQ(header_in("g/ml{SUVlbm(James128)}"), "GML LBMJAMES128");
  EXPECT_EQ(header_in("g/ml{SUVlbm(Janma)}"), "GML LBMJANMA");
  EXPECT_EQ(header_in("cm2/ml{SUVbsa}"), "CM2ML BSA");
  EXPECT_EQ(header_in("g/ml{SUVibw}"), "GML IBW");
  EXPECT_EQ(header_in("{propcounts}"), "PROPCNTS ");
  EXPECT_EQ(header_in("umol/min/ml"), "umol/min/ml ");  // no term: it will be refused by its name
}

TEST(EnhancedPetImage, SaysWhereItIsNotDecayCorrectedOrStatesBqForMBq) {
  EnhancedPet pet;
  pet.change = [](DcmDataset& data) {
    put(data, DCM_DecayCorrected, "NO");
    put(data, DCM_AttenuationCorrected, "NO");
    put(item_of(data, DCM_RadiopharmaceuticalInformationSequence), DCM_RadionuclideTotalDose, "185500000");
  };
  const test::TemporaryFolder folder;
  pet.write(folder / "a");
  const record::Series series = only_series(folder.path());
  EXPECT_EQ(series.role, record::SeriesRole::pet_nac);
  const record::PetHeader header = read_pet_header(series);
  EXPECT_EQ(header.decay_correction, "NONE");
  EXPECT_FALSE(header.decay_corrected_to);
  EXPECT_EQ(header.total_dose, 185.5e6);
  ASSERT_EQ(header.problems.size(), 1u);
  EXPECT_EQ(header.problems[0].code, "dose_in_bq");
}

TEST(EnhancedPetImage, UsesTheAgentThatItsFramesName) {
  EnhancedPet pet;
  pet.change = [](DcmDataset& data) {
    DcmItem& second = item_of(data, DCM_RadiopharmaceuticalInformationSequence, 1);
    second.putAndInsertUint16(DCM_RadiopharmaceuticalAgentNumber, 2);
    put(second, DCM_RadionuclideTotalDose, "100");
    item_of(item_of(data, DCM_SharedFunctionalGroupsSequence), DCM_RadiopharmaceuticalUsageSequence)
        .putAndInsertUint16(DCM_RadiopharmaceuticalAgentNumber, 2);
  };
  const record::PetHeader header = read(pet).header;
  EXPECT_EQ(header.total_dose, 100e6);
  EXPECT_TRUE(header.problems.empty());
}

TEST(LegacyConvertedPet, FindsClassicAttributesAmongTheUnassigned) {
  EnhancedPet pet;
  pet.sop_class = UID_LegacyConvertedEnhancedPETImageStorage;
  pet.change = [](DcmDataset& data) {
    for (const DcmTagKey& tag :
         {DCM_DecayCorrected, DCM_DecayCorrectionDateTime, DCM_AttenuationCorrected, DCM_ScatterCorrected})
      data.findAndDeleteElement(tag);
    put(item_of(data, DCM_RadiopharmaceuticalInformationSequence), DCM_RadionuclideTotalDose, "185500000");
    DcmItem& shared = item_of(item_of(data, DCM_SharedFunctionalGroupsSequence),
                              DCM_UnassignedSharedConvertedAttributesSequence);
    put(shared, DCM_Units, "BQML");
    put(shared, DCM_DecayCorrection, "START");
    put(shared, DCM_CorrectedImage, "DECY\\ATTN\\SCAT");
    for (int f = 0; f < 4; ++f) {
      DcmItem& group = frame_group(data, f);
      group.findAndDeleteElement(DCM_RealWorldValueMappingSequence);
      DcmItem& rescale = item_of(group, DCM_PixelValueTransformationSequence);
      put(rescale, DCM_RescaleSlope, "2");
      put(rescale, DCM_RescaleIntercept, "0");
      put(item_of(group, DCM_UnassignedPerFrameConvertedAttributesSequence), DCM_FrameReferenceTime,
          std::to_string(1000 * f));
    }
  };
  const PetSeries read_series = read(pet);
  EXPECT_EQ(read_series.header.units, "BQML");
  EXPECT_EQ(read_series.header.decay_correction, "START");
  EXPECT_EQ(read_series.header.total_dose, 185.5e6);
  EXPECT_THAT(read_series.header.corrected_image, ElementsAre("DECY", "ATTN", "SCAT"));
  EXPECT_EQ(read_series.header.slices[3].frame_reference_time_ms, 3000);
  EXPECT_EQ(read_series.pixels[6], 200);
}

TEST(EnhancedPetImage, RefusesSeveralVolumesInOneByName) {
  EXPECT_EQ(refusal([](DcmDataset&) {}), "no error");
  EXPECT_EQ(refusal([](DcmDataset& data) {
              put(item_of(frame_group(data, 2), DCM_FrameContentSequence), DCM_StackID, "2");
            }),
            "several_stacks");
  EXPECT_EQ(refusal([](DcmDataset& data) {
              item_of(frame_group(data, 2), DCM_FrameContentSequence)
                  .putAndInsertUint32(DCM_TemporalPositionIndex, 2);
            }),
            "dynamic_series");
  EXPECT_EQ(refusal([](DcmDataset& data) {
              item_of(frame_group(data, 1), DCM_CardiacSynchronizationSequence)
                  .putAndInsertFloat32(DCM_NominalPercentageOfCardiacPhase, 50);
            }),
            "gated_series");
  EXPECT_EQ(refusal([](DcmDataset& data) {
              put(item_of(frame_group(data, 1), DCM_FrameContentSequence), DCM_RespiratoryCyclePosition,
                  "END_RESPIR");
            }),
            "gated_series");
}

TEST(EnhancedPetImage, RefusesAMissingFrame) {
  EXPECT_EQ(refusal([](DcmDataset& data) {
              for (const int f : {2, 3})
                put(item_of(frame_group(data, f), DCM_PlanePositionSequence), DCM_ImagePositionPatient,
                    "10\\20\\" + std::to_string(33 + 3 * f));
            }),
            "missing_slice");
}

TEST(EnhancedPetImage, RefusesFunctionalGroupsThatAreMissingOrContradictPixels) {
  const auto frames = [](const char* count) {
    return [count](DcmDataset& data) { put(data, DCM_NumberOfFrames, count); };
  };
  EXPECT_EQ(refusal(frames("5")), "frame_count_contradictory");
  EXPECT_EQ(refusal(frames("3")), "frame_count_contradictory");
  EXPECT_EQ(refusal(frames("0")), "frame_count_contradictory");
  EXPECT_EQ(refusal(frames("-4")), "frame_count_contradictory");
  EXPECT_EQ(refusal(frames("2147483647")), "frame_count_contradictory");
  EXPECT_EQ(
      refusal([](DcmDataset& data) { data.findAndDeleteElement(DCM_PerFrameFunctionalGroupsSequence); }),
      "multiframe_not_supported");
  EXPECT_EQ(refusal([](DcmDataset& data) { data.putAndInsertUint16(DCM_Rows, 3); }), "truncated_pixels");
  EXPECT_EQ(refusal([](DcmDataset& data) { data.putAndInsertUint16(DCM_Rows, 65535); }), "truncated_pixels");
  EXPECT_EQ(
      refusal([](DcmDataset& data) {
        item_of(data, DCM_SharedFunctionalGroupsSequence).findAndDeleteElement(DCM_PixelMeasuresSequence);
      }),
      "position_missing");
  EXPECT_EQ(
      refusal([](DcmDataset& data) { frame_group(data, 2).findAndDeleteElement(DCM_PlanePositionSequence); }),
      "position_missing");
  EXPECT_EQ(refusal([](DcmDataset& data) {
              frame_group(data, 2).findAndDeleteElement(DCM_RealWorldValueMappingSequence);
            }),
            "mixed_units");
  EXPECT_EQ(refusal([](DcmDataset& data) {
              for (int f = 0; f < 4; ++f)
                frame_group(data, f).findAndDeleteElement(DCM_RealWorldValueMappingSequence);
            }),
            "rescale_missing");
}

TEST(EnhancedPetImage, RefusesAMappingInPartsOrBeyondItsRange) {
  EXPECT_EQ(refusal([](DcmDataset& data) { put_mapping(frame_group(data, 1), 3, "Bq/ml", 1); }),
            "mapping_not_supported");
  EXPECT_EQ(refusal([](DcmDataset& data) {
              item_of(frame_group(data, 1), DCM_RealWorldValueMappingSequence)
                  .findAndDeleteElement(DCM_RealWorldValueSlope);
            }),
            "mapping_not_supported");
  EnhancedPet pet;
  pet.change = [](DcmDataset& data) {
    item_of(frame_group(data, 3), DCM_RealWorldValueMappingSequence)
        .putAndInsertUint16(DcmTag(DCM_RealWorldValueLastValueMapped, EVR_US), 304);
  };
  EXPECT_EQ(code_of([&] { read(pet); }), "value_not_mapped");
}

TEST(ClassicPet, OfSeveralFramesWithoutPlacesIsRefused) {
  const test::TemporaryFolder folder;
  test::TestSlice slice;
  slice.words.resize(3 * slice.pixels());
  slice.change = [](DcmDataset& data) { put(data, DCM_NumberOfFrames, "3"); };
  test::write_slice(folder / "a", slice);
  const record::Series series = only_series(folder.path());
  EXPECT_EQ(series.problems.at(0).code, "multiframe_not_supported");
  EXPECT_EQ(code_of([&] { read_pet(series, two_threads); }), "multiframe_not_supported");
}

TEST(ClassicPet, NamesADynamicOrGatedSeriesByWhatItSaysOfItself) {
  const auto refusal_of = [](const char* type) {
    const test::TemporaryFolder folder;
    auto slices = test::axial_series(3);
    const auto again = slices;
    slices.insert(slices.end(), again.begin(), again.end());
    for (test::TestSlice& slice : slices)
      slice.change = [type](DcmDataset& data) { put(data, DCM_SeriesType, type); };
    test::write_series(folder.path(), slices);
    return code_of([&] { read_pet(only_series(folder.path()), two_threads); });
  };
  EXPECT_EQ(refusal_of("DYNAMIC\\IMAGE"), "dynamic_series");
  EXPECT_EQ(refusal_of("GATED\\IMAGE"), "gated_series");
  EXPECT_EQ(refusal_of("STATIC\\IMAGE"), "duplicate_slice");
}

TEST(EnhancedCt, IsReadAsHounsfieldUnits) {
  EnhancedPet ct;
  ct.sop_class = UID_EnhancedCTImageStorage;
  ct.change = [](DcmDataset& data) {
    put(data, DCM_Modality, "CT");
    put(data, DCM_ContrastBolusAgent, "");
    put_code(data, DCM_ContrastBolusAgentSequence, "iohexol");
    DcmItem& rescale =
        item_of(item_of(data, DCM_SharedFunctionalGroupsSequence), DCM_PixelValueTransformationSequence);
    put(rescale, DCM_RescaleSlope, "1");
    put(rescale, DCM_RescaleIntercept, "-1000");
  };
  const test::TemporaryFolder folder;
  ct.write(folder / "a");
  const record::Series series = only_series(folder.path());
  EXPECT_EQ(series.role, record::SeriesRole::ct);
  EXPECT_EQ(series.ct->contrast_agent, "iohexol");
  const auto volume = read_ct(series, two_threads);
  EXPECT_EQ(volume.geometry().size, (std::array{3, 2, 4}));
  EXPECT_EQ(volume[0], -1000);
  EXPECT_EQ(volume[23], -695);
}

}  // namespace
}  // namespace netpet::dicom
