#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dicom/catalogue.h"
#include "dicom/write_seg.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using testing::ElementsAre;

record::Series only_series(const std::filesystem::path& folder) {
  return scan_folder(folder, base::Run()).patients.at(0).studies.at(0).series.at(0);
}

class WriteSeg : public ::testing::Test {
 protected:
  void SetUp() override { test::write_series(folder_ / "pet", test::axial_series(4)); }

  SourceSeries source() const { return source_series(only_series(folder_ / "pet"), base::Run()); }

  static Segmentation two_segments() {
    Segmentation made;
    made.series_description = "lesions";
    made.content_label = "LESIONS";
    made.series_number = 9;
    // The grid has 5 × 4 voxels a slice: the first segment lies in slices 1 and 2, the second in slice 2.
    made.segments.push_back({"L1",
                             "liver",
                             "2.25.7",
                             {"49755003", "SCT", "Morphologically Abnormal Structure"},
                             {"52988006", "SCT", "Lesion"},
                             record::Code{"10200004", "SCT", "Liver"},
                             {255, 0, 0},
                             {20, 39, 40}});
    made.segments.push_back({"liver",
                             "",
                             "",
                             {"309825002", "SCT", "Spatial and Relational Concept"},
                             {"C94970", "NCIt", "Reference Region"},
                             std::nullopt,
                             {255, 255, 255},
                             {47}});
    return made;
  }

  WrittenObject write(const Segmentation& what) const {
    return write_seg(what, source(), folder_ / "seg.dcm");
  }

  DcmDataset& written() {
    EXPECT_TRUE(format_.loadFile((folder_ / "seg.dcm").c_str()).good());
    return *format_.getDataset();
  }

  test::TemporaryFolder folder_;
  DcmFileFormat format_;
};

std::string text(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  item.findAndGetOFStringArray(tag, value);
  return value.c_str();
}

DcmItem& item_of(DcmItem& holder, const DcmTagKey& sequence, signed long number = 0) {
  DcmItem* item = nullptr;
  EXPECT_TRUE(holder.findAndGetSequenceItem(sequence, item, number).good()) << sequence.toString();
  return *item;
}

TEST_F(WriteSeg, EachFrameLiesWhereItsSourceImageLies) {
  write(two_segments());
  DcmDataset& seg = written();
  EXPECT_EQ(text(seg, DCM_NumberOfFrames), "3");
  EXPECT_EQ(text(seg, DCM_StudyInstanceUID), "1.2.3");
  EXPECT_EQ(text(seg, DCM_PatientName), "DOE^JANE");
  EXPECT_EQ(text(seg, DCM_FrameOfReferenceUID), "1.2.3.9");
  std::vector<std::string> places, segments, images;
  for (signed long frame = 0; frame < 3; ++frame) {
    DcmItem& groups = item_of(seg, DCM_PerFrameFunctionalGroupsSequence, frame);
    places.push_back(text(item_of(groups, DCM_PlanePositionSequence), DCM_ImagePositionPatient));
    segments.push_back(text(item_of(groups, DCM_SegmentIdentificationSequence), DCM_ReferencedSegmentNumber));
    DcmItem& derivation = item_of(groups, DCM_DerivationImageSequence);
    images.push_back(text(item_of(derivation, DCM_SourceImageSequence), DCM_ReferencedSOPInstanceUID));
  }
  EXPECT_THAT(places, ElementsAre("-10\\-20\\3", "-10\\-20\\6", "-10\\-20\\6"));
  EXPECT_THAT(segments, ElementsAre("1", "1", "2"));
  const auto of_slice = source().images;
  EXPECT_THAT(images, ElementsAre(of_slice[1].sop_instance_uid, of_slice[2].sop_instance_uid,
                                  of_slice[2].sop_instance_uid));
}

TEST_F(WriteSeg, PixelsAreBitsWithoutGapsBetweenFrames) {
  write(two_segments());
  const Uint8* bytes = nullptr;
  unsigned long count = 0;
  ASSERT_TRUE(written().findAndGetUint8Array(DCM_PixelData, bytes, &count).good());
  ASSERT_EQ(count, 8u);  // 3 frames of 20 bits, and even
  std::vector<unsigned> set;
  for (unsigned bit = 0; bit < 64; ++bit)
    if ((bytes[bit / 8] >> (bit % 8) & 1U) != 0) set.push_back(bit);
  EXPECT_THAT(set, ElementsAre(0u, 19u, 20u, 47u));
}

