"""The FHIR bundle of a reading: what R4 allows, whole in itself, and equal to reading.json."""
import json

import jsonschema
import pytest

from conftest import ROOT, read_strictly, validate

QUANTITIES = {"suvmax": "g/mL", "suvpeak": "g/mL", "suvmean": "g/mL", "volume_ml": "mL", "total_uptake": "g",
              "to_liver": "1", "to_spleen": "1", "to_blood_pool": "1"}


@pytest.fixture(scope="module")
def bundle(reading):
    return read_strictly((reading[0] / "fhir.json").read_text())


@pytest.fixture(scope="module")
def resources(bundle):
    return {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}


def of_type(resources, name):
    return [resource for resource in resources.values() if resource["resourceType"] == name]


def test_the_bundle_follows_its_schema_and_refers_to_nothing_else(bundle, resources):
    validate(bundle, "netpet-fhir-1")
    assert len(resources) == len(bundle["entry"])

    def references(part):
        if isinstance(part, dict):
            return ([part["reference"]] if "reference" in part else []) + [r for v in part.values() for r in references(v)]
        return [r for v in part for r in references(v)] if isinstance(part, list) else []
    assert set(references(bundle)) <= set(resources)
    (report,) = of_type(resources, "DiagnosticReport")
    assert len(report["result"]) == len(of_type(resources, "Observation"))
    assert report["status"] == "preliminary"


def test_the_bundle_follows_hl7s_own_schema_of_r4(bundle):
    r4 = jsonschema.Draft6Validator(json.loads((ROOT / "tests" / "reference" / "fhir" / "r4.schema.json").read_text()))
    r4.validate(bundle)
    for break_it in (lambda one: one.update(gender="w"), lambda one: one.update(sex="male")):
        broken = json.loads(json.dumps(bundle))
        break_it(next(entry["resource"] for entry in broken["entry"] if entry["resource"]["resourceType"] == "Patient"))
        assert not r4.is_valid(broken)


def test_every_value_of_every_lesion_stands_there_as_in_the_reading(reading, resources):
    found = {}
    for one in of_type(resources, "Observation"):
        if "identifier" not in one:
            continue
        key = (one["identifier"][0]["value"].removeprefix("urn:oid:"), one["code"]["coding"][0]["code"])
        assert key not in found
        if "valueQuantity" in one:
            assert one["valueQuantity"]["code"] == QUANTITIES[key[1].split("_", 1)[1]]
            found[key] = one["valueQuantity"]["value"]
        else:
            found[key] = {"not_computable": one["dataAbsentReason"]["text"]}
    expected = {(lesion["tracking_uid"], f"{role}_{name}"): uptake[name]
                for lesion in reading[1]["lesions"] for role, uptake in lesion["uptake"].items() if uptake
                for name in QUANTITIES if uptake[name] is not None}
    assert found == expected


def test_grades_patient_and_studies_are_those_of_the_reading(reading, resources):
    document = reading[1]
    grades = {one["code"]["coding"][0]["code"]: one.get("valueString") or {"not_computable": one["dataAbsentReason"]["text"]}
              for one in of_type(resources, "Observation") if "identifier" not in one}
    assert grades == {name: grade["value"] for name, grade in document["grades"].items() if grade["value"] is not None}
    (patient,) = of_type(resources, "Patient")
    assert patient["identifier"][0]["value"] == document["patient"]["id"]
    assert patient["birthDate"] == document["patient"]["birth_date"]
    studies = {study["series"][0]["uid"]: study["identifier"][0]["value"] for study in of_type(resources, "ImagingStudy")}
    assert studies == {scan["series_uid"]: "urn:oid:" + scan["study_uid"] for scan in document["scans"].values()}
    assert document["headline"] in of_type(resources, "DiagnosticReport")[0]["conclusion"]


def test_a_repeated_run_writes_the_same_bundle(reading, one_thread):
    assert json.loads((one_thread[0] / "fhir.json").read_text()) == json.loads((reading[0] / "fhir.json").read_text())
