"""A segmenter that is not ours makes the organ map; here a shell copies the truth of a simulated patient."""
import pytest


@pytest.fixture(scope="module")
def patient(phantom):
    return phantom("P2a", 3, "siemens")


def read(netpet, patient, out, *options):
    return netpet("read", "--rigid", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--out", out, "--json", "--quiet", *options)


def test_the_map_of_a_command_counts_as_a_supplied_one(netpet, patient, tmp_path):
    map_file = patient / "truth" / "organs.nii.gz"
    by_file = read(netpet, patient, tmp_path / "a", "--organs", map_file).document
    by_command = read(netpet, patient, tmp_path / "b", "--organ-command", f"test -s {{ct}} && echo noise && cp '{map_file}' {{out}}").document
    for part in ("references", "lesions", "grades", "organs_source"):
        assert by_command[part] == by_file[part]
    assert not list((tmp_path / "b").rglob("*organ_command*"))


@pytest.mark.parametrize("command, status, code", [
    ("segment {ct}", 2, "organ_command_incomplete"),
    ("echo no weights >&2; false {ct} {out}", 4, "organ_command_failed"),
    ("true {ct} {out}", 4, "organ_command_failed"),
    ("echo text > {out}; true {ct}", 3, None),
])
def test_a_command_that_makes_no_map_is_refused_and_nothing_is_left(netpet, patient, tmp_path, command, status, code):
    done = read(netpet, patient, tmp_path / "out", "--organ-command", command)
    assert done.status == status and (code is None or done.error["code"] == code)
    assert not list(tmp_path.iterdir())
