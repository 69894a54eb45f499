"""What the commands print and write: documents by their schemas, the output folder, the page, the terminal."""
import json
import re

import pytest

from conftest import ROOT, copy_of, dicom_files, edit, read_strictly, run_netpet, validate

VOLUMES = {"sstr": ["lesions_sstr.nii.gz", "sstr_suv.nii.gz"], "fdg": ["fdg_suv.nii.gz", "lesions_fdg.nii.gz"]}
DUAL_TRACER_SCALES = ["netpet", "karfis", "zidan"]
HOSTILE_NAME = "<script>alert('x')</script>^\"&"


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def outputs_for(roles, images):
    volumes = ["organs.nii.gz", *(name for role in roles for name in VOLUMES[role])]
    if len(roles) == 2:
        volumes.append("fdg_on_sstr_suv.nii.gz")
    kept = ["registration/registration.json", *(f"registration/registration_{way}.nii.gz" for way in ("there", "back"))] if len(roles) == 2 else []
    objects = [f"{kind}_{role}.dcm" for role in roles for kind in ("rtstruct_lesions", "rwvm", "seg_lesions", "seg_references", "mip")]
    return sorted(["reading.json", "fhir.json", "report.html", "report.pdf", "report.txt", "lesions.csv", *images, *(f"volumes/{name}" for name in volumes),
                   *kept, "dicom/sr.dcm", "dicom/report.dcm", *(f"dicom/{name}" for name in objects)])


def images_of(folder):
    return [name for name in tree(folder) if name.startswith("images/")]


@pytest.fixture(scope="module")
def hostile_sstr(phantom, tmp_path_factory):
    """An SSTR study alone, of a patient whose name is an attack: (folder, document)."""
    folder = tmp_path_factory.mktemp("hostile")
    patient = copy_of(phantom(), folder / "patient")

    def rename(dataset):
        dataset.PatientName = HOSTILE_NAME
    edit(dicom_files(patient / "sstr"), rename)
    outcome = run_netpet("read", "--sstr", patient / "sstr", "--organs", patient / "truth" / "organs.nii.gz",
                         "--out", folder / "out", "--json")
    assert outcome.status == 0, outcome.err
    return folder / "out", outcome.document


@pytest.fixture(scope="module")
def fdg_only(phantom, tmp_path_factory):
    out = tmp_path_factory.mktemp("fdg_only") / "out"
    outcome = run_netpet("read", "--fdg", phantom() / "fdg", "--out", out, "--json")
    assert outcome.status == 0, outcome.err
    return out, outcome.document


def test_the_output_folder_holds_what_the_contract_names(reading, hostile_sstr, fdg_only):
    for (folder, _), roles in ((reading, ["sstr", "fdg"]), (hostile_sstr, ["sstr"]), (fdg_only, ["fdg"])):
        images = images_of(folder)
        assert tree(folder) == outputs_for(roles, images)
        assert {f"images/mip_{role}.png" for role in roles} <= set(images)
        for image in images:
            assert (folder / image).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_the_printed_reading_is_the_written_one(reading):
    assert read_strictly((reading[0] / "reading.json").read_text()) == reading[1]


def test_readings_follow_their_schema(reading, hostile_sstr, fdg_only):
    for _, document in (reading, hostile_sstr, fdg_only):
        validate(document, "netpet-reading-1")


def test_the_lesion_table_has_one_row_a_lesion(reading):
    lines = (reading[0] / "lesions.csv").read_text().splitlines()
    assert [line.split(",")[0].strip('"') for line in lines[1:]] == [lesion["id"] for lesion in reading[1]["lesions"]]
    assert not re.search(r"\b(nan|inf)\b", "\n".join(lines), re.IGNORECASE)


def test_the_page_stands_alone_and_says_research_use(reading):
    page = (reading[0] / "report.html").read_text()
    assert "research use only" in page.lower()
    assert "data:image/png;base64," in page
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:|//|images/|file:)""", page)
    assert reading[1]["headline"] in page
    assert not re.search(r">\s*-?(nan|inf)\s*<", page, re.IGNORECASE)


