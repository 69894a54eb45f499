#!/usr/bin/python3
"""Registration of simulated patients whose deformation is known, by netpet and by elastix, on the clock.

usage: bench/bench_register.py [--netpet build/netpet] [--set build/bench/register] [--small 20] [--full 3] [--rigid] [--no-elastix]

Patients of mixed vendors, spacings and diseases are simulated once into the folder of --set, where elastix's results are kept too
(rigid, then B-spline of 32 mm; delete elastix.json of a patient to run it again). Errors are distances from the truth, mm, at the
centroids of lesions and at the centroid and the six extreme points of each organ. Fails where netpet's mean error exceeds 2.5 mm or
its 95th percentile 5 mm, where it folds, where a patient of full size takes more than 25 s or 2 GiB, or where the stated error holds
in fewer than 85 % or more than 95 % of lesions. A busy machine lengthens times; CPU seconds tell then.
"""
import argparse
import gzip
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "cli"))
from nifti import read_nifti  # noqa: E402

LPS_OF_RAS = numpy.diag([-1.0, -1, 1, 1])
VENDORS = ("siemens", "ge", "philips")
CASES = ("P1", "P2a", "P2b", "P3a", "P4a", "P4b")  # in turn: lesions in liver, pancreas, bowel, nodes and bone
FIRST_SMALL, FIRST_FULL = 1, 31  # seeds; those from 101 to 142 and 401 on were used to fit the stated error
LIMITS = {"mean_mm": 2.5, "p95_mm": 5.0, "seconds": 25.0, "gib": 2.0, "least_held": 0.85, "most_held": 0.95}
RIGID = """(FixedInternalImagePixelType "float")(MovingInternalImagePixelType "float")(UseDirectionCosines "true")
(Registration "MultiResolutionRegistration")(Interpolator "LinearInterpolator")(ResampleInterpolator "FinalBSplineInterpolator")
(FinalBSplineInterpolationOrder 1)
(Resampler "DefaultResampler")(FixedImagePyramid "FixedRecursiveImagePyramid")(MovingImagePyramid "MovingRecursiveImagePyramid")
(Optimizer "AdaptiveStochasticGradientDescent")(Transform "EulerTransform")(Metric "AdvancedMattesMutualInformation")
(AutomaticScalesEstimation "true")(AutomaticTransformInitialization "true")(HowToCombineTransforms "Compose")
(NumberOfHistogramBins 32)(NumberOfResolutions 4)(MaximumNumberOfIterations 500)(NumberOfSpatialSamples 4096)
(NewSamplesEveryIteration "true")(ImageSampler "RandomCoordinate")(WriteResultImage "false")(DefaultPixelValue -1024)
"""
B_SPLINE = RIGID.replace('"EulerTransform"', '"BSplineTransform"').replace(
    '(AutomaticScalesEstimation "true")(AutomaticTransformInitialization "true")',
    "(FinalGridSpacingInPhysicalUnits 32)")


