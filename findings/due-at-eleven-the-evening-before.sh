#!/usr/bin/env bash
# A rule in ZEN (GoRules), "a fee after 30 days": of an invoice of October it takes the due day for the day after; and 31 May has no end of its quarter.
#
# @gorules/zen-engine 0.54.0 and luxon 3.7.2 from npm, on Node; zen-engine 2.1.3 from PyPI, on CPython 3.
# Rule: days, weeks and months are those of the calendar, also where clocks change between, so that the hour stays (RFC 5545, 3.3.6, of nominal durations). ZEN
# says that `d` handles dates comprehensively, zones as well, and that 15 January and "1d" are 16 January (its page on date operations).
# Behaviour: in a zone whose clocks change a day is 24 hours and a week seven times that, while a month keeps the hour, and `diff` counts days of the calendar. A
# year after 29 February is an invalid date, where twelve months after it are 28 February, and so is the end of a quarter from a 31st that its last month does
# not have. An invalid date is neither before nor after any day. luxon has all of them.
# Output seen (issued, term; due in Europe/Paris by both of ZEN, by luxon; whether the due day is after what ZEN has; days between issue and that day by `diff`;
# then days of 2025, and the end of their quarter by ZEN, by luxon):
#   2025-06-10 30 day: 2025-07-10 00:00, 2025-07-10 00:00; false; 30
#   2025-10-10 30 day: 2025-11-08 23:00, 2025-11-09 00:00; true; 30
#   2025-10-20 2 week: 2025-11-02 23:00, 2025-11-03 00:00; true; 14
#   2025-10-10 1 month: 2025-11-10 00:00, 2025-11-10 00:00; false; 31
#   2025-03-10 30 day: 2025-04-09 01:00, 2025-04-09 00:00; false; 30
#   2024-02-29 12 month: 2025-02-28 00:00, 2025-02-28 00:00; false; 365
#   2024-02-29 1 year: Invalid date, 2025-02-28 00:00; false; 365
#   31 January 2025-03-31, 2025-03-31; 30 May 2025-06-30, 2025-06-30; 31 May Invalid date, 2025-06-30; 31 August Invalid date, 2025-09-30
# So who pays on the due day pays a fee, for the invoices of one month of the year, and what ended on 31 May is not billed, by no error. A host hands `d` days in the
# zone UTC, counts years by twelve months and quarters from the first of a month. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check zen-engine==2.1.3
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @gorules/zen-engine@0.54.0 luxon@3.7.2
cat >due.cjs <<'JS'
const { evaluateExpressionSync } = require("@gorules/zen-engine");
const { DateTime } = require("luxon");
const { expressions, facts } = JSON.parse(process.argv[2]);
const end = DateTime.fromISO(facts.issued).endOf("quarter").toISODate();
const due = DateTime.fromISO(facts.issued, { zone: facts.zone }).plus({ [facts.unit]: facts.count });
const given = { ...facts, due: due.toISODate() };
console.log(JSON.stringify([due.toFormat("yyyy-MM-dd HH:mm"), end, ...expressions.map((text) => evaluateExpressionSync(text, given))]));
JS
cat >due.py <<'PY'
import json
import os
import subprocess

import zen

TERM = "d(issued, zone).add(count, unit)"
EXPRESSIONS = [
    TERM + '.format("%Y-%m-%d %H:%M")',
    f'd(due, zone).isAfter({TERM}, "day")',
    'd(due, zone).diff(d(issued, zone), "day")',
    'd(issued, "UTC").endOf("quarter").format("%Y-%m-%d")',
]
CASES = [
    ("2025-06-10", 30, "day"),
    ("2025-10-10", 30, "day"),
    ("2025-10-20", 2, "week"),
    ("2025-10-10", 1, "month"),
    ("2025-03-10", 30, "day"),
    ("2024-02-29", 12, "month"),
    ("2024-02-29", 1, "year"),
]


def answers(issued, count=1, unit="day"):
    facts = {"issued": issued, "count": count, "unit": unit, "zone": "Europe/Paris"}
    call = ["node", "due.cjs", json.dumps({"expressions": EXPRESSIONS, "facts": facts})]
    by_node = subprocess.run(call, capture_output=True, text=True, check=True, env=os.environ | {"TZ": "UTC"}).stdout
    due, end, *by_zen = json.loads(by_node)
    by_python = [zen.evaluate_expression(text, facts | {"due": due[:10]}) for text in EXPRESSIONS]
    assert by_python == by_zen, by_python
    return due, end, *by_zen


for issued, count, unit in CASES:
    due, _, written, late, days, _ = answers(issued, count, unit)
    print(f"{issued} {count} {unit}: {written}, {due}; {str(late).lower()}; {days}")
ends = []
for name, day in (("31 January", "2025-01-31"), ("30 May", "2025-05-30"), ("31 May", "2025-05-31"), ("31 August", "2025-08-31")):
    _, end, *_, by_zen = answers(day)
    ends.append(f"{name} {by_zen}, {end}")
print("; ".join(ends))
PY
TZ=UTC venv/bin/python due.py | tee seen
diff seen - <<'SEEN'
2025-06-10 30 day: 2025-07-10 00:00, 2025-07-10 00:00; false; 30
2025-10-10 30 day: 2025-11-08 23:00, 2025-11-09 00:00; true; 30
2025-10-20 2 week: 2025-11-02 23:00, 2025-11-03 00:00; true; 14
2025-10-10 1 month: 2025-11-10 00:00, 2025-11-10 00:00; false; 31
2025-03-10 30 day: 2025-04-09 01:00, 2025-04-09 00:00; false; 30
2024-02-29 12 month: 2025-02-28 00:00, 2025-02-28 00:00; false; 365
2024-02-29 1 year: Invalid date, 2025-02-28 00:00; false; 365
31 January 2025-03-31, 2025-03-31; 30 May 2025-06-30, 2025-06-30; 31 May Invalid date, 2025-06-30; 31 August Invalid date, 2025-09-30
SEEN
