"""`netpet grade`: lesion tables in, grades out."""
import json
import sys

from conftest import BINARY, ROOT, validate

sys.path.insert(0, str(ROOT / "tools"))
import make_examples  # noqa: E402  (the script that writes docs/examples)

CASES = ROOT / "tests" / "reference" / "grading_cases.jsonl"


def worked_cases():
    return [json.loads(line) for line in CASES.read_text().splitlines()]


def test_one_object_gives_one_object(netpet, tmp_path):
    case = worked_cases()[4]["input"]
    validate(case, "netpet-grading-case-1")
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case, indent=2))
    done = netpet("grade", file, "--json")
    assert done.status == 0
    validate(done.document, "netpet-grade-1")
    assert done.document["grades"]["netpet"]["value"] == "P2a"


def test_lines_give_lines_from_stdin(netpet):
    cases = worked_cases()
    done = netpet("grade", "-", stdin="".join(json.dumps(case["input"]) + "\n" for case in cases))
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 0 and len(answers) == len(cases)
    for case, answer in zip(cases, answers):
        validate(answer, "netpet-grade-1")
        assert answer["grades"]["netpet"]["value"] == case["expected"]["netpet"]["value"]


def test_worked_cases_are_graded_by_their_input(netpet):
    done = netpet("grade", CASES)
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 0
    assert [answer["case"] for answer in answers] == [case["case"] for case in worked_cases()]


def test_a_refused_case_of_a_batch_stays_in_its_place(netpet):
    good = worked_cases()[4]["input"]
    done = netpet("grade", "-", stdin=json.dumps([good, {"lesions": []}, good]))
    assert done.status == 3
    validate(done.document, "netpet-grade-1")
    assert [sorted(answer) == ["error"] for answer in done.document] == [False, True, False]


def test_a_refused_single_case_names_code_and_place(netpet):
    case = worked_cases()[4]["input"]
    case["lesions"][0]["sstr"]["suvpeak"] = -2
    done = netpet("grade", "-", "--json", stdin=json.dumps(case))
    assert done.status == 3
    assert done.error["code"] == "negative_value"
    assert "lesions[0].sstr.suvpeak" in done.error["message"]


def test_a_table_as_csv_takes_its_references_from_a_file(netpet, tmp_path):
    (tmp_path / "lesions.csv").write_text("id,site,size_mm,sstr_suvpeak,fdg_suvpeak\nL1,pancreas,30,25,4.0\n")
    (tmp_path / "references.json").write_text(json.dumps(worked_cases()[4]["input"]["references"]))
    done = netpet("grade", tmp_path / "lesions.csv", "--references", tmp_path / "references.json", "--json")
    assert done.status == 0
    assert done.document["grades"]["netpet"]["value"] == "P2a"
    assert netpet("grade", tmp_path / "lesions.csv").status == 2


def test_explain_prints_the_evidence(netpet):
    done = netpet("grade", "-", "--explain", stdin=json.dumps(worked_cases()[4]["input"]))
    assert done.status == 0
    assert done.out.startswith("P2a (group P2–4; sub-grade not outcome-validated), target L1\n")
    assert "L1, pancreas, FDG 4.0 above blood pool limit 2.0 (1.6 + 2 × 0.2)" in done.out


def test_a_missing_file_is_refused(netpet, tmp_path):
    assert netpet("grade", tmp_path / "none.json").status == 3


def test_notes_on_published_patients_are_those_of_the_documents():
    assert len(make_examples.retold_patients()) >= 20
    for case in make_examples.retold_patients():
        written = (ROOT / "docs" / "examples" / f"{case['case']}.txt").read_text()
        assert make_examples.note(BINARY, case) == written, "run `make examples`"


CLINICAL = {"primary": "pancreas", "metastatic": True,
            "pathology": [{"date": "2024-01-10", "site": "liver", "ki67_percent": 12, "mitoses_per_2mm2": 3,
                           "differentiation": "well", "edition": "WHO 2019"}],
            "therapies": [{"kind": "ssa", "start": "2023-01-01", "last_dose": "2024-01-20"}]}


def test_clinical_facts_come_from_a_file_or_with_the_case(netpet, tmp_path):
    case = {**worked_cases()[4]["input"], "scan_dates": {"sstr": "2024-02-01", "fdg": "2024-02-11"}}
    facts = tmp_path / "clinical.json"
    facts.write_text(json.dumps(CLINICAL))
    beside = netpet("grade", "-", "--clinical", facts, "--json", stdin=json.dumps(case))
    assert beside.status == 0, beside.err
    validate({**case, "clinical": CLINICAL}, "netpet-grading-case-1")
    within = netpet("grade", "-", "--json", stdin=json.dumps({**case, "clinical": CLINICAL}))
    assert beside.document == within.document
    validate(beside.document, "netpet-grade-1")
    grades = beside.document["grades"]
    assert grades["who"]["value"] == "NET G2"
    assert grades["netpet"]["applicability"] == "inside"
    assert grades["zidan"]["applicability"] == "outside"
    assert {warning["code"] for warning in beside.document["warnings"]} == {"ssa_within_28d"}
    twice = netpet("grade", "-", "--clinical", facts, "--json", stdin=json.dumps({**case, "clinical": CLINICAL}))
    assert twice.status == 3 and twice.error["code"] == "clinical_given_twice"


def test_a_misspelt_clinical_fact_is_refused_by_file_and_place(netpet, tmp_path):
    facts = tmp_path / "clinical.json"
    facts.write_text(json.dumps({"splenectomie": True}))
    done = netpet("grade", "-", "--clinical", facts, "--json", stdin=json.dumps(worked_cases()[4]["input"]))
    assert done.status == 3
    assert done.error["code"] == "unknown_key" and done.error["file"] == str(facts)


def test_the_reader_stands_beside_the_computed_grade(netpet):
    case = {**worked_cases()[4]["input"],
            "reader": {"name": "Dr A", "visual": {"netpet": "P3", "krenning": 4},
                       "overrides": [{"scale": "karfis", "value": "C3", "reason": "photopenic centre"}]}}
    validate(case, "netpet-grading-case-1")
    done = netpet("grade", "-", "--json", stdin=json.dumps(case))
    validate(done.document, "netpet-grade-1")
    grades = done.document["grades"]
    assert (grades["netpet"]["value"], grades["netpet"]["visual"]) == ("P2a", "P3")
    assert (grades["karfis"]["value"], grades["karfis"]["override"]) == ("C2", "C3")
