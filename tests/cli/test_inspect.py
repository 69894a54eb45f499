"""What `netpet inspect` tells of a folder before anything is read."""
import shutil

from conftest import dicom_files, edit, run_netpet, validate


def listed(folder):
    outcome = run_netpet("inspect", folder, "--json")
    assert outcome.status == 0, outcome.err
    validate(outcome.document, "netpet-inspect-1")
    return outcome.document


def pet_series(document):
    return {series["tracer"]["class"]: series for patient in document["patients"] for study in patient["studies"]
            for series in study["series"] if series["role"].startswith("pet")}


def test_each_pet_series_tells_tracer_dose_time_reconstruction_and_rule(phantom):
    document = listed(phantom())
    assert document["counts"] == {"patients": 1, "studies": 2, "series": 4, "pet": 2, "pet_with_suv": 2}
    series = pet_series(document)
    assert set(series) == {"sstr", "fdg"}
    for one in series.values():
        assert one["suv"]["possible"] and one["suv"]["rule"].startswith("BQML") and one["suv"]["factor"][0] > 0
        assert 1e7 < one["dose_bq"] < 1e9 and 30 < one["uptake_min"] < 120
        assert one["reconstruction"] == "PSF+TOF 3i21s"
        assert {problem["severity"] for problem in one["problems"]} <= {"grade", "value", "note"}
    told = run_netpet("inspect", phantom()).out
    assert told.startswith("1 patient, 2 studies, 4 series; 2 PET, SUV possible for 2\n")
    for part in ("18F-FDG", "min after injection", "PSF+TOF 3i21s", "SUV: BQML, decay-corrected to START"):
        assert part in told


def test_a_series_without_suv_says_first_why(patient):
    edit(dicom_files(patient / "fdg" / "pet"), lambda dataset: setattr(dataset, "PatientWeight", 0))
    document = listed(patient)
    assert document["counts"]["pet_with_suv"] == 1
    fdg = pet_series(document)["fdg"]
    assert fdg["suv"] == {"possible": False, "rule": None, "refused_by": "weight_zero"}
    assert "weight_zero" in [problem["code"] for problem in fdg["problems"]]
    told = run_netpet("inspect", patient).out
    assert "no SUV: the patient's weight is 0" in told and told.count("[weight_zero]") == 1


def test_what_can_change_a_grade_stands_first_among_the_problems(patient):
    def corrupt(dataset):
        dataset.RadiopharmaceuticalInformationSequence[0].RadionuclideTotalDose = \
            float(dataset.RadiopharmaceuticalInformationSequence[0].RadionuclideTotalDose) / 1e6
    edit(dicom_files(patient / "sstr" / "pet"), corrupt)
    problems = pet_series(listed(patient))["sstr"]["problems"]
    assert (problems[0]["code"], problems[0]["severity"]) == ("dose_in_mbq", "grade")


def test_a_series_of_another_person_under_the_same_id_is_told(patient):
    edit(dicom_files(patient / "fdg" / "pet"), lambda dataset: setattr(dataset, "PatientName", "Somebody^Else"))
    series = pet_series(listed(patient))
    told = [[problem["code"] for problem in series[role]["problems"]] for role in ("sstr", "fdg")]
    assert sum("patient_mismatch" in codes for codes in told) == 1


def test_no_header_text_adds_a_line_or_moves_the_cursor(patient):
    def attack(dataset):
        dataset.SeriesDescription = "\x1b[2JPET\nPatient X"
        dataset.PatientName = "\x1b]0;x\x07Doe^A"
    shutil.rmtree(patient / "fdg")
    plain = run_netpet("inspect", patient).out
    edit(dicom_files(patient / "sstr"), attack)
    told = run_netpet("inspect", patient).out
    assert "\x1b" not in told and told.count("\n") == plain.count("\n")
