#!/usr/bin/python3
"""Registration from random starts: no wrong alignment may pass as a right one.

usage: bench/bench_register_starts.py [--netpet build/netpet] [--set build/bench/register] [--starts 50] [--first 0] [--deformable]

The moving CT of a simulated patient (made by bench_register.py) is moved by up to 80 mm and turned by up to 15° in its header alone,
and up to half of its slices are taken away at the head or the feet: neither resampling nor noise is added, and the truth is exact.
Landmarks that the moving CT still shows count. Fails where one start ends with exit 0 and a mean landmark error above 10 mm;
a refusal (`registration_failed`) is no failure and is counted. Start n is the same in every run.
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import time

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from bench_register import LPS_OF_RAS, affine_lps, landmarks, parsed, parser_of, patient  # noqa: E402

MOST_MM, MOST_DEGREES, LEAST_KEPT, MOST_ERROR_MM = 80.0, 15.0, 0.5, 10.0
PATIENTS = 5  # small ones, seeds from 1


def start_of(number):
    """(LPS motion about the middle of the body, share of slices kept, whether the head end is lost) of one start."""
    random = numpy.random.default_rng(number)
    axis, direction = random.normal(size=3), random.normal(size=3)
    axis, direction = axis / numpy.linalg.norm(axis), direction / numpy.linalg.norm(direction)
    angle = numpy.radians(random.uniform(0, MOST_DEGREES))
    cross = numpy.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    turn = numpy.eye(3) + numpy.sin(angle) * cross + (1 - numpy.cos(angle)) * cross @ cross
    return turn, direction * random.uniform(0, MOST_MM), random.uniform(LEAST_KEPT, 1), random.random() < 0.5


def as_nifti(folder):
    """The moving CT as one NIfTI file, made once."""
    kept = folder / "moving.nii"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=folder) as work:
            subprocess.run(["dcm2niix", "-z", "n", "-f", "moving", "-o", work, folder / "fdg" / "ct"], check=True, capture_output=True)
            next(pathlib.Path(work).glob("moving*.nii")).rename(kept)
    return kept


def moved_copy(source, target, start):
    """Writes the moved and shortened CT: (motion LPS, whether it shows a place of the moved body)."""
    raw = bytearray(source.read_bytes())
    size = numpy.array(struct.unpack_from("<3h", raw, 42))
    affine = affine_lps(raw)
    turn, shift, share, head_lost = start
    middle = (affine @ numpy.append((size - 1) / 2, 1))[:3]
    motion = numpy.eye(4)
    motion[:3, :3], motion[:3, 3] = turn, middle - turn @ middle + shift
    kept = int(round(share * size[2]))
    first = 0 if (affine[2, 2] > 0) == head_lost else size[2] - kept
    shorter = affine.copy()
    shorter[:3, 3] = (affine @ numpy.array([0, 0, first, 1]))[:3]
    moved = motion @ shorter
    offset, slice_bytes = int(struct.unpack_from("<f", raw, 108)[0]), int(size[0]) * int(size[1]) * 2
    if struct.unpack_from("<h", raw, 72)[0] != 16:
        raise RuntimeError(f"{source}: voxels are not of 16 bits")
    struct.pack_into("<h", raw, 46, kept)
    struct.pack_into("<2h", raw, 252, 0, 1)  # the sform alone
    struct.pack_into("<12f", raw, 280, *(LPS_OF_RAS @ moved)[:3].ravel())
    target.write_bytes(raw[:offset] + raw[offset + first * slice_bytes: offset + (first + kept) * slice_bytes])

    def shows(places):
        index = (places - moved[:3, 3]) @ numpy.linalg.inv(moved[:3, :3]).T
        return numpy.all((index >= 0) & (index <= numpy.array([size[0], size[1], kept]) - 1), axis=1)
    return motion, shows


def tried(netpet, folder, number, options):
    """(mean landmark error in mm, or None where it was refused; the code of the refusal; seconds)."""
    fixed, moving, _ = landmarks(folder)
    start = start_of(number)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        work = pathlib.Path(work)
        motion, shows = moved_copy(as_nifti(folder), work / "moving.nii", start)
        truth = moving @ motion[:3, :3].T + motion[:3, 3]
        seen = shows(truth)
        numpy.savetxt(work / "points.csv", fixed[seen], delimiter=",", fmt="%.4f")
        begun = time.monotonic()
        done = subprocess.run([netpet, "register", "--fixed", folder / "sstr" / "ct", "--moving", work / "moving.nii", "--out", work / "out",
                               "--points", work / "points.csv", "--json", *options], capture_output=True, text=True)
        seconds = time.monotonic() - begun
    if done.returncode == 3:
        return None, json.loads(done.stdout)["error"]["code"], seconds
    if done.returncode:
        raise RuntimeError(f"exit {done.returncode}: {done.stderr[-500:]}")
    found = numpy.array([point["moving_lps_mm"] for point in json.loads(done.stdout)["points"]])
    return float(numpy.linalg.norm(found - truth[seen], axis=1).mean()), "", seconds


def main():
    parser = parser_of(__doc__)
    parser.add_argument("--starts", type=int, default=50)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--deformable", action="store_true", help="bend too; the start is found by the rigid stage")
    options = parsed(parser)
    errors, refused, wrong = [], 0, 0
    for number in range(options.first, options.first + options.starts):
        seed = 1 + number % PATIENTS
        folder = patient(options.netpet, options.set, seed, True)
        turn, shift, share, head_lost = start_of(number)
        error, code, seconds = tried(options.netpet, folder, number, [] if options.deformable else ["--rigid"])
        degrees = numpy.degrees(numpy.arccos((numpy.trace(turn) - 1) / 2))
        print(f"start {number:2}: {numpy.linalg.norm(shift):4.0f} mm, {degrees:4.1f}°, {share:4.0%} kept ({'feet' if head_lost else 'head'} end): "
              + (f"mean error {error:6.2f} mm" if error is not None else code) + f", {seconds:.1f} s", flush=True)
        refused += error is None
        errors += [] if error is None else [error]
        wrong += error is not None and error > MOST_ERROR_MM
    if errors:
        print(f"\n{len(errors)} of {options.starts} aligned: mean error {numpy.mean(errors):.2f} mm, greatest {max(errors):.2f} mm; "
              f"{refused} refused; {wrong} wrong with exit 0")
    return 1 if wrong or not errors else 0


if __name__ == "__main__":
    sys.exit(main())
