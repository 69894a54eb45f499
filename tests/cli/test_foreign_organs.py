"""An organ map by others – other numbers, or a Segmentation with codes and names – gives the reading of the same map in our numbers."""
import copy
import json

import numpy
import pydicom
import pytest

from conftest import ROOT, run_netpet
from nifti import read_nifti, write_nifti

NAMES = {number: name for name, number in json.loads((ROOT / "data" / "organ_names.json").read_text())["organs"].items()}
CODED = {1: ("78961009", "Spleen", None), 2: ("64033007", "Kidney", "24028007"), 3: ("64033007", "Kidney", "7771000"),
         5: ("10200004", "Liver", None), 52: ("15825003", "Aorta", None)}


def read(patient, out, *options):
    return run_netpet("read", "--sstr", patient / "sstr", "--out", out, *options, "--json", "--quiet")


@pytest.fixture(scope="module")
def usual(phantom, tmp_path_factory):
    patient = phantom()
    organs = patient / "truth" / "organs.nii.gz"
    done = read(patient, tmp_path_factory.mktemp("usual") / "out", "--organs", organs)
    assert done.status == 0, done.err
    return patient, *read_nifti(organs), done.document


def numbers_of(document):
    lesions = [(lesion["id"], lesion["site"], lesion["status"], lesion["uptake"]["sstr"]["suvpeak"]) for lesion in document["lesions"]]
    return lesions, {name: one["mean"] for name, one in document["references"]["sstr"].items()}, document["headline"]


def test_numbers_of_another_version_are_read_by_its_name(usual, tmp_path):
    patient, labels, affine, document = usual
    first = {name: int(number) for number, name in
             json.loads((ROOT / "data" / "organ_numberings.json").read_text())["numberings"]["totalsegmentator_v1"].items() if name != "heart"}
    assert first["liver"] == 5 and first["aorta"] == 7 and first["urinary_bladder"] == 104
    # Version 1 has no name for these; the heart has five parts there, of which one will do.
    renumbered = numpy.zeros(labels.shape)
    for number in numpy.unique(labels[labels > 0]):
        name = NAMES[number]
        renumbered[labels == number] = 44 if name == "heart" else first.get(name, 200 + number)
    file = write_nifti(tmp_path / "v1.nii", renumbered, affine)
    done = read(patient, tmp_path / "out", "--organs", file, "--organ-labels", "totalsegmentator_v1")
    assert done.status == 0, done.err
    references = numbers_of(done.document)[1]
    for organ in ("liver", "spleen", "blood_pool"):
        assert references[organ] == numbers_of(document)[1][organ]


def code(value, meaning):
    item = pydicom.Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "SCT", meaning
    return item


def segmentation(labels, affine, frame, file):
    """A label map Segmentation of axial slices; the large organs have a code alone, the others their name."""
    image = pydicom.dcmread(ROOT / "tests" / "fixtures" / "masks" / "highdicom_label_map.dcm")
    first, template = image.PerFrameFunctionalGroupsSequence[0], image.SegmentSequence[1]
    numbers = [int(number) for number in numpy.unique(labels) if number]
    image.SegmentSequence, image.PerFrameFunctionalGroupsSequence = [], []
    for segment_number, number in enumerate(numbers, 1):
        segment = copy.deepcopy(template)
        value, meaning, side = CODED.get(number, ("91723000", "Anatomical Structure", None))
        segment.SegmentNumber, segment.SegmentLabel = segment_number, f"part {segment_number}" if number in CODED else NAMES[number]
        segment.SegmentedPropertyTypeCodeSequence = [code(value, meaning)]
        if side:
            segment.SegmentedPropertyTypeCodeSequence[0].SegmentedPropertyTypeModifierCodeSequence = [code(side, "side")]
        image.SegmentSequence.append(segment)
    for k in range(labels.shape[2]):
        place = copy.deepcopy(first)
        place.PlanePositionSequence[0].ImagePositionPatient = [float(round(c, 6)) for c in (affine @ [0, 0, k, 1])[:3]]
        image.PerFrameFunctionalGroupsSequence.append(place)
    measures = image.SharedFunctionalGroupsSequence[0]
    step = [float(numpy.linalg.norm(affine[:3, axis])) for axis in range(3)]
    measures.PixelMeasuresSequence[0].PixelSpacing = [step[1], step[0]]
    measures.PixelMeasuresSequence[0].SliceThickness = measures.PixelMeasuresSequence[0].SpacingBetweenSlices = step[2]
    measures.PlaneOrientationSequence[0].ImageOrientationPatient = [*(affine[:3, 0] / step[0]), *(affine[:3, 1] / step[1])]
    image.FrameOfReferenceUID, image.NumberOfFrames = frame, labels.shape[2]
    image.Columns, image.Rows = labels.shape[:2]
    image.PixelData = numpy.searchsorted([0, *numbers], labels).astype("u1").transpose(2, 1, 0).tobytes()
    image.save_as(file)
    return file


def test_a_segmentation_says_itself_what_is_what(usual, tmp_path):
    patient, labels, affine, document = usual
    ct = pydicom.dcmread(next(path for path in (patient / "sstr").rglob("*") if path.is_file()), stop_before_pixels=True)
    file = segmentation(labels, affine, ct.FrameOfReferenceUID, tmp_path / "organs.dcm")
    done = read(patient, tmp_path / "out", "--organs", file)
    assert done.status == 0, done.err
    assert numbers_of(done.document) == numbers_of(document)
    assert not {"organ_ids_unknown", "organ_liver_missing"} & {warning["code"] for warning in done.document["scans"]["sstr"]["warnings"]}

    elsewhere = read(patient, tmp_path / "elsewhere", "--organs", segmentation(labels, affine, "1.2.3", tmp_path / "other.dcm"))
    assert (elsewhere.status, elsewhere.error["code"]) == (3, "mask_frame") and not (tmp_path / "elsewhere").exists()


def test_a_numbering_that_nobody_knows_is_refused_before_the_work(usual, tmp_path):
    patient = usual[0]
    done = read(patient, tmp_path / "out", "--organs", patient / "truth" / "organs.nii.gz", "--organ-labels", "totalsegmentator_v7")
    assert (done.status, done.error["code"]) == (3, "organ_labels_unknown") and "totalsegmentator_v1" in done.error["message"]
    assert not (tmp_path / "out").exists()
