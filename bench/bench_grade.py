#!/usr/bin/python3
"""Times `netpet grade` on random lesion tables: many cases without stability, and one large case with it.

usage: bench/bench_grade.py [--netpet build/netpet] [--cases 10000] [--seed 1] [--threads 1 2]
"""
import argparse
import json
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

SITES = ["liver", "node", "bone", "pancreas", "lung", "peritoneum", "spleen"]
BATCH_S, DRAWS, DRAWS_S = 2.0, 1000, 0.05
LESIONS_OF_LARGE_CASE = 15
REPEATS_OF_LARGE_CASE = 100


def references(rng):
    def tissue(mean, spread, cv, volume_ml, largest=None):
        value = mean * rng.lognormvariate(0, spread)
        return {"mean": round(value, 3), "sd": round(value * cv * rng.lognormvariate(0, 0.3), 3), "volume_ml": volume_ml,
                **({"max": round(value * largest, 3)} if largest else {})}
    return {"sstr": {"blood_pool": tissue(1.5, 0.2, 0.12, 10), "liver": tissue(6, 0.3, 0.12, 14, 1.4), "spleen": tissue(20, 0.4, 0.12, 14),
                     "marrow": tissue(1.0, 0.2, 0.15, 30)},
            "fdg": {"blood_pool": tissue(1.6, 0.2, 0.12, 10), "liver": tissue(2.2, 0.2, 0.12, 14, 1.4), "marrow": tissue(1.0, 0.2, 0.15, 30)}}


def lesion(rng, number):
    sstr, fdg = rng.lognormvariate(2.2, 0.8), rng.lognormvariate(1.0, 0.6)
    size = rng.lognormvariate(2.9, 0.5)
    return {"id": f"L{number}", "site": rng.choice(SITES), "size_mm": round(size, 1), "size_source": rng.choice(["ct", "pet"]),
            "volume_ml": round(0.52e-3 * size ** 3, 3), "sstr": {"suvpeak": round(sstr, 3), "suvmax": round(1.25 * sstr, 3)},
            "fdg": {"suvpeak": round(fdg, 3), "suvmax": round(1.25 * fdg, 3)}}


def case(rng, lesions, draws=0):
    return {"references": references(rng), "interval_days": rng.randint(1, 40), "lesions": [lesion(rng, n + 1) for n in range(lesions)],
            **({"stability_draws": draws} if draws else {})}


def write(path, cases):
    path.write_text("".join(json.dumps(one) + "\n" for one in cases))
    return path


def seconds(netpet, path, threads):
    """Wall-clock and processor seconds."""
    begun, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([netpet, "grade", path, "--quiet", "--threads", str(threads)], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - begun, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime


def best(netpet, path, threads, tries=3):
    """The least of each, since other work on the machine only adds."""
    return [min(times) for times in zip(*(seconds(netpet, path, threads) for _ in range(tries)))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--netpet", default="build/netpet")
    parser.add_argument("--cases", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    rng = random.Random(options.seed)
    slow = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        many = write(folder / "many.jsonl", (case(rng, rng.randint(1, 15)) for _ in range(options.cases)))
        large = [case(rng, LESIONS_OF_LARGE_CASE) for _ in range(REPEATS_OF_LARGE_CASE)]
        without = write(folder / "without.jsonl", large)
        with_draws = write(folder / "with.jsonl", ({**one, "stability_draws": DRAWS} for one in large))
        for threads in options.threads:
            wall_s, processor_s = best(options.netpet, many, threads)
            slow = slow or wall_s > BATCH_S
            print(f"{options.cases} cases, {threads} thread{'s' if threads > 1 else ''}: {wall_s:.2f} s, processor {processor_s:.2f} s "
                  f"(at most {BATCH_S:g} s)")
        wall_s, processor_s = ((each - none) / len(large) for each, none in zip(best(options.netpet, with_draws, 1), best(options.netpet, without, 1)))
        slow = slow or wall_s > DRAWS_S
        print(f"{DRAWS} draws of a case with {LESIONS_OF_LARGE_CASE} lesions, 1 thread: {1000 * wall_s:.1f} ms, processor {1000 * processor_s:.1f} ms "
              f"(at most {1000 * DRAWS_S:g} ms)")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