def test_a_hostile_name_stays_text(hostile_sstr):
    folder, document = hostile_sstr
    assert document["patient"]["name"] == HOSTILE_NAME
    page = (folder / "report.html").read_text()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_terminal_gets_about_ten_lines(one_thread, reading):
    lines = one_thread[1].strip().splitlines()
    assert 7 <= len(lines) <= 14, one_thread[1]
    assert reading[1]["headline"] in one_thread[1]
    assert "research use only" in lines[-1].lower()


@pytest.mark.parametrize("role, other", [("sstr", "fdg"), ("fdg", "sstr")])
def test_one_tracer_alone_gives_what_it_can(role, other, hostile_sstr, fdg_only):
    document = (hostile_sstr if role == "sstr" else fdg_only)[1]
    assert document["scans"][role] and document["scans"][other] is None
    assert document["registration"] is None and document["interval_days"] is None
    for scale in DUAL_TRACER_SCALES:
        grade = document["grades"][scale]
        assert grade["value"] == "NA" and "tracer_missing" in grade["flags"], grade
    assert document["references"][role]["liver"]["mean"] > 0
    assert document["lesions"]
    for lesion in document["lesions"]:
        assert lesion["uptake"][other] is None and lesion["uptake"][role]["suvmax"] > 0
    assert document["burden"][f"{role}_volume_ml"] > 0 and document["burden"][f"{other}_volume_ml"] is None
    alone = {"sstr": "krenning", "fdg": "ezziddin"}
    assert json.dumps(document["grades"][alone[role]]).count("tracer_missing") == 0


def test_a_lesion_of_one_tracer_measures_the_same_alone(reading, hostile_sstr):
    """The SSTR scan is read on its own grid: the other scan adds nothing to its outlines."""
    def outlined(document):
        return sorted(json.dumps(lesion["uptake"]["sstr"], sort_keys=True) for lesion in document["lesions"]
                      if lesion["uptake"]["sstr"]["outlined"])

    def without_grading(text):
        uptake = json.loads(text)
        return [uptake[key] for key in ("suvmax", "suvpeak", "suvmean", "volume_ml", "total_uptake")]
    assert [without_grading(t) for t in outlined(reading[1])] == [without_grading(t) for t in outlined(hostile_sstr[1])]


def test_a_folder_of_both_studies_gives_the_same_reading(phantom, reading, tmp_path):
    source = phantom()
    studies = tmp_path / "studies"
    copy_of(source / "sstr", studies / "a")
    copy_of(source / "fdg", studies / "b")
    outcome = run_netpet("read", studies, "--organs", source / "truth" / "organs.nii.gz", "--out", tmp_path / "out", "--json")
    assert outcome.status == 0, outcome.err
    assert outcome.document == reading[1]


def test_a_contradicting_tracer_is_read_on_request_and_recorded(phantom, tmp_path):
    outcome = run_netpet("read", "--sstr", phantom() / "fdg", "--out", tmp_path / "out", "--accept", "tracer_mismatch", "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-reading-1")
    assert "tracer_mismatch" in [warning["code"] for warning in outcome.document["scans"]["sstr"]["warnings"]]
    assert outcome.document["accepted"] == ["tracer_mismatch"]


def test_inspect_lists_studies_and_roles(phantom):
    outcome = run_netpet("inspect", phantom(), "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-inspect-1")
    (patient,) = outcome.document["patients"]
    found = sorted((series["role"], (series["tracer"] or {}).get("name")) for study in patient["studies"] for series in study["series"])
    assert found == [("ct", None), ("ct", None), ("pet_ac", "18F-FDG"), ("pet_ac", "68Ga-DOTATATE")]
    assert outcome.document["unreadable"] == []


