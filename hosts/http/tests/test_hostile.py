"""Whatever comes, an answer or a problem goes back, and the next request is answered."""

import json
import socket
import threading
import time

import pytest

SCHEDULE = 'schedule "Coaching"\n price fixed 90 EUR\n balance "Fee": 100 % on end\n'
FILES = [{"name": "coaching.jalon", "text": SCHEDULE}]
END = {"case": "A", "date": "2025-03-31", "kind": "end"}
ASKED = {"files": FILES, "as_of": "2025-12-31", "events": [END]}
JSON = {"Content-Type": "application/json"}


def answers(server):
    status, _, answer = server.post("/evaluate", ASKED)
    return status == 200 and answer["lines"][0]["amount"] == "90.00"


def test_a_case_is_billed_and_explained(server):
    assert answers(server)
    status, _, told = server.post("/explain", ASKED)
    assert status == 200 and told["cases"][0]["totals"]["net"] == "90.00"
    assert told["cases"][0]["moments"][0]["place"] == "events:1:1"
    assert server.refused("/explain", ASKED | {"case": "B"}) == (422, "cannot-answer")
    status, _, told = server.post("/explain", ASKED | {"events": [END, END | {"case": "B"}], "case": "B"})
    assert [case["case"] for case in told["cases"]] == ["B"]
    # An event that could be of any case: nothing is explained, unless it is skipped.
    loose = ASKED | {"events": [{"kind": "end"}, END]}
    status, _, told = server.post("/explain", loose)
    assert (status, told["cases"], len(told["withheld"])) == (200, [], 2)
    status, _, told = server.post("/explain", loose | {"skip_unreadable": True})
    assert (len(told["cases"]), len(told["withheld"])) == (1, 1)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "",
                                  "application/json; charset=latin-1", "text/json"])
def test_only_json_is_read(server, kind):
    assert server.refused("/evaluate", ASKED, **{"Content-Type": kind}) == (415, "not-json")
    assert server.refused("/evaluate", ASKED, **{"Content-Encoding": "gzip"}) == (415, "not-json")
    status, _, _ = server.post("/evaluate", ASKED, **{"Content-Type": "Application/JSON; charset=UTF-8"})
    assert status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8417", "localhost.evil.example", "127.0.0.1.nip.io",
                                  "localhost@evil.example", "", "0.0.0.0", "[::2]", "127.0.0.2", "\xff"])
def test_names_bound_to_this_machine_are_refused(server, host):
    assert server.refused("/evaluate", ASKED, Host=host) == (421, "unknown-host")
    status, _, _ = server.raw("GET", "/openapi.json", headers={"Host": host})
    assert status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "localhost.", "127.0.0.1:80", "[::1]:9"])
def test_this_machine_is_known(server, host):
    assert server.post("/evaluate", ASKED, Host=host)[0] == 200


