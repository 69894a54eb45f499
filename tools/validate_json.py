#!/usr/bin/python3
"""Validates JSON documents against one of the schemas.

    tools/validate_json.py schemas/netpet-reading-1.json reading.json [more.json …]

A document "-" is standard input. Every fault is printed as "file: path: what is wrong". Exit status 0: all
documents are valid; 1: one is not; 2: a file cannot be read. Needs python3-jsonschema.
"""
import json
import sys

import jsonschema


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def load(path):
    stream = sys.stdin if path == "-" else open(path, encoding="utf-8")
    with stream:
        return json.load(stream, parse_constant=refuse_constant)


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        schema = load(arguments[0])
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
    except (OSError, ValueError, jsonschema.SchemaError) as fault:
        print(f"{arguments[0]}: {fault}", file=sys.stderr)
        return 2
    faults = 0
    for path in arguments[1:]:
        try:
            document = load(path)
        except (OSError, ValueError) as fault:
            print(f"{path}: {fault}", file=sys.stderr)
            return 2
        for fault in sorted(validator.iter_errors(document), key=lambda f: list(map(str, f.absolute_path))):
            place = "/".join(str(step) for step in fault.absolute_path) or "the document"
            print(f"{path}: {place}: {fault.message[:300]}", file=sys.stderr)
            faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
