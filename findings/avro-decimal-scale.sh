#!/usr/bin/env bash
# An amount without its last zero, written to Avro: a tenth of it, or a hundredth.
#
# avro 1.12.2 and fastavro 1.13.1 from PyPI, on CPython 3.
# Behaviour: a decimal of Avro is a whole number, and its schema says how many of the digits are decimals. avro writes the digits
# that the decimal of Python happens to have, and never shifts them to the scale of the schema: 12.5 under a scale of 2
# becomes 1.25. Only too many decimals are refused. More digits than the precision are cut off at the end when they are read. fastavro, which
# writes the same format, shifts 12.5, and refuses what does not fit.
# Output seen (amount, precision and scale of the schema; what avro, then fastavro, reads of what it has written itself; what
# fastavro reads of the file of avro):
#   375.00 9 2 375.00 375.00 375.00
#   12.5 9 2 1.25 12.50 1.25
#   375 9 2 3.75 375.00 3.75
#   1E+2 9 2 0.01 100.00 0.01
#   123.45 4 2 123.4 ValueError 123.4
# So amounts that have lost their zeros on the way, by `normalize()`, by a spreadsheet or by a JSON number, arrive as a tenth or
# a hundredth, and those beside them, which end in other digits, are right. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check avro==1.12.2 fastavro==1.13.1
cat >"$folder/amounts.py" <<'PY'
import io
import json
from decimal import Decimal

import avro.schema
import fastavro
from avro.datafile import DataFileReader, DataFileWriter
from avro.io import DatumReader, DatumWriter


def schema_of(precision, scale):
    amount = {"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale}
    return {"type": "record", "name": "line", "fields": [{"name": "amount", "type": amount}]}


def by_avro(schema, amount):
    file = io.BytesIO()
    writer = DataFileWriter(file, DatumWriter(), avro.schema.parse(json.dumps(schema)))
    writer.append({"amount": amount})
    writer.flush()
    return file.getvalue()


def by_fastavro(schema, amount):
    file = io.BytesIO()
    fastavro.writer(file, schema, [{"amount": amount}])
    return file.getvalue()


def read_avro(file):
    return next(DataFileReader(io.BytesIO(file), DatumReader()))["amount"]


def read_fastavro(file):
    return next(fastavro.reader(io.BytesIO(file)))["amount"]


def tried(what):
    try:
        return what()
    except ValueError as error:
        return type(error).__name__


for amount, precision, scale in (("375.00", 9, 2), ("12.5", 9, 2), ("375", 9, 2), ("1E+2", 9, 2), ("123.45", 4, 2)):
    schema, decimal = schema_of(precision, scale), Decimal(amount)
    written = by_avro(schema, decimal)
    print(
        amount,
        precision,
        scale,
        read_avro(written),
        tried(lambda: read_fastavro(by_fastavro(schema, decimal))),
        read_fastavro(written),
    )
PY
"$folder/venv/bin/python" -W ignore "$folder/amounts.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
375.00 9 2 375.00 375.00 375.00
12.5 9 2 1.25 12.50 1.25
375 9 2 3.75 375.00 3.75
1E+2 9 2 0.01 100.00 0.01
123.45 4 2 123.4 ValueError 123.4
SEEN
