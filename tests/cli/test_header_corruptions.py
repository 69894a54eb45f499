"""The numbers of the table of header corruptions, computed again from the formula that stands beside each."""
import math

import pytest

from conftest import ROOT

TABLE = ROOT / "tests" / "unit" / "suv" / "header_corruptions.txt"
MASS_G, DOSE_BQ, HALF_LIFE_S = 70000.0, 368.08e6, 6586.2
NAMES = {"m": MASS_G, "d": DOSE_BQ, "T": HALF_LIFE_S, "s": lambda t: DOSE_BQ * 2 ** (-t / HALF_LIFE_S), "log": math.log, "exp": math.exp}


def rows():
    return [line for line in TABLE.read_text().splitlines() if "->" in line and not line.startswith("#")]


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_every_number_of_the_table_follows_from_its_formula():
    numbers = 0
    for row in rows():
        outcome = row.split("->", 1)[1].split("#")[0].split()[0]
        if not is_number(outcome):
            assert "#" not in row, row
            continue
        formula = row.split("#", 1)[1]
        assert float(outcome) == pytest.approx(eval(formula, {"__builtins__": {}}, NAMES), rel=1e-10), row
        numbers += 1
    assert numbers > 150


def test_no_corruption_stands_twice():
    changes = [" ".join(sorted(row.split("->")[0].split())) for row in rows()]
    assert sorted(set(changes)) == sorted(changes)
