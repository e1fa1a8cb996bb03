#!/usr/bin/env bash
# Events whose ids sort by time (UUID version 7), from two programs: those of one come last, in 2195 and after.
#
# uuid7 0.1.0, uuid6 2025.0.1 and duckdb 2.0.1 from PyPI, on CPython 3; uuid 14.0.3 from npm, on Node.
# Rule: the first 48 bits of such an id are milliseconds since 1970 (RFC 9562, 5.7), so that ids of any program sort by time.
# Behaviour: uuid7 follows a draft of 2021, which has seconds in the first 36 bits, and says version 7 as well. Among themselves its ids sort by time;
# beside those of uuid, as uuid6 and DuckDB read them, they are some 170 years late. Nothing in an id tells which of the two it is.
# Output seen (library and day of the event; first digits and version of its id; the day in it by uuid6, by DuckDB; then all of them by id):
#   uuid7 2025-01-01: 06774858-0000 version 7; 2195-04-15 2195-04-15
#   uuid7 2025-04-01: 067eb2c8-0000 version 7; 2196-04-18 2196-04-18
#   uuid 2025-03-31: 0195e97f-7800 version 7; 2025-03-31 2025-03-31
#   uuid 2025-04-30: 019683fe-4000 version 7; 2025-04-30 2025-04-30
#   by id: uuid 2025-03-31, uuid 2025-04-30, uuid7 2025-01-01, uuid7 2025-04-01
# So what the web page sent on 30 April comes before what was sent in January, and the last state of a case is an old one. A host gives events a
# number or a moment of their own, or makes all ids with one library. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check uuid7==0.1.0 uuid6==2025.0.1 duckdb==2.0.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund uuid@14.0.3
cat >ids.mjs <<'JS'
import { v7 } from "uuid";

for (const day of process.argv.slice(2)) console.log(v7({ msecs: Date.parse(day), seq: 0, random: new Uint8Array(16) }));
JS
cat >ids.py <<'PY'
import subprocess
from datetime import UTC, datetime

import duckdb
from uuid6 import UUID
from uuid_extensions import uuid7

PYTHON = ["2025-01-01", "2025-04-01"]
NODE = ["2025-03-31", "2025-04-30"]
moment = lambda day: int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
node = subprocess.run(["node", "ids.mjs", *NODE], capture_output=True, text=True, check=True).stdout.split()
ids = [("uuid7", day, str(uuid7(ns=moment(day) * 10**9))) for day in PYTHON] + [("uuid", day, one) for day, one in zip(NODE, node, strict=True)]
for library, day, one in ids:
    read = datetime.fromtimestamp(UUID(one).time / 1000, UTC).date()
    (by_query,) = duckdb.execute("SELECT uuid_extract_timestamp(?::UUID)::DATE", [one]).fetchone()
    print(f"{library} {day}: {one[:13]} version {UUID(one).version}; {read} {by_query}")
print("by id:", ", ".join(f"{library} {day}" for library, day, _ in sorted(ids, key=lambda row: row[2])))
PY
TZ=UTC venv/bin/python ids.py | tee seen
diff seen - <<'SEEN'
uuid7 2025-01-01: 06774858-0000 version 7; 2195-04-15 2195-04-15
uuid7 2025-04-01: 067eb2c8-0000 version 7; 2196-04-18 2196-04-18
uuid 2025-03-31: 0195e97f-7800 version 7; 2025-03-31 2025-03-31
uuid 2025-04-30: 019683fe-4000 version 7; 2025-04-30 2025-04-30
by id: uuid 2025-03-31, uuid 2025-04-30, uuid7 2025-01-01, uuid7 2025-04-01
SEEN
