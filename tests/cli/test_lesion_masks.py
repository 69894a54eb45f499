"""`netpet read --lesions-sstr`, `--lesions-fdg`: lesions that somebody else outlined."""
import numpy
import pytest

from conftest import run_netpet, validate
from nifti import read_nifti, write_nifti


def read(tmp_path, *arguments):
    outcome = run_netpet("read", *arguments, "--out", tmp_path / "out", "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-reading-1")
    return outcome.document


def test_lesions_of_a_segmentation_are_those_of_the_reading_that_wrote_it(phantom, reading, tmp_path):
    out, before = reading
    source = phantom()
    after = read(tmp_path, "--sstr", source / "sstr", "--organs", source / "truth" / "organs.nii.gz",
                 "--lesions-sstr", out / "dicom" / "seg_lesions_sstr.dcm")
    volumes = [lesion["uptake"]["sstr"]["volume_ml"] for lesion in before["lesions"] if lesion["uptake"]["sstr"]["volume_ml"]]
    assert [lesion["uptake"]["sstr"]["volume_ml"] for lesion in after["lesions"]] == volumes
    assert {(lesion["status"], lesion["status_by"]) for lesion in after["lesions"]} == {("pathologic", "mask")}
    # Out and in again, voxel for voxel.
    written, read_again = (read_nifti(folder / "volumes" / "lesions_sstr.nii.gz")[0] for folder in (out, tmp_path / "out"))
    assert written.any() and numpy.array_equal(written > 0, read_again > 0)
    pairs = set(zip(written[written > 0].tolist(), read_again[written > 0].tolist()))
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def test_an_empty_lesion_mask_says_that_there_are_none(phantom, tmp_path):
    source = phantom()
    empty = write_nifti(tmp_path / "empty.nii", numpy.zeros((2, 2, 2)), numpy.diag([4.0, 4, 4, 1]))
    after = read(tmp_path, "--sstr", source / "sstr", "--organs", source / "truth" / "organs.nii.gz", "--lesions-sstr", empty)
    assert after["lesions"] == []
    assert "lesion_mask_empty" in [w["code"] for w in after["scans"]["sstr"]["warnings"]]


@pytest.mark.parametrize("option, file, code, status",
                         [("--lesions-sstr", "missing.nii", "file_missing", 3), ("--lesions-fdg", "empty.nii", "usage", 2)])
def test_a_lesion_mask_that_cannot_be_used_is_refused(phantom, tmp_path, option, file, code, status):
    write_nifti(tmp_path / "empty.nii", numpy.zeros((2, 2, 2)), numpy.eye(4))
    outcome = run_netpet("read", "--sstr", phantom() / "sstr", option, tmp_path / file, "--out", tmp_path / "out", "--json")
    assert outcome.status == status and outcome.error["code"] == code
    assert not (tmp_path / "out").exists()


def test_a_lesion_mask_of_the_other_scan_is_refused(phantom, reading, tmp_path):
    out, _ = reading
    outcome = run_netpet("read", "--sstr", phantom() / "sstr", "--organs", phantom() / "truth" / "organs.nii.gz",
                         "--lesions-sstr", out / "dicom" / "seg_lesions_fdg.dcm",
                         "--out", tmp_path / "out", "--json")
    assert outcome.status == 3 and outcome.error["code"] == "mask_frame"


def twice_as_fine(labels, affine):
    """The same regions on a grid of half the steps: what a mask drawn on the CT is to PET."""
    finer = affine.copy()
    finer[:3, :3] /= 2
    finer[:3, 3] -= affine[:3, :3].sum(axis=1) / 4
    return labels.repeat(2, axis=0).repeat(2, axis=1).repeat(2, axis=2), finer


def test_masks_of_both_tracers_come_as_contours_and_on_another_grid(phantom, reading, tmp_path):
    source, (out, _) = phantom(), reading
    fdg, affine = read_nifti(out / "volumes" / "lesions_fdg.nii.gz")
    finer = write_nifti(tmp_path / "finer.nii", *twice_as_fine(fdg, affine))
    after = read(tmp_path, "--sstr", source / "sstr", "--fdg", source / "fdg", "--rigid", "--organs", source / "truth" / "organs.nii.gz",
                 "--lesions-sstr", out / "dicom" / "rtstruct_lesions_sstr.dcm", "--lesions-fdg", finer)
    for tracer, warned in (("sstr", False), ("fdg", True)):
        name = f"lesions_{tracer}.nii.gz"
        before, again = (read_nifti(folder / "volumes" / name)[0] for folder in (out, tmp_path / "out"))
        assert before.any() and numpy.array_equal(before > 0, again > 0)
        assert ("mask_resampled" in [w["code"] for w in after["scans"][tracer]["warnings"]]) == warned
    on_both = [lesion for lesion in after["lesions"] if all(lesion["uptake"][t]["outlined"] for t in ("sstr", "fdg"))]
    assert on_both and {lesion["status_by"] for lesion in after["lesions"]} == {"mask"}


def test_contours_of_the_sstr_frame_are_refused_on_fdg(phantom, reading, tmp_path):
    out, _ = reading
    outcome = run_netpet("read", "--fdg", phantom() / "fdg", "--lesions-fdg", out / "dicom" / "rtstruct_lesions_sstr.dcm",
                         "--out", tmp_path / "out", "--json")
    assert outcome.status == 3 and outcome.error["code"] == "mask_frame"
    assert not (tmp_path / "out").exists()
