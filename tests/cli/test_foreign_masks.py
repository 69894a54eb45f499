"""Segmentations of highdicom and dcmqi mark the voxels that those programs were given."""
import sys

import numpy
import pydicom
import pytest
from conftest import ROOT, run_netpet

MASKS = ROOT / "tests" / "fixtures" / "masks"
sys.path.insert(0, str(MASKS))
import image  # noqa: E402

SEGMENTATIONS = sorted(path.name for path in MASKS.glob("*.dcm"))


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    return image.write_series(tmp_path_factory.mktemp("ct") / "ct")


def measured(series, mask, label):
    done = run_netpet("measure", series, mask, "--label", label, "--json")
    assert done.status == 0, done.out
    features = {one["id"]: one["value"] for one in done.document["features"]}
    return done.document["region"], features


def test_both_programs_and_every_kind_of_storage_are_there():
    kinds = {(str(one.SegmentationType), one.file_meta.TransferSyntaxUID.name) for one in (pydicom.dcmread(MASKS / name) for name in SEGMENTATIONS)}
    assert {kind for kind, _ in kinds} == {"BINARY", "FRACTIONAL", "LABELMAP"}
    assert {"Explicit VR Little Endian", "Deflated Explicit VR Little Endian", "RLE Lossless"} <= {syntax for _, syntax in kinds}
    assert "dcmqi.dcm" in SEGMENTATIONS


@pytest.mark.parametrize("name", [name for name in SEGMENTATIONS if "label_map" in name])
def test_the_background_of_a_label_map_is_no_region(series, name):
    assert 0 in [segment.SegmentNumber for segment in pydicom.dcmread(MASKS / name).SegmentSequence]
    refused = run_netpet("measure", series, MASKS / name, "--label", 0, "--json")
    assert refused.status == 3 and refused.error["code"] == "label_missing"


@pytest.mark.parametrize("name", SEGMENTATIONS)
def test_a_segmentation_marks_the_voxels_that_it_was_made_of(series, name):
    for label, region in image.regions().items():
        inside = image.values()[region].astype(float)
        found, features = measured(series, MASKS / name, label)
        assert found["voxels"] == region.sum()
        assert found["volume_ml"] == pytest.approx(region.sum() * numpy.prod(image.SPACING) / 1000)
        # No two voxels have one value: these four hold for no other region of that size that a mistake would make.
        assert features["Q4LE"] == pytest.approx(inside.mean(), rel=1e-12)
        assert features["ECT3"] == pytest.approx(inside.var(), rel=1e-9)
        assert (features["1GSF"], features["84IY"]) == (inside.min(), inside.max())
