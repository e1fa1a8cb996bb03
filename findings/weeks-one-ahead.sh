#!/usr/bin/env bash
# Hours by week, in a query of MongoDB that runs in JavaScript: each week has the number of the next, and a quarter after 31 January is 1 May.
#
# mingo 7.2.7 from npm, on Node; the weeks beside those of strftime (%U) of CPython 3.
# Rule: $dateAdd of months comes to the last day of a month that is too short; $week begins with Sundays, the days before the first Sunday are week 0, as
# with %U of strftime (manual of MongoDB; mingo says that it implements its query language).
# Behaviour: $week of mingo is one ahead from the first Sunday of these years on, and 1 in their last days. Its $dateAdd goes on into the next month, with
# quarters and leap years as well.
# Output seen (day; a month, a quarter and a year later; its week by mingo, by strftime):
#   2024-02-29: 2024-03-29 2024-05-29 2025-03-01 9, 8
#   2025-01-05: 2025-02-05 2025-04-05 2026-01-05 2, 1
#   2025-01-31: 2025-03-03 2025-05-01 2026-01-31 5, 4
#   2025-04-01: 2025-05-01 2025-07-01 2026-04-01 14, 13
#   2025-08-31: 2025-10-01 2025-12-01 2026-08-31 36, 35
#   2025-11-30: 2025-12-30 2026-03-02 2026-11-30 49, 48
#   2025-12-31: 2026-01-31 2026-03-31 2026-12-31 1, 52
# So a test or a page that runs the query of the server puts hours into other weeks, those of 31 December into the first of the same year, and asks for a
# fee a day late. A host has the server answer, and the schedule count months. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund mingo@7.2.7
cat >days.mjs <<'JS'
import { Aggregator } from "mingo";

const later = (unit) => ({ $dateAdd: { startDate: "$day", unit, amount: 1 } });
const project = { month: later("month"), quarter: later("quarter"), year: later("year"), week: { $week: "$day" } };
for (const text of process.argv.slice(2)) {
  const [found] = new Aggregator([{ $project: project }]).run([{ day: new Date(text) }]);
  console.log([found.month, found.quarter, found.year].map((day) => day.toISOString().slice(0, 10)).join(" "), found.week);
}
JS
cat >days.py <<'PY'
import subprocess
from datetime import date

DAYS = ["2024-02-29", "2025-01-05", "2025-01-31", "2025-04-01", "2025-08-31", "2025-11-30", "2025-12-31"]
found = subprocess.run(["node", "days.mjs", *DAYS], capture_output=True, text=True, check=True).stdout.splitlines()
for day, line in zip(DAYS, found, strict=True):
    print(f"{day}: {line}, {int(date.fromisoformat(day).strftime('%U'))}")
PY
TZ=UTC python3 days.py | tee seen
diff seen - <<'SEEN'
2024-02-29: 2024-03-29 2024-05-29 2025-03-01 9, 8
2025-01-05: 2025-02-05 2025-04-05 2026-01-05 2, 1
2025-01-31: 2025-03-03 2025-05-01 2026-01-31 5, 4
2025-04-01: 2025-05-01 2025-07-01 2026-04-01 14, 13
2025-08-31: 2025-10-01 2025-12-01 2026-08-31 36, 35
2025-11-30: 2025-12-30 2026-03-02 2026-11-30 49, 48
2025-12-31: 2026-01-31 2026-03-31 2026-12-31 1, 52
SEEN
