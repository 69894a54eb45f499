"""`netpet organs`: what it finds on a CT with and without a PET, its document, and what it refuses."""
import numpy
import pytest

from conftest import run_netpet, validate
from nifti import read_nifti, write_nifti


def series_of(patient, modality):
    import pydicom
    folders = {path.parent for path in (patient / "sstr").rglob("*") if path.is_file()}
    return next(folder for folder in sorted(folders)
                if pydicom.dcmread(next(p for p in folder.iterdir() if p.is_file()), stop_before_pixels=True).Modality == modality)


def organs(*arguments):
    outcome = run_netpet("organs", *arguments, "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-organs-1")
    return {organ["id"]: organ for organ in outcome.document["organs"]}


@pytest.fixture(scope="module")
def with_pet(phantom, tmp_path_factory):
    out = tmp_path_factory.mktemp("organs") / "organs.nii.gz"
    patient = phantom()
    return organs(series_of(patient, "CT"), "--pet", series_of(patient, "PT"), "--out", out), out


def test_the_label_map_lies_on_the_ct_and_holds_what_the_document_lists(with_pet):
    listed, out = with_pet
    labels, affine = read_nifti(out)
    voxel_ml = abs(numpy.linalg.det(affine[:3, :3])) / 1000
    assert set(numpy.unique(labels)) - {0} == set(listed)
    for number, organ in listed.items():
        assert organ["volume_ml"] == pytest.approx((labels == number).sum() * voxel_ml, rel=1e-4)
        middle = (affine @ [*numpy.argwhere(labels == number).mean(axis=0), 1])[:3]
        assert organ["centroid_lps_mm"] == pytest.approx(middle, abs=0.01)


def test_liver_and_spleen_lie_on_their_sides(with_pet):
    listed, _ = with_pet
    assert listed[5]["centroid_lps_mm"][0] < listed[1]["centroid_lps_mm"][0]


def test_air_alone_holds_no_organ(tmp_path):
    air = write_nifti(tmp_path / "air.nii", numpy.full((30, 30, 30), -1000), numpy.diag([4.0, 4, 4, 1]))
    assert organs(air, "--out", tmp_path / "organs.nii") == {}


def test_a_file_in_its_place_is_kept(tmp_path):
    air = write_nifti(tmp_path / "air.nii", numpy.full((8, 8, 8), -1000), numpy.diag([4.0, 4, 4, 1]))
    outcome = run_netpet("organs", air, "--out", air, "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "output_occupied")


def test_a_folder_without_ct_is_refused(phantom, tmp_path):
    outcome = run_netpet("organs", series_of(phantom(), "PT"), "--out", tmp_path / "organs.nii", "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "no_ct_series")


def test_a_hot_metastasis_at_the_kidneys_place_is_no_kidney(tmp_path):
    patient, out = tmp_path / "patient", tmp_path / "organs.nii.gz"
    assert run_netpet("phantom", "--out", patient, "--small", "--seed", 351, "--case", "liver_replaced").status == 0
    organs(series_of(patient, "CT"), "--pet", series_of(patient, "PT"), "--out", out)
    labels, affine = read_nifti(out)
    truth, to_world = read_nifti(patient / "truth" / "organs.nii.gz")
    for number, least in ((2, 0.8), (5, 0.9)):
        world = numpy.argwhere(labels == number) @ affine[:3, :3].T + affine[:3, 3]
        at = numpy.rint((world - to_world[:3, 3]) @ numpy.linalg.inv(to_world[:3, :3]).T).astype(int)
        assert (truth[tuple(numpy.clip(at, 0, numpy.array(truth.shape) - 1).T)] == number).mean() > least
