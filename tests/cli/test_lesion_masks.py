"""`netpet read --lesions-sstr`, `--lesions-fdg`: lesions that somebody else outlined."""
import numpy
import pydicom
import pytest

from conftest import dicom_files, run_netpet, validate
from label_map import write_label_map
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


def labels_at(labels, affine, shape, places):
    """The label that lies at each voxel centre of another grid, both along the patient's axes; half-way between two the one further along."""
    assert all(numpy.count_nonzero(one[:3, :3]) == 3 for one in (affine, places))
    at = [numpy.floor((places[a, a] * numpy.arange(shape[a]) + places[a, 3] - affine[a, 3]) / affine[a, a] + 0.5 + 1e-6).astype(int) for a in range(3)]
    inside = [(0 <= index) & (index < size) for index, size in zip(at, labels.shape)]
    found = numpy.zeros(shape, int)
    found[numpy.ix_(*inside)] = labels[numpy.ix_(*(index[kept] for index, kept in zip(at, inside)))]
    return found


def test_a_segmentation_on_the_ct_marks_the_pet_voxels_whose_centres_it_holds(phantom, tmp_path):
    source = phantom()
    slices = sorted((pydicom.dcmread(path, stop_before_pixels=True) for path in dicom_files(source / "sstr" / "ct")),
                    key=lambda one: float(one.ImagePositionPatient[2]))
    on_ct = numpy.eye(4)
    on_ct[:3, 3] = slices[0].ImagePositionPatient
    on_ct[[0, 1, 2], [0, 1, 2]] = *slices[0].PixelSpacing, slices[1].ImagePositionPatient[2] - slices[0].ImagePositionPatient[2]
    truth, on_pet = read_nifti(source / "truth" / "lesions_sstr.nii.gz")
    labels = labels_at(truth, on_pet, (slices[0].Columns, slices[0].Rows, len(slices)), on_ct)
    after = read(tmp_path, "--sstr", source / "sstr", "--organs", source / "truth" / "organs.nii.gz",
                 "--lesions-sstr", write_label_map(tmp_path / "seg.dcm", labels.transpose(2, 1, 0), slices))
    assert "mask_resampled" in [w["code"] for w in after["scans"]["sstr"]["warnings"]]
    found, affine = read_nifti(tmp_path / "out" / "volumes" / "lesions_sstr.nii.gz")
    expected = labels_at(labels, on_ct, found.shape, affine)
    assert len(after["lesions"]) == len(numpy.unique(expected)) - 1  # the label map's background is none
    assert len(set(zip(found.ravel().tolist(), expected.ravel().tolist()))) == len(after["lesions"]) + 1


def test_contours_of_the_sstr_frame_are_refused_on_fdg(phantom, reading, tmp_path):
    out, _ = reading
    outcome = run_netpet("read", "--fdg", phantom() / "fdg", "--lesions-fdg", out / "dicom" / "rtstruct_lesions_sstr.dcm",
                         "--out", tmp_path / "out", "--json")
    assert outcome.status == 3 and outcome.error["code"] == "mask_frame"
    assert not (tmp_path / "out").exists()
