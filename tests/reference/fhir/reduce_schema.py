"""Made r4.schema.json of HL7's fhir.schema.json (hl7.org/fhir/R4, version 4.0.1): what a bundle of netpet can hold, word for word.

usage: python reduce_schema.py fhir.schema.json > r4.schema.json
"""
import json
import sys

RESOURCES = ["Bundle", "DiagnosticReport", "Device", "ImagingStudy", "Observation", "Patient"]


def without_prose(part):
    """Descriptions constrain nothing."""
    if isinstance(part, dict):
        return {key: without_prose(value) for key, value in part.items() if not (key == "description" and isinstance(value, str))}
    return [without_prose(one) for one in part] if isinstance(part, list) else part


def references(part):
    if isinstance(part, dict):
        own = [part["$ref"].rsplit("/", 1)[1]] if isinstance(part.get("$ref"), str) else []
        return own + [name for value in part.values() for name in references(value)]
    return [name for one in part for name in references(one)] if isinstance(part, list) else []


whole = json.load(open(sys.argv[1], encoding="utf-8"))
definitions = whole["definitions"]
definitions["ResourceList"] = {"oneOf": [{"$ref": f"#/definitions/{name}"} for name in RESOURCES]}
needed, todo = {}, list(RESOURCES)
while todo:
    name = todo.pop()
    if name not in needed:
        needed[name] = without_prose(definitions[name])
        # HL7 closes every definition; some copies in circulation open a few.
        if "additionalProperties" in needed[name]:
            needed[name]["additionalProperties"] = False
        todo += references(needed[name])
json.dump({"$schema": whole["$schema"], "id": whole["id"], "$ref": "#/definitions/Bundle", "definitions": dict(sorted(needed.items()))},
          sys.stdout, separators=(",", ":"), sort_keys=True)
