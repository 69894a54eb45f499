"""What netpet refuses: exit status, code, and nothing left behind."""
import pathlib
import shutil
import signal
import struct
import subprocess
import time

import pydicom
import pytest

from conftest import BINARY, Outcome, dicom_files, edit, run_netpet


def slices(folder):
    """The DICOM files of a folder, head to feet."""
    files = [(pydicom.dcmread(path, stop_before_pixels=True), path) for path in dicom_files(folder)]
    return [path for _, path in sorted(files, key=lambda item: -float(item[0].ImagePositionPatient[2]))]


def edit_all(change):
    return lambda patient: edit(dicom_files(patient / "sstr" / "pet"), change)


def set_tags(**values):
    def change(dataset):
        for name, value in values.items():
            setattr(dataset, name, value)
    return change


def edit_dose(**values):
    def change(dataset):
        for name, value in values.items():
            setattr(dataset.RadiopharmaceuticalInformationSequence[0], name, value)
    return change


def remove_middle_slice(patient):
    files = slices(patient / "sstr" / "pet")
    files[len(files) // 2].unlink()


def double_a_slice(patient):
    files = slices(patient / "sstr" / "pet")
    copy = files[10].with_name("copy.dcm")
    dataset = pydicom.dcmread(files[10])
    dataset.SOPInstanceUID += ".1"
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.save_as(copy)


def shift_a_slice(patient):
    files = slices(patient / "sstr" / "pet")

    def change(dataset):
        x, y, z = dataset.ImagePositionPatient
        dataset.ImagePositionPatient = [x, y, float(z) + 1.3]
    edit([files[20]], change)


def tilt_the_gantry(patient):
    files = slices(patient / "sstr" / "pet")
    for number, path in enumerate(files):
        def change(dataset, number=number):
            x, y, z = dataset.ImagePositionPatient
            dataset.ImagePositionPatient = [x, float(y) + 0.8 * number, z]
        edit([path], change)


def turn_a_slice(patient):
    edit(slices(patient / "sstr" / "pet")[5:6], set_tags(ImageOrientationPatient=[0, 1, 0, -1, 0, 0]))


def truncate_pixels(patient):
    path = slices(patient / "sstr" / "pet")[7]
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(whole[:-2000])


def remove_pet(patient):
    shutil.rmtree(patient / "sstr" / "pet")


def only_uncorrected(patient):
    edit_all(set_tags(CorrectedImage=["DECY", "RADL"]))(patient)


def another_patient_among_them(patient):
    files = slices(patient / "sstr" / "ct")
    edit(files, set_tags(PatientID="SOMEBODY-ELSE", PatientBirthDate="19010101"))


REFUSALS = [
    ("no PET", remove_pet, {"no_pet"}),
    ("uncorrected PET only", only_uncorrected, {"nac_only"}),
    ("two patients in a folder", another_patient_among_them, {"mixed_patients"}),
    ("a missing slice", remove_middle_slice, {"missing_slice"}),
    ("a doubled slice", double_a_slice, {"duplicate_slice"}),
    ("uneven slices", shift_a_slice, {"uneven_spacing", "missing_slice"}),
    ("gantry tilt", tilt_the_gantry, {"gantry_tilt"}),
    ("mixed orientations", turn_a_slice, {"mixed_orientation"}),
    ("weight 0", edit_all(set_tags(PatientWeight="0")), {"weight_zero"}),
    ("no weight", edit_all(set_tags(PatientWeight=None)), {"weight_missing"}),
    ("no dose", edit_all(edit_dose(RadionuclideTotalDose=None)), {"dose_missing"}),
    ("an injection after the scan", edit_all(edit_dose(RadiopharmaceuticalStartDateTime="20991231235959")), {"injection_after_scan"}),
    ("counts as units", edit_all(set_tags(Units="PROPCNTS")), {"units_not_supported", "nac_only"}),
    ("a 65535 squared header", edit_all(set_tags(Rows=65535, Columns=65535)), {"image_too_large", "truncated_pixels"}),
]


@pytest.mark.parametrize("name, damage, codes", REFUSALS, ids=[row[0] for row in REFUSALS])
def test_input_that_cannot_be_read_rightly_is_refused_by_name(name, damage, codes, patient, tmp_path):
    damage(patient)
    out = tmp_path / "made" / "by" / "netpet"
    outcome = run_netpet("read", "--sstr", patient / "sstr", "--out", out, "--json")
    assert outcome.status == 3, outcome.err
    assert outcome.error["code"] in codes, outcome.error
    assert outcome.error["message"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["patient"]


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    outcome = run_netpet("read", "--sstr", tmp_path / "empty", "--out", tmp_path / "out", "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "folder_empty")
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_is_refused(tmp_path):
    outcome = run_netpet("read", "--sstr", tmp_path / "nowhere", "--out", tmp_path / "out", "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "folder_missing")


def test_two_patients_are_refused_unless_accepted(patient, tmp_path):
    edit(dicom_files(patient / "fdg"), set_tags(PatientID="SOMEBODY-ELSE"))
    arguments = ["read", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--organs", patient / "truth" / "organs.nii.gz",
                 "--out", tmp_path / "out", "--json", "--rigid"]
    refused = run_netpet(*arguments)
    assert (refused.status, refused.error["code"], refused.error["accept"]) == (3, "patient_mismatch", "patient_mismatch")
    accepted = run_netpet(*arguments, "--accept", "patient_mismatch")
    assert accepted.status == 0, accepted.err
    assert "patient_mismatch" in str(accepted.document["scans"]["fdg"]["warnings"])


def test_two_names_without_an_id_are_two_patients(patient, tmp_path):
    for role in ("sstr", "fdg"):
        edit(dicom_files(patient / role), set_tags(PatientID="", PatientBirthDate="", PatientName=f"Somebody^{role}"))
    outcome = run_netpet("read", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--out", tmp_path / "out", "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "patient_mismatch")


def test_a_contradicting_tracer_is_refused(phantom, tmp_path):
    source = phantom()
    outcome = run_netpet("read", "--sstr", source / "fdg", "--out", tmp_path / "out", "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "tracer_mismatch")


def nested_sequences(depth):
    item = bytearray()
    for _ in range(depth):
        item += struct.pack("<HHLHHL", 0x0008, 0x1140, 0xFFFFFFFF, 0xFFFE, 0xE000, 0xFFFFFFFF)
    return bytes(item)


def implicit_file(body):
    meta = struct.pack("<HH2sHH", 0x0002, 0x0010, b"UI", 18, 0)[:8] + b"1.2.840.10008.1.2\x00"
    group = struct.pack("<HH2sHL", 0x0002, 0x0000, b"UL", 4, len(meta))
    return bytes(128) + b"DICM" + group + meta + body


HOSTILE = [
    ("200,000 nested sequences", nested_sequences(200_000), "nesting_too_deep"),
    ("a declared length of 4 GB", struct.pack("<HHL", 0x0010, 0x0010, 0xFFFFFFF0) + b"abc", "length_exceeds_file"),
]


@pytest.mark.parametrize("name, body, code", HOSTILE, ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_among_good_ones_is_named_and_left_out(name, body, code, patient, tmp_path):
    (patient / "sstr" / "hostile.dcm").write_bytes(implicit_file(body))
    listing = run_netpet("inspect", patient / "sstr", "--json")
    assert listing.status == 0, listing.err
    assert [(pathlib.Path(entry["file"]).name, entry["code"]) for entry in listing.document["unreadable"]] == [("hostile.dcm", code)]
    outcome = run_netpet("read", "--sstr", patient / "sstr", "--organs", patient / "truth" / "organs.nii.gz",
                         "--out", tmp_path / "out", "--json")
    assert outcome.status == 0, outcome.err
    warnings = [w for w in outcome.document["scans"]["sstr"]["warnings"] if w["code"] == "unreadable_file"]
    assert warnings and "hostile.dcm" in warnings[0]["message"]


def test_a_hostile_file_alone_is_refused(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "hostile.dcm").write_bytes(implicit_file(nested_sequences(200_000)))
    outcome = run_netpet("read", "--sstr", tmp_path / "in", "--out", tmp_path / "out", "--json")
    assert outcome.status == 3
    assert "hostile.dcm" in outcome.out


def test_truncated_pixels_are_refused_or_the_slice_is_missed(patient, tmp_path):
    truncate_pixels(patient)
    outcome = run_netpet("read", "--sstr", patient / "sstr", "--out", tmp_path / "out", "--json")
    assert outcome.status == 3
    assert outcome.error["code"] in {"truncated_pixels", "missing_slice"}


def test_an_occupied_output_is_refused_and_untouched(phantom, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("keep")
    outcome = run_netpet("read", "--sstr", phantom() / "sstr", "--out", out, "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "output_occupied")
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def run_on_a_small_disk(size, folder, arguments):
    """Runs netpet with --out on a disk of `size`: (outcome, what is left there)."""
    mount, left = folder / "small", folder / "left.txt"
    mount.mkdir()
    command = " ".join([BINARY, *map(str, arguments), "--out", f"{mount}/made/out", "--json"])
    script = f"mount -t tmpfs -o size={size} none {mount} || exit 99; {command}; status=$?; find {mount} -mindepth 1 > {left}; exit $status"
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, timeout=300)
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip(f"FULL DISK NOT TESTED: no private mount can be made here: {done.stderr.strip()}")
    return Outcome(done.returncode, done.stdout, done.stderr), left.read_text()


# 300 kB hold the documents and not the pictures, 3 MB the pictures and not the volumes.
@pytest.mark.parametrize("command, size", [("read", "300k"), ("read", "3m"), ("phantom", "3m")])
def test_a_full_disk_ends_with_4_and_leaves_nothing(command, size, phantom, tmp_path):
    source = phantom()
    arguments = {"read": ["read", "--sstr", source / "sstr", "--organs", source / "truth" / "organs.nii.gz"],
                 "phantom": ["phantom", "--small"]}[command]
    outcome, left = run_on_a_small_disk(size, tmp_path, arguments)
    assert outcome.status == 4, outcome.err
    assert outcome.error["code"] == "disk_full"
    assert left == ""


def test_an_output_that_cannot_be_made_ends_with_4(phantom):
    outcome = run_netpet("read", "--sstr", phantom() / "sstr", "--out", "/proc/netpet/out", "--json")
    assert (outcome.status, outcome.error["code"]) == (4, "output_not_writable")


def test_results_that_cannot_be_printed_end_with_4(phantom):
    with open("/dev/full", "w") as full:
        done = subprocess.run([BINARY, "inspect", phantom() / "sstr", "--json"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=300)
    assert done.returncode == 4, done.stderr


INTERRUPTS = [("read", "headers", signal.SIGINT), ("read", "registration", signal.SIGTERM), ("read", "pictures", signal.SIGINT),
              ("phantom", "phantom: receptor", signal.SIGINT)]


@pytest.mark.parametrize("command, stage, stop", INTERRUPTS, ids=[f"{row[0]} at {row[1]}" for row in INTERRUPTS])
def test_an_interrupt_ends_with_130_and_leaves_nothing(command, stage, stop, phantom, tmp_path):
    source = phantom()
    arguments = {"read": ["read", "--rigid", "--sstr", source / "sstr", "--fdg", source / "fdg", "--organs", source / "truth" / "organs.nii.gz"],
                 "phantom": ["phantom", "--small"]}[command]
    with subprocess.Popen([BINARY, *map(str, arguments), "--out", tmp_path / "made" / "out", "--json"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if line.startswith(stage):
                break
        time.sleep(0.05)
        process.send_signal(stop)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert Outcome(130, out, err).error["code"] == "interrupted"
    assert list(tmp_path.iterdir()) == []


def test_wrong_calls_end_with_2(phantom, tmp_path):
    source = phantom()
    for arguments in (["read", "--out", tmp_path / "o"], ["read", "--sstr", source / "sstr"], ["nonsense"], ["read", "--no-such-flag"],
                      ["read", source, "--sstr", source / "sstr", "--out", tmp_path / "o"], ["phantom", "--out", tmp_path / "o", "--case", "P9"]):
        outcome = run_netpet(*arguments, "--json")
        assert outcome.status == 2, arguments
        assert outcome.error["code"]
    assert list(tmp_path.iterdir()) == []


def test_only_refusals_that_may_be_overridden_can_be_accepted(phantom, tmp_path):
    for arguments in [("read", "--sstr", phantom() / "sstr", "--out", tmp_path / "o"), ("suv", phantom() / "sstr")]:
        outcome = run_netpet(*arguments, "--accept", "weight_missing", "--json")
        assert outcome.status == 2, arguments
        assert "patient_mismatch" in outcome.error["message"]


@pytest.mark.parametrize("option", ["--organs", "--clinical"])
def test_a_missing_file_is_refused_before_the_scans_are_read(option, tmp_path):
    outcome = run_netpet("read", "--fdg", tmp_path / "no_scan", option, tmp_path / "none", "--out", tmp_path / "out", "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "file_missing")
    assert outcome.error["file"] == str(tmp_path / "none") and not (tmp_path / "out").exists()
