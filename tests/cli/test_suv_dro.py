"""The 17 SUV digital reference objects of IBSI (github oncoray/suv_computation, CC BY 4.0): inside the mask every one must be SUVbw 0.20 at least,
1.00 in the median, 4.00 at most. They are no part of the project: NETPET_SHARED names the folder that holds data/suv_dro."""
import csv
import os
import pathlib

import numpy
import pytest

import nifti
from conftest import ROOT, run_netpet, validate

OBJECTS = pathlib.Path(os.environ.get("NETPET_SHARED", ROOT.parent / "shared")) / "data" / "suv_dro"
EXPECTED = numpy.array([0.20, 1.00, 4.00])
# DRO_2_3 stores SUV by body surface in steps of 0.01 cm2/mL, cut off: 5, 26 and 105 steps for 0.0528, 0.2640 and 1.0561 cm2/mL. One step is
# 0.0379 of SUVbw, and no factor turns 5 : 26 : 105 into 0.20 : 1.00 : 4.00, so a right reader finds 0.19, 0.98 and 3.98.
COARSE = {"DRO_2_3": numpy.array([0.19, 0.98, 3.98])}
WARNED = {"DRO_2_2": {"sex_unknown"}, "DRO_3_0": {"dose_in_mbq"}, "DRO_4_2": {"injection_day_before"}}
PRIVATE_WITHOUT_CREATOR = {"DRO_2_4", "DRO_2_5", "DRO_3_3"}


def objects():
    if not (OBJECTS / "DRO_list.csv").is_file():
        return []
    with open(OBJECTS / "DRO_list.csv", encoding="utf-8-sig", newline="") as table:
        return [row["ID"] for row in csv.DictReader(table)]


def test_the_reference_objects_are_there():
    if not objects():
        pytest.skip(f"REAL DATA NOT TESTED: {OBJECTS} is absent; set NETPET_SHARED to the folder that holds data/")
    assert len(objects()) == 17


@pytest.mark.parametrize("name", objects())
def test_a_reference_object_gives_its_suv(name, tmp_path):
    outcome = run_netpet("suv", OBJECTS / name / "PT", "--out", tmp_path / "suv.nii.gz", "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-suv-1")
    inside = nifti.values_inside(tmp_path / "suv.nii.gz", next((OBJECTS / name / "mask").iterdir()))
    assert inside.size == 203202
    found = numpy.array([inside.min(), numpy.median(inside), inside.max()])
    print(name, " ".join(f"{value:.5f} ({value - exact:+.5f})" for value, exact in zip(found, EXPECTED)))
    assert list(numpy.round(found, 2)) == pytest.approx(list(COARSE.get(name, EXPECTED)), abs=1e-6)
    codes = {warning["code"] for warning in outcome.document["warnings"]}
    assert codes - {"private_creator_missing"} == WARNED.get(name, set()), outcome.document["warnings"]
    assert ("private_creator_missing" in codes) == (name in PRIVATE_WITHOUT_CREATOR)
