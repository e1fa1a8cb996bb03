#!/usr/bin/env bash
# A receivable of 1,000 EUR in a plain-text journal: a thousand, or one euro with three decimals.
#
# ledger 3.3.0-3 and hledger 1.25-2+b5 of Debian 12 (its lists of packages up to date); beancount 3.2.3 from PyPI, on CPython 3.
# Rule: hledger says that it reads most journals of ledger, and that a lone comma or point in an amount is a decimal mark. ledger and beancount
# take a comma that three digits follow for a mark of thousands.
# Behaviour: all accept the amount, and ledger and hledger print it alike, as 1,000 EUR. hledger counts with one euro. 1,50 EUR is
# one euro and a half for both; beancount refuses it. Paid with 999.50 EUR, fifty cents are open by ledger, and hledger has 998.5 too many,
# which it prints as -998,500 EUR: with a comma and three decimals, as the first amount was written.
# Output seen (amount as written; as ledger, then hledger, prints it; the number that ledger, hledger, beancount count with):
#   1,000 EUR: 1,000 EUR, 1,000 EUR; 1000 1 1000
#   12,500 EUR: 12,500 EUR, 12,500 EUR; 12500 12.5 12500
#   1,50 EUR: 1,50 EUR, 1,50 EUR; 1.5 1.5 refused
#   1,000.00 EUR: 1,000.00 EUR, 1,000.00 EUR; 1000 1000 1000
#   1000.00 EUR: 1000.00 EUR, 1000.00 EUR; 1000 1000 1000
#   1,000 EUR less 999.50 EUR: 0.50 EUR, -998,500 EUR; 0.5 -998.5 -
# So the list of what customers owe is a thousandth of it, or has them in credit, and looks right. A host writes amounts without marks of
# thousands, and `commodity 1000.00 EUR` at the top of the journal, by which hledger knows its marks. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check beancount==3.2.3
apt-get -qq -o APT::Sandbox::User=root download ledger=3.3.0-3 hledger=1.25-2+b5 \
  libboost-filesystem1.74.0 libboost-iostreams1.74.0 libboost-python1.74.0 libboost-regex1.74.0 libgmp10 libicu72 libmpfr6 \
  libpython3.11 libtinfo6 zlib1g >/dev/null
for package in *.deb; do dpkg -x "$package" debian; done
cat >amounts.py <<'PY'
import json
import os
import subprocess
from decimal import Decimal
from pathlib import Path

from beancount import loader

LIBRARIES = "debian/usr/lib/ledger:debian/usr/lib/x86_64-linux-gnu:debian/lib/x86_64-linux-gnu"
ENVIRONMENT = os.environ | {"LD_LIBRARY_PATH": LIBRARIES, "LC_ALL": "C.UTF-8"}


def run(tool, *arguments):
    call = [f"debian/usr/bin/{tool}", "-f", "journal", *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=True, env=ENVIRONMENT).stdout


def number_of(quantity):
    number = Decimal(quantity["decimalMantissa"]).scaleb(-quantity["decimalPlaces"])
    return number.normalize()


def by_beancount(posting):
    head = "2020-01-01 open Assets:A\n2020-01-01 open Income:I\n"
    entries, errors, _ = loader.load_string(f'{head}2025-03-01 * "A"\n  Assets:A  {posting}\n  Income:I\n')
    return "refused" if errors else f"{entries[-1].postings[0].units.number.normalize():f}"


def compared(name, *postings):
    Path("journal").write_text("".join(f"2025-03-01 A\n    Assets:A  {posting}\n    Income\n\n" for posting in postings))
    printed = [" ".join(run(tool, "balance", "Assets:A").split("\n")[0].split()[:2]) for tool in ("ledger", "hledger")]
    counted = run("ledger", "balance", "Assets:A", "--format", "%(quantity(display_total))\n").split()[0]
    (amount,) = json.loads(run("hledger", "balance", "Assets:A", "-O", "json"))[1]
    last = by_beancount(postings[0]) if len(postings) == 1 else "-"
    print(f"{name}: {printed[0]}, {printed[1]}; {counted} {number_of(amount['aquantity']):f} {last}")


for amount in ("1,000 EUR", "12,500 EUR", "1,50 EUR", "1,000.00 EUR", "1000.00 EUR"):
    compared(amount, amount)
compared("1,000 EUR less 999.50 EUR", "1,000 EUR", "-999.50 EUR")
PY
venv/bin/python amounts.py | tee seen
diff seen - <<'SEEN'
1,000 EUR: 1,000 EUR, 1,000 EUR; 1000 1 1000
12,500 EUR: 12,500 EUR, 12,500 EUR; 12500 12.5 12500
1,50 EUR: 1,50 EUR, 1,50 EUR; 1.5 1.5 refused
1,000.00 EUR: 1,000.00 EUR, 1,000.00 EUR; 1000 1000 1000
1000.00 EUR: 1000.00 EUR, 1000.00 EUR; 1000 1000 1000
1,000 EUR less 999.50 EUR: 0.50 EUR, -998,500 EUR; 0.5 -998.5 -
SEEN
