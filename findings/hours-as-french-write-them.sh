#!/usr/bin/env bash
# Hours as they are written in French, 1h30 and 1,5h: one hour, an hour and thirty seconds, or fifteen hours.
#
# parse-duration 2.1.9, timestring 7.0.0 and juration 0.1.1 from npm, on Node; pandas 3.1.1 and pytimeparse2 1.7.1 from PyPI, on CPython 3.
# Behaviour: each of them reads a duration from a text, and 1h30m and 1.5h are an hour and a half for all. In 1h30 the number without a unit
# is left out by timestring, seconds for juration, and minutes for parse-duration, which is what people mean. A decimal comma is dropped by
# parse-duration, timestring and pandas, with the digits joined; juration begins again behind it, with the digits before it as seconds.
# pandas refuses 1h30, pytimeparse2 both.
# Output seen (as written; hours by parse-duration, timestring, juration, pandas, pytimeparse2; what 40.00 an hour come to by each):
#   1h30m: 1.5 1.5 1.5 1.5 1.5; 60.00 60.00 60.00 60.00 60.00
#   1.5h: 1.5 1.5 1.5 1.5 1.5; 60.00 60.00 60.00 60.00 60.00
#   1h30: 1.5 1 1.0083 refused refused; 60.00 40.00 40.33 - -
#   7h45: 7.75 7 7.0125 refused refused; 310.00 280.00 280.50 - -
#   1,5h: 15 15 5.0003 15 refused; 600.00 600.00 200.01 600.00 -
#   7,75h: 775 775 75.0019 775 refused; 31000.00 31000.00 3000.08 31000.00 -
# So of an hour and a half one is billed, or fifteen are. A host has hours written as a decimal number with a point, or as minutes, and holds
# them to what a day has. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pandas==3.1.1 pytimeparse2==1.7.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund parse-duration@2.1.9 timestring@7.0.0 juration@0.1.1 2>/dev/null
cat >hours.mjs <<'JS'
import juration from "juration";
import parseDuration from "parse-duration";
import timestring from "timestring";

const tried = (call) => {
  try {
    return call();
  } catch {
    return null;
  }
};
const texts = process.argv.slice(2);
const hours = texts.map((text) => [parseDuration(text, "h"), tried(() => timestring(text, "h")), tried(() => juration.parse(text) / 3600)]);
console.log(JSON.stringify(hours));
JS
cat >hours.py <<'PY'
import json
import subprocess

import pandas
import pytimeparse2

TEXTS = ["1h30m", "1.5h", "1h30", "7h45", "1,5h", "7,75h"]
node = subprocess.run(["node", "hours.mjs", *TEXTS], capture_output=True, text=True, check=True)


def by_pandas(text):
    try:
        return pandas.to_timedelta(text).total_seconds() / 3600
    except ValueError:
        return None


for text, hours in zip(TEXTS, json.loads(node.stdout), strict=True):
    seconds = pytimeparse2.parse(text)
    hours += [by_pandas(text), seconds and seconds / 3600]
    read = ["refused" if number is None else f"{number:.4f}".rstrip("0").rstrip(".") for number in hours]
    asked = ["-" if number is None else f"{number * 40:.2f}" for number in hours]
    print(f"{text}: {' '.join(read)}; {' '.join(asked)}")
PY
venv/bin/python hours.py | tee seen
diff seen - <<'SEEN'
1h30m: 1.5 1.5 1.5 1.5 1.5; 60.00 60.00 60.00 60.00 60.00
1.5h: 1.5 1.5 1.5 1.5 1.5; 60.00 60.00 60.00 60.00 60.00
1h30: 1.5 1 1.0083 refused refused; 60.00 40.00 40.33 - -
7h45: 7.75 7 7.0125 refused refused; 310.00 280.00 280.50 - -
1,5h: 15 15 5.0003 15 refused; 600.00 600.00 200.01 600.00 -
7,75h: 775 775 75.0019 775 refused; 31000.00 31000.00 3000.08 31000.00 -
SEEN
