"""Two scans that cannot be laid on each other: nothing is paired, and what one tracer alone says stands."""
import json
import shutil

import pytest
from conftest import validate


@pytest.fixture(scope="module")
def apart(netpet, phantom, tmp_path_factory):
    """A patient whose FDG study has a CT of 20 slices, read whole and by its SSTR study alone."""
    source, folder = phantom("P2a", 3, "siemens"), tmp_path_factory.mktemp("apart")
    shutil.copytree(source, folder / "patient")
    for slice_file in sorted((folder / "patient" / "fdg" / "ct").iterdir())[20:]:
        slice_file.unlink()

    def read(name, *scans):
        return netpet("read", *scans, "--organs", source / "truth" / "organs.nii.gz", "--out", folder / name, "--json", "--quiet").document
    sstr = ("--sstr", folder / "patient" / "sstr")
    return read("both", *sstr, "--fdg", folder / "patient" / "fdg"), read("sstr", *sstr), folder


def on(lesion, tracer):
    return lesion["uptake"].get(tracer)


def test_both_tracers_are_read_and_no_lesion_is_paired(apart):
    both, _, folder = apart
    validate(both, "netpet-reading-1")
    assert both["warnings"][0]["code"] == "scans_not_aligned" and both["registration"] is None
    assert both["scans"]["sstr"] and both["scans"]["fdg"]
    assert all((on(lesion, "sstr") is None) != (on(lesion, "fdg") is None) for lesion in both["lesions"])
    assert {on(lesion, "sstr") is None for lesion in both["lesions"]} == {True, False}
    for lesion in both["lesions"]:
        place = "centroid_fdg_lps_mm" if on(lesion, "sstr") is None else "centroid_lps_mm"
        other = "centroid_lps_mm" if on(lesion, "sstr") is None else "centroid_fdg_lps_mm"
        assert lesion[place] is not None and lesion[other] is None and lesion["registration_error_mm"] is None
    assert both["burden"]["both_ml"] is None
    assert "could not be laid on each other" in (folder / "both" / "report.txt").read_text()


def test_scales_of_both_tracers_are_not_graded_and_those_of_one_stand(apart):
    both, alone, _ = apart
    for scale in ("netpet", "karfis", "zidan"):
        assert both["grades"][scale]["value"] == "NA" and "scans_not_aligned" in both["grades"][scale]["flags"]
    for part in ("value", "highest", "lowest", "share_volume_3_4", "flags"):
        assert both["grades"]["krenning"].get(part) == alone["grades"]["krenning"].get(part)
    assert both["burden"]["sstr_volume_ml"] == alone["burden"]["sstr_volume_ml"]
    uptake = [on(lesion, "sstr") for lesion in both["lesions"] if on(lesion, "sstr")]
    assert [one["suvpeak"] for one in uptake] == [on(lesion, "sstr")["suvpeak"] for lesion in alone["lesions"]]


def test_a_place_on_a_scan_that_does_not_lie_there_is_refused(apart, netpet, tmp_path):
    _, _, folder = apart
    word = {"add": True, "tracer": "fdg", "at_lps_mm": [0, 0, -400]}
    (tmp_path / "r.json").write_text(json.dumps({"schema": "netpet-review/1", "reader": "Dr. Example", "lesions": [word]}))
    done = netpet("read", "--sstr", folder / "patient" / "sstr", "--fdg", folder / "patient" / "fdg", "--review", tmp_path / "r.json",
                  "--out", tmp_path / "out", "--json", "--quiet")
    assert (done.status, done.error["code"]) == (3, "review_scans_not_aligned") and "lesions[0]" in done.error["message"]
    assert not (tmp_path / "out").exists()
