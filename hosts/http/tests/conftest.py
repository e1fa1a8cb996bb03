"""A server of its own for tests, and calls as a host makes them."""

import http.client
import json
import os
import signal
import subprocess

import pytest

PROGRAM = os.environ["JALON_HTTP"]


class Server:
    def __init__(self, *flags):
        self.process = subprocess.Popen(
            [PROGRAM, "--listen", "127.0.0.1:0", *flags], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        told = self.process.stderr.readline()
        self.port = int(told.rsplit(":", 1)[1])

    def raw(self, method, path, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def post(self, path, asked, **headers):
        body = asked if isinstance(asked, bytes) else json.dumps(asked, separators=(",", ":")).encode()
        status, headers, body = self.raw("POST", path, body, {"Content-Type": "application/json", **headers})
        return status, headers, json.loads(body)

    def refused(self, path, asked, **headers):
        """The status and the code of a problem."""
        status, headers, problem = self.post(path, asked, **headers)
        assert headers["Content-Type"] == "application/problem+json", problem
        assert problem["status"] == status and problem["detail"] and problem["title"]
        return status, problem["code"]

    def close(self):
        """Ends it as a service manager does; what it said beside."""
        self.process.send_signal(signal.SIGTERM)
        out, said = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, said
        assert out == ""
        return said


@pytest.fixture
def serve():
    running = []

    def begin(*flags):
        running.append(Server(*flags))
        return running[-1]

    yield begin
    for server in running:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate()


@pytest.fixture(scope="module")
def server():
    server = Server()
    yield server
    # Nothing of what was asked is written anywhere.
    assert server.close() == ""
