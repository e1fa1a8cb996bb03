#!/usr/bin/env bash
# One line of cron, "on the 1st, and each Monday": 62 bills a year, or 2.
#
# APScheduler 3.11.3, celery 5.7.0, croniter 7.0.0, cronsim 2.8 from PyPI, on CPython 3.
# Rule: where a crontab names days of the month and days of the week, a day that is either of them matches (POSIX, crontab). The days of
# the week begin with Sunday, 0.
# Behaviour: croniter and cronsim do so. celery and APScheduler take only days that are both. APScheduler counts its days of the week from Monday
# (a warning of its documentation says so), and takes the firsts that are Tuesdays. Nothing fails: there is always a next time.
# Output seen (how many in 2025, and the first six):
#   croniter 62: 01-01 01-06 01-13 01-20 01-27 02-01
#   cronsim 62: 01-01 01-06 01-13 01-20 01-27 02-01
#   celery 2: 09-01 12-01
#   APScheduler 2: 04-01 07-01
# So a host that moves its line from one scheduler to another has ten months without a bill. It writes two lines, one for the 1st and
# one for Mondays, with the name of the day, and lists the days of a year before it trusts them. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check apscheduler==3.11.3 celery==5.7.0 croniter==7.0.0 cronsim==2.8
cat >"$folder/days.py" <<'PY'
from datetime import datetime, timezone

from apscheduler.triggers.cron import CronTrigger
from celery import Celery
from celery.schedules import crontab
from croniter import croniter
from cronsim import CronSim

LINE, START = "0 6 1 * 1", datetime(2024, 12, 31, 12, tzinfo=timezone.utc)
app = Celery()
app.conf.timezone = "UTC"
trigger = CronTrigger.from_crontab(LINE, timezone=timezone.utc)


def by_celery(last):
    minute, hour, day, month, weekday = LINE.split()
    schedule = crontab(minute, hour, weekday, day, month, nowfun=lambda: last, app=app)
    start, delta, _ = schedule.remaining_delta(last)
    return start + delta


ways = {
    "croniter": lambda last: croniter(LINE, last).get_next(datetime),
    "cronsim": lambda last: next(CronSim(LINE, last)),
    "celery": by_celery,
    "APScheduler": lambda last: trigger.get_next_fire_time(last, last),
}
for way, after in ways.items():
    days, last = [], START
    while (last := after(last)).year == 2025:
        days.append(last.strftime("%m-%d"))
    print(way, f"{len(days)}:", *days[:6])
PY
"$folder/venv/bin/python" -W ignore "$folder/days.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
croniter 62: 01-01 01-06 01-13 01-20 01-27 02-01
cronsim 62: 01-01 01-06 01-13 01-20 01-27 02-01
celery 2: 09-01 12-01
APScheduler 2: 04-01 07-01
SEEN
