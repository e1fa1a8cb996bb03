#!/usr/bin/env bash
# The hours of a month, printed on its bill: 162:30 becomes 18:30, and 25:30 with another hour 02:30.
#
# dayjs 1.11.23 and luxon 3.7.2 from npm, on Node.
# Behaviour: a duration of dayjs that is made of a number, or that was added to, is cut into months, days and hours, and HH prints the hours that are
# left over. One that is read from a text or an object keeps what it was given: PT25H30M is printed as 25:30, and a field that was not given as the
# word undefined. asHours() has the whole of each. toFormat of luxon gives all hours to the largest unit that the format names.
# Output seen (hours; by dayjs of minutes, of a text, of a text to which an hour was added, of an object of minutes; asHours() of the first and the
# third; by luxon, and with the added hour; what 30.00 an hour come to by the first and by luxon):
#   07:45: 07:45 07:45 08:45 undefined:465; 7.75 8.75; 07:45 08:45; 232.50 232.50
#   25:30: 01:30 25:30 02:30 undefined:1530; 25.5 26.5; 25:30 26:30; 45.00 765.00
#   162:30: 18:30 162:30 19:30 undefined:9750; 162.5 163.5; 162:30 163:30; 555.00 4875.00
#   750:00: 20:00 750:00 21:00 undefined:45000; 750 751; 750:00 751:00; 600.00 22500.00
# So whoever checks the bill finds 18 hours and a half of work for a sum of 162, and a host that bills what it prints asks for a ninth. No day of less
# than 24 hours shows it. A host prints asHours(), or minutes over sixty. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund dayjs@1.11.23 luxon@3.7.2 2>/dev/null
cat >hours.mjs <<'JS'
import dayjs from "dayjs";
import duration from "dayjs/plugin/duration.js";
import { Duration } from "luxon";

dayjs.extend(duration);
const asked = (text) => {
  const [hours, minutes] = text.split(":").map(Number);
  return ((hours + minutes / 60) * 30).toFixed(2);
};
for (const [hours, minutes] of [[7, 45], [25, 30], [162, 30], [750, 0]]) {
  const ofMinutes = dayjs.duration(hours * 60 + minutes, "minutes");
  const ofText = dayjs.duration(`PT${hours}H${minutes}M`);
  const longer = ofText.add(1, "hour");
  const ofObject = dayjs.duration({ minutes: hours * 60 + minutes });
  const byDayjs = [ofMinutes, ofText, longer, ofObject].map((work) => work.format("HH:mm"));
  const luxon = Duration.fromObject({ hours, minutes });
  const byLuxon = [luxon, luxon.plus({ hours: 1 })].map((work) => work.toFormat("hh:mm"));
  const sums = [byDayjs[0], byLuxon[0]].map(asked).join(" ");
  console.log(`${ofText.format("HH:mm")}: ${byDayjs.join(" ")}; ${ofMinutes.asHours()} ${longer.asHours()}; ${byLuxon.join(" ")}; ${sums}`);
}
JS
node hours.mjs | tee seen
diff seen - <<'SEEN'
07:45: 07:45 07:45 08:45 undefined:465; 7.75 8.75; 07:45 08:45; 232.50 232.50
25:30: 01:30 25:30 02:30 undefined:1530; 25.5 26.5; 25:30 26:30; 45.00 765.00
162:30: 18:30 162:30 19:30 undefined:9750; 162.5 163.5; 162:30 163:30; 555.00 4875.00
750:00: 20:00 750:00 21:00 undefined:45000; 750 751; 750:00 751:00; 600.00 22500.00
SEEN
