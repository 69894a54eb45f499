"""What must not change a reading: order and names of files, direction of axes, threads, shifted dates."""
import datetime
import filecmp
import json
import math
import random
import re

import numpy
import pytest

from conftest import copy_of, dicom_files, edit, run_netpet


def read(patient, out, *options):
    outcome = run_netpet("read", "--sstr", patient / "sstr", "--fdg", patient / "fdg",
                         "--organs", patient / "truth" / "organs.nii.gz", "--out", out, "--json", *options)
    assert outcome.status == 0, outcome.err
    return outcome.document


def differences(a, b, tolerance, at="$"):
    """Where two documents differ: numbers by more than `tolerance` of the larger or, near zero, of one."""
    if isinstance(a, dict) and isinstance(b, dict):
        keys = sorted(a.keys() | b.keys())
        return [found for key in keys for found in differences(a.get(key, "absent"), b.get(key, "absent"), tolerance, f"{at}.{key}")]
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [found for n, pair in enumerate(zip(a, b)) for found in differences(*pair, tolerance, f"{at}[{n}]")]
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool) and not isinstance(b, bool):
        same = math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance)
    else:
        same = a == b
    return [] if same else [f"{at}: {a!r} | {b!r}"]


def assert_same_files(a, b):
    names = sorted(path.relative_to(a) for path in a.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(b) for path in b.rglob("*") if path.is_file())
    assert [str(name) for name in names if not filecmp.cmp(a / name, b / name, shallow=False)] == []


def test_names_order_and_depth_of_files_do_not_matter(phantom, reading, tmp_path):
    source, patient = phantom(), tmp_path / "patient"
    copy_of(source / "truth", patient / "truth")
    shuffler = random.Random(7)
    for role in ("sstr", "fdg"):
        files = dicom_files(source / role)
        shuffler.shuffle(files)
        for number, file in enumerate(files):
            folder = patient / role / "/".join(f"d{depth}" for depth in range(number % 4))
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number:04d} ä.{shuffler.choice(['IMA', 'txt', 'x'])}").hardlink_to(file)
    assert read(patient, tmp_path / "out") == reading[1]
    assert_same_files(reading[0], tmp_path / "out")


def test_the_number_of_threads_does_not_matter(reading, one_thread):
    assert_same_files(reading[0], one_thread[0])


def reverse_rows(dataset):
    """Rows from the last to the first; the voxels stay where they were in the patient."""
    rows, spacing = dataset.Rows, float(dataset.PixelSpacing[0])
    down = numpy.array(dataset.ImageOrientationPatient[3:], float)
    put(dataset, dataset.pixel_array[::-1], down * spacing * (rows - 1))
    dataset.ImageOrientationPatient = [*dataset.ImageOrientationPatient[:3], *(-down)]


def reverse_columns(dataset):
    columns, spacing = dataset.Columns, float(dataset.PixelSpacing[1])
    along = numpy.array(dataset.ImageOrientationPatient[:3], float)
    put(dataset, dataset.pixel_array[:, ::-1], along * spacing * (columns - 1))
    dataset.ImageOrientationPatient = [*(-along), *dataset.ImageOrientationPatient[3:]]


def put(dataset, pixels, shift):
    dataset.PixelData = numpy.ascontiguousarray(pixels).tobytes()
    dataset.ImagePositionPatient = [round(float(x) + d, 6) for x, d in zip(dataset.ImagePositionPatient, shift)]


# A flip changes the order in which voxels are summed and visited: 1e-4 holds every rounding, and no shift by a voxel.
FLIP_TOLERANCE = 1e-4


@pytest.mark.parametrize("kinds", [("pet",), ("pet", "ct")], ids=["of PET", "of PET and CT"])
def test_the_direction_of_image_axes_does_not_matter(kinds, patient, reading, tmp_path):
    for kind in kinds:
        edit(dicom_files(patient / "sstr" / kind), reverse_rows)
        edit(dicom_files(patient / "fdg" / kind), reverse_columns)
    flipped = read(patient, tmp_path / "out")
    # Where a voxel of one scan falls between two voxels of the other, a rounding decides: a voxel or two of the overlap may change sides.
    kinds_of_tissue = ("sstr_only_ml", "both_ml", "fdg_only_ml")

    def overlaps(document):
        burden = document["burden"]
        return [burden[kind] for kind in kinds_of_tissue] + [end for kind in kinds_of_tissue for end in burden["within_alignment"][kind]]
    two_voxels_ml = 2 * math.prod(flipped["scans"]["sstr"]["voxel_mm"]) / 1000
    assert overlaps(flipped) == pytest.approx(overlaps(reading[1]), abs=two_voxels_ml + 1e-6)
    flipped["burden"] |= {key: reading[1]["burden"][key] for key in (*kinds_of_tissue, "within_alignment")}
    assert differences(reading[1], flipped, FLIP_TOLERANCE) == []
    for role in ("sstr", "fdg"):  # the files were flipped indeed: each scan stays on its own grid
        name = f"volumes/{role}_suv.nii.gz"
        assert not filecmp.cmp(reading[0] / name, tmp_path / "out" / name, shallow=False)


DAYS = -20_000  # beyond 1970, over leap years


def shift_dates(dataset):
    def shifted(text):
        day = datetime.datetime.strptime(text[:8], "%Y%m%d") + datetime.timedelta(days=DAYS)
        return day.strftime("%Y%m%d") + text[8:]

    for element in dataset.iterall():
        if element.VR in ("DA", "DT") and element.value:
            element.value = shifted(str(element.value))


def shift_back(document):
    """The document with every date later by as many days as the files were made earlier."""
    def later(found):
        return (datetime.date.fromisoformat(found[0]) - datetime.timedelta(days=DAYS)).isoformat()
    return json.loads(re.sub(r"\b(19|20)\d\d-\d\d-\d\d(?=[T\"])", later, json.dumps(document)))


def test_a_shift_of_all_dates_does_not_matter(patient, reading, tmp_path):
    edit(dicom_files(patient / "sstr") + dicom_files(patient / "fdg"), shift_dates)
    shifted = read(patient, tmp_path / "out")
    assert shifted != reading[1]
    assert shift_back(shifted) == reading[1]
