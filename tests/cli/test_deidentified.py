"""`read --deidentified`: what tells whose a scan is stands in no byte of any output, and the numbers stay."""
import gzip
import json
import re
import subprocess
import zlib

import numpy
import pydicom
import pytest
from conftest import copy_of, dicom_files, edit, validate
from nifti import read_nifti

NAME, ID = "Plantedname^Hildegard", "MRN4711998"
# Each of them stands somewhere in the input; none may be found in the output, in either case.
PLANTED = ["plantedname", "hildegard", "mrn4711998", "plantedhospital", "plantedreferrer", "plantedphysician", "plantedstation", "plantednote",
           "plantedstudy", "plantedseries", "plantedprotocol", "plantedprivate", "plantedagent", "plantedacc", "plantedreader",
           "plantedimpression", "plantedreason", "plantedmarker", "plantedgene", "plantedsite", "plantedfolder", "plantedfile",
           "plantedkernel", "plantedoperator", "plantedaddress", "plantedmodel", "plantedcoil"]


def plant(dataset):
    dataset.PatientName, dataset.PatientID, dataset.PatientBirthDate = NAME, ID, "19510309"
    dataset.OtherPatientIDs, dataset.PatientAddress, dataset.PatientComments = "MRN4711998X", "Plantedaddress 7", "Plantednote in a comment"
    dataset.InstitutionName, dataset.ReferringPhysicianName = "Plantedhospital", "Plantedreferrer^A"
    dataset.PerformingPhysicianName, dataset.OperatorsName = "Plantedphysician", "Plantedoperator"
    dataset.StationName, dataset.AccessionNumber, dataset.StudyID = "PLANTEDSTATION", "PLANTEDACC", "PLANTEDSTUDY"
    dataset.StudyDescription, dataset.SeriesDescription = "Plantedstudy of Hildegard", "Plantedseries AC " + str(dataset.SeriesDescription)
    dataset.ProtocolName, dataset.ImageComments = "Plantedprotocol", "Plantednote"
    dataset.ManufacturerModelName = "Plantedmodel " + str(dataset.get("ManufacturerModelName", ""))
    dataset.IssuerOfPatientID = "Plantedhospital"
    dataset.add_new((0x0077, 0x0010), "LO", "PLANTEDPRIVATE OWNER")
    dataset.add_new((0x0077, 0x1001), "LT", "plantedprivate note on Hildegard")
    if dataset.Modality == "PT":
        dataset.ReconstructionMethod = "PSF+TOF 3i21s Plantedkernel"
        dataset.ConvolutionKernel = "Plantedkernel"
        dataset.ScatterCorrectionMethod = "SSS Plantednote"
        dataset.CorrectedImage = [*dataset.CorrectedImage, "PLANTEDNOTE"]
        info = dataset.RadiopharmaceuticalInformationSequence[0]
        info.Radiopharmaceutical = str(info.get("Radiopharmaceutical", "")) + " Plantedagent"
        dataset.FrameReferenceTime = dataset.get("FrameReferenceTime", "0")
        dataset.add_new(0x00101020, "LO", "Plantednote")  # a malformed height, which a warning quotes
    else:
        dataset.ContrastBolusAgent = "Plantedagent 300"


@pytest.fixture(scope="module")
def planted(phantom, tmp_path_factory):
    """A simulated patient with identifiers in tags, private tags, folder and file names."""
    source = phantom("P2a", 3, "siemens")
    folder = copy_of(source, tmp_path_factory.mktemp("Plantedfolder") / "Plantedfolder Hildegard")
    for study in ("sstr", "fdg"):
        edit(dicom_files(folder / study), plant)
        for file in dicom_files(folder / study):
            file.rename(file.with_name("Plantedfile_" + file.name))
        (folder / study / "Plantedfile_note.dcm").write_bytes(b"Hildegard, no DICOM")
    return source, folder


