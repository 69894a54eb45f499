"""`netpet measure`: features of one region, their document, and what is refused."""
import csv
import math

import numpy
import pydicom
import pytest

from conftest import ROOT, run_netpet, validate
from nifti import write_nifti

# The IBSI 1 digital phantom (A. Zwanenburg, CC BY 4.0): a line a slice, a group a row.
PHANTOM = numpy.array("""
14411 14611 41641 44641
14411 11611 11311 44611
14411 11111 11911 11611
14411 11111 11111 11611""".split()).reshape(4, 4)
LEVELS = numpy.array([[[int(c) for c in row] for row in plane] for plane in PHANTOM]).transpose(2, 1, 0)
OUTSIDE = [(0, 2, 1), (3, 0, 2), (4, 0, 2), (2, 2, 2), (3, 0, 3), (4, 0, 3)]
GRID = numpy.diag([2.0, 2, 2, 1])


@pytest.fixture
def files(tmp_path):
    mask = numpy.ones_like(LEVELS)
    for voxel in OUTSIDE:
        mask[voxel] = 0
    return write_nifti(tmp_path / "image.nii", LEVELS, GRID), write_nifti(tmp_path / "mask.nii", mask, GRID)


def measure(*arguments):
    outcome = run_netpet("measure", *arguments, "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-measure-1")
    return outcome.document


def by_tag(document):
    return {f["parameters"]["tag"]: f["value"] for f in document["features"] if "tag" in f["parameters"]}


def references(table):
    with open(ROOT / "tests" / "reference" / "ibsi" / f"ibsi_1_{table}.csv") as file:
        return {row[2]: (float(row[0]), float(row[1])) for row in list(csv.reader(file, delimiter=";"))[1:] if row[0]}


def test_the_digital_phantom_holds_the_reference_values_of_ibsi(files):
    values = by_tag(measure(*files))
    expected = references("dig_phantom")
    assert len(expected) == 482
    for tag, (reference, tolerance) in expected.items():
        in_mm3 = 1000 if tag in ("morph_volume", "morph_vol_approx", "morph_integ_int") else 1
        last_digit = 0.51 * 10 ** (math.floor(math.log10(abs(reference))) - 2) if reference else 0.005
        assert values[tag] * in_mm3 == pytest.approx(reference, abs=tolerance + last_digit), tag


def test_the_settings_stand_beside_each_feature(files, tmp_path):
    document = measure(*files, "--bins", 4, "--unit", "g/mL", "--csv", tmp_path / "out.csv")
    glcm = next(f for f in document["features"] if f["id"] == "GYBY")
    assert glcm["discretisation"] == {"method": "fixed_bin_number", "id": "K15C", "bins": 4}
    assert glcm["parameters"]["aggregation_id"] == "BTW3"
    assert next(f for f in document["features"] if f["id"] == "84IY")["unit"] == "g/mL"
    assert next(f for f in document["features"] if f["id"] == "ECT3")["unit"] == "(g/mL)2"
    rows = list(csv.DictReader((tmp_path / "out.csv").open()))
    assert len(rows) == len(document["features"])
    assert float(next(r for r in rows if r["id"] == "84IY")["value"]) == 6


def test_a_mask_whose_axes_run_the_other_way_is_the_same_region(files, tmp_path):
    image, mask = files
    flipped = numpy.ones_like(LEVELS)
    for voxel in OUTSIDE:
        flipped[voxel] = 0
    turned = GRID.copy()
    turned[0, 0], turned[0, 3] = -2, 8
    other = write_nifti(tmp_path / "flipped.nii", flipped[::-1], turned)
    assert by_tag(measure(image, other)) == by_tag(measure(image, mask))


def test_a_mask_on_another_grid_is_refused_unless_it_may_be_resampled(files, tmp_path):
    image, _ = files
    shifted = GRID.copy()
    shifted[:3, 3] = 0.7
    mask = write_nifti(tmp_path / "shifted.nii", numpy.ones_like(LEVELS), shifted)
    outcome = run_netpet("measure", image, mask, "--json")
    assert outcome.status == 3 and outcome.error["code"] == "mask_grid"
    assert [w["code"] for w in measure(image, mask, "--resample-mask")["warnings"]] == ["mask_resampled"]
    shifted[:3, 3] = 500
    far = write_nifti(tmp_path / "far.nii", numpy.ones_like(LEVELS), shifted)
    assert run_netpet("measure", image, far, "--resample-mask", "--json").error["code"] == "mask_outside_image"


def test_several_labels_need_a_name(files, tmp_path):
    image, _ = files
    two = numpy.ones_like(LEVELS)
    two[0] = 2
    mask = write_nifti(tmp_path / "two.nii", two, GRID)
    outcome = run_netpet("measure", image, mask, "--json")
    assert outcome.status == 2 and outcome.error["code"] == "label_needed"
    assert run_netpet("measure", image, mask, "--label", 5, "--json").error["code"] == "label_missing"
    assert measure(image, mask, "--label", 2)["region"]["voxels"] == 16


