#!/usr/bin/env bash
# A process (BPMN) that bills four times, a month apart: its timer counts the same number of days each time.
#
# SpiffWorkflow 3.2.0 and aniso8601 10.0.1 from PyPI, on CPython 3; @0dep/piso 5.1.2, which the engine bpmn-elements uses, from npm, on Node.
# Rule: R4/START/P1M is four times a month (ISO 8601), and so a timer of BPMN writes a cycle. A month is a calendar month.
# Behaviour: SpiffWorkflow works out once how many days the first month has, and counts those each time; three months from 1 January are 90 days.
# aniso8601 takes 30 days for a month. @0dep/piso adds calendar months.
# Output seen (cycle; days by SpiffWorkflow, by aniso8601, by @0dep/piso, which leaves out the start):
#   R4/2025-01-01/P1M: 01-01 02-01 03-04 04-04, 01-01 01-31 03-02 04-01, 02-01 03-01 04-01
#   R4/2025-02-01/P1M: 02-01 03-01 03-29 04-26, 02-01 03-03 04-02 05-02, 03-01 04-01 05-01
#   R4/2025-01-15/P3M: 01-15 04-15 07-14 10-12, 01-15 04-15 07-14 10-12, 04-15 07-15 10-15
# So a subscription that begins in February bills March twice, and comes on 26 April where it should on 1 May; one of January comes three days late. A
# host starts the process on each due day, which it has worked out elsewhere. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check SpiffWorkflow==3.2.0 aniso8601==10.0.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund @0dep/piso@5.1.2
cat >cycles.mjs <<'JS'
import { parseInterval } from "@0dep/piso";

for (const cycle of process.argv.slice(2)) {
  const [, start, step] = cycle.split("/");
  const days = [];
  let day = new Date(start);
  for (let time = 1; time < 4; time += 1) {
    day = parseInterval(cycle).getExpireAt(day);
    days.push(day.toISOString().slice(5, 10));
  }
  console.log(days.join(" "));
}
JS
cat >cycles.py <<'PY'
import subprocess

import aniso8601
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

CYCLES = ["R4/2025-01-01/P1M", "R4/2025-02-01/P1M", "R4/2025-01-15/P3M"]
by_node = subprocess.run(["node", "cycles.mjs", *CYCLES], capture_output=True, text=True, check=True).stdout.splitlines()
for cycle, piso in zip(CYCLES, by_node, strict=True):
    times, start, step = TimerEventDefinition.parse_iso_recurring_interval(cycle)
    spiff = [f"{start + step * time:%m-%d}" for time in range(times)]
    aniso = [f"{day:%m-%d}" for day in aniso8601.parse_repeating_interval(cycle)]
    print(f"{cycle}: {' '.join(spiff)}, {' '.join(aniso)}, {piso}")
PY
TZ=UTC venv/bin/python cycles.py | tee seen
diff seen - <<'SEEN'
R4/2025-01-01/P1M: 01-01 02-01 03-04 04-04, 01-01 01-31 03-02 04-01, 02-01 03-01 04-01
R4/2025-02-01/P1M: 02-01 03-01 03-29 04-26, 02-01 03-03 04-02 05-02, 03-01 04-01 05-01
R4/2025-01-15/P3M: 01-15 04-15 07-14 10-12, 01-15 04-15 07-14 10-12, 04-15 07-15 10-15
SEEN
