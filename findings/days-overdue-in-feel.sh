#!/usr/bin/env bash
# A rule in FEEL, "a fee above 14 days overdue": the days of a difference are 0.
#
# @bpmn-io/feelin 6.1.1 from npm, on Node; pySFeel 1.4.2 from PyPI, on CPython 3. FEEL is the language of decision tables in DMN.
# Rule: the difference of two dates is a duration of days and time, whose parts are days, hours, minutes and seconds; one of years and months is of
# another type, and not comparable to it; a day that does not exist is null; numbers are decimals of 34 digits (DMN 1.5, 10.3). feelin says that it
# has the types and operations of time, and the functions of FEEL, and not yet all of the compatibility tests.
# Behaviour: feelin gives a part only if the duration was written with it. A difference is one of seconds, and has no days and no hours; PT36H has 36
# hours and no day, P14M no year. The difference itself compares rightly. A month is 30 days. 30 February is 2 March. pySFeel has these right, but
# compares no parts, which is null. Numbers are doubles in both.
# Output seen (expression; by feelin; by pySFeel; paid and due are 31 and 1 March 2025):
#   (paid - due).days; 0; 30
#   (paid - due).days > 14; false; null
#   paid - due > duration("P14D"); true; true
#   duration("PT36H").days; 0; 1
#   duration("PT36H").hours; 36; 12
#   duration("P14M").years; 0; 1
#   duration("P1M") = duration("P30D"); true; null
#   years and months duration(date("2025-01-31"), date("2025-02-28")); P1M; P0M
#   date(2025, 2, 30); 2025-03-02; null
#   0.1 + 0.2 = 0.3; false; false
# So no invoice is ever overdue by the table that an office has tried in another engine, and the fee is never charged. A host compares durations with
# durations, hands over days that it has counted, and amounts in cents. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pySFeel==1.4.2
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund @bpmn-io/feelin@6.1.1
cat >expressions <<'FEEL'
(paid - due).days
(paid - due).days > 14
paid - due > duration("P14D")
duration("PT36H").days
duration("PT36H").hours
duration("P14M").years
duration("P1M") = duration("P30D")
years and months duration(date("2025-01-31"), date("2025-02-28"))
date(2025, 2, 30)
0.1 + 0.2 = 0.3
FEEL
cat >feel.mjs <<'JS'
import { evaluate } from "@bpmn-io/feelin";
import { readFileSync } from "node:fs";

const context = Object.fromEntries(
  Object.entries({ paid: "2025-03-31", due: "2025-03-01" }).map(([name, day]) => [name, evaluate(`date("${day}")`).value]),
);
for (const line of readFileSync("expressions", "utf8").trim().split("\n")) {
  const { value } = evaluate(line, context);
  console.log(value?.toISODate?.() ?? value?.toISO?.() ?? String(value));
}
JS
cat >feel.py <<'PY'
import subprocess
from pathlib import Path

import pySFeel

CONTEXT = {"paid": 'date("2025-03-31")', "due": 'date("2025-03-01")'}


def shown(value, expression):
    if expression.startswith("years and months"):
        return f"P{value}M"
    return {True: "true", False: "false", None: "null"}.get(value, value) if isinstance(value, bool | None) else f"{value:g}" if isinstance(value, float) else value


by_node = subprocess.run(["node", "feel.mjs"], capture_output=True, text=True, check=True).stdout.splitlines()
for expression, feelin in zip(Path("expressions").read_text().splitlines(), by_node, strict=True):
    parser = pySFeel.SFeelParser()
    for name, day in CONTEXT.items():
        parser.sFeelParse(f"{name} <- {day}")
    print(f"{expression}; {feelin}; {shown(parser.sFeelParse(expression)[1], expression)}")
PY
TZ=UTC venv/bin/python feel.py | tee seen
diff seen - <<'SEEN'
(paid - due).days; 0; 30
(paid - due).days > 14; false; null
paid - due > duration("P14D"); true; true
duration("PT36H").days; 0; 1
duration("PT36H").hours; 36; 12
duration("P14M").years; 0; 1
duration("P1M") = duration("P30D"); true; null
years and months duration(date("2025-01-31"), date("2025-02-28")); P1M; P0M
date(2025, 2, 30); 2025-03-02; null
0.1 + 0.2 = 0.3; false; false
SEEN
