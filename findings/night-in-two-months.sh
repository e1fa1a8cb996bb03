#!/usr/bin/env bash
# A night over the end of the month in timewarrior: its export of either month has all of it, its summary the part.
#
# timewarrior 1.4.3+ds.1-2 of Debian 12 (its lists of packages up to date).
# Behaviour: export gives each interval that a range touches, from its beginning to its end, as it does with the filter of a day. summary of the same range
# cuts the interval at midnight, and so do its totals. Both say nothing about it.
# Output seen (range; minutes of what export has, minutes by summary):
#   2025-03-01 - 2025-04-01: 560 200
#   2025-04-01 - 2025-05-01: 480 360
#   2025-03-01 - 2025-05-01: 560 560
# So hours that are exported month by month bill a night at the end of one twice, eight hours too many, and their lines have the same start and end in
# both. A host gives each line an `id` made of its start, or cuts the export of a longer range itself. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download timewarrior=1.4.3+ds.1-2 >/dev/null
dpkg -x timewarrior_*.deb debian
cat >months.py <<'PY'
import json
import os
import re
import subprocess
from datetime import datetime
from pathlib import Path

Path("work").mkdir()
Path("work/timewarrior.cfg").touch()
ENVIRONMENT = os.environ | {"TIMEWARRIORDB": "work", "TZ": "UTC", "LC_ALL": "C.UTF-8"}


def timew(*arguments):
    call = ["debian/usr/bin/timew", *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=True, env=ENVIRONMENT, stdin=subprocess.DEVNULL).stdout


def minutes(interval):
    start, end = (datetime.strptime(interval[name], "%Y%m%dT%H%M%SZ") for name in ("start", "end"))
    return (end - start).seconds // 60


timew("track", "2025-03-10T09:00", "-", "2025-03-10T10:20", "day", ":yes")
timew("track", "2025-03-31T22:00", "-", "2025-04-01T06:00", "night", ":yes")
for first, last in (("2025-03-01", "2025-04-01"), ("2025-04-01", "2025-05-01"), ("2025-03-01", "2025-05-01")):
    exported = sum(minutes(interval) for interval in json.loads(timew("export", first, "-", last)))
    hours, rest, _ = re.findall(r"\d+", timew("summary", first, "-", last).split()[-1])
    print(f"{first} - {last}:", exported, int(hours) * 60 + int(rest))
PY
python3 months.py | tee seen
diff seen - <<'SEEN'
2025-03-01 - 2025-04-01: 560 200
2025-04-01 - 2025-05-01: 480 360
2025-03-01 - 2025-05-01: 560 560
SEEN
