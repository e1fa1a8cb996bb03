#!/usr/bin/env bash
# A night of care from ten to six, when clocks change: eight hours, where nine were worked, or seven.
#
# arrow 1.4.0, pendulum 3.3.0, pandas 3.1.1 and tzdata 2026.6 from PyPI, on CPython 3; luxon 3.7.2 from npm, on Node.
# Rule: of 26 October 2025 the hour from two to three came twice in Paris, of 30 March there was none (directive 2000/84/EC).
# Behaviour: arrow keeps the zone with a time, and takes the times on the wall from each other where both have the same zone; made UTC first, they
# give the hours that went by. pendulum has these in in_hours(), and those of the wall in hours and in_words(). pandas and luxon have them right.
# Output seen (the evening; hours by arrow, by arrow after to("utc"); by in_hours(), hours and in_words() of pendulum; by pandas, luxon; what
# 30.00 an hour come to by the first and by the last):
#   2025-06-10: 8 8; 8 8 8 hours; 8 8; 240.00 240.00
#   2025-10-25: 8 9; 9 8 8 hours; 9 9; 240.00 270.00
#   2025-03-29: 8 7; 7 8 8 hours; 7 7; 240.00 210.00
# So who worked nine hours is paid and billed eight, and in spring the customer pays an hour that was not; on all other nights of the year the
# figures agree. A host takes hours from moments in UTC, and sends minutes. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check arrow==1.4.0 pendulum==3.3.0 pandas==3.1.1 tzdata==2026.6
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund luxon@3.7.2 2>/dev/null
cat >nights.py <<'PY'
import subprocess

import arrow
import pandas
import pendulum

ZONE = "Europe/Paris"
BY_LUXON = (
    "const { DateTime } = require('luxon'); const [begin, end] = process.argv.slice(1)"
    f".map((text) => DateTime.fromISO(text, {{ zone: '{ZONE}' }}));"
    "console.log(end.diff(begin, 'hours').hours)"
)


def hours(duration):
    return f"{duration.total_seconds() / 3600:g}"


for evening, morning in (("2025-06-10", "2025-06-11"), ("2025-10-25", "2025-10-26"), ("2025-03-29", "2025-03-30")):
    texts = [f"{evening}T22:00", f"{morning}T06:00"]
    begin, end = (arrow.get(text, tzinfo=ZONE) for text in texts)
    by_arrow = [hours(end - begin), hours(end.to("utc") - begin.to("utc"))]
    begin, end = (pendulum.parse(text, tz=ZONE) for text in texts)
    night = end - begin
    begin, end = (pandas.Timestamp(text, tz=ZONE) for text in texts)
    node = subprocess.run(["node", "-e", BY_LUXON, *texts], capture_output=True, text=True, check=True)
    by_luxon = node.stdout.strip()
    asked = " ".join(f"{float(number) * 30:.2f}" for number in (by_arrow[0], by_luxon))
    print(
        f"{evening}: {' '.join(by_arrow)}; {night.in_hours()} {night.hours} {night.in_words()}; "
        f"{hours(end - begin)} {by_luxon}; {asked}"
    )
PY
venv/bin/python nights.py | tee seen
diff seen - <<'SEEN'
2025-06-10: 8 8; 8 8 8 hours; 8 8; 240.00 240.00
2025-10-25: 8 9; 9 8 8 hours; 9 9; 240.00 270.00
2025-03-29: 8 7; 7 8 8 hours; 7 7; 240.00 210.00
SEEN
