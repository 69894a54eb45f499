#!/usr/bin/python3
"""How long finding, outlining, pairing and measuring takes in a patient with many lesions.

usage: bench/bench_many_lesions.py [--netpet build/netpet] [--lesions 60] [--small] [--threads N] [--keep DIR]

Simulates a patient with so many lesions on both tracers (a case table of its own), reads it with the true organ map and
prints the seconds of each stage of `netpet read`, as its progress tells them.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LESION_STAGES = ("hot spots", "outlines", "lesions:", "heterogeneity")


def case_table(count):
    """The phantom's own table with one more case; lesions go round its places."""
    table = json.loads((ROOT / "data" / "phantom_cases.json").read_text())
    places = [name for name in table["places"] if name not in ("groin_right", "lung_right")]
    lesions = [{"place": places[n % len(places)], "size_mm": 11 + n % 5, "sstr": 18 + n % 9, "fdg": 7 + n % 5} for n in range(count)]
    table["cases"]["many"] = {"description": f"{count} lesions on both tracers", "lesions": lesions,
                              "expected": {"netpet": {"value": "P3b"}}}
    return json.dumps(table)


def cpu_seconds(process):
    """Of all threads so far: what a busy machine does not change much."""
    try:
        fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stages_of(command):
    """[wall, CPU] seconds of each stage, by the lines of progress; the text on stdout."""
    seconds, name = {}, "start"
    wall, cpu = time.monotonic(), 0.0

    def end_of_stage():
        nonlocal wall, cpu
        now, used = time.monotonic(), cpu_seconds(process) or cpu
        sums = seconds.setdefault(name, [0, 0])
        sums[0] += now - wall
        sums[1] += used - cpu
        wall, cpu = now, used

    with tempfile.TemporaryFile("w+") as document:
        with subprocess.Popen([str(word) for word in command], stdout=document, stderr=subprocess.PIPE, text=True) as process:
            for line in process.stderr:
                end_of_stage()
                name = line.strip()
            end_of_stage()
        if process.returncode:
            sys.exit(f"{' '.join(map(str, command))}: exit {process.returncode}, {name}")
        document.seek(0)
        return seconds, document.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--netpet", default="build/netpet")
    parser.add_argument("--lesions", type=int, default=60)
    parser.add_argument("--small", action="store_true", help="coarse grids")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--keep", type=pathlib.Path, help="leave patient and reading here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        rules = folder / "rules"
        rules.mkdir(parents=True, exist_ok=True)
        (rules / "phantom_cases.json").write_text(case_table(options.lesions))
        patient = folder / "patient"
        if not patient.exists():
            subprocess.run([options.netpet, "phantom", "--out", patient, "--case", "many", "--rules", rules, "--quiet",
                            *(["--small"] if options.small else [])], check=True)
        command = [options.netpet, "read", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--organs",
                   patient / "truth" / "organs.nii.gz", "--rigid", "--json", "--overwrite", "--out", folder / "reading"]
        if options.threads:
            command += ["--threads", options.threads]
        seconds, text = stages_of(command)
        reading = json.loads(text)
    counted = [lesion for lesion in reading["lesions"] if lesion["status"] in ("unreviewed", "pathologic")]
    both = [lesion for lesion in counted if all(lesion["uptake"][t]["outlined"] for t in ("sstr", "fdg"))]
    print("   wall     CPU")
    for name, (wall, cpu) in seconds.items():
        print(f"{wall:7.2f} {cpu:7.2f} s  {name}")
    wall, cpu = (sum(spent[n] for name, spent in seconds.items() if any(stage in name for stage in LESION_STAGES)) for n in (0, 1))
    print(f"{len(counted)} lesions that count, {len(both)} outlined on both tracers: found, outlined, paired and measured in {wall:.2f} s, "
          f"{cpu:.2f} s of computing")


if __name__ == "__main__":
    main()
