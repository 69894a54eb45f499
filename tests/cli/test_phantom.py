"""The simulated patient: what it writes, and that its `expected` follows from the rules."""
import json

import pytest

CASES = ["P0", "physiologic_only", "P1", "P2a", "P2b", "P3a", "P4a", "P4b", "P5_liver", "P5_bone", "P5_one_of_many",
         "tiny_discordant", "splenectomy", "two_phenotypes"]


def grading_input(truth):
    keys = ("id", "site", "size_mm", "size_source", "volume_ml", "sstr", "fdg")
    return {"references": truth["references"], "interval_days": 10,
            "lesions": [{key: lesion[key] for key in keys} for lesion in truth["lesions"]]}


# Each case once: all cases with several seeds are the matter of `make bench-read`.
@pytest.mark.parametrize("case, seed", [(case, 1 + number % 2) for number, case in enumerate(CASES)])
def test_grading_the_truth_gives_what_the_case_promises(netpet, phantom, case, seed):
    truth = json.loads((phantom(case, seed) / "truth" / "truth.json").read_text())
    outcome = netpet("grade", "-", "--json", stdin=json.dumps(grading_input(truth)))
    assert outcome.status == 0, outcome.err
    grades = outcome.document["grades"]
    for scale, fields in truth["expected"].items():
        for field, value in fields.items():
            assert grades[scale][field] == value, (scale, field, grades[scale]["evidence"])


def test_it_writes_the_files_of_the_contract(phantom):
    folder = phantom()
    for study in ("sstr", "fdg"):
        for kind in ("pet", "ct"):
            assert len(list((folder / study / kind).iterdir())) > 50
    truth = {path.name for path in (folder / "truth").iterdir()}
    assert truth == {"truth.json", "organs.nii.gz", "lesions_sstr.nii.gz", "lesions_fdg.nii.gz", "displacement.nii.gz"}


def test_the_help_names_every_case(netpet):
    text = netpet("phantom", "--help").out
    assert all(case in text for case in CASES)


def test_an_unknown_case_is_a_usage_error(netpet, tmp_path):
    outcome = netpet("phantom", "--case", "P9", "--out", tmp_path / "p", "--json")
    assert outcome.status == 2
    assert outcome.error["code"] == "unknown_case"
    assert not list(tmp_path.iterdir())


def test_an_occupied_folder_is_refused(netpet, tmp_path):
    (tmp_path / "file").write_text("mine")
    outcome = netpet("phantom", "--small", "--out", tmp_path, "--json")
    assert outcome.status == 3
    assert outcome.error["code"] == "output_occupied"
