"""Servers and bad lines for the tests of sending and fetching."""
import contextlib
import socket
import subprocess
import threading
import time

import pytest


def free_port():
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(command, port, **options):
    """A server process that answers on a port of this machine, stopped at the end."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex(("localhost", port)) == 0:
                    break
            if process.poll() is not None:
                pytest.fail(f"{command[0]} did not start: exit {process.returncode}")
            time.sleep(0.05)
        else:
            pytest.fail(f"{command[0]} does not answer")
        yield process
    finally:
        process.terminate()
        process.wait()


class CuttingRelay(threading.Thread):
    """Passes bytes on to a port, and cuts one of its connections (or all) after so many of them went one way."""

    def __init__(self, target, cut_after, from_server=False, connection=1):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("localhost", 0))
        self.port = self.listener.getsockname()[1]
        self.target, self.cut_after, self.connections = target, cut_after, 0
        self.from_server, self.cut_connection = from_server, connection

    def run(self):
        while True:
            client, _ = self.listener.accept()
            self.connections += 1
            server = socket.create_connection(("localhost", self.target))
            limit = self.cut_after if self.cut_connection in (None, self.connections) else None
            for source, sink, most in ((client, server, None if self.from_server else limit),
                                       (server, client, limit if self.from_server else None)):
                threading.Thread(target=self.pump, args=(source, sink, most), daemon=True).start()

    @staticmethod
    def pump(source, sink, most):
        passed = 0
        try:
            while data := source.recv(65536):
                passed += len(data)
                if most is not None and passed > most:
                    break
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