def test_an_empty_mask_and_a_range_that_leaves_nothing_are_refused(files, tmp_path):
    image, mask = files
    empty = write_nifti(tmp_path / "empty.nii", numpy.zeros_like(LEVELS), GRID)
    outcome = run_netpet("measure", image, empty, "--json")
    assert outcome.status == 3 and outcome.error["code"] == "mask_empty"
    assert run_netpet("measure", image, mask, "--range", 50, 60, "--json").error["code"] == "region_empty"
    assert run_netpet("measure", image, mask, "--range", 60, 50, "--json").status == 2


@pytest.mark.parametrize("region", ["voxel", "constant"])
def test_what_one_voxel_or_one_value_does_not_have_is_named(tmp_path, region):
    image = write_nifti(tmp_path / "image.nii", numpy.full((7, 7, 7), 2.5), GRID)
    marked = numpy.zeros((7, 7, 7))
    marked[(3, 3, 3) if region == "voxel" else slice(2, 5)] = 1
    document = measure(image, write_nifti(tmp_path / "mask.nii", marked, GRID))
    values = by_tag(document)
    assert values["stat_mean"] == 2.5 and values["loc_peak_glob"] == 2.5
    assert values["stat_skew"] == {"not_computable": "all voxels have one value"}
    reason = "no two voxels of the region are neighbours" if region == "voxel" else "all neighbours have one grey level"
    assert values["cm_corr_3D_comb"] == {"not_computable": reason}
    assert values["rlm_sre_3D_comb"] > 0


@pytest.mark.parametrize("kind", ["seg", "rtstruct"])
def test_a_dicom_mask_gives_the_region_of_the_label_map(phantom, reading, kind):
    out, document = reading
    pet, label = phantom() / "sstr" / "pet", len(document["lesions"])
    mask = out / "dicom" / f"{kind}_lesions_sstr.dcm"
    assert label > 1 and run_netpet("measure", pet, mask, "--json").error["code"] == "label_needed"
    number = next(n for n, name in numbers_of(mask).items() if name.split()[0].endswith(f"L{label}"))
    ours = measure(pet, mask, "--label", number)
    assert by_tag(measure(pet, mask, "--label", numbers_of(mask)[number])) == by_tag(ours)
    plain = measure(pet, out / "volumes" / "lesions_sstr.nii.gz", "--label", label)
    assert ours["region"]["voxels"] == plain["region"]["voxels"] and by_tag(ours) == by_tag(plain)
    assert ours["warnings"] == plain["warnings"]
    missing = run_netpet("measure", pet, mask, "--label", 999, "--json")
    assert missing.status == 3 and missing.error["code"] == "label_missing"


def numbers_of(mask):
    """Segment or ROI numbers of a DICOM mask and what they are called."""
    dataset = pydicom.dcmread(mask)
    if "SegmentSequence" in dataset:
        return {s.SegmentNumber: s.SegmentLabel for s in dataset.SegmentSequence}
    return {r.ROINumber: r.ROIName for r in dataset.StructureSetROISequence}


def test_a_mask_of_another_frame_of_reference_is_refused(phantom, reading):
    out, _ = reading
    for kind in ("seg", "rtstruct"):
        outcome = run_netpet("measure", phantom() / "fdg" / "pet", out / "dicom" / f"{kind}_lesions_sstr.dcm", "--label", 1,
                             "--json")
        assert outcome.status == 3 and outcome.error["code"] == "mask_frame"


def test_a_mask_without_a_patient_space_to_compare_is_taken_on_trust_and_says_so(phantom, reading):
    out, _ = reading
    document = measure(out / "volumes" / "fdg_on_sstr_suv.nii.gz", out / "dicom" / "seg_lesions_sstr.dcm", "--label", 1)
    assert [w["code"] for w in document["warnings"]] == ["mask_frame_unknown"]


def test_a_folder_is_a_mask_where_it_holds_one_file(files, tmp_path):
    image, mask = files
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "mask.nii").write_bytes(mask.read_bytes())
    assert by_tag(measure(image, tmp_path / "one")) == by_tag(measure(image, mask))
    assert run_netpet("measure", image, tmp_path, "--json").error["code"] == "mask_folder"


def test_what_is_no_mask_is_refused_by_name(files, tmp_path):
    image, _ = files
    noise = tmp_path / "noise.dcm"
    noise.write_bytes(bytes(range(256)) * 4)
    assert run_netpet("measure", image, noise, "--json").error["code"] == "not_dicom"
    assert run_netpet("measure", image, tmp_path / "missing", "--json").error["code"] == "file_missing"


def test_a_pet_series_is_measured_as_suv(phantom, tmp_path):
    truth = phantom() / "truth"
    label = 1
    document = measure(phantom() / "sstr" / "pet", truth / "lesions_sstr.nii.gz", "--label", label)
    assert document["image"]["unit"] == "g/mL"
    assert document["features"][0]["unit"] == "g/mL"
    assert by_tag(document)["stat_max"] > 1
