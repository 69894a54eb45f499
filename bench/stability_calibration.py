#!/usr/bin/python3
"""Checks how often a grade that is stated to be, say, 90 % stable comes out the same when the patient is measured again.

A simulated patient has true values. He is measured twice with the errors of data/stability.json, each time with errors of its own. The
first measurement is graded with its stability; the second says whether the grade was the same. The program never sees the truth, nor the
second measurement. Seeds below 1,000,000 are for fitting, those from there on for testing.

usage: bench/stability_calibration.py [--netpet build/netpet] [--cases 2000] [--draws 1000] [--seed 1000000] [--csv FILE] [--picture FILE]
"""
import argparse
import csv
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
FIRST_TEST_SEED = 1_000_000
SCALES = ["netpet", "karfis", "zidan", "krenning", "ezziddin", "bahri_garin", "binderup"]
SITES = ["liver", "node", "bone", "pancreas", "lung", "peritoneum"]
HOST = {"liver": "liver", "bone": "marrow"}
BINS = [0.0, 0.35, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.985, 1.000001]


def log_normal(rng, median, sd):
    return median * math.exp(sd * rng.gauss(0, 1))


def true_references(rng):
    def tissue(median, spread, cv, volume_ml):
        mean = log_normal(rng, median, spread)
        return {"mean": mean, "sd": mean * log_normal(rng, cv, 0.25), "max": 1.4 * mean, "volume_ml": volume_ml}
    return {"sstr": {"blood_pool": tissue(1.5, 0.2, 0.1, 10), "liver": tissue(6, 0.3, 0.1, 14), "spleen": tissue(20, 0.4, 0.1, 14),
                     "marrow": tissue(1.0, 0.2, 0.12, 30)},
            "fdg": {"blood_pool": tissue(1.6, 0.2, 0.1, 10), "liver": tissue(2.2, 0.2, 0.1, 14), "marrow": tissue(1.0, 0.2, 0.12, 30)}}


def limit(references, tracer, site):
    """mean + 2 SD of the tissue that a lesion at `site` is compared with."""
    tissue = references[tracer].get(HOST.get(site, "blood_pool"))
    if tissue["mean"] < references[tracer]["blood_pool"]["mean"]:
        tissue = references[tracer]["blood_pool"]
    return tissue["mean"] + 2 * min(max(tissue["sd"], 0.05 * tissue["mean"]), 0.15 * tissue["mean"])


def true_patient(rng, crowding=0.35):
    """References and lesions: most lie anywhere, some within about `crowding` (SD of the logarithm) of the limits where grades turn."""
    references = true_references(rng)
    sstr_level, fdg_level = rng.gauss(2.3, 0.7), rng.gauss(0.7, 0.5)
    near = rng.choice([0.0, 0.2, 0.5])
    lesions = []
    for number in range(rng.choice([1, 1, 2, 2, 3, 4, 5, 7, 10, 15])):
        site = rng.choice(SITES)
        sstr, fdg = math.exp(rng.gauss(sstr_level, 0.5)), math.exp(rng.gauss(fdg_level, 0.35))
        if rng.random() < near:
            kind = rng.randrange(3)
            if kind == 0:
                fdg = log_normal(rng, limit(references, "fdg", site), crowding)
            elif kind == 1:
                sstr = log_normal(rng, limit(references, "sstr", site), crowding)
            else:
                fdg = log_normal(rng, 7 * sstr / 15 * rng.choice([0.8, 1.25]), crowding)
        lesions.append({"id": f"L{number + 1}", "site": site, "size_mm": log_normal(rng, 18, 0.5), "size_source": "ct",
                        "sstr": {"suvpeak": sstr, "suvmax": 1.2 * sstr}, "fdg": {"suvpeak": fdg, "suvmax": 1.2 * fdg}})
    return {"references": references, "interval_days": 10, "lesions": lesions}


