#!/usr/bin/env bash
# What customers owe, as a table in a mail: 123,457 where 123,456.78 is open.
#
# tabulate 0.10.0, pandas 3.1.1 and prettytable 3.16.0 from PyPI, on CPython 3.
# Behaviour: tabulate takes a column whose cells all look like numbers for numbers, also where they are texts, and prints them with six digits, as
# the format g does; so it does with decimals (Decimal). A cell that is no number leaves the column as
# it is. to_markdown of pandas hands its table to tabulate. prettytable prints texts.
# Output seen (open, of four customers; by tabulate, by tabulate of decimals, by to_markdown, by prettytable, by tabulate with
# disable_numparse=True; then by tabulate with a fifth cell n/a):
#   tabulate: 123457, 1.25e+06, 99.5, 10
#   tabulate of decimals: 123457, 1.25e+06, 99.5, 10
#   to_markdown: 123457, 1.25e+06, 99.5, 10
#   prettytable: 123456.78, 1250000.00, 99.50, 10.00
#   disable_numparse: 123456.78, 1250000.00, 99.50, 10.00
#   with n/a: 123456.78, 1250000.00, 99.50, 10.00
# So the first customer pays 22 cents too much, the second is asked for 1.25e+06, and the small amounts with which one tries are right. A host says
# disable_numparse=True, or writes amounts itself. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check tabulate==0.10.0 pandas==3.1.1 prettytable==3.16.0
cat >"$folder/table.py" <<'PY'
from decimal import Decimal

import pandas
from prettytable import PrettyTable
from tabulate import tabulate

OPEN = ["123456.78", "1250000.00", "99.50", "10.00"]


def cells(printed):
    rows = [line.strip("|").split("|")[-1].strip() for line in printed.splitlines() if any(sign.isdigit() for sign in line)]
    return ", ".join(rows)


pretty = PrettyTable(["open"])
pretty.add_rows([[amount] for amount in OPEN])
print("tabulate:", cells(tabulate([[amount] for amount in OPEN])))
print("tabulate of decimals:", cells(tabulate([[Decimal(amount)] for amount in OPEN])))
print("to_markdown:", cells(pandas.DataFrame({"open": OPEN}).to_markdown(index=False)))
print("prettytable:", cells(pretty.get_string()))
print("disable_numparse:", cells(tabulate([[amount] for amount in OPEN], disable_numparse=True)))
print("with n/a:", cells(tabulate([[amount] for amount in [*OPEN, "n/a"]])))
PY
"$folder/venv/bin/python" "$folder/table.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
tabulate: 123457, 1.25e+06, 99.5, 10
tabulate of decimals: 123457, 1.25e+06, 99.5, 10
to_markdown: 123457, 1.25e+06, 99.5, 10
prettytable: 123456.78, 1250000.00, 99.50, 10.00
disable_numparse: 123456.78, 1250000.00, 99.50, 10.00
with n/a: 123456.78, 1250000.00, 99.50, 10.00
SEEN