@pytest.fixture(scope="module")
def words(planted, tmp_path_factory):
    """A review and clinical facts, with identifiers wherever a text can stand."""
    folder = tmp_path_factory.mktemp("Plantedfolder")
    review = folder / "Plantedfile_review.json"
    clinical = folder / "Plantedfile_clinical.json"
    clinical.write_text(json.dumps({
        "primary": "midgut", "metastatic": True, "germline": "Plantedgene",
        "pathology": [{"date": "2024-01-05", "site": "Plantedsite of Hildegard", "ki67_percent": 4, "edition": "Plantednote 2019"}],
        "therapies": [{"kind": "ssa", "start": "2023-12-20", "last_dose": "2023-12-28"}, {"kind": "Plantednote", "start": "2022-02-03"}],
        "markers": [{"name": "Plantedmarker", "date": "2024-01-07", "value": 3, "unit": "Plantednote"}]}))
    return review, clinical


def read(netpet, patient, out, *options):
    done = netpet("read", "--rigid", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--organs", patient / "truth" / "organs.nii.gz",
                  "--out", out, "--json", "--quiet", *options)
    assert done.status == 0, done.out + done.err
    return done


@pytest.fixture(scope="module")
def both(netpet, planted, words, tmp_path_factory):
    """(reading of the planted patient as it is, de-identified output folder and document, the same with names)."""
    source, folder = planted
    review, clinical = words
    out = tmp_path_factory.mktemp("out")
    plain = read(netpet, folder, out / "plain", "--clinical", clinical).document
    lesion = next(one for one in plain["lesions"] if one["status"] in ("unreviewed", "pathologic"))
    review.write_text(json.dumps({
        "schema": "netpet-review/1", "reader": "Plantedreader, Hildegard", "time": "2024-05-06T10:00:00", "signed": True,
        "impression": "Plantedimpression of Hildegard",
        "lesions": [{"tracking_uid": lesion["tracking_uid"], "status": "pathologic", "reason": "Plantedreason", "site": "Plantedsite"}],
        "overrides": [{"scale": "netpet", "value": "P3a", "reason": "Plantedreason"}]}))
    done = read(netpet, folder, out / "clean", "--clinical", clinical, "--review", review, "--deidentified")
    return out / "plain", plain, out / "clean", done


def uncompressed(path):
    """All bytes of a file, also what lies compressed in it."""
    data = path.read_bytes()
    parts = [data]
    if path.suffix == ".gz":
        parts.append(gzip.decompress(data))
    for start in re.finditer(rb"stream\r?\n", data):  # PDF
        try:
            parts.append(zlib.decompressobj().decompress(data[start.end():]))
        except zlib.error:
            pass
    if data.startswith(b"\x89PNG"):
        at, chunks = 8, b""
        while at < len(data):
            length = int.from_bytes(data[at:at + 4], "big")
            kind = data[at + 4:at + 8]
            assert kind in (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"pHYs", b"gAMA", b"sRGB", b"tRNS", b"bKGD"), kind
            at += 12 + length
    if path.suffix == ".pdf":
        parts.append(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout)
        parts.append(subprocess.run(["pdfinfo", path], capture_output=True, check=True).stdout)
    return b"\n".join(parts)


def test_what_was_planted_is_found_in_no_output(planted, both):
    _, folder = planted
    plain_out, plain, out, done = both
    inputs = [pydicom.dcmread(file, stop_before_pixels=True) for study in ("sstr", "fdg") for kind in ("pet", "ct")
              for file in dicom_files(folder / study / kind)[:1] if file.suffix != ".json"]
    secrets = [word.encode() for word in PLANTED]
    for dataset in inputs:
        for key in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "FrameOfReferenceUID", "StudyDate", "SeriesDate"):
            secrets.append(str(dataset[key].value).encode().lower())
        day = str(dataset.StudyDate)
        secrets.append(f"{day[:4]}-{day[4:6]}-{day[6:]}".encode())
    secrets += [lesion["tracking_uid"].encode() for lesion in plain["lesions"]]
    secrets += [b"1951-03-09", b"19510309", b"2024-05-06", b"20240506", b"2024-01-05", b"2023-12-28"]
    streams = {"standard output": done.out.encode(), "standard error": done.err.encode()}
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) > 25
    for path in files:
        streams[str(path.relative_to(out))] = str(path.relative_to(out)).encode() + b"\n" + uncompressed(path)
    found = {(where, secret.decode()) for where, data in streams.items() for secret in secrets if secret in data.lower()}
    assert not found
    # The search finds what is there: the reading with names has them.
    named = b"".join(uncompressed(path) for path in plain_out.rglob("*") if path.is_file()).lower()
    for word in (b"plantedname", b"mrn4711998", b"plantedseries", b"plantedagent", b"plantedmodel", b"plantedkernel"):
        assert word in named, word