def measured(patient, errors, rng):
    """The patient as one pair of scans finds him."""
    scan = {tracer: rng.gauss(0, errors["uptake"][tracer]["scan"]) for tracer in ("sstr", "fdg")}
    noise, tissue = errors["noise"], errors["references"]
    references = {}
    for tracer, organs in patient["references"].items():
        references[tracer] = {}
        for organ, true in organs.items():
            sd = math.hypot(tissue[tracer].get(organ, tissue[tracer]["other"]), true["sd"] / true["mean"] / math.sqrt(true["volume_ml"] / tissue["resolution_cell_ml"]))
            shared = scan[tracer] + rng.gauss(0, sd)
            references[tracer][organ] = {"mean": true["mean"] * math.exp(shared), "sd": true["sd"] * math.exp(shared + rng.gauss(0, tissue["sd"])),
                                         "max": true["max"] * math.exp(shared + rng.gauss(0, noise["suvmax"])), "volume_ml": true["volume_ml"]}
    lesions = []
    for true in patient["lesions"]:
        one = dict(true)
        for tracer in ("sstr", "fdg"):
            shared = scan[tracer] + rng.gauss(0, errors["uptake"][tracer]["lesion"])
            one[tracer] = {metric: true[tracer][metric] * math.exp(shared + rng.gauss(0, noise[metric])) for metric in ("suvpeak", "suvmax")}
        sd_mm = max(errors["size"]["ct_share"] * true["size_mm"], errors["size"]["ct_least_mm"])
        one["size_mm"] = max(0.0, true["size_mm"] + rng.gauss(0, sd_mm))
        lesions.append(one)
    return {**patient, "references": references, "lesions": lesions}


def graded(netpet, cases, arguments=()):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(one) + "\n" for one in cases)
        file.flush()
        done = subprocess.run([str(netpet), "grade", file.name, "--quiet", *arguments], capture_output=True, text=True, check=True)
    return [json.loads(line)["grades"] for line in done.stdout.splitlines()]


def value(grades, scale):
    """The answer of a scale in the word under which its stability counts it."""
    if scale == "krenning":
        return f"{grades['krenning']['highest']:g}"
    if scale == "binderup":
        return "above_9" if grades["binderup"]["above_9"] else "above_3" if grades["binderup"]["above_3"] else "not_above_3"
    return grades[scale]["value"]


def simulate(netpet, cases, draws, seed, crowding=0.35, arguments=()):
    """One row a case and scale: what was stated, and what the second measurement and the truth say."""
    errors = json.loads((ROOT / "data" / "stability.json").read_text())
    patients = [true_patient(random.Random(seed + number), crowding) for number in range(cases)]
    first = [measured(patient, errors, random.Random(f"{seed + n} first")) for n, patient in enumerate(patients)]
    second = [measured(patient, errors, random.Random(f"{seed + n} second")) for n, patient in enumerate(patients)]
    stated = graded(netpet, [{**one, "stability_draws": draws} for one in first], arguments)
    again, truth = graded(netpet, second), graded(netpet, patients)
    rows = []
    for number in range(cases):
        for scale in SCALES:
            if "stability" not in stated[number][scale]:
                continue
            answer = value(stated[number], scale)
            rows.append({"seed": seed + number, "scale": scale, "value": answer, "stated": stated[number][scale]["stability"].get(answer, 0),
                         "same_again": int(value(again[number], scale) == answer), "same_in_truth": int(value(truth[number], scale) == answer)})
    return rows


def wilson(hits, of):
    """95 % interval of a share."""
    z, share = 1.96, hits / of
    centre, half = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (centre - half) / (1 + z * z / of), (centre + half) / (1 + z * z / of)


def calibration(rows):
    """One line a bin of stated shares: number, mean stated, share that came out the same with its interval."""
    table = []
    for low, high in zip(BINS, BINS[1:]):
        inside = [row for row in rows if low <= row["stated"] < high]
        if not inside:
            continue
        hits = sum(row["same_again"] for row in inside)
        table.append({"from": low, "to": min(high, 1), "cases": len(inside), "stated": sum(row["stated"] for row in inside) / len(inside),
                      "same": hits / len(inside), "interval": wilson(hits, len(inside)),
                      "same_in_truth": sum(row["same_in_truth"] for row in inside) / len(inside)})
    return table


