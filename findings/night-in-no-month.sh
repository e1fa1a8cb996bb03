#!/usr/bin/env bash
# A night of work that runs into the next month: listed in neither of them, and in the sum of both.
#
# td-watson 2.1.0 from PyPI, on CPython 3.
# Rule: watson says that log shows the sessions of a time span, and report the time spent in it, both by default with the days of --from and --to.
# Behaviour: report cuts a session at the ends of the span, so that each month has its part. log (as JSON) leaves out a session that does
# not lie within the span, and says nothing.
# Output seen (of a night from 31 March to 1 April, and a morning in each month; span: sessions and hours by log; hours by report):
#   March: 1 sessions of 3 h; 5.000000 h
#   April: 1 sessions of 3 h; 9.000000 h
#   both: 3 sessions of 14 h; 14.000000 h
# So who bills month by month what log lists, with its days and tags, never bills that night, which stands in no bill and in the sum of report. A host
# takes the log of a year (or --all) and cuts at midnight itself. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check td-watson==2.1.0
mkdir watson
cat >sessions.py <<'PY'
import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

SESSIONS = [("2025-03-10 09:00", "2025-03-10 12:00"), ("2025-03-31 22:00", "2025-04-01 06:00"), ("2025-04-10 09:00", "2025-04-10 12:00")]
SPANS = {"March": ("2025-03-01", "2025-03-31"), "April": ("2025-04-01", "2025-04-30"), "both": ("2025-03-01", "2025-04-30")}


def seconds(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


frames = [[seconds(start), seconds(end), "care", f"{number:032x}", [], seconds(end)] for number, (start, end) in enumerate(SESSIONS)]
Path("watson/frames").write_text(json.dumps(frames))
environment = {**os.environ, "WATSON_DIR": str(Path("watson").resolve()), "TZ": "UTC"}
for name, (start, end) in SPANS.items():

    def told(command):
        line = ["venv/bin/watson", command, "--json", "--from", start, "--to", end]
        return json.loads(subprocess.run(line, env=environment, capture_output=True, text=True, check=True).stdout)

    listed = [datetime.fromisoformat(one["stop"]) - datetime.fromisoformat(one["start"]) for one in told("log")]
    hours = [one.total_seconds() / 3600 for one in listed]
    print(f"{name}: {len(hours)} sessions of {sum(hours):g} h; {told('report')['time'] / 3600:.6f} h")
PY
venv/bin/python sessions.py | tee seen
diff seen - <<'SEEN'
March: 1 sessions of 3 h; 5.000000 h
April: 1 sessions of 3 h; 9.000000 h
both: 3 sessions of 14 h; 14.000000 h
SEEN
