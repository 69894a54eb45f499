#!/usr/bin/python3
"""Loads a CT of 700 slices and two PETs of 350 from warm files, beside dcm2niix and a plain read of the same bytes.

usage: bench/bench_load.py [--program build/bench/bench_load] [--set build/bench/load_set] [--repeats 7] [--threads N]

The three take turns. `netpet` is what `netpet read` does until HU (16 bit) and SUV (float) are in memory; dcm2niix converts to
uncompressed NIfTI in memory (/dev/shm where that is there). Fails where netpet takes more than 0.4 of dcm2niix's time, or
more than 1.3 times the memory of the voxels.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

GREATEST_TIME_SHARE = 0.4
GREATEST_MEMORY_SHARE = 1.3


def measured(program, *arguments):
    """What a run of bench_load says about itself."""
    done = subprocess.run([str(program), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{program}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def converted(folder, into):
    """Seconds and CPU seconds of dcm2niix."""
    with tempfile.TemporaryDirectory(dir=into) as out, tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        child = subprocess.Popen(["dcm2niix", "-z", "n", "-f", "%s_%d", "-o", out, str(folder)], stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        images = list(pathlib.Path(out).glob("*.nii"))
        if child.returncode or len(images) != 3:
            said.seek(0)
            sys.exit(f"dcm2niix wrote {len(images)} images, exit {child.returncode}:\n{said.read().decode()}")
    return {"seconds": seconds, "cpu_s": used.ru_utime + used.ru_stime}


def made_once(program, folder):
    """The set of images, written where it is not there yet."""
    if not folder.exists():
        unfinished = folder.with_name(folder.name + ".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        print(f"writing the set of images to {folder}")
        if subprocess.run([str(program), "make", str(unfinished)]).returncode:
            sys.exit("the set of images could not be written")
        unfinished.rename(folder)


def median(runs, what):
    return statistics.median(run[what] for run in runs)


def by_stage(runs):
    """Median time and CPU time of each stage of the loading."""
    for number, stage in enumerate(runs[0]["stages"]):
        taken = [run["stages"][number] for run in runs]
        yield stage["stage"], median(taken, "seconds"), median(taken, "cpu_s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default="build/bench/bench_load")
    parser.add_argument("--set", type=pathlib.Path, default="build/bench/load_set")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()

    made_once(options.program, options.set)
    shared_memory = pathlib.Path("/dev/shm")
    into = shared_memory if shared_memory.is_dir() and os.access(shared_memory, os.W_OK) else None
    size = measured(options.program, "bytes", options.set)["bytes"]  # and the files are warm
    runs = {"plain read": [], "dcm2niix": [], "netpet": []}
    for _ in range(options.repeats):
        runs["plain read"].append(measured(options.program, "bytes", options.set))
        runs["dcm2niix"].append(converted(options.set, into))
        runs["netpet"].append(measured(options.program, "load", options.set, options.threads))

    print(f"{size / 1e6:.0f} MB in {sum(1 for file in options.set.rglob('*') if file.is_file())} files, {options.threads} threads, "
          f"medians of {options.repeats} runs that took turns")
    for name, those in runs.items():
        print(f"{name:12} {median(those, 'seconds'):6.3f} s   CPU {median(those, 'cpu_s'):6.3f} s   "
              f"{min(run['seconds'] for run in those):.3f} … {max(run['seconds'] for run in those):.3f} s")
    for stage, seconds, cpu_s in by_stage(runs["netpet"]):
        print(f"    {seconds:6.3f} s   CPU {cpu_s:6.3f} s   {stage}")
    time_share = median(runs["netpet"], "seconds") / median(runs["dcm2niix"], "seconds")
    voxels, peak = runs["netpet"][0]["voxel_bytes"], max(run["peak_bytes"] for run in runs["netpet"])
    print(f"netpet takes {time_share:.2f} of dcm2niix's time (at most {GREATEST_TIME_SHARE}) and "
          f"{median(runs['netpet'], 'seconds') / median(runs['plain read'], 'seconds'):.1f} times that of a plain read; "
          f"peak memory {peak / 1e6:.0f} MB, {peak / voxels:.2f} of its voxels (at most {GREATEST_MEMORY_SHARE})")
    return time_share <= GREATEST_TIME_SHARE and peak <= GREATEST_MEMORY_SHARE * voxels


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
