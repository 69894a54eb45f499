"""A reader's review: what it names is changed, all that rests on it is computed again, and a slip is refused."""
import json

import pydicom
import pytest
from conftest import validate


@pytest.fixture(scope="module")
def first(netpet, phantom, tmp_path_factory):
    """A reading of one simulated patient: the patient's folder and the document."""
    patient = phantom("P2a", 3, "siemens")
    out = tmp_path_factory.mktemp("review") / "first"
    return patient, read(netpet, patient, out).document


def read(netpet, patient, out, *options):
    return netpet("read", "--rigid", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--organs", patient / "truth" / "organs.nii.gz",
                  "--out", out, "--json", "--quiet", *options)


def review(path, **parts):
    path.write_text(json.dumps({"schema": "netpet-review/1", "reader": "Dr. Example"} | parts))
    return path


def counted(document):
    return [lesion for lesion in document["lesions"] if lesion["status"] in ("unreviewed", "pathologic")]


def test_what_the_reader_excludes_leaves_grade_and_burden(netpet, first, tmp_path):
    patient, before = first
    words = [{"at_lps_mm": lesion["centroid_lps_mm"], "status": "physiologic", "reason": "normal"} for lesion in counted(before)]
    assert words and before["burden"]["sstr_volume_ml"] > 0 and not before["reviewed"]
    done = read(netpet, patient, tmp_path / "out", "--review", review(
        tmp_path / "r.json", time="2024-05-01T10:00:00", signed=True, impression="Nothing but normal uptake.", lesions=words))
    after = done.document
    validate(after, "netpet-reading-1")
    assert counted(after) == [] and after["burden"]["sstr_volume_ml"] == 0
    assert after["grades"]["netpet"]["value"] == "P0" != before["grades"]["netpet"]["value"]
    assert after["reviewed"] and after["signed"] == {"reader": "Dr. Example", "time": "2024-05-01T10:00:00"}
    report = pydicom.dcmread(tmp_path / "out" / "dicom" / "sr.dcm")
    assert report.VerificationFlag == "VERIFIED" and report.PreliminaryFlag == "FINAL"
    (observer,) = report.VerifyingObserverSequence
    assert observer.VerifyingObserverName == "Dr. Example" and observer.VerificationDateTime.startswith("20240501100000")
    text = (tmp_path / "out" / "report.txt").read_text()
    assert text.splitlines()[1] == "Signed by Dr. Example" and "Nothing but normal uptake." in text and "Unsigned" not in text
    spoken = [lesion for lesion in after["lesions"] if lesion["status_by"] == "Dr. Example"]
    assert len(spoken) == len(words) and all(lesion["status_reason"] == "normal" for lesion in spoken)


def test_a_lesion_is_found_again_by_its_uid_and_takes_the_readers_size(netpet, first, tmp_path):
    patient, before = first
    uid = counted(before)[0]["tracking_uid"]
    words = [{"tracking_uid": uid, "status": "pathologic", "site": "bone", "size_mm": 14}]
    after = read(netpet, patient, tmp_path / "out", "--review", review(tmp_path / "r.json", lesions=words)).document
    lesion = next(one for one in after["lesions"] if one["tracking_uid"] == uid)
    assert (lesion["status"], lesion["site"], lesion["size_mm"], lesion["size_source"]) == ("pathologic", "bone", 14, "reader")
    assert after["signed"] is None


@pytest.mark.parametrize("parts, code", [
    ({"lesions": [{"at_lps_mm": [9000, 0, 0], "status": "excluded"}]}, "review_lesion_not_found"),
    ({"lesions": [{"status": "excluded"}]}, "review_lesion_unnamed"),
    ({"lesions": [{"at_lps_mm": [0, 0, 0], "status": "benign"}]}, "unknown_value"),
    ({"lesions": [{"at_lps_mm": [0, 0, 0], "statu": "excluded"}]}, "unknown_key"),
    ({"lesions": [{"at_lps_mm": [0, 0, 0], "add": True, "tracer": "fdg"}]}, "review_part_unsupported"),
    ({"schema": "netpet-review/2"}, "review_schema"),
])
def test_a_slip_of_the_review_is_refused_by_name_and_nothing_is_left(netpet, first, tmp_path, parts, code):
    done = read(netpet, first[0], tmp_path / "out", "--review", review(tmp_path / "r.json", **parts))
    assert done.status == 3 and done.error["code"] == code
    assert not (tmp_path / "out").exists()
