#!/usr/bin/python3
"""docs/ibsi.md: every feature of IBSI 1 as `netpet measure` gives it, beside the reference value and its tolerance.

    tools/make_ibsi_tables.py build/netpet IBSI_DIR

IBSI_DIR holds ibsi_1_digital_phantom/ and ibsi_1_ct_radiomics_phantom/ (github.com/theibsi/data_sets). The CT phantom is
CC BY-NC 3.0 and no part of this repository. Exits with 1 where a value misses its reference."""
import csv
import json
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
CT = "ibsi_1_ct_radiomics_phantom"
CONFIGURATIONS = [
    ("Digital phantom", "dig_phantom", "ibsi_1_digital_phantom", []),
    ("Configuration A", "chest_config_a", CT, ["--range", "-500", "400", "--bin-width", "25"]),
    ("Configuration B", "chest_config_b", CT, ["--spacing", "2", "2", "0", "--round", "--range", "-500", "400", "--bins", "32"]),
    ("Configuration C", "chest_config_c", CT, ["--spacing", "2", "--round", "--range", "-1000", "400", "--bin-width", "25",
                                               "--ivh-bin-width", "2.5"]),
    ("Configuration D", "chest_config_d", CT, ["--spacing", "2", "--round", "--outliers", "3", "--bins", "32"]),
    ("Configuration E", "chest_config_e", CT, ["--spacing", "2", "--interpolation", "cubic", "--round", "--range", "-1000",
                                               "400", "--outliers", "3", "--bins", "32", "--ivh-bins", "1000"]),
]
IN_MM3 = {"morph_volume", "morph_vol_approx", "morph_integ_int"}  # where IBSI has mm³, netpet has mL
STEPS = ("img_", "vox_", "int_", "mean_int", "min_int", "max_int", "morph_mask")  # of processing, no features


def references(table):
    with open(ROOT / "tests" / "reference" / "ibsi" / f"ibsi_1_{table}.csv") as file:
        rows = [row for row in csv.reader(file, delimiter=";")][1:]
    return {tag: (value, float(tolerance or 0)) for value, tolerance, tag in rows if not tag.startswith(STEPS)}


def measured(netpet, folder, options):
    nifti = folder / "nifti"
    done = subprocess.run([netpet, "measure", nifti / "image" / "phantom.nii.gz", nifti / "mask" / "mask.nii.gz", "--json",
                           "--quiet", *options], capture_output=True, text=True, check=True)
    features = json.loads(done.stdout)["features"]
    return {f["parameters"]["tag"]: f for f in features if "tag" in f["parameters"]}


def holds(ours, reference, tolerance):
    """The tables print three digits: half a unit of the last one belongs to the tolerance."""
    number = float(reference)
    rounding = 0.501 * 10 ** (math.floor(math.log10(abs(number))) - 2) if number else 0.005
    return abs(ours - number) <= tolerance + rounding


def section(netpet, data, title, table, folder, options):
    ours = measured(netpet, data / folder, options)
    lines, kept, all_of = [], 0, 0
    for tag, (reference, tolerance) in references(table).items():
        if not reference:
            continue
        all_of += 1
        value = ours.get(tag, {}).get("value")
        if not isinstance(value, (int, float)):
            lines.append(f"| {tag} | | – | {reference} | {tolerance:g} | **no** |")
            continue
        value *= 1000 if tag in IN_MM3 else 1
        fits = holds(value, reference, tolerance)
        kept += fits
        lines.append(f"| {tag} | {ours[tag]['id']} | {value:.6g} | {reference} | {tolerance:g} | {'yes' if fits else '**no**'} |")
    head = [f"\n## {title}", f"\n`netpet measure IMAGE MASK {' '.join(options)}`".replace(" `", "`"),
            f"\n{kept} of {all_of} reference values are held.\n",
            "| feature | id | netpet | reference | tolerance | held |", "|---|---|---|---|---|---|"]
    return head + lines, kept, all_of


def main():
    netpet, data = sys.argv[1], pathlib.Path(sys.argv[2])
    body, summary, missed = [], [], 0
    for title, table, folder, options in CONFIGURATIONS:
        lines, kept, all_of = section(netpet, data, title, table, folder, options)
        body += lines
        missed += all_of - kept
        summary.append(f"| {title} | {kept} | {all_of} |")
    text = ["# IBSI 1", "",
            "Made by `tools/make_ibsi_tables.py` with `netpet measure`; do not edit. Reference values: Image Biomarker Standardisation",
            "Initiative, Zwanenburg et al., Radiology 2020;295:328 (`tests/reference/ibsi/`). A value is held where it lies within the",
            "published tolerance and half a unit of the third digit, which is all that the tables print. IBSI gives no reference value for",
            "the oriented minimum bounding box and the minimum volume enclosing ellipsoid: netpet does not have",
            "them. Volumes stand here in mm³, as in IBSI's tables. The same is a test (`tests/unit/measure/ibsi_reference_test.cpp`).", "",
            "| | held | reference values |", "|---|---|---|", *summary, *body]
    (ROOT / "docs" / "ibsi.md").write_text("\n".join(text) + "\n")
    print("\n".join(summary))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
