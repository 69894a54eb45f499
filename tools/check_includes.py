#!/usr/bin/python3
"""Fails where a room includes another room that it may not (docs/architecture.md)."""
import pathlib
import re
import sys

ALLOWED = {
    "base": set(),
    "space": {"base"},
    "image": {"base", "space"},
    "record": {"base", "space"},
    "dicom": {"base", "space", "image", "record"},
    "suv": {"base", "space", "image", "record"},
    "registration": {"base", "space", "image", "record"},
    "anatomy": {"base", "space", "image", "record"},
    "lesions": {"base", "space", "image", "record"},
    "measure": {"base", "space", "image", "record"},
    "grading": {"base", "record"},
    "report": {"base", "space", "image", "record", "dicom"},
    "phantom": {"base", "space", "image", "record", "dicom"},
    "pipeline": {"base", "space", "image", "record", "dicom", "suv", "registration", "anatomy", "lesions", "measure",
                 "grading", "report"},
    "exchange": {"base", "space", "image", "record", "dicom"},
    "cli": {"base", "space", "image", "record", "dicom", "exchange", "suv", "registration", "anatomy", "lesions", "measure",
            "grading", "report", "phantom", "pipeline"},
}
# Toolkits whose types must not appear in headers.
TOOLKITS = re.compile(r"dcmtk/|Eigen/|nlohmann/json\.hpp|cairo|pango|^png\.h|CLI/|openjpeg|^zlib\.h|openssl/|curl/")
# Headers that .cpp files alone include: parts that work on a toolkit's own types.
ONLY_FOR_SOURCES = {"src/record/json_fields.h", "src/record/json_parts.h", "src/exchange/association.h", "src/exchange/syntaxes.h",
                    "src/report/pango_handles.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def faults(source: pathlib.Path):
    root = source / "src"
    for file in sorted([*root.rglob("*.h"), *root.rglob("*.cpp")]):
        room = file.relative_to(root).parts[0]
        if room not in ALLOWED:
            yield f"{file}: no room is called {room}"
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            target = match.group(2)
            other = target.split("/")[0]
            if match.group(1) == '"' and other != room and other not in ALLOWED[room]:
                yield f"{file}:{number}: {room} may not include {target}"
            if file.suffix == ".h" and str(file.relative_to(source)) not in ONLY_FOR_SOURCES and match.group(1) == "<" and TOOLKITS.search(target):
                yield f"{file}:{number}: a toolkit header in a public header: {target}"
            if "dcmtk/" in target and room not in ("dicom", "exchange"):
                yield f"{file}:{number}: DCMTK outside dicom and exchange"


def main() -> int:
    found = list(faults(pathlib.Path(__file__).resolve().parent.parent))
    print("\n".join(found) if found else "include direction: every room includes only what it may")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
