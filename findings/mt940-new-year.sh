#!/usr/bin/env bash
# A payment of New Year's Eve in an MT940 statement: entered on 2 January, a year before.
#
# mt940js 1.3.5, mt940-js 1.0.0 and @centrapay/swift-parser 1.0.1 from npm, on Node; mt-940 5.1.1 and bankfile 0.2.0 from PyPI, on CPython 3.
# Rule: field :61: has the value date with its year (YYMMDD) and the day of entry without (MMDD). The year of the latter is to be worked
# out: the two are days apart, not a year.
# Behaviour: the three of npm give the day of entry the year of the value date, in either direction. mt-940 and bankfile take the year in
# which the two are nearest.
# Output seen (:61: begins with; value date and day of entry by mt940js, mt940-js, swift-parser, mt-940, bankfile):
#   2412311231: 2024-12-31 2024-12-31, 2024-12-31 2024-12-31, 2024-12-31 2024-12-31, 2024-12-31 2024-12-31, 2024-12-31 2024-12-31
#   2412310102: 2024-12-31 2024-01-02, 2024-12-31 2024-01-02, 2024-12-31 2024-01-02, 2024-12-31 2025-01-02, 2024-12-31 2025-01-02
#   2501021231: 2025-01-02 2025-12-31, 2025-01-02 2025-12-31, 2025-01-02 2025-12-31, 2025-01-02 2024-12-31, 2025-01-02 2024-12-31
# So a payment is booked a year before, or a year after it came, in another tax year, and an invoice of November was paid before it was
# written. A host takes the value date, or the day of entry that is nearest to it. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check mt-940==5.1.1 bankfile==0.2.0
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund mt940js@1.3.5 mt940-js@1.0.0 tslib@2.9.1 @centrapay/swift-parser@1.0.1
cat >statement.sta <<'STA'
:20:STATEMENT
:25:10000000/0000000001
:28C:1/1
:60F:C241230EUR1000,00
:61:2412311231C100,00NTRFINV-1//A1
:86:payment
:61:2412310102C500,00NTRFINV-2//A2
:86:payment
:61:2501021231C300,00NTRFINV-3//A3
:86:payment
:62F:C250102EUR1900,00
-
STA
cat >days.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { Parser } = require("mt940js");
const { read } = require("mt940-js");
const { parse } = require("@centrapay/swift-parser");

const day = (date) => new Date(date).toISOString().slice(0, 10);
const file = readFileSync("statement.sta");
read(file).then((statements) => {
  const one = new Parser().parse(file.toString())[0].transactions.map((entry) => [entry.date, entry.entryDate]);
  const two = statements[0].transactions.map((entry) => [entry.valueDate, entry.entryDate]);
  const three = parse({ type: "mt940", data: file.toString() })[0].transactions.map((entry) => [entry.date, entry.entryDate]);
  one.forEach((_, index) => console.log([one, two, three].map((way) => way[index].map(day).join(" ")).join(", ")));
});
JS
cat >days.py <<'PY'
import subprocess
from pathlib import Path

import bankfile
import mt940

by_node = subprocess.run(["node", "days.cjs"], capture_output=True, text=True, check=True).stdout.splitlines()
marks = [line[4:14] for line in Path("statement.sta").read_text().splitlines() if line.startswith(":61:")]
by_mt940 = [(entry.data["date"], entry.data["entry_date"]) for entry in mt940.parse("statement.sta")]
by_bankfile = [(entry.date, entry.booking_date) for entry in bankfile.parse_bytes(Path("statement.sta").read_bytes()).transactions]
for mark, npm, four, five in zip(marks, by_node, by_mt940, by_bankfile, strict=True):
    print(f"{mark}: {npm}, {four[0]} {four[1]}, {five[0]} {five[1]}")
PY
TZ=UTC venv/bin/python days.py | tee seen
diff seen - <<'SEEN'
2412311231: 2024-12-31 2024-12-31, 2024-12-31 2024-12-31, 2024-12-31 2024-12-31, 2024-12-31 2024-12-31, 2024-12-31 2024-12-31
2412310102: 2024-12-31 2024-01-02, 2024-12-31 2024-01-02, 2024-12-31 2024-01-02, 2024-12-31 2025-01-02, 2024-12-31 2025-01-02
2501021231: 2025-01-02 2025-12-31, 2025-01-02 2025-12-31, 2025-01-02 2025-12-31, 2025-01-02 2024-12-31, 2025-01-02 2024-12-31
SEEN
