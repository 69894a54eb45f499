#!/usr/bin/python3
"""Ten phantom cases through read: dciodvfy over every DICOM object, and the time that all outputs take.

usage: bench/bench_dicom.py [--netpet build/netpet] [--patients DIR] [--at-most SECONDS]
With --patients the phantoms are those below DIR (CASE_SEED/sstr, CASE_SEED/fdg), else they are made.
Exit status 1 where an object has an error or the outputs take longer than --at-most.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CASES = ["P0", "P1", "P2a", "P2b", "P3a", "P4a", "P4b", "P5_liver", "P5_bone", "tiny_discordant"]
VENDORS = ["siemens", "ge", "philips"]
OUTPUT_STAGES = ("pictures and volumes", "report and DICOM objects")


def errors_in(file):
    done = subprocess.run(["dciodvfy", "-new", file], capture_output=True, text=True)
    return [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("Error")]


def seconds_of(stages, log):
    """`--verbose` ends each stage with its time."""
    total = 0.0
    for line in log.splitlines():
        found = re.match(r"\s*([0-9.]+) s  (.+)$", line)
        if found and found.group(2) in stages:
            total += float(found.group(1))
    return total


def one_case(options, case, seed, folder):
    patient = options.patients / f"{case}_{seed}" if options.patients else folder / case
    if not options.patients:
        made = subprocess.run([options.netpet, "phantom", "--case", case, "--seed", str(seed), "--vendor", VENDORS[seed % 3], "--out", patient, "--quiet"])
        if made.returncode:
            sys.exit(f"phantom {case}: exit {made.returncode}")
    out = folder / f"{case}_reading"
    done = subprocess.run([options.netpet, "read", "--rigid", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--out", out, "--verbose"],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"read {case}: {done.stderr}")
    objects = sorted((out / "dicom").iterdir())
    faults = {file.name: errors for file in objects if (errors := errors_in(file))}
    seconds = seconds_of(OUTPUT_STAGES, done.stderr)
    print(f"{case:16} {len(objects):2} objects, {len(faults)} with errors; all outputs in {seconds:.1f} s", flush=True)
    for name, errors in faults.items():
        print(f"  {name}: {errors[0]}")
    shutil.rmtree(out)
    return len(objects), len(faults), seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--netpet", default="build/netpet")
    parser.add_argument("--patients", type=pathlib.Path)
    parser.add_argument("--at-most", type=float, default=6.0)
    options = parser.parse_args()
    if not shutil.which("dciodvfy"):
        sys.exit("NOT TESTED: dciodvfy (dicom3tools) is not installed")
    with tempfile.TemporaryDirectory() as name:
        results = [one_case(options, case, 1, pathlib.Path(name)) for case in CASES]
    objects, faults, slowest = sum(r[0] for r in results), sum(r[1] for r in results), max(r[2] for r in results)
    print(f"{objects} objects of {len(CASES)} readings: {faults} with errors; slowest outputs {slowest:.1f} s")
    return 1 if faults or slowest > options.at_most or slowest == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