def show(rows):
    for scale in [*SCALES, "all"]:
        of_scale = [row for row in rows if scale in (row["scale"], "all")]
        about_90 = [row for row in of_scale if 0.85 <= row["stated"] < 0.95]
        stated, same = (sum(row[key] for row in of_scale) / len(of_scale) for key in ("stated", "same_again"))
        line = f"{scale:12} {len(of_scale):6} stated {stated:.3f} same again {same:.3f}"
        if about_90:
            line += f"   about 90 %: {len(about_90)} stated {sum(r['stated'] for r in about_90) / len(about_90):.3f} same again {sum(r['same_again'] for r in about_90) / len(about_90):.3f} in truth {sum(r['same_in_truth'] for r in about_90) / len(about_90):.3f}"
        print(line)
    print("\nNETPET, stated share → same again")
    for line in calibration([row for row in rows if row["scale"] == "netpet"]):
        print(f"  {line['from']:.3f}–{line['to']:.3f}  {line['cases']:5}  {line['stated']:.3f} → {line['same']:.3f} ({line['interval'][0]:.3f}–{line['interval'][1]:.3f})")


def draw_picture(curves, path):
    """Stated against observed share for NETPET and for all scales together."""
    from PIL import Image, ImageDraw, ImageFont
    size, margin, scale = 560, 90, 2
    width, height = (size + 2 * margin) * scale, (size + 2 * margin) * scale
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    try:
        font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 15 * scale)
    except OSError:
        font = ImageFont.load_default()

    def at(x, y):
        return (margin + x * size) * scale, (margin + (1 - y) * size) * scale

    pen.rectangle([at(0.85, 0.95), at(0.95, 0.85)], fill="#e3efe6")
    for tick in [0, 0.2, 0.4, 0.6, 0.8, 1]:
        pen.line([at(tick, 0), at(tick, 1)], fill="#dddddd", width=scale)
        pen.line([at(0, tick), at(1, tick)], fill="#dddddd", width=scale)
        pen.text((at(tick, 0)[0], at(0, 0)[1] + 8 * scale), f"{100 * tick:.0f} %", fill="black", font=font, anchor="ma")
        pen.text((at(0, 0)[0] - 8 * scale, at(0, tick)[1]), f"{100 * tick:.0f} %", fill="black", font=font, anchor="rm")
    pen.line([at(0, 0), at(1, 1)], fill="#888888", width=scale)
    for number, (name, colour, table) in enumerate(curves):
        points = [at(line["stated"], line["same"]) for line in table]
        pen.line(points, fill=colour, width=2 * scale)
        for line, (x, y) in zip(table, points):
            pen.line([(x, at(0, line["interval"][0])[1]), (x, at(0, line["interval"][1])[1])], fill=colour, width=scale)
            pen.ellipse([x - 4 * scale, y - 4 * scale, x + 4 * scale, y + 4 * scale], fill=colour)
        x, y = at(0.05, 0.96 - 0.05 * number)
        pen.line([(x, y), (x + 24 * scale, y)], fill=colour, width=3 * scale)
        pen.text((x + 32 * scale, y), name, fill="black", font=font, anchor="lm")
    pen.text((width / 2, height - 36 * scale), "stated: share of simulated repeats with the same grade", fill="black", font=font, anchor="mm")
    pen.text((width / 2, 40 * scale), "observed: share of second measurements with the same grade", fill="black", font=font, anchor="mm")
    image.resize((width // scale, height // scale), Image.LANCZOS).save(path, optimize=True)


def picture(rows, path):
    netpet = calibration([row for row in rows if row["scale"] == "netpet"])
    draw_picture([(f"NETPET, {sum(line['cases'] for line in netpet)} cases", "#b03a2e", netpet),
                  ("all scales", "#1f4e79", calibration(rows))], path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--netpet", default="build/netpet")
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=FIRST_TEST_SEED)
    parser.add_argument("--crowding", type=float, default=0.35, help="how closely lesions crowd about the limits")
    parser.add_argument("--csv", type=pathlib.Path)
    parser.add_argument("--picture", type=pathlib.Path)
    parser.add_argument("--from-csv", type=pathlib.Path, help="draw the picture of rows that were written before")
    options = parser.parse_args()
    if options.from_csv:
        with options.from_csv.open() as file:
            rows = [{**row, "stated": float(row["stated"]), "same_again": int(row["same_again"]), "same_in_truth": int(row["same_in_truth"])}
                    for row in csv.DictReader(file)]
    else:
        rows = simulate(options.netpet, options.cases, options.draws, options.seed, options.crowding)
    show(rows)
    if options.csv:
        with options.csv.open("w", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    if options.picture:
        picture(rows, options.picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
