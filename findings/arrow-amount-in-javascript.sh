#!/usr/bin/env bash
# Amounts that Python writes to Arrow, read in JavaScript: a hundred times as much.
#
# pyarrow 26.0.1 and polars 2.1.0 from PyPI, on CPython 3; apache-arrow 21.2.0 and hyparquet 1.33.0 from npm, on Node.
# Rule: a decimal of Arrow is a whole number together with the scale of its column, by which it is divided (Schema.fbs of the format).
# Behaviour: apache-arrow keeps the scale with the column and gives the whole number alone, as a number, as a text and as JSON, where
# it becomes a text in quotes within a text. A column of scale 4 is ten thousand times as much. hyparquet, reading the
# same amounts from Parquet, divides.
# Output seen (invoice, amount; by apache-arrow as a number, of pyarrow's file, then of polars'; as JSON; by hyparquet):
#   F-1 amount 1250 1250 "\"1250\"" 12.5
#   F-1 rate 2516 2516 "\"2516\"" 0.2516
#   F-2 amount -50 -50 "\"-50\"" -0.5
#   F-2 rate 701000 701000 "\"701000\"" 70.1
#   F-3 amount 123405 123405 "\"123405\"" 1234.05
#   F-3 rate 10000 10000 "\"10000\"" 1
# So an invoice of 12.50 asks for 1,250, and sums are as wrong as their parts, with no cent that would show it. A host divides by
# 10 to the power of `field.type.scale`, by the digits of the text, or has its query write texts. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pyarrow==26.0.1 polars==2.1.0
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund apache-arrow@21.2.0 hyparquet@1.33.0
cat >write.py <<'PY'
from decimal import Decimal

import polars
import pyarrow
from pyarrow import ipc, parquet

table = pyarrow.table(
    {
        "invoice": ["F-1", "F-2", "F-3"],
        "amount": pyarrow.array([Decimal("12.50"), Decimal("-0.50"), Decimal("1234.05")], pyarrow.decimal128(12, 2)),
        "rate": pyarrow.array([Decimal("0.2516"), Decimal("70.1000"), Decimal("1.0000")], pyarrow.decimal128(12, 4)),
    }
)
with ipc.new_file("pyarrow.arrow", table.schema) as file:
    file.write_table(table)
polars.from_arrow(table).write_ipc("polars.arrow")
parquet.write_table(table, "amounts.parquet")
PY
venv/bin/python write.py
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { tableFromIPC } from "apache-arrow";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";

const [one, two] = ["pyarrow", "polars"].map((name) => tableFromIPC(readFileSync(`${name}.arrow`)).toArray());
const rows = await parquetReadObjects({ file: await asyncBufferFromFile("amounts.parquet") });
rows.forEach((row, index) => {
  for (const column of ["amount", "rate"]) {
    console.log(row.invoice, column, Number(one[index][column]), Number(two[index][column]), JSON.stringify(one[index][column]), row[column]);
  }
});
JS
node read.mjs | tee seen
diff seen - <<'SEEN'
F-1 amount 1250 1250 "\"1250\"" 12.5
F-1 rate 2516 2516 "\"2516\"" 0.2516
F-2 amount -50 -50 "\"-50\"" -0.5
F-2 rate 701000 701000 "\"701000\"" 70.1
F-3 amount 123405 123405 "\"123405\"" 1234.05
F-3 rate 10000 10000 "\"10000\"" 1
SEEN
