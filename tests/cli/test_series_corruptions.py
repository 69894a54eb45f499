"""series_corruptions.txt: files of a PET series, damaged in one place, through the whole of `netpet suv`."""
import math

import pytest

import tiny_pet
from conftest import ROOT, read_strictly, run_netpet, validate

TABLE = ROOT / "tests" / "cli" / "series_corruptions.txt"
SLICES = 6
MASS_G, DOSE_BQ, HALF_LIFE_S = 70000.0, 368.08e6, 6586.2
NAMES = {"m": MASS_G, "d": DOSE_BQ, "T": HALF_LIFE_S, "s": lambda t: DOSE_BQ * 2 ** (-t / HALF_LIFE_S)}

def rows():
    return [line for line in TABLE.read_text().splitlines() if "->" in line and not line.startswith("#")]

class Series:
    """The sound series and what a row does to it: data sets first, then the files that were written."""

    def __init__(self):
        self.datasets = [tiny_pet.slice_of(number, SLICES) for number in range(SLICES)]
        self.left_out = set()
        self.on_files = []

    def set(self, keyword, text, only):
        for number, dataset in enumerate(self.datasets):
            if only is not None and number != only:
                continue
            within = keyword.startswith("dose.")
            target = dataset.RadiopharmaceuticalInformationSequence[0] if within else dataset
            name = keyword.removeprefix("dose.")
            if text == "-":
                delattr(target, name)
            elif isinstance(getattr(target, name, None), int):
                setattr(target, name, int(text))
            else:
                values = [] if text == "()" else text.replace("_", " ").split("\\")
                try:
                    setattr(target, name, values[0] if len(values) == 1 else values or None)
                except ValueError:  # pydicom writes no such number: it stands there as text
                    target.add_new(name, "LO", values)

    def set_philips(self, name, text):
        creator = next((value for key, value in self.philips if key == "philips_creator"), "Philips PET Private Group")
        element = {"philips_suv": 0x1000, "philips_activity": 0x1009}[name]
        for dataset in self.datasets:
            if creator != "()":
                dataset.add_new((0x7053, 0x0010), "LO", creator)
            dataset.add_new((0x7053, element), "DS", text)

    def operate(self, name, only):
        if name == "missing_slice":
            self.left_out.add(only)
        elif name == "only_slice":
            self.left_out = set(range(SLICES)) - {only}
        elif name == "doubled_slice":
            self.datasets.append(self.copy(only))
        elif name == "doubled_series":
            self.datasets += [self.copy(number) for number in range(SLICES)]
        elif name == "tilted":
            for number, dataset in enumerate(self.datasets):
                dataset.ImagePositionPatient = [-16, -16 + number, 4 * number]
        elif name == "feet_first":
            for number, dataset in enumerate(self.datasets):
                dataset.ImagePositionPatient = [-16, -16, -4 * number]
        elif name == "reversed_instance_numbers":
            for number, dataset in enumerate(self.datasets):
                dataset.InstanceNumber = SLICES - number
        else:
            self.on_files.append((name, only))

    def copy(self, number):
        dataset = tiny_pet.slice_of(number, SLICES)
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = f"{tiny_pet.ROOT_UID}5.{number}"
        return dataset

    def write(self, folder):
        paths = tiny_pet.write(folder, self.datasets)
        for name, only in self.on_files:
            path = paths[only] if only is not None else None
            if name == "scrambled_names":
                for number, one in enumerate(paths):
                    one.rename(folder / f"{(number * 5 + 3) % 7}_{number}")
            elif name == "notes_beside":
                (folder / "notes.txt").write_text("read me")
            elif name == "trailing_bytes":
                path.write_bytes(path.read_bytes() + bytes(16))
            elif name == "truncated":
                path.write_bytes(path.read_bytes()[:-40])
            elif name == "header_cut_off":
                path.write_bytes(path.read_bytes()[:500])
            elif name == "emptied_file":
                path.write_bytes(b"")
            elif name == "text_in_place_of":
                path.write_text("not a DICOM file at all")
            else:
                raise ValueError(f"the table asks for an unknown operation: {name}")
        for number in self.left_out:
            paths[number].unlink()

def damaged(changes):
    series = Series()
    items = [item.partition("=") for item in changes.split()]
    series.philips = [(name, value) for name, _, value in items if name.startswith("philips_")]
    for name, sign, value in items:
        name, _, number = name.partition("@")
        only = int(number) if number else None
        if name in ("philips_suv", "philips_activity"):
            series.set_philips(name, value)
        elif name == "philips_creator":
            continue
        elif sign:
            series.set(name, value, only)
        else:
            series.operate(name, only)
    return series

@pytest.mark.parametrize("row", rows())
def test_a_damaged_series_gives_its_number_or_its_refusal(row, tmp_path):
    changes, outcome = row.split("->", 1)
    expected, *warnings = outcome.split("#")[0].split()
    damaged(changes).write(tmp_path / "pet")
    found = run_netpet("suv", tmp_path / "pet", "--json")
    document = read_strictly(found.out)
    if "#" not in outcome:
        assert (found.status, document.get("error", document).get("code")) == (3, expected), document
        return
    assert found.status == 0, document
    validate(document, "netpet-suv-1")
    formula = eval(outcome.split("#", 1)[1], {"__builtins__": {}}, NAMES)
    assert float(expected) == pytest.approx(formula, rel=1e-8)
    assert math.isclose(document["max"], formula, rel_tol=1e-5), document
    assert {warning["code"] for warning in document["warnings"]} == set(warnings), document["warnings"]
