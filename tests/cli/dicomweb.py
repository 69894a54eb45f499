"""A small DICOMweb archive in memory (STOW, QIDO of a study, WADO) behind https and a bearer token, for the tests of both."""
import email
import http.server
import io
import json
import ssl
import threading

import pydicom


class Archive(http.server.ThreadingHTTPServer):
    """Serves https://localhost:PORT/dicom-web until the `with` block ends."""

    def __init__(self, certificate, key, token):
        super().__init__(("localhost", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.port, self.token, self.objects, self.refused = self.server_address[1], token, {}, 0

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        pass  # a client that does not trust the certificate hangs up


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, kind="application/dicom+json", body=b""):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def is_trusted(self):
        if self.headers.get("Authorization") == f"Bearer {self.server.token}":
            return True
        self.server.refused += 1
        self.answer(401)
        return False

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.is_trusted():
            return
        message = email.message_from_bytes(b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body)
        stored = []
        for part in message.get_payload():
            raw = part.get_payload(decode=True)
            dataset = pydicom.dcmread(io.BytesIO(raw), stop_before_pixels=True)
            self.server.objects[str(dataset.SOPInstanceUID)] = (dataset, raw)
            stored.append({"00081155": {"vr": "UI", "Value": [str(dataset.SOPInstanceUID)]}})
        self.answer(200, body=json.dumps({"00081199": {"vr": "SQ", "Value": stored}}).encode())

    def do_GET(self):
        if not self.is_trusted():
            return
        path = self.path.split("?")[0].removeprefix("/dicom-web/").split("/")
        below = [one for one in self.server.objects.values()
                 if str(one[0].StudyInstanceUID) == path[1] and (len(path) < 4 or str(one[0].SeriesInstanceUID) == path[3])]
        if len(path) == 6:  # studies/…/series/…/instances/…
            raw = self.server.objects[path[5]][1]
            body = b"--x\r\nContent-Type: application/dicom\r\n\r\n" + raw + b"\r\n--x--\r\n"
            return self.answer(200, 'multipart/related; type="application/dicom"; boundary=x', body)
        if "offset=0" not in self.path:
            return self.answer(200, body=b"[]")
        keys = ("0020000E", "00080060") if path[-1] == "series" else ("00080016", "00080018")
        rows = {tuple(str(one[0][key].value) for key in keys) for one in below}
        return self.answer(200, body=json.dumps([{key: {"vr": "UI", "Value": [value]} for key, value in zip(keys, row)}
                                                 for row in sorted(rows)]).encode())
