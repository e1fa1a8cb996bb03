#!/usr/bin/env bash
# How long a contract ran, in months and days, from 31 January to 1 March: a month and 62 days.
#
# dateutils 0.4.10-1 of Debian 12 (its ddiff; its lists of packages up to date); python-dateutil 2.9.0.post0 from PyPI, on CPython 3.
# Rule: with months and days in its format ddiff tells the duration in both, with days alone in days (its manual, the refinement rule). What is left behind
# whole months is less than a month.
# Behaviour: where February is too short for the day of the beginning, ddiff has 62 or 63 days behind the months, of 29 to 61 in all; from the 29th of January,
# or from 31 March to 1 May, none where one is left. Else it has what relativedelta has.
# Output seen (from, to; months and days, then days, by ddiff; months and days by relativedelta):
#   2025-01-28 2025-03-01: 1 months 1 days, 32; 1 1
#   2025-01-29 2025-03-01: 1 months 0 days, 31; 1 1
#   2025-01-30 2025-03-01: 1 months 63 days, 30; 1 1
#   2025-01-31 2025-03-01: 1 months 62 days, 29; 1 1
#   2024-12-31 2025-03-02: 2 months 63 days, 61; 2 2
#   2025-03-31 2025-05-01: 1 months 0 days, 31; 1 1
#   2025-01-31 2025-04-01: 2 months 1 days, 60; 2 1
#   2025-01-15 2025-03-10: 1 months 23 days, 54; 1 23
# So what is billed by the month and the odd day is billed for three months where it ran for one and a day. A host has both days in its events, and the schedule count. Fails if
# any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download dateutils=0.4.10-1 >/dev/null
dpkg -x dateutils_*.deb debian
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check python-dateutil==2.9.0.post0
cat >spans.py <<'PY'
import subprocess
from datetime import date

from dateutil.relativedelta import relativedelta

SPANS = ["2025-01-28 2025-03-01", "2025-01-29 2025-03-01", "2025-01-30 2025-03-01", "2025-01-31 2025-03-01", "2024-12-31 2025-03-02"]
SPANS += ["2025-03-31 2025-05-01", "2025-01-31 2025-04-01", "2025-01-15 2025-03-10"]


def told(begin, end, form):
    return subprocess.run(["debian/usr/bin/dateutils.ddiff", begin, end, "-f", form], capture_output=True, text=True, check=True).stdout.strip()


for span in SPANS:
    begin, end = span.split()
    left = relativedelta(date.fromisoformat(end), date.fromisoformat(begin))
    print(f"{span}: {told(begin, end, '%m months %d days')}, {told(begin, end, '%d')}; {left.months} {left.days}")
PY
venv/bin/python spans.py | tee seen
diff seen - <<'SEEN'
2025-01-28 2025-03-01: 1 months 1 days, 32; 1 1
2025-01-29 2025-03-01: 1 months 0 days, 31; 1 1
2025-01-30 2025-03-01: 1 months 63 days, 30; 1 1
2025-01-31 2025-03-01: 1 months 62 days, 29; 1 1
2024-12-31 2025-03-02: 2 months 63 days, 61; 2 2
2025-03-31 2025-05-01: 1 months 0 days, 31; 1 1
2025-01-31 2025-04-01: 2 months 1 days, 60; 2 1
2025-01-15 2025-03-10: 1 months 23 days, 54; 1 23
SEEN
