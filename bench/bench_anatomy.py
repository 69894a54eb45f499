#!/usr/bin/python3
"""Reads simulated patients without an organ map and compares organs, references and verdicts with the truth.

usage: bench/bench_anatomy.py [--netpet build/netpet] [--patients P1:3 splenectomy:7 … | --table] [--keep DIR] [--resume]
                              [--minutes N] [--rigid] [--full]

A patient is CASE:SEED. With --keep, patients that are there already are used again; with --resume their readings too, so that a long
table grows over several runs. --table takes 39 patients: 13 cases, three of each, 39 seeds.
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "cli"))
from nifti import read_nifti  # noqa: E402

PATIENTS = ["physiologic_only:1", "physiologic_only:2", "P0:3", "P1:4", "P2a:5", "P4a:6", "P5_liver:7", "P5_bone:8", "P5_one_of_many:1",
            "splenectomy:9"]
TABLE_CASES = ["P0", "physiologic_only", "P1", "P2a", "P2b", "P3a", "P4a", "P4b", "P5_liver", "P5_bone", "P5_one_of_many",
               "tiny_discordant", "two_phenotypes"]
TABLE = [f"{case}:{301 + 13 * turn + number}" for turn in range(3) for number, case in enumerate(TABLE_CASES)]
VENDORS = ["siemens", "ge", "philips"]
MATCH_MM = 15.0
COUNTED = ("unreviewed", "pathologic")
# Organs of the program, which names some of them more coarsely than the truth does.
BONE = [*range(25, 51), *range(69, 79), *range(91, 117), 210, 213, *range(230, 238)]
ORGANS = {"spleen": [1], "kidney_right": [2, 24], "kidney_left": [3, 23], "liver": [5], "stomach": [6], "pancreas": [7, 206], "adrenals": [8, 9],
          "lungs": [10, 11, 12, 13, 14, 211, 212], "trachea": [16], "thyroid": [17], "bowel": [18, 19, 20], "bladder": [21], "bones": BONE,
          "heart": [51], "aorta": [52], "brain": [90], "pituitary": [201], "parotids": [202, 203], "submandibulars": [204, 205],
          "skull": [91], "spine": [*range(25, 51), 213], "sternum": [116], "ribs_right": [*range(104, 116), 230],
          "ribs_left": [*range(92, 104), 231], "shoulder_right": [72, 74, 232], "shoulder_left": [71, 73, 233], "arm_right": [70, 234],
          "arm_left": [69, 235], "hip_right": [78], "hip_left": [77], "leg_right": [76, 236], "leg_left": [75, 237]}
NAMES = {number: name for name, numbers in ORGANS.items() for number in numbers}
REFERENCES = ("liver", "spleen", "blood_pool", "marrow", "muscle")


def group(value):
    return "P2-4" if value[:2] in ("P2", "P3", "P4") else value[:2]


def on_grid(labels, affine, shape, target):
    """Labels at the voxels of another grid, nearest neighbour."""
    to_source = numpy.linalg.inv(affine) @ target
    out = numpy.zeros(shape, labels.dtype)
    i, j = numpy.meshgrid(numpy.arange(shape[0]), numpy.arange(shape[1]), indexing="ij")
    for k in range(shape[2]):
        place = numpy.stack([i, j, numpy.full_like(i, k)], -1) @ to_source[:3, :3].T + to_source[:3, 3]
        place = numpy.rint(place).astype(int)
        inside = numpy.all((place >= 0) & (place < labels.shape), axis=-1)
        out[:, :, k][inside] = labels[tuple(place[inside].T)]
    return out


def dice_table(truth, found):
    table = {}
    for name, numbers in ORGANS.items():
        a, b = numpy.isin(truth, numbers), numpy.isin(found, numbers)
        if a.any() or b.any():
            table[name] = float(2 * (a & b).sum() / (a.sum() + b.sum()))
    return table


def label_at(labels, affine, point):
    place = numpy.rint(numpy.linalg.inv(affine) @ numpy.array([*point, 1]))[:3].astype(int)
    return int(labels[tuple(place)]) if numpy.all((place >= 0) & (place < labels.shape)) else 0


def sphere_share(labels, affine, reference, numbers):
    """The share of a ball of the reference's place and volume that lies in organs of `numbers`."""
    radius = (3 * reference["volume_ml"] * 1000 / (4 * math.pi)) ** (1 / 3)
    steps = numpy.arange(-radius, radius + 1, 2.0)
    offsets = numpy.array([(x, y, z) for x in steps for y in steps for z in steps if x * x + y * y + z * z <= radius * radius])
    inside = [label_at(labels, affine, numpy.array(reference["centroid_lps_mm"]) + offset) in numbers for offset in offsets]
    return sum(inside) / len(inside)


