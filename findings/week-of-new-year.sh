#!/usr/bin/env bash
# Hours by week, in JSONata: those of 30 and 31 December 2024 are a year early, and the week of a month is another one.
#
# jsonata 2.2.2 from npm, on Node; jsonata-rs 0.1.4 and jsonatapy 2.2.13 from PyPI, on CPython 3: the same expression.
# Rule: the first week of a year is the one with its first Thursday, so that a week at the turn of the year belongs to one of the two (ISO 8601). In a
# picture of JSONata, X is the year of the week, W its number, F its day, x the month of the week, w its number in that month.
# Behaviour: jsonata-rs gives the year and the month of the day, beside the number of the week. jsonata and jsonatapy give those of the week.
# Output seen (day; week and day, month and week in it, by jsonata, jsonata-rs, jsonatapy; by date.isocalendar of Python):
#   2024-12-29: 2024-W52-7 December 4, 2024-W52-7 December 4, 2024-W52-7 December 4; 2024-W52-7
#   2024-12-30: 2025-W01-1 January 1, 2024-W01-1 December 5, 2025-W01-1 January 1; 2025-W01-1
#   2025-01-01: 2025-W01-3 January 1, 2025-W01-3 January 1, 2025-W01-3 January 1; 2025-W01-3
#   2025-03-31: 2025-W14-1 April 1, 2025-W14-1 March 5, 2025-W14-1 April 1; 2025-W14-1
#   2027-01-01: 2026-W53-5 December 5, 2027-W53-5 January 0, 2026-W53-5 December 5; 2026-W53-5
# So hours of 30 December 2024 are added to those of the first week of January 2024, one week is two, and what is charged by the week is charged twice. A
# host sends hours with their day. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check jsonata-rs==0.1.4 jsonatapy==2.2.13
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund jsonata@2.2.2
cat >weeks.mjs <<'JS'
import jsonata from "jsonata";

for (const expression of process.argv.slice(2)) console.log(await jsonata(expression).evaluate({}));
JS
cat >weeks.py <<'PY'
import subprocess
from datetime import date

import jsonata
import jsonatapy

DAYS = [date(2024, 12, 29), date(2024, 12, 30), date(2025, 1, 1), date(2025, 3, 31), date(2027, 1, 1)]
EXPRESSIONS = [f"$fromMillis($toMillis('{day}'), '[X0001]-W[W01]-[F1] [xNn] [w1]')" for day in DAYS]
by_node = subprocess.run(["node", "weeks.mjs", *EXPRESSIONS], capture_output=True, text=True, check=True).stdout.splitlines()
for day, expression, first in zip(DAYS, EXPRESSIONS, by_node, strict=True):
    second, third = jsonata.Jsonata(expression).evaluate({}), jsonatapy.evaluate(expression, {})
    print(f"{day}: {first}, {second}, {third};", "{}-W{:02}-{}".format(*day.isocalendar()))
PY
venv/bin/python weeks.py | tee seen
diff seen - <<'SEEN'
2024-12-29: 2024-W52-7 December 4, 2024-W52-7 December 4, 2024-W52-7 December 4; 2024-W52-7
2024-12-30: 2025-W01-1 January 1, 2024-W01-1 December 5, 2025-W01-1 January 1; 2025-W01-1
2025-01-01: 2025-W01-3 January 1, 2025-W01-3 January 1, 2025-W01-3 January 1; 2025-W01-3
2025-03-31: 2025-W14-1 April 1, 2025-W14-1 March 5, 2025-W14-1 April 1; 2025-W14-1
2027-01-01: 2026-W53-5 December 5, 2027-W53-5 January 0, 2026-W53-5 December 5; 2026-W53-5
SEEN
