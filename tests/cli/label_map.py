"""Writes a label map Segmentation on the slices of a series, as highdicom does: the background has a segment of its own."""
import numpy
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"


def item(**attributes):
    dataset = Dataset()
    for name, value in attributes.items():
        setattr(dataset, name, value)
    return dataset


def code(value, scheme, meaning):
    return [item(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)]


def described(number, label):
    if number == 0:
        kind = code("125040", "DCM", "Background")
        return item(SegmentNumber=0, SegmentLabel="Background", SegmentAlgorithmType="AUTOMATIC",
                    SegmentedPropertyCategoryCodeSequence=kind, SegmentedPropertyTypeCodeSequence=kind)
    return item(SegmentNumber=number, SegmentLabel=label, SegmentAlgorithmType="MANUAL",
                SegmentedPropertyCategoryCodeSequence=code("49755003", "SCT", "Morphologically Altered Structure"),
                SegmentedPropertyTypeCodeSequence=code("52988006", "SCT", "Lesion"))


def write_label_map(path, labels, slices):
    """`labels` by [slice, row, column] on `slices`, the headers of the series in the same order."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = LABEL_MAP, generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    one = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    one.SOPClassUID, one.SOPInstanceUID, one.Modality = LABEL_MAP, meta.MediaStorageSOPInstanceUID, "SEG"
    for name in ("PatientID", "PatientName", "StudyInstanceUID", "FrameOfReferenceUID"):
        setattr(one, name, getattr(slices[0], name))
    one.SeriesInstanceUID = generate_uid()
    one.ImageType, one.SegmentationType = ["DERIVED", "PRIMARY"], "LABELMAP"
    one.NumberOfFrames, one.Rows, one.Columns = labels.shape
    one.SamplesPerPixel, one.PhotometricInterpretation, one.PixelPaddingValue = 1, "MONOCHROME2", 0
    one.BitsAllocated, one.BitsStored, one.HighBit, one.PixelRepresentation = 8, 8, 7, 0
    one.SegmentSequence = [described(number, f"lesion {number}") for number in numpy.unique(labels).tolist()]
    one.SharedFunctionalGroupsSequence = [item(
        PlaneOrientationSequence=[item(ImageOrientationPatient=slices[0].ImageOrientationPatient)],
        PixelMeasuresSequence=[item(PixelSpacing=slices[0].PixelSpacing, SliceThickness=slices[0].SliceThickness)])]
    one.PerFrameFunctionalGroupsSequence = [
        item(PlanePositionSequence=[item(ImagePositionPatient=header.ImagePositionPatient)]) for header in slices]
    one.PixelData = labels.astype("u1").tobytes()
    one.save_as(path, write_like_original=False)
    return path
