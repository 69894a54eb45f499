"""Objects sent to another system: DCMTK's storescp takes them, or does not."""
import pathlib
import shutil
import socket
import subprocess
import time

import pydicom
import pytest

from conftest import dicom_files, run_netpet
from network import CuttingRelay, free_port

pytestmark = pytest.mark.skipif(not shutil.which("storescp"), reason="NOT TESTED: storescp (dcmtk) is not installed")


@pytest.fixture
def store(tmp_path):
    """store(*options) → (port, folder) of a running storescp."""
    running = []

    def start(*options):
        folder = tmp_path / f"received{len(running)}"
        folder.mkdir()
        port = free_port()
        running.append(subprocess.Popen(["storescp", "--fork", "-od", folder, *options, str(port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("localhost", port)) == 0:
                    return port, folder
            time.sleep(0.05)
        pytest.fail("storescp did not start")
    yield start
    for process in running:
        process.terminate()
        process.wait()


def received(folder):
    return {pydicom.dcmread(path, stop_before_pixels=True).SOPInstanceUID: path for path in folder.iterdir()}


def test_a_series_arrives_as_it_was_sent(phantom, store):
    port, folder = store()
    sent = dicom_files(phantom() / "sstr" / "pet")
    outcome = run_netpet("send", phantom() / "sstr" / "pet", "--to", f"localhost:{port}", "--json")
    assert outcome.status == 0, outcome.err
    assert outcome.document == {"sent": len(sent), "connections": 1, "warned": []}
    there = received(folder)
    assert len(there) == len(sent)
    for path in sent:
        own = pydicom.dcmread(path)
        assert pydicom.dcmread(there[own.SOPInstanceUID]) == own


def test_results_that_nobody_signed_stay_unless_told(reading, store):
    port, folder = store()
    refused = run_netpet("send", reading[0], "--to", f"localhost:{port}", "--json")
    assert refused.status == 3 and refused.error["code"] == "reading_unsigned"
    assert not list(folder.iterdir())
    outcome = run_netpet("send", reading[0], "--to", f"localhost:{port}", "--unsigned", "--json")
    assert outcome.status == 0, outcome.err
    assert set(received(folder)) == {pydicom.dcmread(path).SOPInstanceUID for path in (reading[0] / "dicom").iterdir()}


def test_a_connection_that_drops_is_opened_again_and_nothing_is_lost(phantom, store):
    port, folder = store()
    sent = dicom_files(phantom() / "sstr" / "pet")
    size = sum(path.stat().st_size for path in sent)
    relay = CuttingRelay(port, size // 2)
    relay.start()
    outcome = run_netpet("send", phantom() / "sstr" / "pet", "--to", f"localhost:{relay.port}", "--json")
    assert outcome.status == 0, outcome.err
    assert outcome.document["connections"] == relay.connections == 2
    assert outcome.document["sent"] == len(sent)
    there = received(folder)
    for path in sent:
        own = pydicom.dcmread(path)
        assert pydicom.dcmread(there[own.SOPInstanceUID]) == own


def test_a_peer_that_is_not_there_or_does_not_want_is_told_by_name(phantom, store):
    files = phantom() / "sstr" / "pet"
    absent = run_netpet("send", files, "--to", f"localhost:{free_port()}", "--retries", 1, "--json")
    assert absent.status == 4 and absent.error["code"] == "peer_unreachable"
    port, folder = store("--refuse")
    refusing = run_netpet("send", files, "--to", f"localhost:{port}", "--json")
    assert refusing.status == 4 and refusing.error["code"] == "peer_refused"
    assert not list(folder.iterdir())


@pytest.mark.parametrize("to", ["localhost", "localhost:", ":104", "localhost:0", "localhost:70000", "localhost:1x"])
def test_an_address_without_host_or_port_is_a_wrong_call(phantom, to):
    outcome = run_netpet("send", phantom() / "sstr" / "pet", "--to", to, "--json")
    assert outcome.status == 2 and outcome.error["code"] == "usage"


def test_what_is_no_dicom_is_not_sent(tmp_path):
    (tmp_path / "note.txt").write_text("hello")
    for path, code in ((tmp_path, "no_dicom"), (tmp_path / "note.txt", "not_dicom"), (pathlib.Path("/nowhere"), "file_missing")):
        outcome = run_netpet("send", path, "--to", "localhost:104", "--json")
        assert outcome.status == 3 and outcome.error["code"] == code
