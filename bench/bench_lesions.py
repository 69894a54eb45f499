#!/usr/bin/python3
"""Reads phantoms with their true organ map and lays each lesion beside the noise-free image.

usage: bench/bench_lesions.py [--netpet build/netpet] [--cases P1 P2b …] [--seeds 1 2] [--full] [--rigid] [--keep DIR]

Prints, over all lesions and both tracers: the volume of each outlined lesion of 2 mL and more against the same isocontour
on the image without noise, and how many noise alone would put off by more than 15 %; SUVpeak against that image, and what it is made of; lesions found, missed,
split and wrongly paired; the masses of two phenotypes whose FDG focus was found.
"""
import argparse
import gzip
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy

CASES = ["P1", "P2a", "P2b", "P3a", "P4a", "P4b", "P5_liver", "P5_one_of_many", "two_phenotypes"]
VENDORS = ["siemens", "ge", "philips"]
LEAST_ML = 2
RADIUS_MM = 6.2035
SIZES_ML = [0, 2, 5, 20]
# What each comparison of SUVpeak says.
PEAKS = {"peak": "SUVpeak against the noise-free image's", "place": "  the noise-free image in the same place",
         "true place": "  both in the place of the noise-free peak", "own": "  our outline against the true region, both with noise"}


def run(*arguments):
    begun = time.monotonic()
    done = subprocess.run([str(word) for word in arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}\n{done.stderr}")
    return done.stdout, time.monotonic() - begun


def load(path):
    """Voxels [i, j, k] and the spacing, mm, of a NIfTI-1 file that netpet wrote."""
    data = gzip.decompress(path.read_bytes())
    size, spacing = numpy.frombuffer(data, "<i2", 8, 40)[1:4], numpy.frombuffer(data, "<f4", 8, 76)[1:4]
    kind = {16: "<f4", 512: "<u2"}[int(numpy.frombuffer(data, "<i2", 1, 70)[0])]
    start = int(numpy.frombuffer(data, "<f4", 1, 108)[0])
    voxels = numpy.frombuffer(data, kind, int(numpy.prod(size.astype(int))), start)
    return voxels.reshape(size, order="F"), spacing.astype(float)


def grown(mask):
    """One voxel wider across faces, edges and corners."""
    for axis in range(3):
        edge = numpy.zeros_like(mask.take([0], axis))
        lower = numpy.concatenate([edge, mask.take(range(mask.shape[axis] - 1), axis)], axis)
        upper = numpy.concatenate([mask.take(range(1, mask.shape[axis]), axis), edge], axis)
        mask = mask | lower | upper
    return mask


def connected(above, start):
    """The voxels of a block that hang together with one of them."""
    part = numpy.zeros_like(above)
    part[start] = True
    while True:
        wider = grown(part) & above
        if wider.sum() == part.sum():
            return part
        part = wider


class Isocontour:
    """The connected part of the noise-free image around its maximum in the lesion that is as high as the outline's own
    threshold; voxels of other lesions are none of it."""

    def __init__(self, clean, found, others, threshold):
        inside = numpy.argwhere(found)
        low, high = numpy.maximum(inside.min(0) - 6, 0), inside.max(0) + 7
        block = tuple(slice(a, b) for a, b in zip(low, high))
        self.image, self.free, self.threshold = clean[block], ~others[block], threshold
        self.top = numpy.unravel_index(numpy.argmax(numpy.where(found[block], self.image, -1)), self.image.shape)
        self.part = connected((self.image >= threshold) & self.free, self.top)

    def voxels(self):
        return int(self.part.sum())

    def outside_by_noise(self, noise, draws=100):
        """How often the same isocontour of this image with noise from elsewhere in the scan, scaled as the simulator scales it,
        is off by more than 15 %."""
        low, high = numpy.maximum(numpy.argwhere(self.part).min(0) - 2, 0), numpy.argwhere(self.part).max(0) + 3
        block = tuple(slice(a, b) for a, b in zip(low, high))
        image, free, top = self.image[block], self.free[block], tuple(numpy.array(self.top) - low)
        draw, outside, done = numpy.random.default_rng(1), 0, 0
        while done < draws:
            start = [draw.integers(0, whole - part + 1) for whole, part in zip(noise.shape, image.shape)]
            patch = noise[tuple(slice(a, a + n) for a, n in zip(start, image.shape))]
            if numpy.isnan(patch).any():
                continue
            above = (image + patch * image ** 0.75 >= self.threshold) & free
            above[top] = True
            outside += abs(connected(above, top).sum() / self.voxels() - 1) > 0.15
            done += 1
        return outside / draws


def standard_noise(suv, clean):
    """Noise over uptake to the power of 0.75; NaN outside the body, where uptake is less than a tenth of its median inside."""
    body = clean > 0.1 * numpy.median(clean[clean > 0.05])
    return numpy.where(body, (suv - clean) / numpy.where(body, clean, 1) ** 0.75, numpy.nan)


def means_of_1_ml(images, found, spacing):
    """Mean over 1 cm³ about each voxel of a region, [voxel] for each image."""
    reach = [int(RADIUS_MM / step) + 1 for step in spacing]
    axes = numpy.meshgrid(*(numpy.arange(-r, r + 1) for r in reach), indexing="ij")
    ball = sum((axis * step) ** 2 for axis, step in zip(axes, spacing)) <= RADIUS_MM ** 2 * (1 + 1e-9)
    offsets = numpy.stack([axis[ball] for axis in axes])
    means = []
    for centre in numpy.argwhere(found):
        at = offsets + centre[:, None]
        at = tuple(at[:, ((at >= 0) & (at < numpy.array(found.shape)[:, None])).all(0)])
        means.append([image[at].mean(dtype=float) for image in images])
    return numpy.array(means).T


def overlaps(labels, truth):
    """{found label: {true label: voxels}}"""
    pairs = {}
    for ours, true in zip(labels[labels > 0], truth[labels > 0]):
        if true:
            pairs.setdefault(int(ours), {}).setdefault(int(true), 0)
            pairs[int(ours)][int(true)] += 1
    return pairs


def uptake_beside(reading, ours):
    """Whether a focus was taken out of this lesion, so that its FDG is read beside it."""
    return any(lesion["parent"] == f"L{ours}" for lesion in reading["lesions"])


def print_peaks(what, ratios):
    if len(ratios) > 1:
        print(f"{what:55} {len(ratios):3}: mean {100 * statistics.mean(ratios):+.1f} % ± {100 * statistics.stdev(ratios) / len(ratios) ** 0.5:.1f}, "
              f"SD {100 * statistics.stdev(ratios):.1f}, median {100 * statistics.median(ratios):+.1f}")


def one_patient(options, case, seed, folder, sums):
    patient, out = folder / f"{case}_{seed}", folder / f"{case}_{seed}_reading"
    small = [] if options.full else ["--small"]
    run(options.netpet, "phantom", "--out", patient, "--case", case, "--seed", seed, "--vendor", VENDORS[seed % 3], "--noise-free",
        "--quiet", *small)
    text, seconds = run(options.netpet, "read", "--sstr", patient / "sstr", "--fdg", patient / "fdg", "--organs",
                        patient / "truth" / "organs.nii.gz", "--out", out, "--json", "--quiet", *(["--rigid"] if options.rigid else []))
    sums["seconds"].append(seconds)
    reading, truth = json.loads(text), json.loads((patient / "truth" / "truth.json").read_text())
    holders = {}  # true label → found labels, on either tracer
    held, mostly = {}, {}  # found label → the true one on each tracer; those of which it has more than half
    for tracer in ("sstr", "fdg"):
        labels, spacing = load(out / "volumes" / f"lesions_{tracer}.nii.gz")
        true_labels, _ = load(patient / "truth" / f"lesions_{tracer}.nii.gz")
        clean, _ = load(patient / "truth" / f"{tracer}_noise_free.nii.gz")
        suv, _ = load(out / "volumes" / f"{tracer}_suv.nii.gz")
        noise = standard_noise(suv, clean)
        for ours, trues in overlaps(labels, true_labels).items():
            lesion = next(l for l in reading["lesions"] if l["id"] == f"L{ours}")
            if lesion["status"] in ("physiologic", "excluded"):
                continue
            true = max(trues, key=trues.get)
            holders.setdefault(true, set()).add(ours)
            held.setdefault(ours, {})[tracer] = true
            mostly.setdefault(ours, set()).update(n for n, count in trues.items() if 2 * count >= (true_labels == n).sum())
            uptake, name = lesion["uptake"][tracer], f"{case} {seed} {tracer} L{ours}"
            two = truth["lesions"][true - 1]["parent"] or any(l["parent"] == f"L{true}" for l in truth["lesions"])
            if not isinstance(uptake["volume_ml"], (int, float)) or two:
                continue
            if uptake["volume_ml"] >= LEAST_ML:
                same = Isocontour(clean, labels == ours, (labels > 0) & (labels != ours), uptake["outline"]["threshold_suv"])
                sums["volume"].append((uptake["volume_ml"] / (same.voxels() * float(numpy.prod(spacing)) / 1000) - 1, name))
                sums["outside"].append(same.outside_by_noise(noise))
            true_peak = truth["lesions"][true - 1][tracer]["suvpeak"]
            if uptake["volume_ml"] >= 1:
                sums["peak"].append((uptake["suvpeak"] / true_peak - 1, name))
                noisy, same = means_of_1_ml((suv, clean), labels == ours, spacing)
                if abs(noisy.max() - uptake["suvpeak"]) > 1e-3 * noisy.max() and not uptake_beside(reading, ours):
                    sys.exit(f"{name}: SUVpeak {uptake['suvpeak']}, by numpy {noisy.max()}")
                sums["place"].append((uptake["suvpeak"] / same[noisy.argmax()] - 1, name))
                noisy, same = means_of_1_ml((suv, clean), true_labels == true, spacing)
                sums["true place"].append((noisy[same.argmax()] / same.max() - 1, name))
                sums["own"].append((uptake["suvpeak"] / noisy.max() - 1, name))
                sums["size"].append((truth["lesions"][true - 1]["volume_ml"], name))
    seen = [n + 1 for n, lesion in enumerate(truth["lesions"]) if n + 1 in holders]
    sums["lesions"] += len(truth["lesions"])
    sums["found"] += len(seen)
    sums["wrong"] += [f"{case} {seed}: L{true} of the truth is {sorted(holders[true])}" for true in seen if len(holders[true]) > 1]
    sums["wrong"] += [f"{case} {seed}: L{ours} is L{on['sstr']} of the truth on SSTR and L{on['fdg']} on FDG"
                      for ours, on in held.items() if len(set(on.values())) > 1]
    sums["wrong"] += [f"{case} {seed}: L{ours} joins the true lesions {sorted(trues)}" for ours, trues in mostly.items()
                      if len(trues) > 1 and any(holders.get(n, {ours}) == {ours} and n not in held[ours].values() for n in trues)]
    for lesion in truth["lesions"]:
        if not lesion["parent"]:
            continue
        near = [l for l in reading["lesions"] if l["parent"] and
                math.dist(l["centroid_fdg_lps_mm"], lesion["centroid_fdg_lps_mm"]) < lesion["size_mm"] / 2]
        sums["masses"] += 1
        sums["foci"] += 1 if near else 0
    if not any(lesion["parent"] for lesion in truth["lesions"]):
        sums["wrong"] += [f"{case} {seed}: {l['id']} is a focus of {l['parent']}" for l in reading["lesions"] if l["parent"]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--netpet", default="build/netpet")
    parser.add_argument("--cases", nargs="+", default=CASES)
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--full", action="store_true", help="fine grids")
    parser.add_argument("--rigid", action="store_true", help="align without the deformation: faster")
    parser.add_argument("--keep", type=pathlib.Path, help="leave patients and readings here")
    options = parser.parse_args()
    sums = {"volume": [], "outside": [], "peak": [], "place": [], "true place": [], "own": [], "size": [], "wrong": [], "seconds": [], "lesions": 0, "found": 0, "masses": 0, "foci": 0}
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for case in options.cases:
            for seed in options.seeds:
                one_patient(options, case, seed, folder, sums)
    off = [abs(ratio) for ratio, _ in sums["volume"]]
    print(f"lesions           {sums['found']} of {sums['lesions']} seen")
    if off:
        print(f"volume ≥{LEAST_ML} mL      {len(off)} outlines: within 15 % {sum(o <= 0.15 for o in off)}, "
              f"median off {100 * statistics.median(off):.1f} %, worst {100 * max(off):.1f} %; "
              f"noise alone would put {sum(sums['outside']):.1f} of them outside")
        for ratio, name in sums["volume"]:
            if abs(ratio) > 0.15:
                print(f"  {name}: {100 * ratio:+.1f} %")
    for key, what in PEAKS.items():
        print_peaks(what, [ratio for ratio, _ in sums[key]])
    sizes = dict((name, ml) for ml, name in sums["size"])
    for low, high in zip(SIZES_ML, SIZES_ML[1:] + [math.inf]):
        print_peaks(f"  of {low} to {high} mL", [ratio for ratio, name in sums["peak"] if low <= sizes[name] < high])
    for ratio, name in sorted(sums["peak"], key=lambda one: -abs(one[0]))[:5]:
        print(f"  {name}: {100 * ratio:+.1f} %")
    print(f"wrong splits and pairs  {len(sums['wrong'])} of {sums['found']} lesions ({100 * len(sums['wrong']) / max(sums['found'], 1):.1f} %)")
    for line in sums["wrong"]:
        print(f"  {line}")
    if sums["masses"]:
        print(f"two phenotypes    {sums['foci']} of {sums['masses']} foci found")
    print(f"read              {statistics.median(sums['seconds']):.1f} s a patient (median)")


if __name__ == "__main__":
    main()