TEST_F(WriteSeg, ASegmentSaysWhatItIsAndIsFollowedByItsUid) {
  write(two_segments());
  DcmDataset& seg = written();
  DcmItem& lesion = item_of(seg, DCM_SegmentSequence, 0);
  EXPECT_EQ(text(lesion, DCM_SegmentNumber), "1");
  EXPECT_EQ(text(lesion, DCM_SegmentLabel), "L1");
  EXPECT_EQ(text(lesion, DCM_TrackingUID), "2.25.7");
  EXPECT_EQ(text(item_of(lesion, DCM_AnatomicRegionSequence), DCM_CodeValue), "10200004");
  DcmItem& reference = item_of(seg, DCM_SegmentSequence, 1);
  EXPECT_FALSE(reference.tagExists(DCM_TrackingUID));
  EXPECT_FALSE(reference.tagExists(DCM_AnatomicRegionSequence));
}

TEST_F(WriteSeg, TheSameContentIsTheSameObjectAndAnotherContentIsAnother) {
  const WrittenObject first = write(two_segments());
  const std::string bytes = test::read_bytes(folder_ / "seg.dcm");
  EXPECT_EQ(write(two_segments()).sop_instance_uid, first.sop_instance_uid);
  EXPECT_EQ(test::read_bytes(folder_ / "seg.dcm"), bytes);
  Segmentation changed = two_segments();
  changed.segments[1].voxels = {48};
  const WrittenObject other = write(changed);
  EXPECT_NE(other.sop_instance_uid, first.sop_instance_uid);
  EXPECT_NE(other.series_uid, first.series_uid);
  EXPECT_EQ(other.study_uid, first.study_uid);
}

TEST_F(WriteSeg, WhatIsNotValidInTheSourceIsLeftEmpty) {
  auto slices = test::axial_series(2);
  for (test::TestSlice& slice : slices)
    slice.change = [](DcmDataset& data) {
      data.putAndInsertString(DCM_PatientSex, "FEMALE");
      data.putAndInsertString(DCM_PatientBirthDate, "1958-04");
      data.putAndInsertString(DCM_FrameOfReferenceUID, "");
    };
  test::write_series(folder_ / "odd", slices);
  Segmentation one = two_segments();
  one.segments.pop_back();
  one.segments[0].voxels = {0};
  write_seg(one, source_series(only_series(folder_ / "odd"), base::Run()), folder_ / "seg.dcm");
  DcmDataset& seg = written();
  EXPECT_EQ(text(seg, DCM_PatientSex), "");
  EXPECT_EQ(text(seg, DCM_PatientBirthDate), "");
  EXPECT_TRUE(text(seg, DCM_FrameOfReferenceUID).starts_with("2.25."));
}

/// CIELab of sRGB primaries under D50 (B. Lindbloom, www.brucelindbloom.com, Bradford adaptation).
TEST(DisplayColour, IsCielabUnderD50) {
  const auto lab_of = [](Rgb colour) {
    const auto coded = display_cielab(colour);
    return std::vector<double>{coded[0] * 100 / 65535.0, coded[1] * 255 / 65535.0 - 128,
                               coded[2] * 255 / 65535.0 - 128};
  };
  const auto near = [](double value) { return testing::DoubleNear(value, 0.05); };
  EXPECT_THAT(lab_of({255, 255, 255}), ElementsAre(near(100), near(0), near(0)));
  EXPECT_THAT(lab_of({0, 0, 0}), ElementsAre(near(0), near(0), near(0)));
  EXPECT_THAT(lab_of({255, 0, 0}), ElementsAre(near(54.29), near(80.81), near(69.89)));
  EXPECT_THAT(lab_of({0, 0, 255}), ElementsAre(near(29.57), near(68.30), near(-112.03)));
}

}  // namespace
}  // namespace netpet::dicom
