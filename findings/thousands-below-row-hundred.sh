#!/usr/bin/env bash
# A list in columns, as an ERP prints it: below row 100, 12,345.60 is 345.60, and a credit of 1,234.50 is a charge of 234.50.
#
# pandas 3.1.1 from PyPI, on CPython 3: read_fwf; read_csv between blanks beside it.
# Rule: a list of fixed columns has its amounts against the right edge, so that a longer one begins further to the left. read_fwf says that it finds the columns by the
# first 100 rows, not what comes of what stands outside of them.
# Behaviour: a column begins where the longest amount of those rows begins. Of one further down that is longer, the digits before that place are left out, and its minus,
# in silence; of a number of an invoice, those behind its end. With infer_nrows of all rows, or colspecs, all is there.
# Output seen (row and what is written; by read_fwf, by read_fwf with infer_nrows, by read_csv between blanks; then the sums of the amounts):
#   99: F-979 197.50; F-979 197.50, F-979 197.50, F-979 197.50
#   120: F-1000 12345.60; F-100 345.60, F-1000 12345.60, F-1000 12345.60
#   121: F-1001 -1234.50; F-100 234.50, F-1001 -1234.50, F-1001 -1234.50
#   122: F-1002 -999.00; F-100 999.00, F-1002 -999.00, F-1002 -999.00
#   sum: 20440.60, 28973.60, 28973.60
# So an invoice of 12,345.60 is reminded of as one of 345.60, a credit is a charge, and three invoices have one number. A host names the columns (colspecs) or the number
# of rows, and holds the sum against the one that the list prints. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pandas==3.1.1
cat >columns.py <<'PY'
from decimal import Decimal

import pandas

ROWS = [(f"F-{number}", Decimal(number) - Decimal("781.50")) for number in range(881, 1000)]
ROWS += [("F-1000", Decimal("12345.60")), ("F-1001", Decimal("-1234.50")), ("F-1002", Decimal("-999.00"))]
with open("list.txt", "w") as file:
    for number, amount in [("no", "open"), *ROWS]:
        file.write(f"{number:<10}{amount:>12}\n")
ways = [
    pandas.read_fwf("list.txt"),
    pandas.read_fwf("list.txt", infer_nrows=len(ROWS)),
    pandas.read_csv("list.txt", sep=r"\s+"),
]
for row in (99, 120, 121, 122):
    number, amount = ROWS[row - 1]
    read = (f"{way['no'][row - 1]} {way['open'][row - 1]:.2f}" for way in ways)
    print(f"{row}: {number} {amount}; {', '.join(read)}")
print("sum:", ", ".join(f"{way['open'].sum():.2f}" for way in ways))
PY
venv/bin/python columns.py | tee seen
diff seen - <<'SEEN'
99: F-979 197.50; F-979 197.50, F-979 197.50, F-979 197.50
120: F-1000 12345.60; F-100 345.60, F-1000 12345.60, F-1000 12345.60
121: F-1001 -1234.50; F-100 234.50, F-1001 -1234.50, F-1001 -1234.50
122: F-1002 -999.00; F-100 999.00, F-1002 -999.00, F-1002 -999.00
sum: 20440.60, 28973.60, 28973.60
SEEN
