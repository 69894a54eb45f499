#!/usr/bin/python3
"""Finds organs on a labelled CT and compares them with the labels, slice by slice of the label map.

usage: bench/bench_organs.py CT LABELS [--pet DIR] [--netpet build/netpet] [--keep organs.nii.gz]

CT is a NIfTI file or a folder of one CT series; LABELS a NIfTI map with TotalSegmentator v2 ids, which may cover a part of the CT.
Costal cartilages count neither for nor against the bones. "none" is an organ that the program does not label there.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "cli"))
from bench_anatomy import ORGANS, on_grid  # noqa: E402
from nifti import read_nifti  # noqa: E402

CARTILAGE = 117
WANTED = {"lungs": 0.90, "bones": 0.75, "liver": 0.85, "spleen": 0.75, "kidney_right": 0.75, "kidney_left": 0.75, "aorta": 0.65}
GUT = [6, 18, 19, 20, 214]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ct")
    parser.add_argument("labels")
    parser.add_argument("--pet", help="a PET series in the same patient space")
    parser.add_argument("--netpet", default="build/netpet")
    parser.add_argument("--keep", help="write the found organs here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        out = options.keep or str(pathlib.Path(scratch) / "organs.nii.gz")
        command = [options.netpet, "organs", options.ct, "--out", out, "--overwrite", "--quiet"]
        subprocess.run(command + (["--pet", options.pet] if options.pet else []), check=True, stdout=subprocess.DEVNULL)
        found, found_affine = read_nifti(out)
    truth, affine = read_nifti(options.labels)
    found = on_grid(found, found_affine, truth.shape, affine)
    truth = truth.astype(int)
    voxel_ml = abs(numpy.linalg.det(affine[:3, :3])) / 1000
    print(f"{'organ':14} Dice   wanted  truth mL  found mL")
    for name, numbers in {**ORGANS, "gut (214)": GUT}.items():
        counted = truth != CARTILAGE if name == "bones" else numpy.ones(truth.shape, bool)
        numbers = [n for n in [*numbers, *([213] if name == "bones" else [])] if n != CARTILAGE]
        a, b = numpy.isin(truth, numbers) & counted, numpy.isin(found, numbers) & counted
        if not a.any():
            continue
        dice = f"{2 * (a & b).sum() / (a.sum() + b.sum()):.3f}" if b.any() else "none "
        print(f"{name:14} {dice}  {WANTED.get(name, ''):6}  {a.sum() * voxel_ml:8.0f}  {b.sum() * voxel_ml:8.0f}")


if __name__ == "__main__":
    main()
