"""What every host must answer."""

import hashlib
import json
from pathlib import Path

import jalon

FOLDER = Path(__file__).parents[2] / "conformance"


def written(objects):
    return "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in objects)


def records(path):
    """A file of JSON as mappings, any other as the text that it is."""
    text = path.read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line] if path.suffix == ".ndjson" else text


def answers(what, folder, lang, as_of, files):
    # Before the schedules stand invoices and their events, or issued lines.
    beside = {"follow": 2, "unpaid": 2, "journal": 2, "leaks": 1}.get(what, 0)
    given = [records(folder / name) for name in files[:beside]]
    texts = {name: (folder / name).read_bytes() for name in files[beside:]}
    if what == "check":
        try:
            jalon.compile(texts, lang=lang)
        except jalon.ScheduleError as error:
            return {"findings.ndjson": written(error.findings)}
    schedules = jalon.compile(texts, lang=lang)
    if what == "verify":
        return {"proof.ndjson": written([schedules.verify()])}
    if what in ("follow", "unpaid", "journal"):
        return {what + ".ndjson": written([getattr(schedules, what)(*given, as_of)])}
    events = records(folder / "events.ndjson")
    if what == "leaks":
        return {"leaks.ndjson": written([schedules.leaks(events, as_of, issued=given[0])])}
    if what == "explain":
        return {"explain.ndjson": written([schedules.explain(events, as_of)])}
    answer = schedules.evaluate(events, as_of, invoices=True, notices=True)
    return {name + ".ndjson": written(getattr(answer, name)) for name in ("lines", "invoices", "withheld", "notices")}


def test_answers_are_those_of_the_program(capsys):
    digest = hashlib.sha256()
    for call in (FOLDER / "calls").read_text("utf-8").splitlines():
        what, name, lang, as_of, *files = call.split(" ")
        for file, answer in answers(what, FOLDER / name, lang, as_of, files).items():
            assert answer == (FOLDER / name / file).read_bytes().decode(), f"{name}/{file}"
            digest.update(f"{name}/{file}\n{answer}".encode())
    with capsys.disabled():
        print(f"conformance python {digest.hexdigest()}")
    assert digest.hexdigest() == (FOLDER / "hash").read_text().strip()