def near(a, b):
    return math.dist(a["centroid_lps_mm"], b["centroid_lps_mm"]) <= MATCH_MM


def is_on_pet(lesion, references):
    """Disease on CT alone is not looked for."""
    return any(lesion[tracer]["suvmax"] > 1.3 * references[tracer]["blood_pool"]["mean"] for tracer in ("sstr", "fdg"))


def describe(lesion, labels, affine):
    place = label_at(labels, affine, lesion["centroid_lps_mm"])
    x, y, z = lesion["centroid_lps_mm"]
    peaks = "/".join(f"{lesion[t]['suvmax']:.1f}" if t in lesion else "-" for t in ("sstr", "fdg")) if "sstr" in lesion else ""
    if "uptake" in lesion:
        peaks = "/".join(f"{(lesion['uptake'][t] or {}).get('suvmax') or 0:.1f}" if t in lesion["uptake"] else "-" for t in ("sstr", "fdg"))
    return f"{lesion.get('site', '')}>{NAMES.get(place, place)} {lesion['volume_ml']:.1f} mL SUV {peaks} ({x:.0f}, {y:.0f}, {z:.0f})"


def judge(patient, reading, out):
    truth = json.loads((patient / "truth" / "truth.json").read_text())
    labels, affine = read_nifti(patient / "truth" / "organs.nii.gz")
    own, own_affine = read_nifti(out / "volumes" / "organs.nii.gz")
    lesion_map, lesion_affine = read_nifti(patient / "truth" / "lesions_sstr.nii.gz")
    result = {"dice": dice_table(on_grid(labels, affine, own.shape, own_affine), own), "references": {}}
    for tracer in ("sstr", "fdg"):
        for organ in REFERENCES:
            want, have = truth["references"][tracer].get(organ), reading["references"][tracer].get(organ)
            if want:
                result["references"][f"{tracer} {organ}"] = have["mean"] / want["mean"] - 1 if have and "mean" in have else None
    liver = reading["references"]["sstr"].get("liver")
    if liver and "centroid_lps_mm" in liver:
        result["liver_in_liver"] = sphere_share(labels, affine, liver, [5])
        result["liver_in_lesion"] = sphere_share((lesion_map > 0).astype(int), lesion_affine, liver, [1])
    real = [lesion for lesion in truth["lesions"] if not lesion.get("excluded") and is_on_pet(lesion, truth["references"])]
    large = [lesion for lesion in real if lesion["volume_ml"] >= 1]
    counted = [lesion for lesion in reading["lesions"] if lesion["status"] in COUNTED]
    explained = [lesion for lesion in reading["lesions"] if lesion["status"] == "physiologic"]
    missed = [lesion for lesion in large if not any(near(lesion, other) for other in counted)]
    result |= {"large": len(large), "missed": [describe(lesion, labels, affine) for lesion in missed],
               "called_physiologic": sum(any(near(lesion, other) for other in explained) for lesion in missed)}
    false = [lesion for lesion in counted if not any(near(lesion, other) for other in real)]
    result["false"] = [describe(lesion, labels, affine) for lesion in false]
    result["false_pathologic"] = sum(lesion["status"] == "pathologic" for lesion in false)
    result["got"], result["want"] = reading["grades"]["netpet"]["value"], truth["expected"]["netpet"]["value"]
    result["headline"] = reading["headline"]
    return result


