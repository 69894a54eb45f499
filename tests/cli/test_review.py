"""A reader's review: what it names is changed, all that rests on it is computed again, and a slip is refused."""
import json

import numpy
import pydicom
import pytest
from conftest import validate
from nifti import read_nifti


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


def test_lesions_that_the_reader_adds_are_measured_and_graded_with_the_rest(netpet, first, tmp_path):
    """A kidney called a lesion of SSTR, and a place of the liver reference called disease of CT alone."""
    patient, before = first
    labels, affine = read_nifti(patient / "truth" / "organs.nii.gz")
    kidney = [float(x) for x in (affine @ [*numpy.argwhere(labels == 2).mean(0), 1])[:3]]
    liver = before["references"]["sstr"]["liver"]["centroid_lps_mm"]
    words = [{"at_lps_mm": kidney, "add": True, "tracer": "sstr", "site": "kidney"},
             {"at_lps_mm": liver, "add": True, "tracer": "ct", "size_mm": 22, "status": "unreviewed", "reason": "hypodense"}]
    after = read(netpet, patient, tmp_path / "out", "--review", review(tmp_path / "r.json", lesions=words)).document
    validate(after, "netpet-reading-1")
    added = {lesion["site"]: lesion for lesion in after["lesions"] if lesion["status_by"] == "Dr. Example"}
    assert set(added) == {"kidney", "liver"} and len(after["lesions"]) == len(before["lesions"]) + 2
    on_sstr, on_ct = added["kidney"], added["liver"]
    assert on_sstr["status"] == "pathologic" and on_sstr["uptake"]["sstr"]["suvmax"] > 5 and on_sstr["volume_ml"] > 1
    assert after["burden"]["sstr_volume_ml"] == pytest.approx(before["burden"]["sstr_volume_ml"] + on_sstr["volume_ml"], rel=1e-3)
    assert (on_ct["size_mm"], on_ct["size_source"], on_ct["status_reason"]) == (22, "ct", "hypodense")
    assert on_ct["volume_ml"] == {"not_computable": "the lesion has no outline"}
    assert on_ct["centroid_lps_mm"] == pytest.approx(liver, abs=0.01) and on_ct["pattern"] == "S-F-"
    assert "lesion_negative_on_both" in after["grades"]["netpet"]["flags"]


def test_a_lesion_cannot_be_added_where_one_is(netpet, first, tmp_path):
    patient, before = first
    hottest = max(counted(before), key=lambda lesion: lesion["volume_ml"])
    words = [{"at_lps_mm": hottest["centroid_lps_mm"], "add": True, "tracer": "sstr"}]
    done = read(netpet, patient, tmp_path / "out", "--review", review(tmp_path / "r.json", lesions=words))
    assert done.status == 3 and done.error["code"] == "review_lesion_exists"


def test_a_reference_of_the_reader_stands_in_place_of_the_programs(netpet, first, tmp_path):
    """The spleen's place called liver: the mean is the spleen's, and every ratio to the liver follows."""
    patient, before = first
    spleen = before["references"]["sstr"]["spleen"]
    words = [{"tracer": "sstr", "organ": "liver", "centre_lps_mm": spleen["centroid_lps_mm"], "radius_mm": 10}]
    after = read(netpet, patient, tmp_path / "out", "--review", review(tmp_path / "r.json", references=words)).document
    validate(after, "netpet-reading-1")
    liver = after["references"]["sstr"]["liver"]
    assert liver["source"] == "reader" and liver["mean"] == pytest.approx(spleen["mean"], rel=0.1)
    for lesion in counted(after):
        uptake = lesion["uptake"]["sstr"]
        assert uptake["to_liver"] == pytest.approx(uptake["suvpeak"] / liver["mean"], rel=1e-3)
    assert after["references"]["fdg"] == before["references"]["fdg"]
    assert any(warning["code"] == "reference_implausible" for warning in after["warnings"])


@pytest.mark.parametrize("parts, code", [
    ({"lesions": [{"at_lps_mm": [9000, 0, 0], "status": "excluded"}]}, "review_lesion_not_found"),
    ({"lesions": [{"status": "excluded"}]}, "review_lesion_unnamed"),
    ({"lesions": [{"at_lps_mm": [0, 0, 0], "status": "benign"}]}, "unknown_value"),
    ({"lesions": [{"at_lps_mm": [0, 0, 0], "statu": "excluded"}]}, "unknown_key"),
    ({"lesions": [{"tracking_uid": "1.2", "add": True, "tracer": "fdg"}]}, "review_lesion_unnamed"),
    ({"lesions": [{"at_lps_mm": [0, 0, 0], "add": True, "tracer": "mr"}]}, "unknown_value"),
    ({"references": [{"tracer": "sstr", "organ": "liver", "centre_lps_mm": [9000, 0, 0], "radius_mm": 15}]}, "review_place_outside"),
    ({"references": [{"tracer": "sstr", "organ": "liver", "centre_lps_mm": [0, 0, 0], "radius_mm": 0.1}]}, "value_out_of_range"),
    ({"references": [{"tracer": "sstr", "organ": "toe", "centre_lps_mm": [0, 0, 0], "radius_mm": 15}]}, "unknown_value"),
    ({"references": [{"tracer": "fdg", "organ": "liver", "centre_lps_mm": [0, 0, 0], "radius_mm": 15}] * 2}, "review_reference_twice"),
    ({"schema": "netpet-review/2"}, "review_schema"),
])
def test_a_slip_of_the_review_is_refused_by_name_and_nothing_is_left(netpet, first, tmp_path, parts, code):
    done = read(netpet, first[0], tmp_path / "out", "--review", review(tmp_path / "r.json", **parts))
    assert done.status == 3 and done.error["code"] == code
    assert not (tmp_path / "out").exists()
