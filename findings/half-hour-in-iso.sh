#!/usr/bin/env bash
# Hours of work as ISO 8601 durations, PT7.5H: read as five hours and seven seconds.
#
# pandas 3.1.1, pydantic 2.14.4, isodate 0.7.2 from PyPI, on CPython 3; luxon 3.7.2 from npm, on Node.
# Rule: the smallest unit of a duration may have decimals (ISO 8601). pandas says of Timedelta and to_timedelta that they take
# durations of ISO 8601.
# Behaviour: pandas takes the digits before the point for seconds, and those behind it for the hours or days. The same written
# with hours and minutes is right. The others have all of them right.
# Output seen (duration; hours by pandas, pydantic, isodate, luxon; what 80.00 an hour comes to by pandas, and by the others):
#   PT7H30M 7.5000 7.5000 7.5000 7.5 600.00 600.00
#   PT7.5H 5.0019 7.5000 7.5000 7.5 400.16 600.00
#   PT0.5H 5.0000 0.5000 0.5000 0.5 400.00 40.00
#   PT2.25H 25.0006 2.2500 2.2500 2.25 2000.04 180.00
#   PT7.75H 75.0019 7.7500 7.7500 7.75 6000.16 620.00
#   P1.5D 120.0003 36.0000 36.0000 36 9600.02 2880.00
# So of seven hours and a half five are billed, and of seven and three quarters 75. A host reads hours as a decimal
# number, or as whole minutes, and holds their sum to what the clock counted. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pandas==3.1.1 pydantic==2.14.4 isodate==0.7.2
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund luxon@3.7.2
cat >hours.cjs <<'JS'
const { Duration } = require("luxon");
console.log(process.argv.slice(2).map((text) => Duration.fromISO(text).as("hours")).join(" "));
JS
cat >hours.py <<'PY'
import subprocess
from datetime import timedelta
from decimal import Decimal

import isodate
import pandas
from pydantic import TypeAdapter

texts = ("PT7H30M", "PT7.5H", "PT0.5H", "PT2.25H", "PT7.75H", "P1.5D")
by_luxon = subprocess.run(["node", "hours.cjs", *texts], capture_output=True, text=True, check=True).stdout.split()
by_pandas = pandas.to_timedelta(pandas.Series(texts))
for text, one, four in zip(texts, by_pandas, by_luxon, strict=True):
    two, three = TypeAdapter(timedelta).validate_python(text), isodate.parse_duration(text)
    read = [Decimal(int(way.total_seconds())) / 3600 for way in (one.to_pytimedelta(), two, three)]
    assert read[1] == read[2] == Decimal(four)
    print(text, *(f"{hours:.4f}" for hours in read), four, f"{read[0] * 80:.2f}", f"{read[1] * 80:.2f}")
PY
venv/bin/python hours.py | tee seen
diff seen - <<'SEEN'
PT7H30M 7.5000 7.5000 7.5000 7.5 600.00 600.00
PT7.5H 5.0019 7.5000 7.5000 7.5 400.16 600.00
PT0.5H 5.0000 0.5000 0.5000 0.5 400.00 40.00
PT2.25H 25.0006 2.2500 2.2500 2.25 2000.04 180.00
PT7.75H 75.0019 7.7500 7.7500 7.75 6000.16 620.00
P1.5D 120.0003 36.0000 36.0000 36 9600.02 2880.00
SEEN
