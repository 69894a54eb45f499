"""Documents that earlier revisions wrote are still readings: the schema may grow, and takes nothing back."""
import json

import pytest
from conftest import ROOT, validate

OLD = sorted((ROOT / "tests" / "reference" / "readings").glob("*.json"))


@pytest.mark.parametrize("file", OLD, ids=lambda file: file.stem)
def test_a_reading_of_an_earlier_revision_still_validates(file):
    document = json.loads(file.read_text())
    assert document["software"]["revision"] == file.stem.split("_")[0]
    validate(document, "netpet-reading-1")


def test_what_old_readings_hold_is_still_written(reading):
    """A field that every old reading has stands in a new one too."""
    common = set.intersection(*(set(json.loads(file.read_text())) for file in OLD))
    assert len(common) > 10 and common <= set(reading[1])
