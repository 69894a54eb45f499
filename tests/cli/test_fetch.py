"""Studies fetched from other systems: DCMTK's dcmqrscp by C-GET and C-MOVE, Orthanc by both and by DICOMweb, and https with a token."""
import json
import pathlib
import shutil
import subprocess

import pydicom
import pytest
from conftest import dicom_files, run_netpet
from dicomweb import Archive
from network import CuttingRelay, free_port, serving

ORTHANC = shutil.which("Orthanc")
PLUGINS = pathlib.Path("/usr/share/orthanc/plugins")
needs_dcmtk = pytest.mark.skipif(not shutil.which("dcmqrscp"), reason="NOT TESTED: dcmqrscp (dcmtk) is not installed")
needs_orthanc = pytest.mark.skipif(not ORTHANC or not (PLUGINS / "libOrthancDicomWeb.so").exists(),
                                   reason="NOT TESTED: orthanc and orthanc-dicomweb are not installed")


def objects_in(folder):
    return {str(one.SOPInstanceUID): one for one in map(pydicom.dcmread, dicom_files(folder))}


def assert_same(sent, fetched):
    before, after = objects_in(sent), objects_in(fetched)
    assert before.keys() == after.keys()
    for uid, dataset in before.items():
        assert dataset == after[uid]


@pytest.fixture(scope="module")
def study(phantom, tmp_path_factory):
    """(folder of some slices of a PET, UID of their study)."""
    folder = tmp_path_factory.mktemp("study") / "pet"
    folder.mkdir()
    for path in dicom_files(phantom() / "sstr" / "pet")[:60]:
        (folder / path.name).hardlink_to(path)
    return folder, str(pydicom.dcmread(dicom_files(folder)[0]).StudyInstanceUID)


@pytest.fixture(scope="module")
def archive(study, tmp_path_factory):
    """(port, port for calls back) of a dcmqrscp that holds the study."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "store").mkdir()
    port, back = free_port(), free_port()
    (folder / "dcmqrscp.cfg").write_text(f"""
