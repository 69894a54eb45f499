"""The program from outside: runs the binary named by NETPET and checks every document against its schema."""
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess

import jsonschema
import pydicom
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("NETPET", str(ROOT / "build" / "netpet"))
SCHEMAS = ROOT / "schemas"


def validate(document, schema_name):
    """Fails where `document` does not follow schemas/<schema_name>.json."""
    schema = json.loads((SCHEMAS / f"{schema_name}.json").read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(document)


def read_strictly(text):
    """The JSON document; NaN and infinities, which JSON does not have, are refused."""
    def refuse(constant):
        raise ValueError(f"{constant} in a document")
    return json.loads(text, parse_constant=refuse)


@dataclasses.dataclass
class Outcome:
    status: int
    out: str
    err: str

    @property
    def document(self):
        return read_strictly(self.out)

    @property
    def error(self):
        error = self.document
        validate(error, "netpet-error-1")
        return error["error"]


def run_netpet(*arguments, stdin=None, **options):
    done = subprocess.run([BINARY, *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=300, **options)
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def netpet():
    return run_netpet


@pytest.fixture(scope="session")
def phantom(tmp_path_factory):
    """phantom(case, seed, vendor) → folder of a small simulated patient, made once a session; do not change it."""
    made = {}

    def make(case="P2b", seed=1, vendor="siemens"):
        key = (case, seed, vendor)
        if key not in made:
            folder = tmp_path_factory.mktemp("phantom") / f"{case}_{seed}_{vendor}"
            outcome = run_netpet("phantom", "--out", folder, "--case", case, "--seed", seed, "--vendor", vendor, "--small")
            assert outcome.status == 0, outcome.err
            validate(json.loads((folder / "truth" / "truth.json").read_text()), "netpet-truth-1")
            made[key] = folder
        return made[key]

    return make


def copy_of(source, folder):
    """A copy by hard links, which costs nothing: replace its files (`save`), never write into them."""
    shutil.copytree(source, folder, copy_function=os.link)
    return folder


def save(dataset, path):
    """Puts a changed DICOM object in the place of `path`, away from other links to the old one."""
    changed = path.with_name(path.name + ".changed")
    dataset.save_as(changed)
    changed.replace(path)


def dicom_files(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert files, f"no files in {folder}"
    return files


def edit(files, change):
    """Applies `change(dataset)` to each file."""
    for path in files:
        dataset = pydicom.dcmread(path)
        change(dataset)
        save(dataset, path)


@pytest.fixture
def patient(phantom, tmp_path):
    """A simulated patient that a test may damage with `edit` and `save`."""
    return copy_of(phantom(), tmp_path / "patient")


@pytest.fixture(scope="session")
def reading(phantom, tmp_path_factory):
    """The reading of a simulated patient with its true organ map, made once a session: (folder, document)."""
    source = phantom()
    out = tmp_path_factory.mktemp("reading") / "out"
    outcome = run_netpet("read", "--sstr", source / "sstr", "--fdg", source / "fdg", "--organs", source / "truth" / "organs.nii.gz",
                         "--out", out, "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-reading-1")
    return out, outcome.document


@pytest.fixture(scope="session")
def one_thread(phantom, tmp_path_factory):
    """The same on one thread, told to a terminal: (folder, standard output)."""
    source = phantom()
    out = tmp_path_factory.mktemp("one_thread") / "out"
    outcome = run_netpet("read", "--sstr", source / "sstr", "--fdg", source / "fdg", "--organs", source / "truth" / "organs.nii.gz",
                         "--out", out, "--threads", 1)
    assert outcome.status == 0, outcome.err
    return out, outcome.out
