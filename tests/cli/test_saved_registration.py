"""A registration that was saved serves again: the same numbers, for the same scans alone."""
import json
import shutil

from conftest import read_strictly, validate


def read_with(netpet, source, out, *options):
    return netpet("read", "--sstr", source / "sstr", "--fdg", source / "fdg", "--organs", source / "truth" / "organs.nii.gz",
                  "--out", out, "--json", "--quiet", *options)


def test_a_reading_with_its_own_saved_registration_is_the_same_reading(netpet, phantom, reading, tmp_path):
    folder, document = reading
    saved = folder / "registration"
    kept = read_strictly((saved / "registration.json").read_text())
    validate(kept, "netpet-registration-1")
    assert kept["nodes"] and len(kept["errors"]) > 500
    outcome = read_with(netpet, phantom(), tmp_path / "again", "--registration", saved)
    assert outcome.status == 0, outcome.err
    assert outcome.document == document
    for name in ("registration.json", "registration_there.nii.gz", "registration_back.nii.gz"):
        assert (tmp_path / "again" / "registration" / name).read_bytes() == (saved / name).read_bytes()


def test_register_maps_places_by_a_registration_that_read_saved(netpet, phantom, reading, tmp_path):
    source = phantom()
    lesion = next(lesion for lesion in reading[1]["lesions"] if lesion["centroid_lps_mm"] and lesion["registration_error_mm"])
    (tmp_path / "points.csv").write_text(",".join(map(str, lesion["centroid_lps_mm"])))
    outcome = netpet("register", "--fixed", source / "sstr" / "ct", "--moving", source / "fdg" / "ct", "--registration",
                     reading[0] / "registration" / "registration.json", "--points", tmp_path / "points.csv", "--out", tmp_path / "out", "--json")
    assert outcome.status == 0, outcome.err
    assert abs(outcome.document["points"][0]["error_mm"] - lesion["registration_error_mm"]) < 1e-3
    assert {name: outcome.document["quality"][name] for name in reading[1]["registration"]["quality"]} == reading[1]["registration"]["quality"]


def test_a_registration_of_other_scans_is_refused_by_name(netpet, phantom, reading, tmp_path):
    source, other = phantom(), phantom("P2a", 3, "siemens")
    for fixed, moving, which in ((other / "sstr", source / "fdg", "fixed"), (source / "sstr", other / "fdg", "moving")):
        outcome = netpet("register", "--fixed", fixed / "ct", "--moving", moving / "ct", "--registration", reading[0] / "registration",
                         "--out", tmp_path / "out", "--json")
        assert (outcome.status, outcome.error["code"]) == (3, "registration_of_other_scans")
        assert f"its {which} scan is another one" in outcome.error["message"]
    assert not (tmp_path / "out").exists()


def test_a_saved_registration_that_was_changed_is_refused(netpet, phantom, reading, tmp_path):
    source, whole = phantom(), json.loads((reading[0] / "registration" / "registration.json").read_text())
    for field in (reading[0] / "registration").glob("*.nii.gz"):
        shutil.copy(field, tmp_path)
    mirrored = [-number if n < 3 else number for n, number in enumerate(whole["after"])]
    for change in ({"schema": "netpet-reading/1"}, {"after": mirrored}, {"errors": [[0, 0, 0, -1]]}, {"nodes": {"size": [1, 2, 3]}}):
        (tmp_path / "registration.json").write_text(json.dumps(whole | change))
        outcome = netpet("register", "--fixed", source / "sstr" / "ct", "--moving", source / "fdg" / "ct", "--registration", tmp_path,
                         "--out", tmp_path / "out", "--json")
        assert (outcome.status, outcome.error["code"]) == (3, "registration_malformed"), change
    outcome = netpet("register", "--fixed", "x", "--moving", "y", "--rigid", "--registration", tmp_path, "--out", tmp_path / "out")
    assert outcome.status == 2
