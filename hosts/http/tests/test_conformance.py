"""What every host must answer."""

import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "conformance"


def written(objects):
    return "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in objects)


def records(path):
    """A file of JSON as objects, any other as the text that it is."""
    text = path.read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line] if path.suffix == ".ndjson" else text


def answers(server, what, folder, lang, as_of, files):
    # Before the schedules stand invoices and their events, or issued lines.
    beside = {"follow": 2, "unpaid": 2, "journal": 2, "leaks": 1}.get(what, 0)
    given = [records(folder / name) for name in files[:beside]]
    texts = [{"name": name, "text": (folder / name).read_text("utf-8")} for name in files[beside:]]
    asked = {"files": texts, "lang": lang}
    if what == "check":
        status, _, problem = server.post("/compile", asked)
        assert (status, problem["code"]) == (422, "schedules-refused")
        return {"findings.ndjson": written(problem["findings"])}
    if what in ("follow", "unpaid", "journal"):
        asked |= {"as_of": as_of, "invoices": given[0], "events": given[1]}
    elif what == "leaks":
        asked |= {"as_of": as_of, "events": records(folder / "events.ndjson"), "issued": given[0]}
    elif what == "explain":
        asked |= {"as_of": as_of, "events": records(folder / "events.ndjson")}
    elif what == "evaluate":
        asked |= {"as_of": as_of, "events": records(folder / "events.ndjson"), "invoices": True, "notices": True}
    # As the files write it: messages name columns.
    body = json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode()
    status, _, answer = server.post("/" + what, body)
    assert status == 200, answer
    if what == "evaluate":
        return {name + ".ndjson": written(answer[name]) for name in ("lines", "invoices", "withheld", "notices")}
    return {("proof" if what == "verify" else what) + ".ndjson": written([answer])}


def test_answers_are_those_of_the_program(server, capsys):
    digest = hashlib.sha256()
    for call in (FOLDER / "calls").read_text("utf-8").splitlines():
        what, name, lang, as_of, *files = call.split(" ")
        for file, answer in answers(server, what, FOLDER / name, lang, as_of, files).items():
            assert answer == (FOLDER / name / file).read_bytes().decode(), f"{name}/{file}"
            digest.update(f"{name}/{file}\n{answer}".encode())
    with capsys.disabled():
        print(f"conformance http {digest.hexdigest()}")
    assert digest.hexdigest() == (FOLDER / "hash").read_text().strip()
