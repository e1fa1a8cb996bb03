#!/usr/bin/env bash
# An invoice on the last day of each quarter, by a rule of iCalendar: one library has 1 July and 1 October.
#
# ical.js 2.2.1 and rrule 2.8.1 from npm, on Node; python-dateutil 2.9.0.post0 from PyPI, on CPython 3.
# Rule: BYMONTHDAY=-1 is the last day of each month that BYMONTH names; BYSETPOS=-1 takes the last of a period's days (RFC 5545, 3.3.10).
# Each first day here is one of its rule.
# Behaviour: ical.js has 1 July for 30 June and 1 October for 30 September from the second year on. Asked for the last of
# four days of a month it gives all four, from the third month on. The last rule, which says the same as the first, is right. rrule and dateutil
# agree with each other and with RFC 5545.
# Output seen (rule, first day; by ical.js; by rrule and by dateutil, which are the same):
#   FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1 2025-03-31
#     ical.js 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-07-01 2026-10-01 2026-12-31
#     rrule, dateutil 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-06-30 2026-09-30 2026-12-31
#   FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1 2025-01-31
#     ical.js 2025-01-31 2025-02-28 2025-03-28 2025-03-29 2025-03-30 2025-03-31 2025-04-28 2025-04-29
#     rrule, dateutil 2025-01-31 2025-02-28 2025-03-31 2025-04-30 2025-05-31 2025-06-30 2025-07-31 2025-08-31
#   FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1 2025-03-31
#     ical.js 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-06-30 2026-09-30 2026-12-31
#     rrule, dateutil 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-06-30 2026-09-30 2026-12-31
# So what a calendar shows as the day of billing is in the next quarter, with its rate of VAT and in its accounts, or comes four times a
# month. A host writes the days out (RDATE), or lists two years of a rule with two libraries. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check python-dateutil==2.9.0.post0
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund ical.js@2.2.1 rrule@2.8.1
cat >days.mjs <<'JS'
import ICAL from "ical.js";
import rrule from "rrule";

const [rule, first] = process.argv.slice(2);
const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(first));
console.log(Array.from({ length: 8 }, () => iterator.next().toString()).join(" "));
const set = rrule.rrulestr(`DTSTART:${first.replaceAll("-", "")}T000000Z\nRRULE:${rule}`);
console.log(set.all((_, index) => index < 8).map((day) => day.toISOString().slice(0, 10)).join(" "));
JS
cat >days.py <<'PY'
import subprocess
from datetime import datetime
from itertools import islice

from dateutil.rrule import rrulestr

for rule, first in (
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2025-03-31"),
    ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2025-01-31"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "2025-03-31"),
):
    call = ["node", "days.mjs", rule, first]
    one, two = subprocess.run(call, capture_output=True, text=True, check=True).stdout.splitlines()
    days = islice(rrulestr(rule, dtstart=datetime.fromisoformat(first)), 8)
    assert " ".join(str(day.date()) for day in days) == two
    print(rule, first)
    print("  ical.js", one)
    print("  rrule, dateutil", two)
PY
venv/bin/python days.py | tee seen
diff seen - <<'SEEN'
FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1 2025-03-31
  ical.js 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-07-01 2026-10-01 2026-12-31
  rrule, dateutil 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-06-30 2026-09-30 2026-12-31
FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1 2025-01-31
  ical.js 2025-01-31 2025-02-28 2025-03-28 2025-03-29 2025-03-30 2025-03-31 2025-04-28 2025-04-29
  rrule, dateutil 2025-01-31 2025-02-28 2025-03-31 2025-04-30 2025-05-31 2025-06-30 2025-07-31 2025-08-31
FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1 2025-03-31
  ical.js 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-06-30 2026-09-30 2026-12-31
  rrule, dateutil 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-06-30 2026-09-30 2026-12-31
SEEN
