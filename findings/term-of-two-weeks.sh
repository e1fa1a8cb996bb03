#!/usr/bin/env bash
# A term of payment as an ISO 8601 duration: due on the day of the invoice, or in March where the end of February was meant.
#
# dayjs 1.11.23, luxon 3.7.2, moment 2.30.1 from npm, on Node; pandas 3.1.1, pydantic 2.14.4, isodate 0.7.2 from PyPI, on CPython 3.
# Rule: P2W are two weeks, P1M is a month of the calendar (M before T; behind it M are minutes). dayjs says that a duration may be added to a day
# and that it reads weeks. pandas says that Timedelta reads ISO 8601.
# Behaviour: dayjs counts P2W as 14 days and adds none of them; P14D and `add(2, "week")` are right. pandas reads P1M as a minute, while P1Y
# is an error. pydantic makes 30 days of a month, in silence. The others add what is written.
# Output seen (term; due day of an invoice of 31 January 2025 by dayjs, luxon, moment, isodate, pydantic, pandas):
#   P14D 2025-02-14 2025-02-14 2025-02-14 2025-02-14 2025-02-14 2025-02-14
#   P2W 2025-01-31 2025-02-14 2025-02-14 2025-02-14 2025-02-14 2025-02-14
#   P30D 2025-03-02 2025-03-02 2025-03-02 2025-03-02 2025-03-02 2025-03-02
#   P1M 2025-02-28 2025-02-28 2025-02-28 2025-02-28 2025-03-02 2025-01-31
#   P1M15D 2025-03-15 2025-03-15 2025-03-15 2025-03-15 2025-03-17 2025-02-15
# So a reminder goes out on the day of the invoice, or two days late. A host states terms in days, or has the due day worked out by one library
# only and writes the day on the invoice. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pandas==3.1.1 pydantic==2.14.4 isodate==0.7.2
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund dayjs@1.11.23 luxon@3.7.2 moment@2.30.1
cat >due.cjs <<'JS'
const dayjs = require("dayjs");
dayjs.extend(require("dayjs/plugin/duration"));
const { DateTime, Duration } = require("luxon");
const moment = require("moment");
const [issued, term] = process.argv.slice(2);
console.log(
  dayjs(issued).add(dayjs.duration(term)).format("YYYY-MM-DD"),
  DateTime.fromISO(issued).plus(Duration.fromISO(term)).toISODate(),
  moment(issued).add(moment.duration(term)).format("YYYY-MM-DD"),
);
JS
cat >due.py <<'PY'
import os
import subprocess
from datetime import date, datetime, timedelta

import isodate
import pandas
from pydantic import TypeAdapter

ISSUED = date(2025, 1, 31)
for term in ("P14D", "P2W", "P30D", "P1M", "P1M15D"):
    call = ["node", "due.cjs", str(ISSUED), term]
    by_node = subprocess.run(call, capture_output=True, text=True, check=True, env=os.environ | {"TZ": "UTC"}).stdout.split()
    at = datetime.combine(ISSUED, datetime.min.time())
    read = (isodate.parse_duration(term), TypeAdapter(timedelta).validate_python(term), pandas.Timedelta(term))
    print(term, *by_node, *((at + length).date() for length in read))
PY
venv/bin/python due.py | tee seen
diff seen - <<'SEEN'
P14D 2025-02-14 2025-02-14 2025-02-14 2025-02-14 2025-02-14 2025-02-14
P2W 2025-01-31 2025-02-14 2025-02-14 2025-02-14 2025-02-14 2025-02-14
P30D 2025-03-02 2025-03-02 2025-03-02 2025-03-02 2025-03-02 2025-03-02
P1M 2025-02-28 2025-02-28 2025-02-28 2025-02-28 2025-03-02 2025-01-31
P1M15D 2025-03-15 2025-03-15 2025-03-15 2025-03-15 2025-03-17 2025-02-15
SEEN