def one_patient(options, name, folder):
    case, seed = name.split(":")
    patient, out = folder / f"{case}_{seed}", folder / f"{case}_{seed}_reading"
    detail = [] if options.full else ["--small"]
    if not (patient / "truth").exists():
        made = subprocess.run([options.netpet, "phantom", "--out", patient, "--case", case, "--seed", seed, "--vendor", VENDORS[int(seed) % 3],
                               *detail, "--quiet"], capture_output=True, text=True)
        if made.returncode:
            return {"error": made.stderr.strip()}
    if options.resume and (out / "reading.json").exists():
        return judge(patient, json.loads((out / "reading.json").read_text()), out) | {"read_s": 0}
    begun = time.monotonic()
    read = subprocess.run([options.netpet, "read", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--out", out, "--overwrite", "--json",
                           "--quiet", *(["--rigid"] if options.rigid else [])], capture_output=True, text=True)
    if read.returncode:
        return {"error": read.stderr.strip()}
    return judge(patient, json.loads(read.stdout), out) | {"read_s": time.monotonic() - begun}


def percent(value):
    return "absent" if value is None else f"{100 * value:+.0f} %"


def report_patient(name, row):
    if "error" in row:
        print(f"{name}: FAILED {row['error']}")
        return
    print(f"{name}: {row['got']} (truth {row['want']}), headline \"{row['headline']}\", {row['read_s']:.0f} s")
    print("  references " + ", ".join(f"{key} {percent(value)}" for key, value in row["references"].items())
          + f"; liver sphere {100 * row.get('liver_in_liver', 0):.0f} % in the liver, {100 * row.get('liver_in_lesion', 0):.0f} % in lesions")
    for kind in ("missed", "false"):
        for line in row[kind]:
            print(f"  {kind}: {line}")


def summarise(rows):
    good = [row for row in rows.values() if "error" not in row]
    if not good:
        return
    errors = [value for row in good for value in row["references"].values()]
    large, missed = sum(row["large"] for row in good), sum(len(row["missed"]) for row in good)
    print(f"{len(good)} of {len(rows)} patients read")
    print(f"references within 5 %: {sum(e is not None and abs(e) <= 0.05 for e in errors)} of {len(errors)}, absent {errors.count(None)}")
    print(f"liver sphere inside the liver: {sum(row.get('liver_in_liver', 0) > 0.99 for row in good)}, clear of lesions: "
          f"{sum(row.get('liver_in_lesion', 1) == 0 for row in good)} of {len(good)}")
    print(f"no lesion but counted: {sum(len(row['false']) for row in good) / len(good):.1f} a patient "
          f"({sum(row['false_pathologic'] for row in good) / len(good):.1f} called pathologic)")
    print(f"lesions of 1 mL or more: {large}, found {large - missed}, called physiologic {sum(row['called_physiologic'] for row in good)}")
    print(f"NETPET group right: {sum(group(row['got']) == group(row['want']) for row in good)} of {len(good)}; P1 and P5 mixed up: "
          f"{sum({group(row['got']), group(row['want'])} == {'P1', 'P5'} for row in good)}")
    print(f"headline names one group: {sum(' or ' not in row['headline'] for row in good)} of {len(good)}")
    for organ in ORGANS:
        values = [row["dice"][organ] for row in good if organ in row["dice"]]
        if values:
            print(f"Dice {organ:15} none labelled" if not any(values) else
                  f"Dice {organ:15} median {numpy.median(values):.2f}, least {min(values):.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--netpet", default="build/netpet")
    parser.add_argument("--patients", nargs="+", default=PATIENTS, metavar="CASE:SEED")
    parser.add_argument("--keep", type=pathlib.Path, help="keep patients and readings here")
    parser.add_argument("--table", action="store_true", help="the 39 patients of docs/validation.md")
    parser.add_argument("--resume", action="store_true", help="use the readings that are kept, make those that are missing")
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no further patient after so long")
    parser.add_argument("--rigid", action="store_true", help="read without bending the CTs onto each other")
    parser.add_argument("--full", action="store_true", help="patients of full size instead of coarse ones")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        rows = {}
        begun = time.monotonic()
        for name in TABLE if options.table else options.patients:
            if time.monotonic() - begun > 60 * options.minutes:
                break
            rows[name] = one_patient(options, name, folder)
            report_patient(name, rows[name])
            sys.stdout.flush()
        summarise(rows)


if __name__ == "__main__":
    main()
