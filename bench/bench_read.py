#!/usr/bin/python3
"""Reads every phantom case and compares grades and lesions with the truth.

usage: bench/bench_read.py [--netpet build/netpet] [--seeds 1 2] [--cases P1 P2a …] [--no-organs] [--keep DIR]
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import time

CASES = ["P0", "physiologic_only", "P1", "P2a", "P2b", "P3a", "P4a", "P4b", "P5_liver", "P5_bone", "P5_one_of_many", "tiny_discordant",
         "splenectomy", "two_phenotypes"]
VENDORS = ["siemens", "ge", "philips"]
MATCH_MM = 15.0


def group(value):
    return "P2-4" if value[:2] in ("P2", "P3", "P4") else value[:2]


def run(*arguments):
    begun = time.monotonic()
    done = subprocess.run([str(word) for word in arguments], capture_output=True, text=True)
    return done, time.monotonic() - begun


def unmatched(these, those):
    """Those of `these` that have none of `those` within MATCH_MM."""
    def near(a, b):
        return math.dist(a["centroid_lps_mm"], b["centroid_lps_mm"]) <= MATCH_MM
    return [one for one in these if not any(near(one, other) for other in those)]


def is_on_pet(lesion, references):
    """Disease on CT alone is not looked for."""
    return any(lesion[tracer]["suvmax"] > 1.3 * references[tracer]["blood_pool"]["mean"] for tracer in ("sstr", "fdg"))


def describe(lesion):
    x, y, z = lesion["centroid_lps_mm"]
    return f"{lesion['site']} at ({x:.0f}, {y:.0f}, {z:.0f})"


def one_case(options, case, seed, folder):
    patient, out = folder / f"{case}_{seed}", folder / f"{case}_{seed}_reading"
    vendor = VENDORS[(CASES.index(case) + seed) % len(VENDORS)]
    made, phantom_s = run(options.netpet, "phantom", "--out", patient, "--case", case, "--seed", seed, "--vendor", vendor, "--small", "--quiet")
    if made.returncode:
        return {"case": case, "seed": seed, "error": made.stderr.strip()}
    organs = [] if options.no_organs else ["--organs", patient / "truth" / "organs.nii.gz"]
    read, read_s = run(options.netpet, "read", "--sstr", patient / "sstr", "--fdg", patient / "fdg", *organs, "--out", out, "--json", "--quiet")
    if read.returncode:
        return {"case": case, "seed": seed, "error": read.stderr.strip()}
    truth = json.loads((patient / "truth" / "truth.json").read_text())
    reading = json.loads(read.stdout)
    expected, grades = truth["expected"], reading["grades"]
    counted = [lesion for lesion in reading["lesions"] if lesion["status"] in ("unreviewed", "pathologic")]
    real = [lesion for lesion in truth["lesions"] if not lesion.get("excluded") and is_on_pet(lesion, truth["references"])]
    got = {scale: grades[scale]["value"] for scale in ("netpet", "karfis", "zidan")}
    want = {scale: expected[scale]["value"] for scale in got}
    return {"case": case, "seed": seed, "vendor": vendor, "got": got, "want": want, "phantom_s": phantom_s, "read_s": read_s,
            "group_right": group(got["netpet"]) == group(want["netpet"]),
            "missed": [describe(lesion) for lesion in unmatched(real, counted)],
            "false": [describe(lesion) for lesion in unmatched(counted, real)]}


def report(rows):
    for row in rows:
        if "error" in row:
            print(f"{row['case']:18} seed {row['seed']}  FAILED: {row['error']}")
            continue
        marks = " ".join(f"{scale} {row['got'][scale]}" + ("" if row["got"][scale] == row["want"][scale] else f" (truth {row['want'][scale]})")
                         for scale in row["got"])
        print(f"{row['case']:18} seed {row['seed']} {row['vendor']:8} {marks}   {row['phantom_s']:.1f} s + {row['read_s']:.1f} s")
        if row["missed"]:
            print("    missed: " + "; ".join(row["missed"]))
        if row["false"]:
            print("    false:  " + "; ".join(row["false"]))
    good = [row for row in rows if "error" not in row]
    right = {scale: sum(row["got"][scale] == row["want"][scale] for row in good) for scale in ("netpet", "karfis", "zidan")}
    groups = sum(row["group_right"] for row in good)
    swapped = [row for row in good if {group(row["got"]["netpet"]), group(row["want"]["netpet"])} == {"P1", "P5"}]
    print(f"{len(rows)} patients: NETPET group {groups}, value {right['netpet']}, Karfis {right['karfis']}, Zidan {right['zidan']}; "
          f"P1 and P5 mixed up {len(swapped)}; lesions missed {sum(len(row['missed']) for row in good)}, "
          f"false {sum(len(row['false']) for row in good)}")
    return groups == len(rows) and not swapped


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--netpet", default="build/netpet")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--cases", nargs="+", default=CASES)
    parser.add_argument("--no-organs", action="store_true", help="let the program find the organs itself")
    parser.add_argument("--keep", type=pathlib.Path, help="keep patients and readings here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        rows = []
        for case in options.cases:
            for seed in options.seeds:
                rows.append(one_case(options, case, seed, folder))
                print(f"{case} {seed} done", file=sys.stderr)
        return 0 if report(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
