#!/usr/bin/env bash
# An EDIFACT invoice with decimal commas: its prices come with a point, its amounts and quantities with a comma.
#
# edifact 1.2.12 from npm, on Node; pydifact 0.2.3 from PyPI, on CPython 3.
# Rule: the third character behind UNA is the decimal mark of the whole interchange, a comma or a point (ISO 9735). A number has no other sign but its minus.
# Behaviour: edifact writes a point where its tables call a field a number, as they do those of PRI and PCD, and leaves MOA and QTY, which are texts there, as
# they stand. With a point in UNA all four have one. pydifact leaves all of them as they stand.
# Output seen (mark; PRI, PCD, QTY, MOA by edifact, quantity times price and amount as parseFloat of Node reads them; PRI, PCD, QTY, MOA by pydifact):
#   ,: 0.2516 2.5 1250,75 314,69: 314.5 314; 0,2516 2,5 1250,75 314,69
#   .: 0.2516 2.5 1250.75 314.69: 314.6887 314.69; 0.2516 2.5 1250.75 314.69
# So a program that was tried with a price, or with a file that has points, bills 314 for 314.69: parseFloat stops at the comma. A host replaces the mark of UNA in each number
# before it reads it, and holds quantity times price against the amount. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pydifact==0.2.3
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund edifact@1.2.12
cat >invoice.cjs <<'JS'
const { Reader } = require("edifact");

const values = Object.fromEntries(new Reader().parse(process.argv[2]).map(({ name, elements }) => [name, elements[0][1]]));
const [price, , quantity, amount] = ["PRI", "PCD", "QTY", "MOA"].map((name) => parseFloat(values[name]));
console.log(["PRI", "PCD", "QTY", "MOA"].map((name) => values[name]).join(" ") + ":", Number((quantity * price).toFixed(4)), amount);
JS
cat >invoice.py <<'PY'
import subprocess

from pydifact.segmentcollection import RawSegmentCollection

NAMES = ("PRI", "PCD", "QTY", "MOA")
for mark in ",.":
    numbers = [number.replace(".", mark) for number in ("0.2516", "2.5", "1250.75", "314.69")]
    text = f"UNA:+{mark}? '" + "".join(
        f"{name}+{kind}:{number}'" for name, kind, number in zip(NAMES, ("AAA", "3", "47", "203"), numbers, strict=True)
    )
    by_node = subprocess.run(["node", "invoice.cjs", text], capture_output=True, text=True, check=True).stdout.strip()
    values = {segment.tag: segment.elements[0][1] for segment in RawSegmentCollection.from_str(text).segments}
    print(f"{mark}: {by_node};", *(values[name] for name in NAMES))
PY
venv/bin/python -W ignore invoice.py | tee seen
diff seen - <<'SEEN'
,: 0.2516 2.5 1250,75 314,69: 314.5 314; 0,2516 2,5 1250,75 314,69
.: 0.2516 2.5 1250.75 314.69: 314.6887 314.69; 0.2516 2.5 1250.75 314.69
SEEN