def measured(command, **options):
    """Runs a program: (its output, wall seconds, CPU seconds, peak memory in GiB)."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=subprocess.PIPE, **options)
        errors = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        out.seek(0)
        if child.returncode:
            raise RuntimeError(f"{command[0]} ended with {child.returncode}: {errors.decode()[-500:]}{out.read().decode()[-500:]}")
        return out.read().decode(), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20


def case_of(seed):
    return CASES[seed % len(CASES)]


def patient(netpet, where, seed, small):
    """The folder of a simulated patient below `where`: CTs and truth."""
    folder = where / f"{'small' if small else 'full'}_{case_of(seed)}_{seed}"
    if not folder.exists():
        unfinished = folder.with_name(folder.name + ".part")
        subprocess.run(["rm", "-rf", str(unfinished)], check=True)
        measured([netpet, "phantom", "--case", case_of(seed), "--seed", seed, "--vendor", VENDORS[seed % 3], "--out", unfinished,
                  *(["--small"] if small else [])])
        subprocess.run(["rm", "-rf", str(unfinished / "sstr" / "pet"), str(unfinished / "fdg" / "pet")], check=True)
        unfinished.rename(folder)
    return folder


def at_places(field, affine, places):
    """Values of a vector image at places (LPS), trilinear."""
    index = (places - affine[:3, 3]) @ numpy.linalg.inv(affine[:3, :3]).T
    index = numpy.clip(index, 0, numpy.array(field.shape[:3]) - 1.0001)
    first = index.astype(int)
    part = index - first
    result = numpy.zeros((len(places), 3))
    for corner in range(8):
        step = numpy.array([corner & 1, corner >> 1 & 1, corner >> 2])
        at = first + step
        weight = numpy.prod(numpy.where(step, part, 1 - part), axis=1)
        result += field[at[:, 0], at[:, 1], at[:, 2]] * weight[:, None]
    return result


def landmarks(folder):
    """(places in the fixed CT, the same in the moving CT, how many of the first are lesions), LPS mm."""
    kept = folder / "landmarks.json"
    if not kept.exists():
        lesions = json.loads((folder / "truth" / "truth.json").read_text())["lesions"]
        organs, affine = read_nifti(folder / "truth" / "organs.nii.gz")
        places = []
        for organ in range(1, int(organs.max()) + 1):
            voxels = numpy.argwhere(organs == organ)
            if len(voxels) >= 30:
                places += [voxels.mean(0), *(voxels[end(voxels[:, axis])] for axis in range(3) for end in (numpy.argmin, numpy.argmax))]
        places = numpy.array(places) @ affine[:3, :3].T + affine[:3, 3]
        raw, field_affine = read_displacement(folder / "truth" / "displacement.nii.gz")
        moved = places + at_places(raw, field_affine, places)
        kept.write_text(json.dumps({"fixed": [l["centroid_lps_mm"] for l in lesions] + places.tolist(),
                                    "moving": [l["centroid_fdg_lps_mm"] for l in lesions] + moved.tolist(), "lesions": len(lesions)}))
    read = json.loads(kept.read_text())
    return numpy.array(read["fixed"]), numpy.array(read["moving"]), read["lesions"]


def affine_lps(nifti):
    """The way from voxels to LPS mm of a NIfTI file's bytes, by its sform."""
    rows = numpy.array(struct.unpack_from("<12f", nifti, 280)).reshape(3, 4)
    return LPS_OF_RAS @ numpy.vstack([rows, [0, 0, 0, 1]])


def read_displacement(path):
    """(vectors by [i, j, k], affine to LPS mm) of a 5-D NIfTI vector image."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    size = struct.unpack_from("<5h", raw, 42)
    voxels = numpy.frombuffer(raw, "<f4", count=int(numpy.prod(size)), offset=int(struct.unpack_from("<f", raw, 108)[0]))
    return voxels.reshape(size, order="F")[:, :, :, 0, :], affine_lps(raw)


def by_netpet(netpet, folder, options):
    fixed, moving, lesions = landmarks(folder)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        points = pathlib.Path(work) / "points.csv"
        numpy.savetxt(points, fixed, delimiter=",", fmt="%.4f")
        text, seconds, cpu, gib = measured([netpet, "register", "--fixed", folder / "sstr" / "ct", "--moving", folder / "fdg" / "ct", "--out",
                                            pathlib.Path(work) / "out", "--points", points, "--json", *options])
    document = json.loads(text)
    found = numpy.array([point["moving_lps_mm"] for point in document["points"]])
    return {"seconds": seconds, "cpu_s": cpu, "gib": gib, "errors": numpy.linalg.norm(found - moving, axis=1).tolist(), "lesions": lesions,
            "stated": [point["error_mm"] for point in document["points"]], "folded": document["quality"]["folded_fraction"],
            "least_jacobian": document["quality"]["min_jacobian"], "warnings": [w["code"] for w in document["warnings"]]}


def by_elastix(folder):
    """Its result, from the folder where it was run before."""
    kept = folder / "elastix.json"
    if kept.exists():
        return json.loads(kept.read_text())
    fixed, moving, lesions = landmarks(folder)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        work = pathlib.Path(work)
        for name, which in (("fixed", "sstr"), ("moving", "fdg")):
            measured(["dcm2niix", "-z", "n", "-f", name, "-o", work, folder / which / "ct"])
        (work / "rigid.txt").write_text(RIGID.replace(")(", ")\n("))
        (work / "b_spline.txt").write_text(B_SPLINE.replace(")(", ")\n("))
        _, seconds, cpu, gib = measured(["elastix", "-f", next(work.glob("fixed*.nii")), "-m", next(work.glob("moving*.nii")), "-p", work / "rigid.txt",
                                         "-p", work / "b_spline.txt", "-out", work, "-threads", os.cpu_count()])
        (work / "points.txt").write_text(f"point\n{len(fixed)}\n" + "\n".join(" ".join(f"{c:.4f}" for c in place) for place in fixed))
        measured(["transformix", "-def", work / "points.txt", "-tp", work / "TransformParameters.1.txt", "-out", work])
        rows = re.findall(r"OutputPoint = \[([^\]]*)\]", (work / "outputpoints.txt").read_text())
        found = numpy.array([[float(c) for c in row.split()] for row in rows])
    result = {"seconds": seconds, "cpu_s": cpu, "gib": gib, "errors": numpy.linalg.norm(found - moving, axis=1).tolist(), "lesions": lesions}
    kept.write_text(json.dumps(result))
    return result


def summary(results, which):
    """Errors over all patients: mean, median, 95th percentile, greatest; of lesions alone."""
    errors = numpy.concatenate([numpy.array(r["errors"])[: r["lesions"]] if which == "lesions" else numpy.array(r["errors"]) for r in results])
    return {"mean": errors.mean(), "median": numpy.median(errors), "p95": numpy.percentile(errors, 95), "max": errors.max(), "n": len(errors)}


def table(name, results):
    for which in ("all", "lesions"):
        s = summary(results, which)
        print(f"{name:8} {which:8} {s['n']:6} places: mean {s['mean']:5.2f}, median {s['median']:5.2f}, 95 % {s['p95']:5.2f}, "
              f"greatest {s['max']:5.2f} mm")
    for key, label in (("seconds", "wall s"), ("cpu_s", "CPU s"), ("gib", "GiB")):
        values = [r[key] for r in results]
        print(f"{name:8} {label:8} median {numpy.median(values):6.2f}, greatest {max(values):6.2f}")


def parser_of(description):
    """The options that both benches of the registration take."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--netpet", type=pathlib.Path, default="build/netpet")
    parser.add_argument("--set", type=pathlib.Path, default="build/bench/register")
    return parser


