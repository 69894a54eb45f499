"""Real scans. They are no part of the project: NETPET_SHARED names the folder that holds data/, and without it every test
here is skipped and says so."""
import math
import os
import pathlib
import shutil
import time

import pydicom
import pytest

from conftest import ROOT, run_netpet, validate
from contours import mask_of
from nifti import read_nifti

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


def suv(folder, *arguments):
    outcome = run_netpet("suv", folder, "--json", *arguments)
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-suv-1")
    return outcome.document


def codes(warnings):
    return {warning["code"] for warning in warnings}


# Times of these headers are right. That a scan was late (uptake_time_outside) is no doubt about its times.
FALSE_HERE = {"reference_time_uncertain", "private_time_ignored", "injection_day_before", "short_uptake_time", "long_uptake_time",
              "injection_times_differ", "injection_day_assumed", "half_life_differs", "decay_factor_differs", "dose_unusual", "weight_unusual"}


def test_suv_finds_the_factor_that_the_archive_published(real):
    (folder,) = real("petct_fdg_ge").glob("PT_PET_AC*")
    (mapping,) = real("petct_fdg_ge").glob("RWV*/*")
    (published,) = pydicom.dcmread(mapping).ReferencedImageRealWorldValueMappingSequence[0].RealWorldValueMappingSequence
    document = suv(folder)
    assert document["factor"] == pytest.approx([0.00042111] * 2, abs=5e-9)
    assert document["factor"][0] == pytest.approx(published.RealWorldValueSlope, abs=5e-9)
    assert document["max"] == pytest.approx(51.1, abs=0.05)
    assert not codes(document["warnings"]) & FALSE_HERE


@pytest.mark.parametrize("kind, least, most", [("bw", 7.9, 8.0), ("lbm-janma", 5.8, 5.9)])
def test_the_maximum_in_a_contoured_mass_is_the_published_one(kind, least, most, real, tmp_path):
    """Soft-tissue sarcoma of TCIA: 267 slices with 267 slopes; the region is the radiologist's."""
    (contours,) = (real("fdg_ge_sts001") / "mask").glob("*.dcm")
    document = suv(real("fdg_ge_sts001") / "image", "--type", kind, "--out", tmp_path / "suv.nii")
    assert not codes(document["warnings"]) & FALSE_HERE
    voxels, to_lps = read_nifti(tmp_path / "suv.nii")
    mass = mask_of(pydicom.dcmread(contours), "GTV_Mass", voxels.shape, to_lps)
    assert mass.sum() > 1000
    assert least <= voxels[mass].max() <= most


@pytest.mark.parametrize("day, hours", [("SCAN_001", 3.7), ("SCAN_002", 27.7)])
def test_both_days_of_a_therapy_become_suv(day, hours, real):
    document = suv(real("lu177_spect_net") / day / "image")
    assert document["rule"] == "BQML, decay-corrected to ADMIN"
    assert document["factor"] == pytest.approx([92987 / 7210425599.6395] * 2, rel=1e-6)
    assert not codes(document["warnings"]) & FALSE_HERE
    listed = run_netpet("inspect", real("lu177_spect_net") / day, "--json").document
    (series,) = [one for patient in listed["patients"] for study in patient["studies"] for one in study["series"]
                 if one["role"] == "pet_ac"]
    assert (series["tracer"]["class"], series["radionuclide"]) == ("therapy", "Lu-177")
    assert series["uptake_min"] / 60 == pytest.approx(hours, abs=0.05)
    assert not codes(series["problems"]) & (FALSE_HERE | {"uptake_time_outside", "reconstruction_unknown"})


def test_two_days_of_a_therapy_lie_on_each_other_without_ct(real, tmp_path):
    """Centres of two liver metastases on both days."""
    first, second = [(-77.69, -187.4, 1445.82), (-51.52, -263.47, 1418.75)], [(-75.92, -184.46, 1480.2), (-50.12, -258.64, 1449.68)]
    (tmp_path / "places.csv").write_text("".join("{},{},{}\n".format(*place) for place in first))
    done = run_netpet("register", "--pet", "--fixed", real("lu177_spect_net") / "SCAN_001", "--moving", real("lu177_spect_net") / "SCAN_002",
                      "--points", tmp_path / "places.csv", "--out", tmp_path / "out", "--json", "--quiet")
    document = done.document
    assert [warning["code"] for warning in document["warnings"]] == ["registered_by_pet"]
    for point, place in zip(document["points"], second):
        assert math.dist(point["moving_lps_mm"], place) < 8 < point["error_mm"]


def test_only_a_scan_that_was_late_is_called_late(real):
    """The study is called LUNG DELAYS; the other one began 45 minutes after injection."""
    found = {}
    for name in ("petct_fdg_ge", "fdg_ge_sts001"):
        listed = run_netpet("inspect", real(name), "--json").document
        validate(listed, "netpet-inspect-1")
        (series,) = [one for patient in listed["patients"] for study in patient["studies"] for one in study["series"]
                     if one["role"] == "pet_ac"]
        assert not codes(series["problems"]) & FALSE_HERE, name
        assert series["tracer"]["name"] == "18F-FDG" and series["reconstruction"] == "OSEM"
        found[name] = (round(series["uptake_min"]), "uptake_time_outside" in codes(series["problems"]))
    assert found == {"petct_fdg_ge": (159, True), "fdg_ge_sts001": (45, False)}


def test_two_series_in_one_folder_are_refused_by_suv_and_told_by_inspect(real, tmp_path):
    both = tmp_path / "both"
    shutil.copytree((real("lu177_spect_net") / "SCAN_001" / "image").resolve(), both / "one", copy_function=os.symlink)
    shutil.copytree((real("fdg_ge_sts001") / "image").resolve(), both / "two", copy_function=os.symlink)
    refused = run_netpet("suv", both, "--json")
    assert (refused.status, refused.error["code"]) == (3, "several_pet_series")
    counts = run_netpet("inspect", both, "--json").document["counts"]
    assert counts == {"patients": 2, "studies": 2, "series": 2, "pet": 2, "pet_with_suv": 2}
    refused = run_netpet("read", both, "--out", tmp_path / "out", "--json")
    assert (refused.status, refused.error["code"]) == (3, "mixed_patients")


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
