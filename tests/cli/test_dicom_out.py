"""The DICOM objects of a reading: valid, of the right patient and study, and equal to the other outputs."""
import json
import shutil
import subprocess

import numpy
import pydicom
import pytest
from PIL import Image

from conftest import dicom_files, run_netpet
from contours import mask_of
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
def test_contours_hold_the_same_voxels(reading, objects, role):
    structure_set = objects[f"rtstruct_lesions_{role}.dcm"]
    volume, affine = read_nifti(reading[0] / "volumes" / f"lesions_{role}.nii.gz")
    regions = {roi.ROIName for roi in structure_set.StructureSetROISequence}
    assert regions == {f"L{label}" for label in numpy.unique(volume[volume > 0])}
    for name in regions:
        assert (mask_of(structure_set, name, volume.shape, affine) == (volume == int(name[1:]))).all(), name


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


def name_of(item):
    """The code of what an item is: of more than 16 characters it has an attribute of its own."""
    name = item.ConceptNameCodeSequence[0]
    return name.get("CodeValue") or name.LongCodeValue


def items(holder, meaning):
    return [item for item in holder.get("ContentSequence", []) if item.get("ConceptNameCodeSequence")
            and item.ConceptNameCodeSequence[0].CodeMeaning == meaning]


def shown(item):
    """What stands in an item, without its name."""
    if item.ValueType == "NUM":
        if not item.MeasuredValueSequence:
            assert item.NumericValueQualifierCodeSequence[0].CodeValue == "114008"
            return {"not_computable": shown(items(item, "Comment")[0])}
        return str(item.MeasuredValueSequence[0].NumericValue.original_string)
    return {"TEXT": lambda: item.TextValue, "UIDREF": lambda: item.UID,
            "CODE": lambda: item.ConceptCodeSequence[0].CodeMeaning}[item.ValueType]()


def only(holder, meaning):
    found = items(holder, meaning)
    assert len(found) == 1, (meaning, len(found))
    return shown(found[0])


def measured(group):
    """The numbers of a group by name, with their modifiers: {("SUVbw", "Maximum"): "12.3"}."""
    numbers = {}
    for item in group.ContentSequence:
        if item.ValueType == "NUM":
            modifiers = [part.ConceptCodeSequence[0].CodeMeaning for part in item.get("ContentSequence", [])
                         if part.RelationshipType == "HAS CONCEPT MOD"]
            key = (item.ConceptNameCodeSequence[0].CodeMeaning, *modifiers)
            assert key not in numbers
            numbers[key] = shown(item)
    return numbers


def printed(numbers):
    """Numbers as reading.json prints them; what does not apply is left out."""
    return {key: value if isinstance(value, dict) else json.dumps(value) for key, value in numbers.items() if value is not None}


RATIO, PEAK = "Lesion to Background SUV Ratio", "Peak Value Within ROI"
BY_VOXELS = "Sum of segmented voxel method for volume"


def expected_of_lesion(lesion, role):
    uptake = lesion["uptake"][role]
    total = "Total Lesion Glycolysis" if role == "fdg" else "Volume times mean SUVbw of a receptor tracer"
    return printed({("SUVbw", "Maximum"): uptake["suvmax"], ("SUVbw", PEAK): uptake["suvpeak"],
                    ("SUVbw", "Mean"): uptake["suvmean"], ("Volume", BY_VOXELS): uptake["volume_ml"],
                    (total,): uptake["total_uptake"], (RATIO, PEAK, "Liver"): uptake["to_liver"],
                    (RATIO, PEAK, "Spleen"): uptake["to_spleen"], (RATIO, PEAK, "Aorta"): uptake["to_blood_pool"],
                    ("Long axis",): lesion["size_mm"]})


def expected_of_reference(reference):
    return printed({("SUVbw", "Mean"): reference["mean"], ("SUVbw", "Standard Deviation"): reference["sd"],
                    ("SUVbw", "Maximum"): reference["max"], ("Volume", BY_VOXELS): reference["volume_ml"]})


@pytest.fixture(scope="module")
def groups(objects):
    (measurements,) = items(objects["sr.dcm"], "Imaging Measurements")
    return items(measurements, "Measurement Group")


