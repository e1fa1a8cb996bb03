#!/usr/bin/env bash
# An invoice of the year 1404 of the Iranian calendar: each of its days is read as the day before.
#
# khayyam 3.0.17, jdatetime 6.1.1, persiantools 6.2.0 and convertdate 2.5.1 from PyPI, on CPython 3; the Persian calendar of Intl.DateTimeFormat of Node.
# Rule: the year 1403 had 366 days; its last, 30 Esfand 1403, was 20 March 2025, and 1 Farvardin 1404 was 21 March 2025.
# Behaviour: khayyam counts 1404 as the long year. From 20 March 2025 to 20 March 2026 its days are one off, in either direction, and it refuses 30 Esfand 1403.
# The others agree; outside that year, khayyam agrees with them.
# Output seen (day; the day of the Iranian calendar by khayyam, then by jdatetime, persiantools, convertdate and Intl):
#   2025-03-19: 1403-12-29, 1403-12-29 1403-12-29 1403-12-29 1403-12-29
#   2025-03-20: 1404-01-01, 1403-12-30 1403-12-30 1403-12-30 1403-12-30
#   2025-03-21: 1404-01-02, 1404-01-01 1404-01-01 1404-01-01 1404-01-01
#   2026-03-20: 1404-12-30, 1404-12-29 1404-12-29 1404-12-29 1404-12-29
#   2026-03-21: 1405-01-01, 1405-01-01 1405-01-01 1405-01-01 1405-01-01
#   due on 1404-06-31: 2025-09-21, 2025-09-22
# So an invoice that another tool has dated 1404-06-31 is overdue a day early, what is done on the last day of a year is billed in the next, and a month has other
# days. A host keeps the days of the common calendar, and makes the others of them for reading alone. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check khayyam==3.0.17 jdatetime==6.1.1 persiantools==6.2.0 convertdate==2.5.1
cat >days.py <<'PY'
import subprocess
from datetime import date

import jdatetime
from convertdate import persian
from khayyam import JalaliDate
from persiantools.jdatetime import JalaliDate as PersianDate

INTL = """const parts = new Intl.DateTimeFormat("en-u-ca-persian", { timeZone: "UTC" }).formatToParts(new Date(process.argv[1]));
const part = (type) => parts.find((one) => one.type === type).value.padStart(2, "0");
console.log(`${part("year")}-${part("month")}-${part("day")}`);"""

for day in (date(2025, 3, 19), date(2025, 3, 20), date(2025, 3, 21), date(2026, 3, 20), date(2026, 3, 21)):
    by_convertdate = "{}-{:02}-{:02}".format(*persian.from_gregorian(day.year, day.month, day.day))
    by_node = subprocess.run(["node", "-e", INTL, str(day)], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{day}: {JalaliDate(day)!s},", jdatetime.date.fromgregorian(date=day), PersianDate(day), by_convertdate, by_node)
print(f"due on 1404-06-31: {JalaliDate(1404, 6, 31).todate()}, {jdatetime.date(1404, 6, 31).togregorian()}")
PY
venv/bin/python days.py | tee seen
diff seen - <<'SEEN'
2025-03-19: 1403-12-29, 1403-12-29 1403-12-29 1403-12-29 1403-12-29
2025-03-20: 1404-01-01, 1403-12-30 1403-12-30 1403-12-30 1403-12-30
2025-03-21: 1404-01-02, 1404-01-01 1404-01-01 1404-01-01 1404-01-01
2026-03-20: 1404-12-30, 1404-12-29 1404-12-29 1404-12-29 1404-12-29
2026-03-21: 1405-01-01, 1405-01-01 1405-01-01 1405-01-01 1405-01-01
due on 1404-06-31: 2025-09-21, 2025-09-22
SEEN
