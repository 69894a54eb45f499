"""One reading, told six times: page, PDF, plain text, table, FHIR bundle and structured report say the same."""
import csv
import html.parser
import json
import re
import shutil
import subprocess

import pydicom
import pytest

NUMBERS = [("sstr", "suvmax"), ("sstr", "suvpeak"), ("sstr", "volume_ml"), ("fdg", "suvmax"), ("fdg", "suvpeak"), ("fdg", "volume_ml")]


class Tables(html.parser.HTMLParser):
    """The rows of every table of a page as texts of their cells, and all words of the page."""

    def __init__(self):
        super().__init__()
        self.rows, self.words, self.cell, self.hidden = [], [], None, False

    def handle_starttag(self, tag, attributes):
        self.hidden = self.hidden or tag == "style"
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.cell = []

    def handle_endtag(self, tag):
        self.hidden = self.hidden and tag != "style"
        if tag in ("td", "th"):
            self.rows[-1].append("".join(self.cell))
            self.cell = None

    def handle_data(self, text):
        if self.hidden:
            return
        self.words.append(text)
        if self.cell is not None:
            self.cell.append(text)


@pytest.fixture(scope="module")
def page(reading):
    tables = Tables()
    tables.feed((reading[0] / "report.html").read_text())
    return tables


@pytest.fixture(scope="module")
def plain(reading):
    return (reading[0] / "report.txt").read_text()


def text_of_pdf(path, order="-layout"):
    if not shutil.which("pdftotext"):
        pytest.skip("NOT TESTED: pdftotext (poppler-utils) is not installed")
    return subprocess.run(["pdftotext", order, path, "-"], capture_output=True, text=True, check=True).stdout


def squeezed(text):
    return re.sub(r"\s+", "", text)


def counted(document):
    return [lesion for lesion in document["lesions"] if lesion["status"] in ("unreviewed", "pathologic")]


def shown(value, places):
    return "–" if value is None else "n/c" if isinstance(value, dict) else f"{value:.{places}f}"


def numbers_of(lesion):
    """The numbers of a lesion as a report prints them."""
    uptakes = [shown((lesion["uptake"].get(role) or {}).get(name), 1) for role, name in NUMBERS]
    return [*uptakes, shown(lesion["fdg_to_sstr"], 2), shown(lesion["krenning"], 0)]


def test_page_text_and_pdf_have_the_numbers_of_every_lesion(reading, page, plain):
    rows = {row[0]: row for row in page.rows if len(row) == 14}
    pdf = text_of_pdf(reading[0] / "report.pdf").splitlines()
    for lesion in counted(reading[1]):
        expected = numbers_of(lesion)
        assert rows[lesion["id"]][4:12] == expected
        (record,) = re.findall(rf"^{lesion['id']}: (?:.*\n)(?:  .*\n)*", plain, re.MULTILINE)
        told = re.findall(r": ([^:;]+?)(?=;|$)", " ".join(record.split()))
        assert told[3:11] == expected
        assert any(re.match(rf"\s*{lesion['id']}\s.*" + r"\s+".join(map(re.escape, expected)), line) for line in pdf), lesion["id"]


def test_whatever_the_page_says_the_pdf_and_the_text_say_too(reading, page, plain):
    """Every paragraph and cell of the page stands in the other two, but for what only a page can hold."""
    pdf, text = squeezed(text_of_pdf(reading[0] / "report.pdf", "-raw")), squeezed(plain)
    legend = {"SSTR+ FDG−", "SSTR+ FDG+", "SSTR− FDG+", "SSTR− FDG−", "one tracer only", "physiologic or excluded", "target lesion"}
    for words in page.words:
        for word in words.split():
            assert word in pdf, word
            assert word in text or words in legend, word


def test_every_grade_is_told_alike(reading, page, plain):
    headline = squeezed(reading[1]["headline"]).replace("-", "–")
    pdf = squeezed(text_of_pdf(reading[0] / "report.pdf", "-raw"))
    for told in (squeezed("".join(page.words)), squeezed(plain), pdf):
        assert headline in told.replace("-", "–")
    report = pydicom.dcmread(reading[0] / "dicom" / "sr.dcm")
    fhir = json.loads((reading[0] / "fhir.json").read_text())
    for scale in ("netpet", "karfis", "zidan"):
        value = reading[1]["grades"][scale]["value"]
        assert value in report.to_json()
        assert any(entry["resource"].get("valueString") == value and entry["resource"]["code"]["coding"][0]["code"] == scale
                   for entry in fhir["entry"])


def test_the_table_of_lesions_has_the_numbers_of_the_reading(reading):
    with open(reading[0] / "lesions.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [lesion["id"] for lesion in reading[1]["lesions"]]
    columns = {"suvmax": "suvmax_g_per_ml", "suvpeak": "suvpeak_g_per_ml", "volume_ml": "volume_ml"}
    for row, lesion in zip(rows, reading[1]["lesions"]):
        for role, name in NUMBERS:
            value = (lesion["uptake"].get(role) or {}).get(name)
            told = row[f"{role}_{columns[name]}"]
            assert told == "" if not isinstance(value, (int, float)) else float(told) == pytest.approx(value, rel=1e-5)


def test_every_page_says_that_it_is_unsigned_and_for_research(reading):
    pages = text_of_pdf(reading[0] / "report.pdf").split("\f")[:-1]
    assert len(pages) >= 3
    for page in pages:
        assert "For research use only." in page and "Unsigned – not verified" in page


def test_a_repeated_run_writes_the_same_reports(reading, one_thread):
    for name in ("report.html", "report.txt", "report.pdf"):
        assert (reading[0] / name).read_bytes() == (one_thread[0] / name).read_bytes(), name