@pytest.mark.parametrize("role", ROLES)
def test_the_report_has_the_numbers_of_the_reading_to_the_last_digit(reading, objects, groups, role):
    mapping = objects[f"rwvm_{role}.dcm"].SOPInstanceUID
    segs = {kind: objects[f"seg_{kind}_{role}.dcm"] for kind in ("lesions", "references")}
    found = {}
    for group in groups:
        used = items(group, "Real World Value Map used for measurement")
        if not used or used[0].ReferencedSOPSequence[0].ReferencedSOPInstanceUID != mapping:
            continue
        identifier = only(group, "Tracking Identifier")
        found[identifier] = measured(group)
        for item in items(group, "Referenced Segment"):
            target = item.ReferencedSOPSequence[0]
            seg = next(s for s in segs.values() if s.SOPInstanceUID == target.ReferencedSOPInstanceUID)
            assert seg.SegmentSequence[target.ReferencedSegmentNumber - 1].SegmentLabel == identifier
    lesions = {lesion["id"]: expected_of_lesion(lesion, role) for lesion in reading[1]["lesions"]}
    references = {name: expected_of_reference(reference)
                  for name, reference in reading[1]["references"][role].items() if reference}
    assert found == lesions | references


def test_the_report_names_lesions_and_judges_them_as_the_reading_does(reading, groups):
    lesions = {lesion["tracking_uid"]: lesion for lesion in reading[1]["lesions"]}
    seen = 0
    for group in groups:
        lesion = lesions.get(only(group, "Tracking Unique Identifier"))
        if lesion is None:
            continue
        seen += 1
        assert only(group, "Tracking Identifier") == lesion["id"]
        assert only(group, "Status") == lesion["status"]
        for meaning, key in (("Uptake on both tracers", "pattern"), ("NETPET pattern of the lesion", "netpet_pattern")):
            assert [shown(item) for item in items(group, meaning)] == [lesion[key]] * (lesion[key] is not None)
        assert bool(items(group, "The patient's grade hangs on this lesion")) == lesion["decides"]
        if isinstance(lesion["krenning"], int):
            assert only(group, "Krenning score, modified for PET") == str(lesion["krenning"])
    assert seen == 2 * len(lesions)


def test_the_report_has_every_grade_and_is_not_verified(reading, objects):
    report = objects["sr.dcm"]
    assert report.VerificationFlag == "UNVERIFIED" and "VerifyingObserverSequence" not in report
    assert report.CodingSchemeIdentificationSequence[0].CodingSchemeDesignator == "99NETPET"
    (evaluations,) = items(report, "Qualitative Evaluations")
    assert only(evaluations, "Headline") == reading[1]["headline"]
    assert "research use only" in only(evaluations, "Intended use").lower()
    by_scale = {name_of(item): item for item in evaluations.ContentSequence}
    for scale, grade in reading[1]["grades"].items():
        if isinstance(grade["value"], str):
            assert shown(by_scale[scale]) == grade["value"], scale
            if grade["suitability"]:
                assert only(by_scale[scale], "Suitability") == grade["suitability"]
    (measurements,) = items(report, "Imaging Measurements")
    (burden,) = [group for group in items(measurements, "Measurement Group")
                 if only(group, "Tracking Identifier") == "tumour burden"]
    numbers = {name_of(item): shown(item) for item in burden.ContentSequence
               if item.ValueType == "NUM"}
    sums = {key: value for key, value in reading[1]["burden"].items() if not isinstance(value, dict)}
    assert numbers == printed(sums)


def test_the_document_and_the_pictures_are_those_of_the_reading(reading, objects):
    document = objects["report.dcm"]
    assert document.EncapsulatedDocument[:document.EncapsulatedDocumentLength] == (reading[0] / "report.pdf").read_bytes()
    assert document.MIMETypeOfEncapsulatedDocument == "application/pdf"
    for role in ROLES:
        capture = objects[f"mip_{role}.dcm"]
        picture = numpy.asarray(Image.open(reading[0] / "images" / f"mip_{role}.png").convert("RGB"))
        assert (capture.pixel_array == picture).all()


def test_everything_that_the_report_refers_to_is_its_evidence(objects):
    report = objects["sr.dcm"]
    evidence = {item.ReferencedSOPInstanceUID for sequence in ("CurrentRequestedProcedureEvidenceSequence",
                                                               "PertinentOtherEvidenceSequence")
                for study in report[sequence].value for series in study.ReferencedSeriesSequence
                for item in series.ReferencedSOPSequence}
    referenced = {item.ReferencedSOPInstanceUID for part in report.iterall() if part.tag == 0x00081199
                  for item in part.value}
    assert referenced == evidence
    assert {made.SOPInstanceUID for made in objects.values() if made.Modality in ("SEG", "RWV")} <= evidence


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
    assert roles.count("seg") == 4 and roles.count("rtstruct") == 2 and roles.count("rwvm") == 2 and roles.count("sr") == 1
