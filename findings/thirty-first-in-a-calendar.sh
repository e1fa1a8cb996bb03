#!/usr/bin/env bash
# A bill on the 31st of each month, from a rule of a calendar: on the 28th for good, on the day before the last, or in seven months of twelve.
#
# rrule-temporal 2.2.8, rrule-rust 3.1.1, ical.js 2.2.1, node-ical 0.26.1, ts-ics 2.4.6 and simple-rrule 1.8.1 from npm, on Node.
# Rule: a monthly rule takes the day of DTSTART, and leaves out a month that does not have it (RFC 5545, 3.3.10). With RSCALE=GREGORIAN and SKIP=BACKWARD it takes
# the last day of such a month instead, and 28 February for the 29th (RFC 7529, of skipping invalid dates): so a calendar says "on the 31st, or the last".
# BYMONTHDAY=-1 is the last day.
# Behaviour: node-ical and ts-ics go on from 28 February, and stay on the 28th; node-ical refuses SKIP, and says that RSCALE is missing, which is there. ts-ics has
# the day before the last for the last. rrule-rust and ical.js leave SKIP out, without a word, and ical.js has 1 March for 29 February. simple-rrule takes the
# last day of a shorter month whatever the rule says. rrule-temporal has all of them.
# Output seen (first day, rule; its days by each):
#   2025-01-31 FREQ=MONTHLY;COUNT=4
#     rrule-temporal 01-31 03-31 05-31 07-31
#     rrule-rust 01-31 03-31 05-31 07-31
#     ical.js 01-31 03-31 05-31 07-31
#     node-ical 01-31 02-28 03-28 04-28
#     ts-ics 01-31 02-28 03-28 04-28
#     simple-rrule 01-31 02-28 03-31 04-30
#   2025-01-31 RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4
#     rrule-temporal 01-31 02-28 03-31 04-30
#     rrule-rust 01-31 03-31 05-31 07-31
#     ical.js 01-31 03-31 05-31 07-31
#     node-ical SKIP MUST NOT be present unless RSCALE is present
#     ts-ics 01-31 02-28 03-28 04-28
#     simple-rrule 01-31 02-28 03-31 04-30
#   2025-01-31 FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4
#     rrule-temporal 01-31 02-28 03-31 04-30
#     rrule-rust 01-31 02-28 03-31 04-30
#     ical.js 01-31 02-28 03-31 04-30
#     node-ical 01-31 02-28 03-31 04-30
#     ts-ics 02-27 03-30 04-29 05-30
#     simple-rrule 01-31 02-28 03-31 04-30
#   2024-02-29 RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;COUNT=3
#     rrule-temporal 2024-02-29 2025-02-28 2026-02-28
#     rrule-rust 2024-02-29 2028-02-29 2032-02-29
#     ical.js 2024-02-29 2025-03-01 2026-03-01
#     node-ical SKIP MUST NOT be present unless RSCALE is present
#     ts-ics 2024-02-29 2025-02-28 2026-02-28
#     simple-rrule 2024-02-29 2025-02-28 2026-02-28
# So a fee that is 100 a month is asked for seven times a year, or three days early, each by a program that shows the same calendar. A host writes the days of its bills
# into the calendar one by one, as its schedule has them. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts rrule-temporal@2.2.8 rrule-rust@3.1.1 ical.js@2.2.1 node-ical@0.26.1 ts-ics@2.4.6 simple-rrule@1.8.1
cat >days.mjs <<'JS'
import ICAL from "ical.js";
import ical from "node-ical";
import rust from "rrule-rust";
import { RRuleTemporal } from "rrule-temporal";
import { expandRRuleFromString } from "simple-rrule";
import { convertIcsCalendar, extendByRecurrenceRule } from "ts-ics";

