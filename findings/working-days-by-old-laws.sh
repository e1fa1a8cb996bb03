#!/usr/bin/env bash
# A term of five working days: a day short or a day long, by holidays that the law has changed since.
#
# workalendar 17.0.0, calendra 7.11.1 and holidays 0.109 from PyPI, on CPython 3; date-holidays 3.37.0 from npm, on Node.
# Rule: Denmark has no great prayer day (store bededag) since 2024 (act 214 of 2023). Ireland has Saint Brigid's day since 2023, Brazil 20 November
# since 2024 (law 14.759 of 2023), Poland 24 December since 2025 (act of 6 December 2024). workalendar says that it knows which days are worked.
# Behaviour: workalendar has the old lists in its last release, and does not say up to which it knows them. calendra, which was made of
# it, has the change of Denmark only. holidays and date-holidays have them all.
# Output seen (country, day; worked by workalendar, calendra, holidays, date-holidays; the fifth working day from a week before, by workalendar and by
# holidays):
#   DK 2025-05-16: free worked worked worked; 2025-05-19 2025-05-16
#   IE 2025-02-03: worked worked free free; 2025-02-03 2025-02-04
#   BR 2025-11-20: worked worked free free; 2025-11-20 2025-11-21
#   PL 2025-12-24: worked worked free free; 2025-12-24 2025-12-29
# So a term that the contract counts in working days ends on a holiday, with a fee for who pays on the day after, or a day late. A host looks up the
# holidays of the last law in the list that it uses, or keeps them itself. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for name in workalendar==17.0.0 calendra==7.11.1; do
  python3 -m venv "${name%%=*}"
  "${name%%=*}/bin/pip" -q install --disable-pip-version-check "$name" holidays==0.109
done
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat >worked.cjs <<'JS'
const Holidays = require("date-holidays");

for (const [country, day] of process.argv.slice(2).map((pair) => pair.split(" "))) {
  const year = new Holidays(country).getHolidays(day.slice(0, 4)).filter(({ type }) => type === "public");
  console.log(year.every(({ date }) => date.slice(0, 10) !== day) ? "worked" : "free");
}
JS
cat >worked.py <<'PY'
import importlib
import subprocess
import sys
from datetime import date, timedelta

import holidays

library = sys.argv[1]
DAYS = {
    ("DK", "europe", "Denmark"): date(2025, 5, 16),
    ("IE", "europe", "Ireland"): date(2025, 2, 3),
    ("BR", "america", "Brazil"): date(2025, 11, 20),
    ("PL", "europe", "Poland"): date(2025, 12, 24),
}
if library == "workalendar":
    asked = [f"{country} {day}" for (country, _, _), day in DAYS.items()]
    by_node = subprocess.run(["node", "worked.cjs", *asked], capture_output=True, text=True, check=True).stdout.split()
    other = subprocess.run(["calendra/bin/python", "worked.py", "calendra"], capture_output=True, text=True, check=True).stdout.split()
for number, ((country, place, name), day) in enumerate(DAYS.items()):
    calendar = getattr(importlib.import_module(f"{library}.{place}"), name)()
    worked = "worked" if calendar.is_working_day(day) else "free"
    if library == "calendra":
        print(worked)
        continue
    known = holidays.country_holidays(country, years=day.year)
    start = day - timedelta(days=7)
    two = "free" if day in known else "worked"
    fifth = (calendar.add_working_days(start, 5), known.get_nth_working_day(start, 5))
    print(f"{country} {day}: {worked} {other[number]} {two} {by_node[number]}; {fifth[0]} {fifth[1]}")
PY
workalendar/bin/python worked.py workalendar | tee seen
diff seen - <<'SEEN'
DK 2025-05-16: free worked worked worked; 2025-05-19 2025-05-16
IE 2025-02-03: worked worked free free; 2025-02-03 2025-02-04
BR 2025-11-20: worked worked free free; 2025-11-20 2025-11-21
PL 2025-12-24: worked worked free free; 2025-12-24 2025-12-29
SEEN
