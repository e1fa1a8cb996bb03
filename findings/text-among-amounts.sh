#!/usr/bin/env bash
# One amount of a workbook that somebody has typed as a text: nothing, if it stands far enough down.
#
# polars 2.1.0 with fastexcel 0.21.0, pandas 3.1.1, openpyxl 3.1.5 and XlsxWriter 3.3.1 from PyPI, on CPython 3.
# Rule: each cell of a workbook has a type of its own (ECMA-376, 18.18.11); that a column has amounts above does not make one of a text below.
# Behaviour: read_excel of polars looks at the first 100 rows and takes what they have for the type of the column. A text among the first makes
# all of them texts. One below is left out, as if its cell were empty, and nothing is said, while read_csv of the same rows is an
# error. infer_schema_length=None looks at all rows. pandas gives each cell as it is.
# Output seen (where the text 1 234,50 stands among 300 amounts of 10.50; type of the column, what is read there, how many are empty; then the
# same with infer_schema_length=None; by pandas; by read_csv of polars):
#   50: String 1 234,50 0; String 1 234,50 0; 1 234,50; 1 234,50
#   150: Float64 None 1; String 1 234,50 0; 1 234,50; refused
#   250: Float64 None 1; String 1 234,50 0; 1 234,50; refused
# So a payment of 1,234.50 has not been made, the sum is that of the others, and its invoice gets a reminder. A host says infer_schema_length=None
# or schema_overrides with texts, and counts the nulls of a column that has none. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check \
  polars==2.1.0 fastexcel==0.21.0 pandas==3.1.1 openpyxl==3.1.5 xlsxwriter==3.3.1 pyarrow==26.0.1
cat >amounts.py <<'PY'
import csv

import pandas
import polars
import xlsxwriter


def written(place):
    rows = [[f"F-{row}", 10.5 if row != place else "1 234,50"] for row in range(1, 301)]
    book = xlsxwriter.Workbook("payments.xlsx")
    sheet = book.add_worksheet()
    for row, cells in enumerate([["invoice", "amount"], *rows]):
        sheet.write_row(row, 0, cells)
    book.close()
    with open("payments.csv", "w", newline="") as file:
        csv.writer(file).writerows([["invoice", "amount"], *rows])


def by_read_csv(place):
    try:
        return polars.read_csv("payments.csv")["amount"][place - 1]
    except polars.exceptions.ComputeError:
        return "refused"


def by_polars(place, **options):
    column = polars.read_excel("payments.xlsx", **options)["amount"]
    return f"{column.dtype} {column[place - 1]} {column.null_count()}"


for place in (50, 150, 250):
    written(place)
    by_pandas = pandas.read_excel("payments.xlsx")["amount"][place - 1]
    everything = by_polars(place, infer_schema_length=None)
    print(f"{place}: {by_polars(place)}; {everything}; {by_pandas}; {by_read_csv(place)}")
PY
venv/bin/python amounts.py | tee seen
diff seen - <<'SEEN'
50: String 1 234,50 0; String 1 234,50 0; 1 234,50; 1 234,50
150: Float64 None 1; String 1 234,50 0; 1 234,50; refused
250: Float64 None 1; String 1 234,50 0; 1 234,50; refused
SEEN