const LAST = new Date("2033-01-01");
const lines = (...text) => text.map((line) => `${line}\r\n`).join("");
const event = (first, rule) =>
  lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bills//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20250101T000000Z", `DTSTART;VALUE=DATE:${first}`) +
  lines("SUMMARY:bill", `RRULE:${rule}`, "END:VEVENT", "END:VCALENDAR");
const whole = (first, rule) => `DTSTART:${first}T000000Z\nRRULE:${rule}`;
const iso = (moment) => moment.toISOString().slice(0, 10);
const steps = (iterator) => {
  const days = [];
  for (let day = iterator.next(); day; day = iterator.next()) days.push(String(day));
  return days;
};
const dashed = (text) => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
const LIBRARIES = {
  "rrule-temporal": (first, rule) => new RRuleTemporal({ rruleString: whole(first, rule) }).all().map((day) => day.toString().slice(0, 10)),
  "rrule-rust": (first, rule) => rust.RRuleSet.fromString(whole(first, rule)).all().map((day) => dashed(String(day))),
  "ical.js": (first, rule) => steps(ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(dashed(first)))),
  "node-ical": (first, rule) => {
    const read = Object.values(ical.sync.parseICS(event(first, rule))).find((part) => part.type === "VEVENT");
    return read.rrule.all().map(iso);
  },
  "ts-ics": (first, rule) => {
    const [read] = convertIcsCalendar(undefined, event(first, rule)).events;
    return extendByRecurrenceRule(read.recurrenceRule, { start: read.start.date, end: LAST }).map(iso);
  },
  "simple-rrule": (first, rule) => expandRRuleFromString(whole(first, rule), new Date(dashed(first)), LAST).events.map(({ date }) => iso(date)),
};
const RULES = [
  ["20250131", "FREQ=MONTHLY;COUNT=4"],
  ["20250131", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4"],
  ["20250131", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4"],
  ["20240229", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;COUNT=3"],
];
for (const [first, rule] of RULES) {
  console.log(dashed(first), rule);
  for (const [name, days] of Object.entries(LIBRARIES)) {
    let shown;
    try {
      shown = days(first, rule).map((day) => (rule.includes("YEARLY") ? day : day.slice(5)));
    } catch (error) {
      shown = [error.message];
    }
    console.log(`  ${name}`, ...shown);
  }
}
JS
TZ=UTC node days.mjs | tee seen
diff seen - <<'SEEN'
2025-01-31 FREQ=MONTHLY;COUNT=4
  rrule-temporal 01-31 03-31 05-31 07-31
  rrule-rust 01-31 03-31 05-31 07-31
  ical.js 01-31 03-31 05-31 07-31
  node-ical 01-31 02-28 03-28 04-28
  ts-ics 01-31 02-28 03-28 04-28
  simple-rrule 01-31 02-28 03-31 04-30
2025-01-31 RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4
  rrule-temporal 01-31 02-28 03-31 04-30
  rrule-rust 01-31 03-31 05-31 07-31
  ical.js 01-31 03-31 05-31 07-31
  node-ical SKIP MUST NOT be present unless RSCALE is present
  ts-ics 01-31 02-28 03-28 04-28
  simple-rrule 01-31 02-28 03-31 04-30
2025-01-31 FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4
  rrule-temporal 01-31 02-28 03-31 04-30
  rrule-rust 01-31 02-28 03-31 04-30
  ical.js 01-31 02-28 03-31 04-30
  node-ical 01-31 02-28 03-31 04-30
  ts-ics 02-27 03-30 04-29 05-30
  simple-rrule 01-31 02-28 03-31 04-30
2024-02-29 RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;COUNT=3
  rrule-temporal 2024-02-29 2025-02-28 2026-02-28
  rrule-rust 2024-02-29 2028-02-29 2032-02-29
  ical.js 2024-02-29 2025-03-01 2026-03-01
  node-ical SKIP MUST NOT be present unless RSCALE is present
  ts-ics 2024-02-29 2025-02-28 2026-02-28
  simple-rrule 2024-02-29 2025-02-28 2026-02-28
SEEN
