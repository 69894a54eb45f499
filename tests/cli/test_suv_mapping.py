"""Real World Value Mappings: the one that `netpet suv --rwvm` writes, and those that a study holds."""
import pydicom
import pytest

import tiny_pet
from conftest import run_netpet

SLICES, MASS_G, DOSE_BQ, HALF_LIFE_S = 6, 70000.0, 368.08e6, 6586.2
FACTOR = MASS_G / (DOSE_BQ * 2 ** (-3600 / HALF_LIFE_S))


@pytest.fixture
def study(tmp_path):
    """A series whose slices have the slopes 1, 2, … 6, and its mapping beside it."""
    datasets = [tiny_pet.slice_of(number, SLICES) for number in range(SLICES)]
    for number, dataset in enumerate(datasets):
        dataset.RescaleSlope = str(1 + number)
    tiny_pet.write(tmp_path / "study" / "pet", datasets)
    written = run_netpet("suv", tmp_path / "study" / "pet", "--rwvm", tmp_path / "mapping.dcm", "--json")
    assert written.status == 0, written.err
    return tmp_path / "study", tmp_path / "mapping.dcm"


def mappings(dataset):
    """{SOP Instance UID: slope} of the images that the object names."""
    return {image.ReferencedSOPInstanceUID: group.RealWorldValueMappingSequence[0].RealWorldValueSlope
            for group in dataset.ReferencedImageRealWorldValueMappingSequence for image in group.ReferencedImageSequence}


def codes_beside(folder, dataset):
    (folder / "rwv").mkdir()
    dataset.save_as(folder / "rwv" / "mapping.dcm")
    outcome = run_netpet("suv", folder, "--json")
    assert outcome.status == 0, outcome.err
    agreed = [step for step in outcome.document["provenance"]["steps"] if "mapping of mapping.dcm agrees" in step]
    return {warning["code"] for warning in outcome.document["warnings"]}, agreed


def test_a_mapping_turns_stored_values_into_suv_slice_by_slice(study):
    found = mappings(pydicom.dcmread(study[1]))
    assert found == {f"{tiny_pet.ROOT_UID}3.{number + 1}": pytest.approx((1 + number) * FACTOR, rel=1e-9) for number in range(SLICES)}


def test_the_mapping_that_was_written_agrees(study):
    codes, agreed = codes_beside(study[0], pydicom.dcmread(study[1]))
    assert not codes and len(agreed) == 1


def test_a_mapping_that_differs_by_two_percent_is_told(study):
    dataset = pydicom.dcmread(study[1])
    for group in dataset.ReferencedImageRealWorldValueMappingSequence:
        group.RealWorldValueMappingSequence[0].RealWorldValueSlope *= 1.02
    codes, agreed = codes_beside(study[0], dataset)
    assert codes == {"rwvm_differs"} and not agreed


def test_an_existing_file_is_not_replaced_unasked(study):
    outcome = run_netpet("suv", study[0], "--rwvm", study[1], "--json")
    assert (outcome.status, outcome.error["code"]) == (3, "output_occupied")
