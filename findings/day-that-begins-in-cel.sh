#!/usr/bin/env bash
# A rule in CEL, "due on the first of the month": a day that begins in Paris counts as the day after.
#
# @bufbuild/cel 0.6.1 and @marcbachmann/cel-js 8.0.0 from npm, on Node; cel-python 0.5.0 from PyPI, on CPython 3.
# Rule: getDate gives the day of the month, getDayOfWeek that of the week (0 is Sunday), in UTC or in the zone that it is given, which is a name or an
# offset (definition of CEL, the Common Expression Language).
# Behaviour: given a name, @bufbuild/cel takes each moment of the first hour of a day for one of the next day. Given an offset, or an hour later, it has
# the day, as the others have.
# Output seen (moment; getDate, getMonth from 0, getDayOfWeek of it in Europe/Paris by @bufbuild/cel, cel-js, cel-python; by the first with the offset):
#   2025-03-31T21:59:59Z: 31 2 1, 31 2 1, 31 2 1; 31 2 1
#   2025-03-31T22:00:00Z: 2 3 3, 1 3 2, 1 3 2; 1 3 2
#   2025-03-31T22:59:59Z: 2 3 3, 1 3 2, 1 3 2; 1 3 2
#   2025-03-31T23:00:00Z: 1 3 2, 1 3 2, 1 3 2; 1 3 2
#   2025-04-29T22:00:00Z: 1 4 4, 30 3 3, 30 3 3; 30 3 3
# So a day that a database hands on as its midnight is never the first of a month, a Tuesday is a Wednesday, and 30 April is 1 May: what falls due on the
# first is billed a day early, in another month. A host asks such a rule about days at noon, or in UTC. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check cel-python==0.5.0
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund @bufbuild/cel@0.6.1 @marcbachmann/cel-js@8.0.0
cat >moments.mjs <<'JS'
import { run } from "@bufbuild/cel";
import { evaluate } from "@marcbachmann/cel-js";

const parts = (way, moment, zone) =>
  ["getDate", "getMonth", "getDayOfWeek"].map((part) => way(`timestamp('${moment}').${part}('${zone}')`)).join(" ");
for (const moment of process.argv.slice(2)) {
  console.log([run, evaluate].map((way) => parts(way, moment, "Europe/Paris")).join(", ") + ";" + parts(run, moment, "+02:00"));
}
JS
cat >moments.py <<'PY'
import subprocess

import celpy

MOMENTS = [f"2025-03-31T{time}Z" for time in ("21:59:59", "22:00:00", "22:59:59", "23:00:00")] + ["2025-04-29T22:00:00Z"]
CEL = celpy.Environment()


def part(name, moment):
    return CEL.program(CEL.compile(f"timestamp('{moment}').{name}('Europe/Paris')")).evaluate({})


by_node = subprocess.run(["node", "moments.mjs", *MOMENTS], capture_output=True, text=True, check=True).stdout.splitlines()
for moment, line in zip(MOMENTS, by_node, strict=True):
    by_name, by_offset = line.split(";")
    print(f"{moment}: {by_name},", *(part(name, moment) for name in ("getDate", "getMonth", "getDayOfWeek")), end=f"; {by_offset}\n")
PY
venv/bin/python moments.py | tee seen
diff seen - <<'SEEN'
2025-03-31T21:59:59Z: 31 2 1, 31 2 1, 31 2 1; 31 2 1
2025-03-31T22:00:00Z: 2 3 3, 1 3 2, 1 3 2; 1 3 2
2025-03-31T22:59:59Z: 2 3 3, 1 3 2, 1 3 2; 1 3 2
2025-03-31T23:00:00Z: 1 3 2, 1 3 2, 1 3 2; 1 3 2
2025-04-29T22:00:00Z: 1 4 4, 30 3 3, 30 3 3; 30 3 3
SEEN
