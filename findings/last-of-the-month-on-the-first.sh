#!/usr/bin/env bash
# A bill on the 31st, by cron in Ruby; on the working day next to the 31st, or the last one, by cron in PHP: bills on the 1st and on a Sunday as well.
#
# ruby-parse-cron 0.1.4-1.1 (on Ruby 3.1) and php-dragonmantank-cron-expression 3.3.1-2 (on PHP 8.2) of Debian 12, its lists of packages up to date;
# croner 11.0.1 from npm, on Node.
# Rule: a line of cron runs on days that match it (POSIX, crontab); in a month without a 31st none does. 31W is the working day nearest to the 31st, and
# leaves no month for another, as both that know W say; LW is the last working day of the month (croner).
# Behaviour: parse-cron runs on the 1st of the next month where a month is too short. cron-expression, which plans the tasks of
# Laravel, takes 31W of a short month for its first working day, and LW, without a word, for other days. croner has the days.
# Output seen (line; the days of 2025 until August by parse-cron or cron-expression, then by croner):
#   0 6 31 * *: 01-31 02-01 03-31 04-01 05-31 06-01 07-31 08-31, 01-31 03-31 05-31 07-31 08-31
#   0 6 30 * *: 01-30 02-01 03-30 04-30 05-30 06-30 07-30 08-30, 01-30 03-30 04-30 05-30 06-30 07-30 08-30
#   0 6 31W * *: 01-31 02-03 03-31 04-01 05-30 06-01 07-31 08-29, 01-31 03-31 05-30 07-31 08-29
#   0 6 LW * *: 01-31 03-28 05-30 06-02 07-30 08-31, 01-31 02-28 03-31 04-30 05-30 06-30 07-31 08-29
# So a customer is billed on 31 January and on 1 February, for two months within a day. A host runs each day, and has the schedule say what falls due.
# Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download ruby-parse-cron=0.1.4-1.1 ruby3.1 libruby3.1 libcrypt1 libgmp10 libyaml-0-2 zlib1g \
  php-dragonmantank-cron-expression=3.3.1-2 php-webmozart-assert=1.11.0-1 php8.2-cli php8.2-common libpcre2-8-0 libargon2-1 libsodium23 libedit2 libxml2 libicu72 \
  >/dev/null
for package in *.deb; do dpkg -x "$package" debian; done
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund croner@11.0.1
cat >days.rb <<'RUBY'
require "parse-cron"

ARGV.each do |line|
  day = Time.utc(2024, 12, 31, 12)
  days = []
  days << day.strftime("%m-%d") while (day = CronParser.new(line).next(day)) < Time.utc(2025, 9)
  puts days.join(" ")
end
RUBY
cat >days.php <<'PHP'
<?php
require 'Cron/autoload.php';

foreach (array_slice($argv, 1) as $line) {
    $days = (new Cron\CronExpression($line))->getMultipleRunDates(20, '2024-12-31 12:00:00');
    $days = array_filter($days, fn ($day) => $day < new DateTime('2025-09-01'));
    echo implode(' ', array_map(fn ($day) => $day->format('m-d'), $days)), "\n";
}
PHP
cat >days.mjs <<'JS'
import { Cron } from "croner";
import { execFileSync } from "node:child_process";

const [usr, php, ruby] = ["debian/usr", "debian/usr/share/php", "debian/usr/lib/ruby"];
const env = {
  LD_LIBRARY_PATH: `${usr}/lib/x86_64-linux-gnu:debian/lib/x86_64-linux-gnu`,
  RUBYLIB: `${ruby}/3.1.0:${usr}/lib/x86_64-linux-gnu/ruby/3.1.0:${ruby}/vendor_ruby`,
  TZ: "UTC",
};
const run = (program, ...rest) => execFileSync(`${usr}/bin/${program}`, rest, { encoding: "utf8", env }).trimEnd().split("\n");
const [by31, by30, near, last] = ["0 6 31 * *", "0 6 30 * *", "0 6 31W * *", "0 6 LW * *"];
const found = [
  ...run("ruby3.1", "--disable-gems", "days.rb", by31, by30),
  ...run("php8.2", "-n", "-d", `include_path=${php}`, "-d", "date.timezone=UTC", "-d", "error_reporting=0", "days.php", near, last),
];
[by31, by30, near, last].forEach((line, index) => {
  const runs = new Cron(line, { timezone: "UTC" }).nextRuns(20, "2024-12-31T12:00:00Z").map((day) => day.toISOString());
  console.log(`${line}: ${found[index]}, ${runs.filter((day) => day < "2025-09").map((day) => day.slice(5, 10)).join(" ")}`);
});
JS
node days.mjs | tee seen
diff seen - <<'SEEN'
0 6 31 * *: 01-31 02-01 03-31 04-01 05-31 06-01 07-31 08-31, 01-31 03-31 05-31 07-31 08-31
0 6 30 * *: 01-30 02-01 03-30 04-30 05-30 06-30 07-30 08-30, 01-30 03-30 04-30 05-30 06-30 07-30 08-30
0 6 31W * *: 01-31 02-03 03-31 04-01 05-30 06-01 07-31 08-29, 01-31 03-31 05-30 07-31 08-29
0 6 LW * *: 01-31 03-28 05-30 06-02 07-30 08-31, 01-31 02-28 03-31 04-30 05-30 06-30 07-31 08-29
SEEN
