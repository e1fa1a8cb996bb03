#!/usr/bin/env bash
# Visits that were clocked in and out (timeclock): twenty minutes each, three of them, and not quite an hour.
#
# ledger 3.3.0-3 and hledger 1.25-2+b5 of Debian 12 (its lists of packages up to date).
# Rule: a line i says when work on an account begins, a line o when it ends; the manuals of both have the format.
# Behaviour: ledger counts seconds. hledger makes hours with two decimals of each visit before it adds them up, so that 20 minutes are 0.33 hours and
# 5 are 0.08; it cuts a night at midnight, and ledger has all of it on the day on which it began. Both print hours; ledger has minutes below an hour.
# Output seen (account; hours by ledger, by hledger; what 72.00 an hour come to; then the night of 31 March, in March and in April):
#   A:twenty: 1.00, 0.99; 72.00, 71.28
#   B:five: 1.00, 0.96; 72.00, 69.12
#   C:quarter: 1.00, 1.00; 72.00, 72.00
#   D:night: 8.00 and 0.00, 2.00 and 6.00
# So twelve visits of five minutes are an hour or 0.96 of it, 2.88 EUR less, and six hours of a night are billed in March, at its rate,
# or in April. A host takes the lines themselves, and bills minutes. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download ledger=3.3.0-3 hledger=1.25-2+b5 \
  libboost-filesystem1.74.0 libboost-iostreams1.74.0 libboost-python1.74.0 libboost-regex1.74.0 libgmp10 libicu72 libmpfr6 \
  libpython3.11 libtinfo6 zlib1g >/dev/null
for package in *.deb; do dpkg -x "$package" debian; done
cat >hours.py <<'PY'
import csv
import io
import os
import subprocess
from decimal import Decimal
from pathlib import Path

LIBRARIES = "debian/usr/lib/ledger:debian/usr/lib/x86_64-linux-gnu:debian/lib/x86_64-linux-gnu"
ENVIRONMENT = os.environ | {"LD_LIBRARY_PATH": LIBRARIES, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
VISITS = [("A:twenty", 20, 3), ("B:five", 5, 12), ("C:quarter", 15, 4)]


def run(tool, *arguments):
    call = [f"debian/usr/bin/{tool}", "-f", "work.timeclock", *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=True, env=ENVIRONMENT).stdout


def by_ledger(account, *period):
    printed = run("ledger", "balance", account, *period, "--format", "%(quantity(scrub(display_total)))\n", "--base").split()
    return Decimal(printed[0].rstrip("s")) / 3600 if printed else Decimal(0)


def by_hledger(account, *period):
    rows = list(csv.DictReader(io.StringIO(run("hledger", "balance", account, *period, "-O", "csv"))))
    return Decimal(rows[0]["balance"].rstrip("h")) if rows[0]["account"] != "total" else Decimal(0)


lines = []
for day, (account, minutes, times) in enumerate(VISITS, 3):
    for visit in range(times):
        lines += [f"i 2025/03/{day:02} {8 + visit:02}:00:00 {account}", f"o 2025/03/{day:02} {8 + visit:02}:{minutes:02}:00"]
lines += ["i 2025/03/31 22:00:00 D:night", "o 2025/04/01 06:00:00"]
Path("work.timeclock").write_text("\n".join(lines) + "\n")
for account, *_ in VISITS:
    hours = [by_ledger(account), by_hledger(account)]
    print(f"{account}: {hours[0]:.2f}, {hours[1]:.2f}; {hours[0] * 72:.2f}, {hours[1] * 72:.2f}")
months = [("--end", "2025/04/01"), ("--begin", "2025/04/01")]
print("D:night:", ", ".join(" and ".join(f"{tool('D:night', *month):.2f}" for month in months) for tool in (by_ledger, by_hledger)))
PY
python3 hours.py | tee seen
diff seen - <<'SEEN'
A:twenty: 1.00, 0.99; 72.00, 71.28
B:five: 1.00, 0.96; 72.00, 69.12
C:quarter: 1.00, 1.00; 72.00, 72.00
D:night: 8.00 and 0.00, 2.00 and 6.00
SEEN
