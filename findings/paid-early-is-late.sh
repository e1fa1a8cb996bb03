#!/usr/bin/env bash
# Working days between the due day and a payment: one that came five days early is five days late.
#
# moment-business-days 1.2.0, dayjs-business-days 1.0.4 and date-fns 4.4.0 from npm, on Node, each with Saturdays and Sundays off.
# Behaviour: businessDiff of moment-business-days is never below zero, unless its second argument is true; the function of the same name of dayjs is, and so
# is differenceInBusinessDays of date-fns, which counts fewer days back from a Saturday than forth to it.
# Output seen (due, paid; working days of the payment after the due day by moment-business-days, with true, by dayjs, by date-fns):
#   Mon 2025-03-17, paid 2025-03-24: 5 5 5 5
#   Mon 2025-03-17, paid 2025-03-10: 5 -5 -5 -5
#   Sat 2025-03-15, paid 2025-03-10: 5 -5 -5 -4
#   Mon 2025-03-10, paid 2025-03-15: 5 5 5 5
# So a rule "a fee from three working days on" charges who has paid before the due day, and a discount for paying early goes to who paid late. A host asks
# first which day is the earlier one. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund moment-business-days@1.2.0 moment@2.30.1 dayjs-business-days@1.0.4 dayjs@1.11.23 date-fns@4.4.0
cat >days.cjs <<'JS'
const { differenceInBusinessDays, format, parseISO } = require("date-fns");
const dayjs = require("dayjs");
const moment = require("moment-business-days");

const plugin = require("dayjs-business-days");
dayjs.extend(plugin.default ?? plugin);
for (const [due, paid] of [["2025-03-17", "2025-03-24"], ["2025-03-17", "2025-03-10"], ["2025-03-15", "2025-03-10"], ["2025-03-10", "2025-03-15"]]) {
  const [one, two] = [false, true].map((relative) => moment(paid).businessDiff(moment(due), relative));
  const others = [dayjs(paid).businessDiff(dayjs(due)), differenceInBusinessDays(parseISO(paid), parseISO(due))];
  console.log(`${format(parseISO(due), "EEE")} ${due}, paid ${paid}:`, one, two, ...others);
}
JS
TZ=UTC node days.cjs | tee seen
diff seen - <<'SEEN'
Mon 2025-03-17, paid 2025-03-24: 5 5 5 5
Mon 2025-03-17, paid 2025-03-10: 5 -5 -5 -5
Sat 2025-03-15, paid 2025-03-10: 5 -5 -5 -4
Mon 2025-03-10, paid 2025-03-15: 5 5 5 5
SEEN
