#!/usr/bin/env bash
# A list of a bank that writes +100.00 for money that came in: added up, only what went out is there.
#
# miller 6.6.0-2+b3 of Debian 12 (its lists of packages up to date); polars 2.1.0 and duckdb 2.0.1 from PyPI, on CPython 3.
# Rule: a plus before a number is its sign, as the minus is. Miller takes as a number what can be read as one, and any other for a text.
# Behaviour: for Miller 6.6 a number with a plus is a text. Its sum counts a text as nothing, its mean leaves it out, and a filter by an amount does not find it; none of
# them tells. Its maintainers call it a bug (johnkerl/miller, issue 1267) and have mended it in April 2023, after the release that Debian 12 has. Zeros in front do no
# harm. polars has all; DuckDB takes the column for texts until it is told the type.
# Output seen (amounts of the list; sum, mean and number above 500 by Miller, then by polars; sum by DuckDB with the type):
#   100.00 1000.00 -12.50: 1087.50 362.50 1; 1087.50 362.50 1; 1087.50
#   +100.00 +1000.00 -12.50: -12.50 -12.50 0; 1087.50 362.50 1; 1087.50
#   +100.00 1000.00 -12.50: 987.50 493.75 1; 1087.50 362.50 1; 1087.50
#   00100.00 01000.00 -0012.50: 1087.50 362.50 1; 1087.50 362.50 1; 1087.50
# So of two customers who have paid, one or both have paid nothing, and are reminded. A host has a later Miller, or takes the plus away first, and holds the sum against
# the balances of the list. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download miller=6.6.0-2+b3 >/dev/null
dpkg -x miller_*.deb debian
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check polars==2.1.0 duckdb==2.0.1
cat >payments.py <<'PY'
import subprocess

import duckdb
import polars

LISTS = [["100.00", "1000.00", "-12.50"], ["+100.00", "+1000.00", "-12.50"], ["+100.00", "1000.00", "-12.50"], ["00100.00", "01000.00", "-0012.50"]]


def miller(*verb):
    call = ["debian/usr/bin/mlr", "--icsv", "--onidx", *verb, "payments.csv"]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()


for amounts in LISTS:
    with open("payments.csv", "w") as file:
        file.writelines(f"{line}\n" for line in ["amount", *amounts])
    total, mean = (float(number) for number in miller("stats1", "-a", "sum,mean", "-f", "amount"))
    above = len(miller("filter", "$amount > 500"))
    column = polars.read_csv("payments.csv")["amount"]
    [[by_duckdb]] = duckdb.sql("SELECT sum(amount) FROM read_csv('payments.csv', types={'amount': 'DECIMAL(10,2)'})").fetchall()
    print(f"{' '.join(amounts)}: {total:.2f} {mean:.2f} {above}; {column.sum():.2f} {column.mean():.2f} {(column > 500).sum()}; {by_duckdb}")
PY
venv/bin/python payments.py | tee seen
diff seen - <<'SEEN'
100.00 1000.00 -12.50: 1087.50 362.50 1; 1087.50 362.50 1; 1087.50
+100.00 +1000.00 -12.50: -12.50 -12.50 0; 1087.50 362.50 1; 1087.50
+100.00 1000.00 -12.50: 987.50 493.75 1; 1087.50 362.50 1; 1087.50
00100.00 01000.00 -0012.50: 1087.50 362.50 1; 1087.50 362.50 1; 1087.50
SEEN