NetworkTCPPort  = {port}
MaxPDUSize      = 16384
MaxAssociations = 16
HostTable BEGIN
netpet = (NETPET, localhost, {back})
HostTable END
VendorTable BEGIN
VendorTable END
AETable BEGIN
STORE {folder / "store"} RW (200, 1024mb) ANY
AETable END
""")
    with serving(["dcmqrscp", "-c", folder / "dcmqrscp.cfg"], port):
        sent = run_netpet("send", study[0], "--to", f"localhost:{port}", "--called", "STORE", "--json")
        assert sent.status == 0, sent.out
        yield port, back


def fetch(out, *options):
    return run_netpet("fetch", "--out", out, "--json", *options)


@needs_dcmtk
@pytest.mark.parametrize("method", ["get", "move"])
def test_a_study_comes_back_as_it_was_sent(archive, study, tmp_path, method):
    port, back = archive
    done = fetch(tmp_path / "out", "--from", f"localhost:{port}", "--called", "STORE", "--study", study[1], "--method", method, "--listen", back)
    assert done.status == 0, done.out
    assert done.document["fetched"] == len(dicom_files(study[0])) and done.document["thrown_away"] == 0
    assert [one["modality"] for one in done.document["series"]] == ["PT"]
    assert_same(study[0], tmp_path / "out")


@needs_dcmtk
def test_a_patient_is_found_by_id_and_modality(archive, study, tmp_path):
    patient = str(pydicom.dcmread(dicom_files(study[0])[0]).PatientID)
    there = ("--from", f"localhost:{archive[0]}", "--called", "STORE")
    assert fetch(tmp_path / "a", *there, "--patient", patient, "--modality", "PT,CT").document["fetched"] == len(dicom_files(study[0]))
    for options in (("--patient", patient, "--modality", "MR"), ("--patient", "nobody"), ("--patient", patient, "--date", "19000101"),
                    ("--study", "1.2.3")):
        done = fetch(tmp_path / "b", *there, *options)
        assert done.status == 3 and done.error["code"] == "nothing_found"
        assert not (tmp_path / "b").exists()


@needs_dcmtk
def test_a_line_that_drops_is_opened_again_and_what_is_missing_is_asked_for(archive, study, tmp_path):
    size = sum(path.stat().st_size for path in dicom_files(study[0]))
    relay = CuttingRelay(archive[0], size // 2, from_server=True, connection=2)  # the first one asks, the second one fetches
    relay.start()
    done = fetch(tmp_path / "out", "--from", f"localhost:{relay.port}", "--called", "STORE", "--study", study[1])
    assert done.status == 0, done.out
    assert done.document["connections"] == 2 and relay.connections == 3
    assert_same(study[0], tmp_path / "out")


@needs_dcmtk
def test_a_line_that_never_holds_leaves_nothing(archive, study, tmp_path):
    relay = CuttingRelay(archive[0], 20000, from_server=True, connection=None)
    relay.start()
    done = fetch(tmp_path / "out", "--from", f"localhost:{relay.port}", "--called", "STORE", "--study", study[1], "--retries", 1)
    assert done.status == 4 and done.error["code"] == "peer_unreachable"
    assert list(tmp_path.iterdir()) == []


@needs_dcmtk
def test_a_peer_with_another_title_is_refused_and_one_that_does_not_know_us_too(archive, study, tmp_path):
    there = ("--from", f"localhost:{archive[0]}", "--study", study[1], "--retries", 0)
    for options in (("--called", "OTHER"), ("--called", "STORE", "--method", "move", "--calling", "STRANGER", "--listen", archive[1])):
        done = fetch(tmp_path / "out", *there, *options)
        assert done.status == 4 and done.error["code"] == "peer_refused", done.out
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [
    (), ("--from", "host:104"), ("--from", "host", "--study", "1.2"), ("--from", "host:104", "--study", "1.2/../3"),
    ("--from", "host:104", "--patient", "4*"), ("--from", "host:104", "--study", "1.2", "--tls"), ("--url", "ftp://host", "--study", "1.2"),
    ("--url", "https://host", "--study", "1.2", "--method", "move"), ("--url", "https://host", "--study", "1.2", "--user", "me"),
])
def test_a_wrong_call_is_refused(tmp_path, options):
    done = fetch(tmp_path / "out", *options)
    assert done.status == 2 and not (tmp_path / "out").exists()


def test_a_token_does_not_travel_unencrypted(tmp_path):
    (tmp_path / "token").write_text("secret\n")
    done = fetch(tmp_path / "out", "--url", "http://pacs.invalid/dicom-web", "--study", "1.2", "--token-file", tmp_path / "token")
    assert done.status == 2 and "https" in done.error["message"]


@pytest.fixture(scope="module")
def orthanc(tmp_path_factory):
    """(HTTP port, DICOM port, port for calls back, password file) of an empty Orthanc."""
    folder = tmp_path_factory.mktemp("orthanc")
    http, dicom, back = free_port(), free_port(), free_port()
    (folder / "password").write_text("secret\n")
    (folder / "orthanc.json").write_text(json.dumps({
        "Name": "test", "StorageDirectory": str(folder), "IndexDirectory": str(folder), "HttpPort": http, "DicomPort": dicom,
        "DicomAet": "ORTHANC", "DicomCheckCalledAet": True, "DicomAlwaysAllowGet": True, "DicomAlwaysAllowFind": True,
        "DicomAlwaysAllowMove": True, "DicomModalities": {"netpet": ["NETPET", "127.0.0.1", back]}, "RemoteAccessAllowed": False,
        "AuthenticationEnabled": True, "RegisteredUsers": {"reader": "secret"}, "Plugins": [str(PLUGINS / "libOrthancDicomWeb.so")],
        "DicomWeb": {"Enable": True, "Root": "/dicom-web/"}}))
    with serving([ORTHANC, folder / "orthanc.json"], http):
        yield http, dicom, back, folder / "password"


@needs_orthanc
def test_orthanc_takes_a_study_by_stow_and_gives_it_back_by_wado_get_and_move(orthanc, study, tmp_path):
    http, dicom, back, password = orthanc
    web = ("--url", f"http://localhost:{http}/dicom-web/", "--user", "reader", "--password-file", password)
    count = len(dicom_files(study[0]))
    for _ in range(2):  # what is there already is as good as stored
        sent = run_netpet("send", study[0], *web, "--json")
        assert sent.status == 0 and sent.document["sent"] == count, sent.out
    ways = {"wado": web, "get": ("--from", f"localhost:{dicom}", "--called", "ORTHANC"),
            "move": ("--from", f"localhost:{dicom}", "--called", "ORTHANC", "--method", "move", "--listen", back)}
    for name, way in ways.items():
        done = fetch(tmp_path / name, *way, "--study", study[1])
        assert done.status == 0 and done.document["fetched"] == count, (name, done.out)
        assert_same(study[0], tmp_path / name)


@needs_orthanc
def test_orthanc_refuses_another_password_and_a_cut_line_is_survived(orthanc, study, tmp_path):
    http, _, _, password = orthanc
    wrong = tmp_path / "wrong"
    wrong.write_text("guess")
    web = ("--url", f"http://localhost:{http}/dicom-web", "--user", "reader", "--password-file")
    for done in (fetch(tmp_path / "out", *web, wrong, "--study", study[1]), run_netpet("send", study[0], *web, wrong, "--json")):
        assert done.status == 4 and done.error["code"] == "peer_refused"
    assert not (tmp_path / "out").exists()
    assert run_netpet("send", study[0], *web, password).status == 0
    size = sum(path.stat().st_size for path in dicom_files(study[0]))
    relay = CuttingRelay(http, size // 2, from_server=True, connection=2)
    relay.start()
    done = fetch(tmp_path / "out", "--url", f"http://localhost:{relay.port}/dicom-web", *web[2:], password, "--study", study[1])
    assert done.status == 0 and done.document["connections"] == 2 and relay.connections == 3, done.out
    assert_same(study[0], tmp_path / "out")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """ca.pem vouches for server.pem; other.pem for nobody."""
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*words):
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, cwd=folder)
    for name in ("ca", "other"):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", 2, "-subj", f"/CN={name}")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.pem", "-days", 2, "-extfile", "names")
    return folder


@pytest.mark.skipif(not shutil.which("storescp") or not shutil.which("openssl"), reason="NOT TESTED: storescp or openssl is not installed")
def test_an_encrypted_line_is_used_and_a_server_that_nobody_vouches_for_is_refused(certificates, study, tmp_path):
    port = free_port()
    with serving(["storescp", "--fork", "-od", tmp_path, "+tls", certificates / "server.key", certificates / "server.pem", "-ic", port], port):
        there = ("--to", f"localhost:{port}", "--retries", 0, "--json")
        one = dicom_files(study[0])[0]
        assert run_netpet("send", one, *there, "--tls", "--ca", certificates / "ca.pem").document["sent"] == 1
        refused = run_netpet("send", one, *there, "--tls", "--ca", certificates / "other.pem")
        assert refused.status == 4 and refused.error["code"] == "peer_refused", refused.out
        plain = run_netpet("send", one, *there)
        assert plain.status == 4
        unusable = run_netpet("send", one, *there, "--tls", "--ca", certificates / "server.key")
        assert unusable.status == 3 and unusable.error["code"] == "tls_file_unusable"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(not shutil.which("openssl"), reason="NOT TESTED: openssl is not installed")
def test_a_token_opens_an_encrypted_archive_and_nothing_else_does(certificates, study, tmp_path):
    token, wrong = tmp_path / "token", tmp_path / "wrong"
    token.write_text("open-sesame\n")
    wrong.write_text("open-barley\n")
    with Archive(certificates / "server.pem", certificates / "server.key", "open-sesame") as archive:
        address = ("--url", f"https://localhost:{archive.port}/dicom-web")
        trusted = (*address, "--ca", certificates / "ca.pem")
        sent = run_netpet("send", study[0], *trusted, "--token-file", token, "--json")
        assert sent.status == 0 and sent.document["sent"] == len(archive.objects) == len(dicom_files(study[0])), sent.out
        done = fetch(tmp_path / "out", *trusted, "--token-file", token, "--study", study[1])
        assert done.status == 0, done.out
        assert_same(study[0], tmp_path / "out")

        guessed = fetch(tmp_path / "guessed", *trusted, "--token-file", wrong, "--study", study[1])
        assert guessed.status == 4 and guessed.error["code"] == "peer_refused" and archive.refused == 1, guessed.out
        # A certificate that nobody vouches for, and one for another name: the token does not leave.
        for way in ((*address, "--ca", certificates / "other.pem"),
                    ("--url", f"https://127.0.0.1:{archive.port}/dicom-web", "--ca", certificates / "ca.pem")):
            unknown = fetch(tmp_path / "unknown", *way, "--token-file", token, "--study", study[1])
            assert unknown.status == 4 and unknown.error["code"] == "peer_refused" and archive.refused == 1, unknown.out
    assert not (tmp_path / "guessed").exists() and not (tmp_path / "unknown").exists()
