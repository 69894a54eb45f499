"""A PET series of a few pixels, as sound as a scanner writes it, for tests that damage it."""
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

PET_IMAGE = "1.2.840.10008.5.1.4.1.1.128"
ROOT_UID = "1.2.826.0.1.3680043.9999.7."
STORED, SIDE = 1000, 8


def code(value, scheme, meaning):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


def radiopharmaceutical():
    item = Dataset()
    item.Radiopharmaceutical = "FDG"
    item.RadiopharmaceuticalStartDateTime = "20250101100000"
    item.RadionuclideTotalDose = "368080000"
    item.RadionuclideHalfLife = "6586.2"
    item.RadionuclideCodeSequence = [code("77004003", "SCT", "^18^Fluorine")]
    return item


def slice_of(number, slices):
    """The sound slice: 70 kg, 1.75 m, man; 368.08 MBq of F-18 an hour before the scan; every stored value is 1000, slope 2."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = PET_IMAGE
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = f"{ROOT_UID}3.{number + 1}"
    dataset.is_little_endian, dataset.is_implicit_VR = True, False
    dataset.ImageType = ["ORIGINAL", "PRIMARY"]
    dataset.StudyDate = dataset.SeriesDate = dataset.AcquisitionDate = "20250101"
    dataset.StudyTime = dataset.SeriesTime = dataset.AcquisitionTime = "110000"
    dataset.Modality = "PT"
    dataset.Manufacturer = "SIEMENS"
    dataset.PatientName, dataset.PatientID = "Tiny^Test", "TINY"
    dataset.PatientBirthDate, dataset.PatientSex = "19600101", "M"
    dataset.PatientWeight, dataset.PatientSize = "70", "1.75"
    dataset.SliceThickness = "4"
    dataset.ActualFrameDuration = "300000"
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = ROOT_UID + "1", ROOT_UID + "2"
    dataset.FrameOfReferenceUID = ROOT_UID + "4"
    dataset.ImagePositionPatient = [-16, -16, 4 * number]
    dataset.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.Rows = dataset.Columns = SIDE
    dataset.PixelSpacing = [4, 4]
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 16, 15, 1
    dataset.CorrectedImage = ["NORM", "DTIM", "ATTN", "SCAT", "DECY", "RAN"]
    dataset.RescaleIntercept, dataset.RescaleSlope = "0", "2"
    dataset.RadiopharmaceuticalInformationSequence = [radiopharmaceutical()]
    dataset.NumberOfSlices = slices
    dataset.SeriesType = ["WHOLE BODY", "IMAGE"]
    dataset.Units, dataset.CountsSource, dataset.DecayCorrection = "BQML", "EMISSION", "START"
    dataset.FrameReferenceTime = "149605.344"
    dataset.PixelData = STORED.to_bytes(2, "little") * SIDE * SIDE
    return dataset


def write(folder, datasets):
    """Writes the data sets as files 000.dcm, 001.dcm …; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, dataset in enumerate(datasets):
        paths.append(folder / f"{number:03}.dcm")
        pydicom.dcmwrite(paths[-1], dataset, write_like_original=False)
    return paths
