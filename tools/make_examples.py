#!/usr/bin/python3
"""Writes docs/examples/: what `netpet grade --explain` says of the published patients among the worked cases.

    tools/make_examples.py NETPET_BINARY [FOLDER]

Cases whose name begins with N or F, and B4, retell patients of the literature; one file a case.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "reference" / "grading_cases.jsonl"
RETOLD = re.compile(r"N|F|B4$")


def retold_patients():
    cases = [json.loads(line) for line in CASES.read_text().splitlines()]
    return [case for case in cases if RETOLD.match(case["case"])]


def note(binary, case):
    """The case in one line, where it was published, and the program's note."""
    done = subprocess.run([binary, "grade", "-", "--explain"], input=json.dumps(case["input"]), capture_output=True, text=True, check=True)
    return f"{case['description']}\n({case['source']}; SUVs are illustrative)\n\n{done.stdout}"


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "examples"
    folder.mkdir(parents=True, exist_ok=True)
    for case in retold_patients():
        (folder / f"{case['case']}.txt").write_text(note(sys.argv[1], case))
    return 0


if __name__ == "__main__":
    sys.exit(main())
