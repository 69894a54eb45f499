"""How sure a grade is, from outside: what is stated holds when simulated patients are measured again."""
import json
import math
import pathlib
import sys

import pytest

from conftest import BINARY, ROOT, validate

sys.path.insert(0, str(ROOT / "bench"))
import stability_calibration as calibration  # noqa: E402

CASES, DRAWS = 400, 200
SCALES = ["netpet", "karfis", "zidan", "krenning"]


def overstatement(rows):
    """By how many standard errors the stated shares lie above what came out."""
    rows = [row for row in rows if row["scale"] in SCALES]
    surplus = sum(row["stated"] - row["same_again"] for row in rows)
    # The scales of one case hang together: in the worst case like one answer.
    variance = len(SCALES) * sum(row["stated"] * (1 - row["stated"]) for row in rows)
    return surplus / math.sqrt(variance)


def rules_that_err_too_little(folder, factor):
    """data/stability.json with every error times `factor`."""
    table = json.loads((ROOT / "data" / "stability.json").read_text())

    def shrink(part):
        for key, one in part.items():
            if isinstance(one, dict):
                shrink(one)
            elif isinstance(one, (int, float)):
                part[key] = one * factor
    for part in ("uptake", "noise", "references", "size"):
        cell, volume = table[part].get("resolution_cell_ml"), table[part].get("volume_ml_when_unknown")
        shrink(table[part])
        if cell is not None:
            table[part].update(resolution_cell_ml=cell, volume_ml_when_unknown=volume)
    (folder / "stability.json").write_text(json.dumps(table))
    return ["--rules", str(folder)]


@pytest.fixture(scope="module")
def rows():
    return calibration.simulate(BINARY, CASES, DRAWS, calibration.FIRST_TEST_SEED)


def test_what_is_stated_comes_out_when_patients_are_measured_again(rows):
    assert len(rows) == CASES * len(calibration.SCALES)
    assert abs(overstatement(rows)) < 2.5
    about_90 = [row for row in rows if 0.85 <= row["stated"] < 0.95]
    assert len(about_90) > 300
    assert 0.85 <= sum(row["same_again"] for row in about_90) / len(about_90) <= 0.95


def test_that_check_fails_for_errors_that_are_stated_too_small(tmp_path):
    rules = rules_that_err_too_little(tmp_path, 0.5)
    assert overstatement(calibration.simulate(BINARY, CASES, DRAWS, calibration.FIRST_TEST_SEED, arguments=rules)) > 2.5


def test_every_share_stands_beside_its_grade(netpet, tmp_path):
    case = {"references": {"sstr": {"blood_pool": {"mean": 1.5, "sd": 0.2}, "liver": {"mean": 6.0, "sd": 0.8}, "spleen": {"mean": 20, "sd": 3}},
                           "fdg": {"blood_pool": {"mean": 1.6, "sd": 0.2}, "liver": {"mean": 2.2, "sd": 0.3, "max": 3.1}}},
            "lesions": [{"id": "L1", "size_mm": 25, "sstr": {"suvpeak": 15, "suvmax": 18}, "fdg": {"suvpeak": 5.5, "suvmax": 6.6}}],
            "stability_draws": 200}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case))
    answers = [netpet("grade", file, "--json", "--threads", threads).document for threads in (1, 2)]
    assert answers[0] == answers[1]
    validate(answers[0], "netpet-grade-1")
    grade = answers[0]["grades"]["netpet"]
    assert sum(grade["stability"].values()) == pytest.approx(1)
    assert grade["stability"][grade["value"]] == grade["stability_details"]["same"]
    assert grade["stability_details"]["hangs_on"]["lesion"] == "L1"
    assert "missed or false lesions are not part of this" in grade["stability_details"]["sentence"]
    case["stability_draws"] = 0
    file.write_text(json.dumps(case))
    assert "stability" not in netpet("grade", file, "--json").document["grades"]["netpet"]
    case["stability_draws"] = 2.5
    file.write_text(json.dumps(case))
    refused = netpet("grade", file, "--json")
    assert refused.status == 3
    assert refused.document["error"]["code"] == "stability_draws_out_of_range"
