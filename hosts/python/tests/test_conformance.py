"""What every host must answer."""

import hashlib
import json
from pathlib import Path

import jalon

FOLDER = Path(__file__).parents[2] / "conformance"


def written(objects):
    return "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in objects)


def answers(what, folder, lang, as_of, files):
    texts = {name: (folder / name).read_bytes() for name in files}
    if what == "check":
        try:
            jalon.compile(texts, lang=lang)
        except jalon.ScheduleError as error:
            return {"findings.ndjson": written(error.findings)}
    schedules = jalon.compile(texts, lang=lang)
    if what == "verify":
        return {"proof.ndjson": written([schedules.verify()])}
    events = [json.loads(line) for line in (folder / "events.ndjson").read_text("utf-8").split("\n") if line]
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
