#!/usr/bin/env bash
# How many whole months lie between two days, for a case that begins on the last of a month: three answers.
#
# @js-joda/core 6.3.2 (java.time for JavaScript), date-fns 4.4.0, dayjs 1.11.23, luxon 3.7.2, from npm, on Node.
# Behaviour: all four add a month to 31 January and come to 28 February, three months and come to 30 April. Asked how
# many months lie between these days, dayjs and luxon answer what was added; js-joda, which compares the numbers of the
# days, one less; date-fns as dayjs for one month, and as js-joda for more than one.
# Output seen (js-joda, date-fns, dayjs, luxon):
#   2025-01-31 2025-02-28 0 1 1 1
#   2025-01-31 2025-04-30 2 2 3 3
#   2025-01-31 2025-05-30 3 3 3 3
#   2025-03-31 2025-06-30 2 2 3 3
# So a host that works out for itself whether three months have gone by, be it for a fee or for a line of work,
# answers by its library, for cases that begin on the 29th to the 31st. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund @js-joda/core@6.3.2 date-fns@4.4.0 dayjs@1.11.23 luxon@3.7.2
cat >months.cjs <<'JS'
const { ChronoUnit, LocalDate } = require("@js-joda/core");
const { addMonths, differenceInMonths, format, parseISO } = require("date-fns");
const dayjs = require("dayjs");
const { DateTime } = require("luxon");
const pairs = [
  ["2025-01-31", "2025-02-28", 1],
  ["2025-01-31", "2025-04-30", 3],
  ["2025-01-31", "2025-05-30", undefined],
  ["2025-03-31", "2025-06-30", 3],
];
for (const [from, to, added] of pairs) {
  if (added !== undefined) {
    const sums = [
      LocalDate.parse(from).plusMonths(added).toString(),
      format(addMonths(parseISO(from), added), "yyyy-MM-dd"),
      dayjs(from).add(added, "month").format("YYYY-MM-DD"),
      DateTime.fromISO(from).plus({ months: added }).toISODate(),
    ];
    if (sums.some((sum) => sum !== to)) throw new Error(`${from} and ${added} months: ${sums}`);
  }
  console.log(
    from,
    to,
    ChronoUnit.MONTHS.between(LocalDate.parse(from), LocalDate.parse(to)),
    differenceInMonths(parseISO(to), parseISO(from)),
    dayjs(to).diff(from, "month"),
    Math.floor(DateTime.fromISO(to).diff(DateTime.fromISO(from), "months").months),
  );
}
JS
TZ=UTC node months.cjs | tee seen
diff seen - <<'SEEN'
2025-01-31 2025-02-28 0 1 1 1
2025-01-31 2025-04-30 2 2 3 3
2025-01-31 2025-05-30 3 3 3 3
2025-03-31 2025-06-30 2 2 3 3
SEEN