def test_suv_tells_factor_and_provenance(phantom, reading, tmp_path):
    outcome = run_netpet("suv", phantom() / "sstr" / "pet", "--out", tmp_path / "suv.nii.gz", "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-suv-1")
    assert outcome.document["factor"] == reading[1]["scans"]["sstr"]["suv"]["factor"]
    assert (tmp_path / "suv.nii.gz").read_bytes() == (reading[0] / "volumes" / "sstr_suv.nii.gz").read_bytes()
    again = run_netpet("suv", phantom() / "sstr" / "pet", "--out", tmp_path / "suv.nii.gz", "--json")
    assert (again.status, again.error["code"]) == (3, "output_occupied")


def test_register_prints_transform_and_places(phantom, reading, tmp_path):
    source = phantom()
    (tmp_path / "points.csv").write_text("x,y,z\n0,0,0\n10,-20,30\n")
    outcome = run_netpet("register", "--fixed", source / "sstr" / "ct", "--moving", source / "fdg" / "ct", "--points",
                         tmp_path / "points.csv", "--out", tmp_path / "out", "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-register-1")
    assert outcome.document["rigid"] == pytest.approx(reading[1]["registration"]["rigid"], abs=1e-3)
    assert [point["fixed_lps_mm"] for point in outcome.document["points"]] == [[0, 0, 0], [10, -20, 30]]
    assert read_strictly((tmp_path / "out" / "transform.json").read_text()) == outcome.document


def test_a_failure_is_a_document_too(tmp_path):
    outcome = run_netpet("grade", tmp_path / "none.json", "--json")
    assert outcome.status == 3
    assert outcome.error["file"].endswith("none.json")


def test_json_keeps_standard_output_to_the_document_and_quiet_keeps_the_rest_silent(phantom):
    outcome = run_netpet("inspect", phantom() / "sstr", "--json", "--quiet")
    assert outcome.err == ""
    assert outcome.document["patients"]


def commands():
    listed = run_netpet("--help").out.partition("Subcommands:")[2]
    return re.findall(r"^  (\w+)  ", listed, re.MULTILINE)


def test_every_command_shows_an_example():
    assert {"demo", "read", "inspect", "suv", "grade", "register", "measure", "phantom"} <= set(commands())
    for command in commands():
        outcome = run_netpet(command, "--help")
        assert outcome.status == 0
        assert re.search(rf"Example:\n  netpet {command} ", outcome.out), outcome.out


def test_the_version_names_the_program():
    outcome = run_netpet("--version")
    assert outcome.status == 0 and outcome.out.startswith("netpet ")


def test_every_schema_is_itself_valid():
    import jsonschema
    schemas = sorted((ROOT / "schemas").glob("*.json"))
    assert schemas
    for path in schemas:
        schema = json.loads(path.read_text())
        jsonschema.validators.validator_for(schema).check_schema(schema)


def test_clinical_facts_stand_in_the_reading_and_in_its_grades(phantom, tmp_path):
    facts = {"primary": "pancreas", "metastatic": True, "pathology": [{"ki67_percent": 12, "differentiation": "well"}]}
    (tmp_path / "clinical.json").write_text(json.dumps(facts))
    outcome = run_netpet("read", "--fdg", phantom() / "fdg", "--clinical", tmp_path / "clinical.json",
                         "--out", tmp_path / "out", "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-reading-1")
    assert outcome.document["clinical"]["primary"] == "pancreas"
    assert outcome.document["grades"]["who"]["value"] == "NET G2"
    assert outcome.document["grades"]["ezziddin"]["applicability"] == "inside"
    assert outcome.document["grades"]["zidan"]["applicability"] == "outside"
    assert "WHO grade" in (tmp_path / "out" / "report.html").read_text()


def test_clinical_facts_that_cannot_be_read_leave_nothing_behind(phantom, tmp_path):
    (tmp_path / "clinical.json").write_text('{"primary": 3}')
    outcome = run_netpet("read", "--fdg", phantom() / "fdg", "--clinical", tmp_path / "clinical.json",
                         "--out", tmp_path / "out", "--json")
    assert outcome.status == 3 and outcome.error["code"] == "wrong_type"
    assert not (tmp_path / "out").exists()
