#!/usr/bin/env bash
# A bill on the last working day of each month, from a rule of a calendar: in Ruby it comes on each working day.
#
# ruby-ice-cube 0.16.4-3 of Debian 12, on its Ruby 3.1 (its lists of packages up to date); python-dateutil 2.9.0.post0 from PyPI, on CPython 3.
# Rule: BYSETPOS takes one of the days that the other parts of a rule find in a month, -1 the last; a month that has no such day has none (RFC 5545, 3.3.10).
# Behaviour: from_ical of ice_cube leaves BYSETPOS out, without a word, where it refuses BYWEEKNO. A monthly rule without a day takes the last of a shorter
# month. dateutil has both as the standard has them.
# Output seen (rule from 31 January 2025; how many days of 2025, the first four, by ice_cube, then by dateutil):
#   FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1: 239 01-31 02-03 02-04 02-05, 12 01-31 02-28 03-31 04-30
#   FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2: 48 02-03 02-10 02-17 02-24, 11 02-10 03-10 04-14 05-12
#   FREQ=MONTHLY;BYMONTHDAY=-1: 12 01-31 02-28 03-31 04-30, 12 01-31 02-28 03-31 04-30
#   FREQ=MONTHLY: 12 01-31 02-28 03-31 04-30, 7 01-31 03-31 05-31 07-31
# So a year has 239 bills for twelve, and reminders of the second Monday go out each week. A host has the schedule make its days, or counts those that it is handed.
# Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download ruby-ice-cube=0.16.4-3 ruby3.1 libruby3.1 libcrypt1 libgmp10 libyaml-0-2 zlib1g >/dev/null
for package in *.deb; do dpkg -x "$package" debian; done
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check python-dateutil==2.9.0.post0
cat >days.rb <<'RUBY'
require "ice_cube"

last = Time.utc(2025, 12, 31, 23)
ARGV.each do |rule|
  schedule = IceCube::Schedule.from_ical("DTSTART:20250131T090000Z\nRRULE:#{rule}")
  days = schedule.occurrences(last).map { |time| time.strftime("%m-%d") }
  puts [days.size, *days.first(4)].join(" ")
end
RUBY
cat >days.py <<'PY'
import os
import subprocess
from datetime import datetime

from dateutil.rrule import rrulestr

WORKING = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
RULES = [WORKING, "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY"]
RUBY = "debian/usr/lib/ruby/3.1.0:debian/usr/lib/x86_64-linux-gnu/ruby/3.1.0"
GEM = "debian/usr/share/rubygems-integration/all/gems/ice_cube-0.16.4/lib"
ENVIRONMENT = os.environ | {
    "LD_LIBRARY_PATH": "debian/usr/lib/x86_64-linux-gnu:debian/lib/x86_64-linux-gnu",
    "RUBYLIB": f"{RUBY}:{GEM}",
    "TZ": "UTC",
}
call = ["debian/usr/bin/ruby3.1", "--disable-gems", "days.rb", *RULES]
by_ruby = subprocess.run(call, capture_output=True, text=True, check=True, env=ENVIRONMENT).stdout.splitlines()
for rule, ruby in zip(RULES, by_ruby, strict=True):
    days = rrulestr(f"{rule};UNTIL=20251231T230000", dtstart=datetime(2025, 1, 31, 9))
    python = [f"{day:%m-%d}" for day in days]
    print(f"{rule}: {ruby}, {len(python)} {' '.join(python[:4])}")
PY
venv/bin/python days.py | tee seen
diff seen - <<'SEEN'
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1: 239 01-31 02-03 02-04 02-05, 12 01-31 02-28 03-31 04-30
FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2: 48 02-03 02-10 02-17 02-24, 11 02-10 03-10 04-14 05-12
FREQ=MONTHLY;BYMONTHDAY=-1: 12 01-31 02-28 03-31 04-30, 12 01-31 02-28 03-31 04-30
FREQ=MONTHLY: 12 01-31 02-28 03-31 04-30, 7 01-31 03-31 05-31 07-31
SEEN
