"""`register --pet` takes one PET or SPECT a folder, and says by name what it cannot take."""
import shutil

import pytest


@pytest.mark.parametrize("fixed, code", [("ct", "no_pet"), ("both", "several_pet_series"), ("truth.json", "nifti_malformed"),
                                         ("none", "folder_missing")])
def test_register_pet_refuses_what_is_no_single_pet(netpet, phantom, tmp_path, fixed, code):
    source = phantom()
    shutil.copytree(source / "sstr" / "pet", tmp_path / "both" / "a")
    shutil.copytree(source / "fdg" / "pet", tmp_path / "both" / "b")
    places = {"ct": source / "sstr" / "ct", "both": tmp_path / "both", "truth.json": source / "truth" / "truth.json", "none": tmp_path / "none"}
    outcome = netpet("register", "--pet", "--fixed", places[fixed], "--moving", source / "fdg" / "pet", "--out", tmp_path / "out", "--json")
    assert (outcome.status, outcome.error["code"]) == (3, code)
    assert outcome.error["context"] == ["reading the fixed scan"]
    assert not (tmp_path / "out").exists()
