"""Real scans. They are no part of the project: NETPET_SHARED names the folder that holds data/, and without it every test
here is skipped and says so."""
import os
import pathlib
import time

import pytest

from conftest import ROOT, run_netpet, validate

SHARED = pathlib.Path(os.environ.get("NETPET_SHARED", ROOT.parent / "shared"))


@pytest.fixture
def real():
    def folder(name):
        if not (SHARED / "data").is_dir():  # tests/CMakeLists.txt knows these capitals
            pytest.skip(f"REAL DATA NOT TESTED: {SHARED / 'data'} is absent; set NETPET_SHARED to the folder that holds data/")
        if not (SHARED / "data" / name).is_dir():
            pytest.skip(f"{SHARED / 'data' / name} is absent")
        return SHARED / "data" / name
    return folder


def read(role, folder, out):
    begun = time.monotonic()
    outcome = run_netpet("read", f"--{role}", folder, "--out", out, "--json")
    print(f"read --{role} {folder}: {time.monotonic() - begun:.1f} s")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-reading-1")
    assert (out / "report.html").stat().st_size > 10_000
    return outcome.document


def test_inspect_names_each_series_of_a_real_study(real):
    outcome = run_netpet("inspect", real("petct_fdg_ge"), "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-inspect-1")
    ((study,),) = [patient["studies"] for patient in outcome.document["patients"]]
    found = {series["description"]: (series["role"], series["files"], (series["suv"] or {}).get("possible")) for series in study["series"]}
    assert found == {"PET AC": ("pet_ac", 135, True), "PET NAC": ("pet_nac", 135, False), "CT IMAGES": ("ct", 135, None),
                     "SCOUT": ("localizer", 1, None), "PET SUV Factors": ("rwvm", 1, None)}
    assert outcome.document["unreadable"] == []


def test_suv_finds_the_factor_that_the_archive_published(real):
    (folder,) = real("petct_fdg_ge").glob("PT_PET_AC*")
    outcome = run_netpet("suv", folder, "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-suv-1")
    assert outcome.document["factor"] == pytest.approx([0.00042111] * 2, abs=5e-9)
    assert outcome.document["max"] == pytest.approx(51.1, abs=0.05)


def test_an_uncorrected_series_alone_is_refused(real, tmp_path):
    (folder,) = real("petct_fdg_ge").glob("PT_PET_NAC*")
    outcome = run_netpet("read", "--fdg", folder, "--out", tmp_path / "out", "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "nac_only")
    assert list(tmp_path.iterdir()) == []


def test_a_real_fdg_pet_ct_is_read(real, tmp_path):
    document = read("fdg", real("petct_fdg_ge"), tmp_path / "out")
    assert document["scans"]["fdg"]["has_ct"] and document["scans"]["fdg"]["tracer"]["name"] == "18F-FDG"
    assert document["grades"]["netpet"]["value"] == "NA"
    # Published ranges of healthy tissue on FDG: liver 1.0 to 4.0, blood pool 0.8 to 3.0.
    assert 1.0 < document["references"]["fdg"]["liver"]["mean"] < 4.0
    assert 0.8 < document["references"]["fdg"]["blood_pool"]["mean"] < 3.0


def test_a_real_fdg_pet_with_a_slope_a_slice_is_read(real, tmp_path):
    document = read("fdg", real("fdg_ge_sts001") / "image", tmp_path / "out")
    assert not document["scans"]["fdg"]["has_ct"]
    assert "no_ct" in [warning["code"] for warning in document["scans"]["fdg"]["warnings"]]


def test_a_therapy_scan_is_recognised_and_not_graded_as_pet(real, tmp_path):
    document = read("sstr", real("lu177_spect_net") / "SCAN_001", tmp_path / "out")
    assert document["scans"]["sstr"]["radionuclide"] == "Lu-177"
    for scale in ("netpet", "karfis", "zidan"):
        assert document["grades"][scale]["value"] == "NA", scale
    assert not isinstance(document["grades"]["krenning"]["highest"], int)
    assert document["lesions"]
