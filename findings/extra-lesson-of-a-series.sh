#!/usr/bin/env bash
# A course in a calendar, with one lesson more than its rule has: the lesson is not there, and those that were shortened are long again.
#
# node-ical 0.26.1 and ical-expander 3.2.0 (ical.js) from npm, on Node; icalevents 0.3.1 and recurring-ical-events 3.8.2 from PyPI, on CPython 3.
# Rule: days in RDATE belong to the series, besides those of its rule, and DTSTART is the first (RFC 5545, 3.8.5.2); a change with
# RANGE=THISANDFUTURE holds for that lesson and all later ones (3.8.4.4 and 3.2.13).
# Behaviour: node-ical and icalevents leave RDATE out, also where there is no rule, so that three lessons are one. With THISANDFUTURE they change
# the one lesson, and give the later ones their old time and length. recurring-ical-events has both right. ical-expander has, but for a series
# of RDATE without a rule, of which it leaves out the first.
# Output seen (series; by node-ical, icalevents, ical-expander, recurring-ical-events: lessons with day and minutes, and hours of all):
#   rule and RDATE:
#     node-ical: 03-03 90, 03-10 90; 3.0 h
#     icalevents: 03-03 90, 03-10 90; 3.0 h
#     ical-expander: 03-03 90, 03-10 90, 03-20 90; 4.5 h
#     recurring-ical-events: 03-03 90, 03-10 90, 03-20 90; 4.5 h
#   RDATE alone:
#     node-ical: 03-03 90; 1.5 h
#     icalevents: 03-03 90; 1.5 h
#     ical-expander: 03-10 90, 03-20 90; 3.0 h
#     recurring-ical-events: 03-03 90, 03-10 90, 03-20 90; 4.5 h
#   shortened from the third on:
#     node-ical: 03-03 90, 03-10 90, 03-17 30, 03-24 90; 5.0 h
#     icalevents: 03-03 90, 03-10 90, 03-17 30, 03-24 90; 5.0 h
#     ical-expander: 03-03 90, 03-10 90, 03-17 30, 03-24 30; 4.0 h
#     recurring-ical-events: 03-03 90, 03-10 90, 03-17 30, 03-24 30; 4.0 h
# So what takes hours of work from a calendar bills a lesson less than was given, or an hour and a half for thirty minutes, and no line looks wrong.
# A host counts the lessons with two libraries, or has each one written to the calendar by itself. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check icalevents==0.3.1 recurring-ical-events==3.8.2
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund node-ical@0.26.1 ical-expander@3.2.0 2>/dev/null
cat >lessons.mjs <<'JS'
import IcalExpander from "ical-expander";
import ical from "node-ical";
import fs from "node:fs";

const ics = fs.readFileSync(process.argv[2], "utf8");
const from = new Date("2025-01-01T00:00:00Z");
const to = new Date("2025-12-31T00:00:00Z");
const events = Object.values(ical.sync.parseICS(ics)).filter((event) => event.type === "VEVENT");
const one = events.flatMap((event) => ical.expandRecurringEvent(event, { from, to }));
const { events: single, occurrences } = new IcalExpander({ ics }).between(from, to);
const other = [...single, ...occurrences].map(({ startDate, endDate }) => ({ start: startDate.toJSDate(), end: endDate.toJSDate() }));
console.log(JSON.stringify([one, other].map((lessons) => lessons.map(({ start, end }) => [start.toISOString().slice(5, 10), (end - start) / 60000]))));
JS
cat >lessons.py <<'PY'
import datetime
import json
import subprocess
from pathlib import Path

import icalendar
import recurring_ical_events
from icalevents.icalevents import events

BEGIN, END = datetime.datetime(2025, 1, 1), datetime.datetime(2025, 12, 31)


def event(*lines):
    head = ["BEGIN:VEVENT", "UID:course@example.org", "DTSTAMP:20250101T000000Z"]
    return [*head, *lines, "SUMMARY:Course", "END:VEVENT"]


FIRST = ["DTSTART:20250303T090000Z", "DTEND:20250303T103000Z"]
SERIES = {
    "rule and RDATE": event(*FIRST, "RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20250320T090000Z"),
    "RDATE alone": event(*FIRST, "RDATE:20250310T090000Z,20250320T090000Z"),
    "shortened from the third on": event(*FIRST, "RRULE:FREQ=WEEKLY;COUNT=4")
    + event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20250317T090000Z",
        "DTSTART:20250317T090000Z",
        "DTEND:20250317T093000Z",
    ),
}
for name, lines in SERIES.items():
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", *lines, "END:VCALENDAR", ""])
    Path("course.ics").write_text(text, newline="")
    node = subprocess.run(["node", "lessons.mjs", "course.ics"], capture_output=True, text=True, check=True)
    by_node_ical, by_expander = json.loads(node.stdout)
    by_icalevents = [
        (f"{lesson.start:%m-%d}", (lesson.end - lesson.start).seconds // 60)
        for lesson in events(string_content=text, start=BEGIN, end=END)
    ]
    by_recurring = [
        (f"{lesson['DTSTART'].dt:%m-%d}", lesson.duration.seconds // 60)
        for lesson in recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(BEGIN, END)
    ]
    print(f"{name}:")
    read = {"node-ical": by_node_ical, "icalevents": by_icalevents, "ical-expander": by_expander}
    for library, lessons in (read | {"recurring-ical-events": by_recurring}).items():
        listed = ", ".join(f"{day} {minutes:.0f}" for day, minutes in sorted(lessons))
        print(f"  {library}: {listed}; {sum(minutes for _, minutes in lessons) / 60} h")
PY
TZ=UTC venv/bin/python lessons.py | tee seen
diff seen - <<'SEEN'
rule and RDATE:
  node-ical: 03-03 90, 03-10 90; 3.0 h
  icalevents: 03-03 90, 03-10 90; 3.0 h
  ical-expander: 03-03 90, 03-10 90, 03-20 90; 4.5 h
  recurring-ical-events: 03-03 90, 03-10 90, 03-20 90; 4.5 h
RDATE alone:
  node-ical: 03-03 90; 1.5 h
  icalevents: 03-03 90; 1.5 h
  ical-expander: 03-10 90, 03-20 90; 3.0 h
  recurring-ical-events: 03-03 90, 03-10 90, 03-20 90; 4.5 h
shortened from the third on:
  node-ical: 03-03 90, 03-10 90, 03-17 30, 03-24 90; 5.0 h
  icalevents: 03-03 90, 03-10 90, 03-17 30, 03-24 90; 5.0 h
  ical-expander: 03-03 90, 03-10 90, 03-17 30, 03-24 30; 4.0 h
  recurring-ical-events: 03-03 90, 03-10 90, 03-17 30, 03-24 30; 4.0 h
SEEN