def connected(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def told(server, text):
    """The first line that comes back for bytes on a connection."""
    with connected(server) as connection:
        connection.sendall(text)
        return connection.makefile("rb").readline()


def head(length):
    return (
        "POST /evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def test_a_request_names_one_host(server):
    for head in ["GET /openapi.json HTTP/1.1\r\n", "GET /openapi.json HTTP/1.0\r\n",
                 "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
                 "GET http://evil.example/openapi.json HTTP/1.1\r\nHost: localhost\r\n"]:
        assert b" 421 " in told(server, head.encode() + b"Connection: close\r\n\r\n"), head
    for noise in [b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\n"]:
        try:
            assert b" 200 " not in told(server, noise)
        except ConnectionResetError:
            pass
    assert answers(server)


def test_web_pages_may_call_only_if_asked(server, serve):
    assert server.refused("/evaluate", ASKED, Origin="https://evil.example") == (403, "unknown-origin")
    status, headers, _ = server.raw("OPTIONS", "/evaluate", headers={"Access-Control-Request-Method": "POST"})
    assert status == 405 and "Access-Control-Allow-Origin" not in headers
    other = serve("--origin", "https://app.example", "--host", "bills.example")
    status, headers, _ = other.post("/evaluate", ASKED, Origin="https://app.example", Host="bills.example:1")
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, "https://app.example")
    asks = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    status, headers, _ = other.raw("OPTIONS", "/evaluate", headers=asks)
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, "https://app.example")
    for origin in ["https://app.example.evil", "http://app.example", "null", "https://app.example:444"]:
        assert other.refused("/evaluate", ASKED, Origin=origin) == (403, "unknown-origin")


def test_what_is_no_json_is_told(server):
    for body in [b"", b"{", b"\xff\xfe", b'{"files": "\xff"}', b"[" * 100_000, b'{"files":' + b"[" * 100_000, b"nul"]:
        status, code = server.refused("/evaluate", body)
        assert (status, code) in [(400, "no-json"), (422, "wrong-fields")], body[:20]
    deep = json.dumps(ASKED).replace('"end"', "[" * 50_000 + "]" * 50_000).encode()
    status, _, answer = server.post("/evaluate", deep)
    assert (status, answer["held"]) == (200, 1)
    assert answers(server)


def test_wrong_fields_are_told(server):
    for name in ASKED:
        assert server.refused("/evaluate", ASKED | {name: None}) == (422, "wrong-fields")
        assert server.refused("/evaluate", {key: ASKED[key] for key in ASKED if key != name}) == (422, "wrong-fields")
    for wrong in [{"other": 1}, {"lang": "de"}, {"events": 1}, {"events": {}}, {"files": {}}, {"files": [None]}, {"invoices": 1}]:
        assert server.refused("/evaluate", ASKED | wrong) == (422, "wrong-fields"), wrong
    for wrong in [{"as_of": "31/12/2025"}, {"as_of": "2025-02-30"}, {"as_of": "1e9"}]:
        assert server.refused("/evaluate", ASKED | wrong) == (422, "cannot-answer")
    # What is an array is no object, whatever it holds.
    for body in [[FILES, None], [FILES, None, "2025-12-31", [END], True, True, True], [ASKED]]:
        assert server.refused("/compile", body) == server.refused("/evaluate", body) == (422, "wrong-fields")
    assert server.refused("/compile", {"files": [["coaching.jalon", SCHEDULE]]}) == (422, "wrong-fields")
    twice = json.dumps(ASKED)[:-1] + ', "as_of": "2024-01-01"}'
    assert server.refused("/evaluate", twice.encode()) == (422, "wrong-fields")
    invoices = {"files": FILES, "as_of": "2025-12-31", "invoices": [], "events": []}
    assert server.refused("/follow", invoices) == (422, "cannot-answer")
    assert server.refused("/unpaid", invoices | {"since": "2025-01-01"}) == (422, "wrong-fields")
    status, _, problem = server.post("/compile", {"files": [{"name": "/etc/passwd", "text": ""}]})
    assert (status, problem["findings"][0]["file"]) == (422, "/etc/passwd")


@pytest.mark.parametrize("event", [None, 1, "x", [], {}, {"case": None}, {"case": "A", "date": None}, {"case": "A", "hours": "1e400"},
                                   {"case": "\ud800", "date": "2025-01-01", "kind": "end"}, {"case": "A" * 100_000}])
def test_wrong_events_withhold(server, event):
    status, _, answer = server.post("/evaluate", ASKED | {"events": [event]})
    assert (status, answer["lines"]) == (200, [])
    assert answer["withheld"], event


def test_events_are_read_as_they_are_written(server):
    text = 'schedule "H"\n price per action, in EUR\n  action "Talk" hourly 10\n balance "Work": work on end\n'
    files = [{"name": "h.jalon", "text": text}]
    events = '[{"case":"A","date":"2025-01-02","kind":"action","name":"Talk","hours":%s},\n\r {"case":"A",\n"date":"2025-03-31","kind":"end"}]'
    body = json.dumps({"files": files, "as_of": "2025-12-31"})[:-1] + ', "events": ' + events + "}"
    status, _, answer = server.post("/evaluate", (body % "1.5000000000000000").encode())
    assert status == 200, answer
    assert answer["held"] == 0 and answer["lines"][0]["amount"] == "15.00", answer
    status, _, answer = server.post("/evaluate", (body % "0.30000000000000004").encode())
    assert (status, answer["held"]) == (200, 1)


def test_a_body_that_is_too_large_is_refused(serve):
    server = serve("--max-body", "2000")
    assert server.refused("/evaluate", b" " * 2001) == (413, "body-too-large")
    assert server.post("/evaluate", json.dumps(ASKED).encode().ljust(2000))[0] == 200
    # Refused by what it says, before any of it has come.
    assert b" 413 " in told(server, head(99_999_999_999))
    # Or as soon as it is too long.
    chunked = head(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    assert b" 413 " in told(server, chunked + b"fff\r\n" + b" " * 4095 + b"\r\n")
    assert answers(server)


def test_a_body_that_does_not_come_is_not_waited_for(serve):
    server = serve("--max-time", "1")
    assert b" 408 " in told(server, head(100) + b"{")
    assert answers(server)


def many(cases):
    return ASKED | {"events": "".join(json.dumps(END | {"case": f"C{n}"}) + "\n" for n in range(cases))}


def test_at_once_and_on_two_threads(serve):
    server = serve("--max-requests", "1")
    taken = []
    asked = json.dumps(many(20_000)).encode()
    threads = [threading.Thread(target=lambda: taken.append(server.post("/evaluate", asked))) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    done = [answer for status, _, answer in taken if status == 200]
    assert done and all(answer["billed"] == 20_000 for answer in done)
    refused = [(headers["Retry-After"], answer["code"]) for status, headers, answer in taken if status == 503]
    assert len(done) + len(refused) == 2 and set(refused) <= {("1", "too-many-requests")}
    assert answers(server)


def test_who_sends_slowly_hinders_nobody(serve):
    server = serve("--max-requests", "1", "--max-body", "2000")
    slow = [connected(server) for _ in range(20)]
    for connection in slow:
        connection.sendall(head(1000) + b"{")
    time.sleep(0.5)
    assert answers(server)
    # But for the room that bodies have together.
    slow[0].sendall(b" " * 900)
    # It is read before what comes on another connection.
    time.sleep(0.5)
    large = connected(server)
    large.sendall(head(2000) + b" " * 1500)
    refused = large.makefile("rb").readline()
    assert b" 503 " in refused
    assert answers(server)
    for connection in [*slow, large]:
        connection.close()
    assert wait_for_room(server, 2000)


def wait_for_room(server, size):
    for _ in range(100):
        if server.post("/evaluate", json.dumps(ASKED).encode().ljust(size))[0] == 200:
            return True
        time.sleep(0.1)
    return False


def wait_for_a_place(server, seconds=30):
    """How long it takes until a request is taken again."""
    begun = time.monotonic()
    while time.monotonic() < begun + seconds:
        if server.post("/compile", {"files": FILES})[0] == 200:
            return time.monotonic() - begun
        time.sleep(0.05)
    raise AssertionError("no place is free again")


def test_work_that_nobody_waits_for_ends(serve):
    """A client that goes away: its place is free long before its work would have been done."""
    server = serve("--max-requests", "1", "--max-time", "300")
    asked = json.dumps(many(60_000)).encode()
    begun = time.monotonic()
    status, _, answer = server.post("/evaluate", asked)
    whole = time.monotonic() - begun
    assert (status, answer["billed"]) == (200, 60_000)
    connection = connected(server)
    connection.sendall(head(len(asked)) + asked)
    connection.close()
    # Its place is taken once its body is there, which may be after another request.
    begun = time.monotonic()
    wait_for_a_place(server)
    while not answers(server):
        time.sleep(0.05)
    assert time.monotonic() - begun < whole + 1


def test_what_takes_too_long_is_ended(serve):
    server = serve("--max-requests", "1", "--max-time", "1")
    status, _, problem = server.post("/explain", many(60_000))
    assert (status, problem["code"]) == (503, "took-too-long")
    assert wait_for_a_place(server, 20) < 20
    assert answers(server)


def test_it_ends_when_it_is_asked_and_finishes_what_it_has_begun(serve):
    server = serve()
    asked = json.dumps(many(40_000)).encode()
    with connected(server) as connection:
        connection.sendall(head(len(asked)) + asked)
        taken = []
        thread = threading.Thread(target=lambda: taken.append(connection.makefile("rb").read()))
        thread.start()
        time.sleep(0.2)
        assert server.close() == ""
        thread.join()
    answer, _, body = taken[0].partition(b"\r\n\r\n")
    assert b" 200 " in answer and json.loads(body)["billed"] == 40_000
    with pytest.raises(OSError):
        server.raw("GET", "/openapi.json")


def test_paths_and_methods(server):
    for method, path, status in [("GET", "/", 404), ("GET", "/evaluate", 405), ("DELETE", "/compile", 405), ("POST", "/openapi.json", 405),
                                 ("GET", "/../../etc/passwd", 404), ("GET", "/%2e%2e/etc/passwd", 404)]:
        got, headers, body = server.raw(method, path)
        assert (got, headers["Content-Type"]) == (status, "application/problem+json"), path
        assert json.loads(body)["status"] == status
        assert status != 405 or headers["Allow"]


def test_flags_are_checked():
    import subprocess
    from conftest import PROGRAM

    for flags in [["--host", "a:1"], ["--host", "a b"], ["--origin", "*"], ["--origin", "https://a/b"], ["--origin", "null"],
                  ["--max-time", "0"], ["--listen", "localhost"]]:
        done = subprocess.run([PROGRAM, "--listen", "127.0.0.1:0", *flags], capture_output=True, timeout=30)
        assert done.returncode == 2 and done.stderr, flags
