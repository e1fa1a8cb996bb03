#!/usr/bin/env bash
# A query over events in JavaScript: two amounts in quotes have no sum, two cases are three, and February is no month.
#
# alasql 4.19.1 from npm, on Node; duckdb 2.0.1 from PyPI, on CPython 3, for the same queries.
# Rule: SUM of texts is an error or a sum; UNION leaves out rows that are the same, also of one table (ISO 9075). DATEDIFF counts the months or years
# that begin between two days, and DATEADD stays in the month that it goes to (SQL Server, whose names they are). alasql says that it has SQL with
# UNION and the functions of dates.
# Behaviour: a sum of texts is kept only where there is one. After a number, a text is put behind its digits. UNION leaves the rows
# of the second table doubled. DATEDIFF divides the time by that of a month or a year, so that February is none, and DATEADD goes
# past the end of a month.
# Output seen (query; by alasql; by DuckDB, with its own words where they differ; quoted and mixed have 10.10 and 9.90, 1 and 2.50):
#   SELECT c, SUM(a) s FROM quoted GROUP BY c: A nothing, B 100.00; A 20.00, B 100.00
#   SELECT SUM(a) s FROM mixed: 12.50; 3.50
#   SELECT c FROM one UNION SELECT c FROM two: B, B, A; A, B
#   SELECT DATEDIFF(month, '2025-01-31', '2025-03-31') v: 1; 2
#   SELECT DATEDIFF(month, '2025-02-01', '2025-03-01') v: 0; 1
#   SELECT DATEDIFF(year, '2024-01-01', '2024-12-31') v: 1; 0
#   SELECT DATEADD(month, 1, '2025-01-31') v: 2025-03-03; 2025-02-28
# So the cases with one payment have paid, and those with two have paid nothing; three lessons are billed where two were given; and the fee of
# February is missing. A host casts before it sums, and lets the schedule count months. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check duckdb==2.0.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts alasql@4.19.1 2>/dev/null
cat >queries.cjs <<'JS'
const alasql = require("alasql");

const { queries, tables } = JSON.parse(process.argv[2]);
for (const query of queries) {
  const names = [...query.matchAll(/FROM (\w+)/g)].map(([, name]) => tables[name]);
  console.log(JSON.stringify(alasql(query.replace(/FROM \w+/g, "FROM ?"), names)));
}
JS
cat >queries.py <<'PY'
import json
import subprocess

import duckdb

TABLES = {
    "quoted": [{"c": "A", "a": "10.10"}, {"c": "A", "a": "9.90"}, {"c": "B", "a": "100.00"}],
    "mixed": [{"a": 1}, {"a": "2.50"}],
    "one": [{"c": "A"}],
    "two": [{"c": "B"}, {"c": "B"}],
}
QUERIES = {
    "SELECT c, SUM(a) s FROM quoted GROUP BY c": "SELECT c, sum(a::DECIMAL(9,2)) s FROM quoted GROUP BY c ORDER BY c",
    "SELECT SUM(a) s FROM mixed": "SELECT sum(a::DECIMAL(9,2)) s FROM mixed",
    "SELECT c FROM one UNION SELECT c FROM two": "FROM (SELECT c FROM one UNION SELECT c FROM two) ORDER BY c",
    "SELECT DATEDIFF(month, '2025-01-31', '2025-03-31') v": "SELECT datediff('month', DATE '2025-01-31', DATE '2025-03-31')",
    "SELECT DATEDIFF(month, '2025-02-01', '2025-03-01') v": "SELECT datediff('month', DATE '2025-02-01', DATE '2025-03-01')",
    "SELECT DATEDIFF(year, '2024-01-01', '2024-12-31') v": "SELECT datediff('year', DATE '2024-01-01', DATE '2024-12-31')",
    "SELECT DATEADD(month, 1, '2025-01-31') v": "SELECT (DATE '2025-01-31' + INTERVAL 1 MONTH)::DATE",
}


def shown(rows):
    return ", ".join(" ".join(str(value).removesuffix("T00:00:00.000Z") for value in row) for row in rows)


for name, rows in TABLES.items():
    columns = list(rows[0])
    duckdb.execute(f"CREATE TABLE {name} ({', '.join(f'{column} VARCHAR' for column in columns)})")
    duckdb.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", [[str(value) for value in row.values()] for row in rows])
asked = json.dumps({"queries": list(QUERIES), "tables": TABLES})
by_node = subprocess.run(["node", "queries.cjs", asked], capture_output=True, text=True, check=True).stdout.splitlines()
for (query, same), line in zip(QUERIES.items(), by_node, strict=True):
    columns = [column for column in ("c", "s", "v") if column in query.split("FROM")[0].replace(",", " ").split()]
    rows = [[row.get(column, "nothing") for column in columns] for row in json.loads(line)]
    print(f"{query}: {shown(rows)}; {shown(duckdb.execute(same).fetchall())}")
PY
TZ=UTC venv/bin/python queries.py | tee seen
diff seen - <<'SEEN'
SELECT c, SUM(a) s FROM quoted GROUP BY c: A nothing, B 100.00; A 20.00, B 100.00
SELECT SUM(a) s FROM mixed: 12.50; 3.50
SELECT c FROM one UNION SELECT c FROM two: B, B, A; A, B
SELECT DATEDIFF(month, '2025-01-31', '2025-03-31') v: 1; 2
SELECT DATEDIFF(month, '2025-02-01', '2025-03-01') v: 0; 1
SELECT DATEDIFF(year, '2024-01-01', '2024-12-31') v: 1; 0
SELECT DATEADD(month, 1, '2025-01-31') v: 2025-03-03; 2025-02-28
SEEN