def test_numbers_intervals_and_grades_are_those_of_the_reading_with_names(both):
    plain_out, plain, out, done = both
    clean = done.document
    validate(clean, "netpet-reading-1")
    assert clean["deidentified"] and not plain["deidentified"]
    assert clean["interval_days"] == plain["interval_days"]
    for tracer in ("sstr", "fdg"):
        before, after = plain["scans"][tracer], clean["scans"][tracer]
        assert after["suv"]["factor"] == pytest.approx(before["suv"]["factor"], rel=1e-9)
        assert after["weight_kg"] == before["weight_kg"] and after["tracer"]["name"] == before["tracer"]["name"]
        assert after["acquired"][10:] == before["acquired"][10:]
        suv = [read_nifti(folder / "volumes" / f"{tracer}_suv.nii.gz")[0] for folder in (plain_out, out)]
        assert numpy.allclose(suv[0], suv[1], rtol=1e-6, atol=0)
    assert len(clean["lesions"]) == len(plain["lesions"])
    for before, after in zip(plain["lesions"], clean["lesions"]):
        assert after["uptake"]["sstr"]["suvmax"] == pytest.approx(before["uptake"]["sstr"]["suvmax"], rel=1e-6)
    assert clean["grades"]["netpet"]["value"] == plain["grades"]["netpet"]["value"]
    assert {one["code"] for one in clean["warnings"]} >= {"ssa_within_28d"} & {one["code"] for one in plain["warnings"]}


def test_dicom_objects_say_by_which_profile_and_refer_to_one_study_each(both):
    out = both[2]
    objects = [pydicom.dcmread(path) for path in sorted((out / "dicom").iterdir())]
    assert len(objects) >= 8
    assert len({str(one.PatientID) for one in objects}) == 1 and len({one.StudyInstanceUID for one in objects}) == 2
    for one in objects:
        assert one.PatientIdentityRemoved == "YES" and one.LongitudinalTemporalInformationModified == "MODIFIED"
        assert [item.CodeValue for item in one.DeidentificationMethodCodeSequence] == ["113100", "113105", "113107", "113108"]
        assert one.PatientBirthDate == "" and one.PatientSex in ("F", "M") and one.PatientWeight > 0


def test_a_key_that_can_be_guessed_is_refused(netpet, phantom, tmp_path):
    key = tmp_path / "key"
    key.write_bytes(b"short")
    done = netpet("read", "--sstr", phantom() / "sstr", "--out", tmp_path / "x", "--json", "--deidentified", "--deidentification-key", key)
    assert done.status == 3 and done.error["code"] == "deidentification_key_short" and not (tmp_path / "x").exists()


def test_words_burned_into_a_ct_are_refused(netpet, phantom, tmp_path):
    patient = copy_of(phantom() / "sstr", tmp_path / "sstr")
    ct = next(path for path in dicom_files(patient) if pydicom.dcmread(path, stop_before_pixels=True).Modality == "CT")

    def burn(dataset):
        dataset.BurnedInAnnotation = "YES"
    edit([ct], burn)
    done = netpet("read", "--sstr", patient, "--out", tmp_path / "x", "--json", "--quiet", "--deidentified")
    assert (done.status, done.error["code"]) == (3, "burned_in_annotation") and done.error["tag"] == "(0028,0301)"
    assert ct.name in done.error["file"] and not (tmp_path / "x").exists()
