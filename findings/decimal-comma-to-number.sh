#!/usr/bin/env bash
# A decimal comma in a CSV file: the cell becomes a number, without the comma.
#
# xlsx (SheetJS) 0.18.5 from npm, on Node.
# Behaviour: read() of a CSV text takes a comma between digits for a mark of thousands wherever it stands, also
# between semicolons, where French and German spreadsheets write their decimals with it. Nothing is said, and the
# cell is a number like any other. Only a number with a blank among its thousands stays a text. With raw: true all
# cells stay the texts that they were.
# Output seen, amount by amount (as it stands in the file, read, read with raw):
#   33,33 3333 "33,33"
#   1234,5 12345 "1234,5"
#   0,50 50 "0,50"
#   12,500 12500 "12,500"
#   1 234,50 "1 234,50" "1 234,50"
# So a host that takes a French list of payments or events through it has a hundred times the amount, or ten times.
# Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5
cat >amounts.cjs <<'JS'
const xlsx = require("xlsx");
const amounts = ["33,33", "1234,5", "0,50", "12,500", "1 234,50"];
const file = ["dossier;montant", ...amounts.map((amount, index) => `D${index};${amount}`)].join("\n");
const column = (options) => {
  const book = xlsx.read(file, { type: "string", ...options });
  return xlsx.utils.sheet_to_json(book.Sheets[book.SheetNames[0]]).map((row) => JSON.stringify(row.montant));
};
const [read, raw] = [column({}), column({ raw: true })];
amounts.forEach((amount, index) => console.log(amount, read[index], raw[index]));
JS
node amounts.cjs | tee seen
diff seen - <<'SEEN'
33,33 3333 "33,33"
1234,5 12345 "1234,5"
0,50 50 "0,50"
12,500 12500 "12,500"
1 234,50 "1 234,50" "1 234,50"
SEEN
