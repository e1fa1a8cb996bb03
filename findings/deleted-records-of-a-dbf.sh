#!/usr/bin/env bash
# An invoice that was deleted in a file of dBase or FoxPro: it is read with the others.
#
# parsedbf 2.0.0, shapefile 0.6.6 and dbffile 1.13.0 from npm, on Node; dbf 0.99.11, dbfread 2.0.7 and simpledbf 0.2.6 from PyPI, on CPython 3.
# Rule: the first byte of each record is a blank, or an asterisk where the record was deleted; it stays in the file until that is packed (structure
# of table files, documentation of Visual FoxPro).
# Behaviour: parsedbf and shapefile skip that byte. dbf, which wrote the file and has the mark (is_deleted), gives deleted records as well when it is
# gone through. dbffile, dbfread and simpledbf leave them out.
# Output seen (what each reads of F-1, of F-2 that was deleted, and of F-2 as it was written anew; the sum):
#   parsedbf: F-1 120.00, F-2 340.00, F-2 304.00; 764.00
#   shapefile: F-1 120.00, F-2 340.00, F-2 304.00; 764.00
#   dbffile: F-1 120.00, F-2 304.00; 424.00
#   dbf: F-1 120.00, F-2 340.00, F-2 304.00; 764.00
#   dbfread: F-1 120.00, F-2 304.00; 424.00
#   simpledbf: F-1 120.00, F-2 304.00; 424.00
# So an invoice that was written anew is asked for twice, and nothing in its fields says which one holds. A host whose program keeps such files
# tries with a deleted record whether it is left out. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check dbf==0.99.11 dbfread==2.0.7 simpledbf==0.2.6 pandas==3.1.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund parsedbf@2.0.0 shapefile@0.6.6 dbffile@1.13.0 2>/dev/null
cat >records.mjs <<'JS'
import { DBFFile } from "dbffile";
import fs from "node:fs";
import parsedbf from "parsedbf";
import { openDbf } from "shapefile";

const { buffer, byteOffset, byteLength } = fs.readFileSync("invoices.dbf");
const source = await openDbf("invoices.dbf");
const one = [];
for (let next = await source.read(); !next.done; next = await source.read()) one.push(next.value);
const names = { parsedbf: parsedbf(new DataView(buffer, byteOffset, byteLength)), shapefile: one };
names.dbffile = await (await DBFFile.open("invoices.dbf")).readRecords(9);
console.log(JSON.stringify(Object.entries(names).map(([name, rows]) => [name, rows.map((row) => [row.NUMBER, row.AMOUNT])])));
JS
cat >records.py <<'PY'
import contextlib
import io
import json
import subprocess
from decimal import Decimal

import dbf
import dbfread

with contextlib.redirect_stdout(io.StringIO()):
    import simpledbf

    columns = simpledbf.Dbf5
table = dbf.Table("invoices.dbf", "NUMBER C(8); AMOUNT N(10,2)", dbf_type="db3")
table.open(dbf.READ_WRITE)
for record in (("F-1", Decimal("120.00")), ("F-2", Decimal("340.00")), ("F-2", Decimal("304.00"))):
    table.append(record)
dbf.delete(table[1])
table.close()

node = subprocess.run(["node", "records.mjs"], capture_output=True, text=True, check=True)
read = dict(json.loads(node.stdout))
with dbf.Table("invoices.dbf") as table:
    read["dbf"] = [(record.number.strip(), record.amount) for record in table]
read["dbfread"] = [tuple(record.values()) for record in dbfread.DBF("invoices.dbf")]
read["simpledbf"] = columns("invoices.dbf").to_dataframe().to_numpy().tolist()
for name, records in read.items():
    listed = ", ".join(f"{number} {amount:.2f}" for number, amount in records)
    print(f"{name}: {listed}; {sum(amount for _, amount in records):.2f}")
PY
venv/bin/python records.py | tee seen
diff seen - <<'SEEN'
parsedbf: F-1 120.00, F-2 340.00, F-2 304.00; 764.00
shapefile: F-1 120.00, F-2 340.00, F-2 304.00; 764.00
dbffile: F-1 120.00, F-2 304.00; 424.00
dbf: F-1 120.00, F-2 340.00, F-2 304.00; 764.00
dbfread: F-1 120.00, F-2 304.00; 424.00
simpledbf: F-1 120.00, F-2 304.00; 424.00
SEEN
