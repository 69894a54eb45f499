"""The DICOM objects of a reading: valid, of the right patient and study, and equal to the other outputs."""
import shutil
import subprocess

import numpy
import pydicom
import pytest

from conftest import dicom_files, run_netpet
from nifti import read_nifti

ROLES = ["sstr", "fdg"]


@pytest.fixture(scope="module")
def objects(reading):
    return {path.name: pydicom.dcmread(path) for path in sorted((reading[0] / "dicom").iterdir())}


def segments_of(seg):
    """{label: {(x, y, z) of each voxel in LPS, 0.1 mm}} from the frames alone."""
    bits = numpy.unpackbits(numpy.frombuffer(seg.PixelData, numpy.uint8), bitorder="little")
    size = seg.Rows * seg.Columns
    shared = seg.SharedFunctionalGroupsSequence[0]
    row_step, column_step = map(float, shared.PixelMeasuresSequence[0].PixelSpacing)
    directions = numpy.array(shared.PlaneOrientationSequence[0].ImageOrientationPatient, float).reshape(2, 3)
    labels = {item.SegmentNumber: item.SegmentLabel for item in seg.SegmentSequence}
    found = {label: set() for label in labels.values()}
    for number, groups in enumerate(seg.PerFrameFunctionalGroupsSequence):
        origin = numpy.array(groups.PlanePositionSequence[0].ImagePositionPatient, float)
        rows, columns = numpy.nonzero(bits[number * size:(number + 1) * size].reshape(seg.Rows, seg.Columns))
        points = origin + columns[:, None] * column_step * directions[0] + rows[:, None] * row_step * directions[1]
        label = labels[groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber]
        found[label] |= {tuple(point) for point in numpy.rint(points * 10).astype(int)}
    return found


@pytest.mark.skipif(not shutil.which("dciodvfy"), reason="NOT TESTED: dciodvfy (dicom3tools) is not installed")
def test_a_validator_finds_no_error(reading):
    for path in sorted((reading[0] / "dicom").iterdir()):
        done = subprocess.run(["dciodvfy", "-new", path], capture_output=True, text=True)
        errors = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("Error")]
        assert not errors, (path.name, errors)


@pytest.mark.parametrize("role", ROLES)
def test_segments_are_the_lesions_of_the_reading(reading, objects, role):
    """Voxel for voxel those of the NIfTI, and named, numbered and followed as in reading.json."""
    folder, document = reading
    seg = objects[f"seg_lesions_{role}.dcm"]
    volume, affine = read_nifti(folder / "volumes" / f"lesions_{role}.nii.gz")
    expected = {}
    for label in numpy.unique(volume[volume > 0]):
        points = numpy.argwhere(volume == label) @ affine[:3, :3].T + affine[:3, 3]
        expected[f"L{label}"] = {tuple(point) for point in numpy.rint(points * 10).astype(int)}
    assert segments_of(seg) == expected
    lesions = {lesion["id"]: lesion for lesion in document["lesions"]}
    for item in seg.SegmentSequence:
        assert item.TrackingUID == lesions[item.SegmentLabel]["tracking_uid"]
        assert item.TrackingID == item.SegmentLabel
    outlined = [name for name, lesion in lesions.items() if lesion["uptake"][role]["outlined"]]
    assert [item.SegmentLabel for item in seg.SegmentSequence] == outlined


@pytest.mark.parametrize("role", ROLES)
def test_reference_regions_have_the_volume_and_place_of_the_reading(reading, objects, role):
    references = reading[1]["references"][role]
    seg = objects[f"seg_references_{role}.dcm"]
    voxel_ml = numpy.prod(reading[1]["scans"][role]["voxel_mm"]) / 1000
    segments = segments_of(seg)
    assert set(segments) == {name for name, reference in references.items() if reference}
    for name, points in segments.items():
        assert len(points) * voxel_ml == pytest.approx(references[name]["volume_ml"], rel=1e-4)
        assert numpy.mean(list(points), axis=0) / 10 == pytest.approx(references[name]["centroid_lps_mm"], abs=0.06)


def test_objects_belong_to_the_patient_and_point_at_the_images(phantom, objects):
    images = {role: {d.SOPInstanceUID: d for d in (pydicom.dcmread(path, stop_before_pixels=True)
                                                   for path in dicom_files(phantom() / role / "pet"))} for role in ROLES}
    for name, made in objects.items():
        role = "fdg" if name.endswith("fdg.dcm") else "sstr"
        source = next(iter(images[role].values()))
        for keyword in ("PatientID", "PatientName", "PatientBirthDate", "PatientSex", "StudyInstanceUID", "StudyDate"):
            assert made[keyword].value == source[keyword].value, (name, keyword)
        assert made.SeriesInstanceUID != source.SeriesInstanceUID
        if made.Modality == "SEG":
            assert made.FrameOfReferenceUID == source.FrameOfReferenceUID
            for groups in made.PerFrameFunctionalGroupsSequence:
                image = images[role][groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID]
                assert groups.PlanePositionSequence[0].ImagePositionPatient == image.ImagePositionPatient
    series = [made.SeriesInstanceUID for made in objects.values()]
    assert len(set(series)) == len(series)


def test_a_repeated_run_writes_the_same_objects(reading, one_thread):
    names = sorted(path.name for path in (reading[0] / "dicom").iterdir())
    assert names == sorted(path.name for path in (one_thread[0] / "dicom").iterdir())
    for name in names:
        assert (reading[0] / "dicom" / name).read_bytes() == (one_thread[0] / "dicom" / name).read_bytes(), name


def test_written_objects_are_recognised(reading):
    outcome = run_netpet("inspect", reading[0] / "dicom", "--json")
    assert outcome.status == 0, outcome.err
    document = outcome.document
    assert not document["unreadable"]
    assert len(document["patients"]) == 1
    roles = sorted(series["role"] for study in document["patients"][0]["studies"] for series in study["series"])
    assert roles.count("seg") == 4 and roles.count("rwvm") == 2
