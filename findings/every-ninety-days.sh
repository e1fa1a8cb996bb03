#!/usr/bin/env bash
# A reminder every 90 days, in words, in Ruby: it goes out on the first of each month, and an invoice of every 18 months comes each year.
#
# ruby-fugit 1.5.2-1 of Debian 12, on its Ruby 3.1 (its lists of packages up to date); python-dateutil 2.9.0.post0 from PyPI, on CPython 3.
# Rule: from one time to the next, every 90 days, are 90 days. A step of cron goes through the range of its field (crontab(5) of Debian), and so begins anew
# with each month: */90 has the first day alone. fugit says that it reads a kind of natural language; what it cannot read is nil.
# Behaviour: fugit makes a step of cron of any number of minutes, hours, days or months, and says nothing where that is none of the range, or does not go
# into it. dateutil counts on.
# Output seen (words; line of cron; how many times from 1 January 2025 to the end of 2027, the first three by fugit; the same by dateutil):
#   every 90 days: 0 0 */90 * *: 35 02-01 03-01 04-01; 12 04-01 06-30 09-28
#   every 30 days: 0 0 */30 * *: 56 01-31 02-01 03-01; 36 01-31 03-02 04-01
#   every 14 days: 0 0 */14 * *: 104 01-15 01-29 02-01; 78 01-15 01-29 02-12
#   every 36 hours: 0 */36 * * *: 1094 01-02 01-03 01-04; 729 01-02 01-04 01-05
#   every 3 months: 0 0 1 */3 *: 11 04-01 07-01 10-01; 11 04-01 07-01 10-01
#   every 5 months: 0 0 1 */5 *: 8 06-01 11-01 01-01; 7 06-01 11-01 04-01
#   every 18 months: 0 0 1 */18 *: 2 01-01 01-01; 1 07-01
# So a customer who owes is reminded three times as often as was agreed, and a yearly and a half invoice comes yearly. A host runs each day, and has the
# schedule say what falls due. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download ruby-fugit=1.5.2-1 ruby-et-orbi ruby-raabro ruby-tzinfo ruby-concurrent ruby3.1 libruby3.1 libcrypt1 libgmp10 \
  libyaml-0-2 zlib1g >/dev/null
for package in *.deb; do dpkg -x "$package" debian; done
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check python-dateutil==2.9.0.post0
cat >times.rb <<'RUBY'
require "fugit"

ARGV.each do |words|
  rule = Fugit.parse(words)
  time = EtOrbi::EoTime.parse("2025-01-01 00:00:00 UTC")
  times = []
  times << time.strftime("%m-%d") while (time = rule.next_time(time)) < EtOrbi::EoTime.parse("2028-01-01 00:00:00 UTC")
  puts "#{rule.original}: #{times.size} #{times.first(3).join(' ')}"
end
RUBY
cat >times.py <<'PY'
import glob
import os
import subprocess
from datetime import datetime

from dateutil.rrule import DAILY, HOURLY, MONTHLY, rrule

RULES = [("every 90 days", DAILY, 90), ("every 30 days", DAILY, 30), ("every 14 days", DAILY, 14), ("every 36 hours", HOURLY, 36)]
RULES += [("every 3 months", MONTHLY, 3), ("every 5 months", MONTHLY, 5), ("every 18 months", MONTHLY, 18)]
RUBY = ["debian/usr/lib/ruby/3.1.0", "debian/usr/lib/x86_64-linux-gnu/ruby/3.1.0", "debian/usr/lib/ruby/vendor_ruby"]
GEMS = glob.glob("debian/usr/share/rubygems-integration/all/gems/*/lib") + glob.glob("debian/usr/share/rubygems-integration/all/gems/*/lib/concurrent-ruby")
ENVIRONMENT = os.environ | {
    "LD_LIBRARY_PATH": "debian/usr/lib/x86_64-linux-gnu:debian/lib/x86_64-linux-gnu",
    "RUBYLIB": ":".join(RUBY + GEMS),
    "TZ": "UTC",
}
call = ["debian/usr/bin/ruby3.1", "--disable-gems", "times.rb", *(words for words, _, _ in RULES)]
by_ruby = subprocess.run(call, capture_output=True, text=True, check=True, env=ENVIRONMENT).stdout.splitlines()
for (words, unit, interval), ruby in zip(RULES, by_ruby, strict=True):
    # The first of January itself is the beginning, not a time.
    times = list(rrule(unit, interval=interval, dtstart=datetime(2025, 1, 1), until=datetime(2027, 12, 31, 23)))[1:]
    print(f"{words}: {ruby}; {len(times)} {' '.join(f'{time:%m-%d}' for time in times[:3])}")
PY
venv/bin/python times.py | tee seen
diff seen - <<'SEEN'
every 90 days: 0 0 */90 * *: 35 02-01 03-01 04-01; 12 04-01 06-30 09-28
every 30 days: 0 0 */30 * *: 56 01-31 02-01 03-01; 36 01-31 03-02 04-01
every 14 days: 0 0 */14 * *: 104 01-15 01-29 02-01; 78 01-15 01-29 02-12
every 36 hours: 0 */36 * * *: 1094 01-02 01-03 01-04; 729 01-02 01-04 01-05
every 3 months: 0 0 1 */3 *: 11 04-01 07-01 10-01; 11 04-01 07-01 10-01
every 5 months: 0 0 1 */5 *: 8 06-01 11-01 01-01; 7 06-01 11-01 04-01
every 18 months: 0 0 1 */18 *: 2 01-01 01-01; 1 07-01
SEEN