def parsed(parser):
    options = parser.parse_args()
    options.set.mkdir(parents=True, exist_ok=True)
    options.netpet = options.netpet.resolve()
    return options


def main():
    parser = parser_of(__doc__)
    parser.add_argument("--small", type=int, default=20)
    parser.add_argument("--full", type=int, default=3)
    parser.add_argument("--rigid", action="store_true", help="without the deformation")
    parser.add_argument("--no-elastix", action="store_true")
    options = parsed(parser)
    wanted = [(seed, True) for seed in range(FIRST_SMALL, FIRST_SMALL + options.small)]
    wanted += [(seed, False) for seed in range(FIRST_FULL, FIRST_FULL + options.full)]
    netpet, elastix, failures = {True: [], False: []}, {True: [], False: []}, []
    for seed, small in wanted:
        folder = patient(options.netpet, options.set, seed, small)
        own = by_netpet(options.netpet, folder, ["--rigid"] if options.rigid else [])
        netpet[small].append(own)
        print(f"{folder.name}: mean {numpy.mean(own['errors']):.2f}, lesions {numpy.mean(own['errors'][: own['lesions']]):.2f} mm, {own['seconds']:.1f} s "
              f"(CPU {own['cpu_s']:.1f} s), {own['gib']:.2f} GiB, least Jacobian {own['least_jacobian']:.2f} {' '.join(own['warnings'])}", flush=True)
        if own["folded"] > 0:
            failures.append(f"{folder.name} folds")
        if not small and (own["seconds"] > LIMITS["seconds"] or own["gib"] > LIMITS["gib"]):
            failures.append(f"{folder.name} takes {own['seconds']:.1f} s and {own['gib']:.2f} GiB")
        if not options.no_elastix:
            other = by_elastix(folder)
            elastix[small].append(other)
            print(f"    elastix: mean {numpy.mean(other['errors']):.2f}, lesions {numpy.mean(other['errors'][: other['lesions']]):.2f} mm, "
                  f"{other['seconds']:.1f} s (CPU {other['cpu_s']:.1f} s), {other['gib']:.2f} GiB", flush=True)
    for small in (True, False):
        if netpet[small]:
            print(f"\n{'small' if small else 'full'} size, {len(netpet[small])} patients")
            table("netpet", netpet[small])
            if elastix[small]:
                table("elastix", elastix[small])
    everyone = netpet[True] + netpet[False]
    held = numpy.concatenate([numpy.array(r["errors"])[: r["lesions"]] <= numpy.array(r["stated"])[: r["lesions"]] for r in everyone])
    held_all = numpy.concatenate([numpy.array(r["errors"]) <= numpy.array(r["stated"]) for r in everyone])
    print(f"\nthe stated error held in {held.mean():.1%} of {len(held)} lesions and {held_all.mean():.1%} of all places")
    overall = summary(everyone, "all")
    if overall["mean"] > LIMITS["mean_mm"] or overall["p95"] > LIMITS["p95_mm"]:
        failures.append(f"mean error {overall['mean']:.2f} mm, 95 % {overall['p95']:.2f} mm")
    if not LIMITS["least_held"] <= held.mean() <= LIMITS["most_held"]:
        failures.append("the stated error does not fit: it is a 90th percentile")
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
