#!/usr/bin/env bash
# A receipt, on a printer of 32 columns: two amounts become one, or the cents of one stand a line below.
#
# node-thermal-printer 4.6.1, receiptline 4.0.4 and @point-of-sale/receipt-printer-encoder 4.0.1 from npm, on Node.
# Behaviour: table of the first prints a longer cell whole, without a blank before the next. Its tableCustom and the other two break a cell wherever its
# column is full, and print what is left in the next row. Nothing is told. Amounts that fit are as they should be.
# Output seen (price and amount, then work and price, of 1234.50, 123456.78 and 1234567.89, as printed, a row between bars):
#   table: |work    1       1234.50 1234.50 | |work    1       123456.78123456.78| |work    1       1234567.891234567.89|
#   tableCustom: |work                  1 1234.50| |work                  1 123456.| |                             78| |work                  1 1234567| |                            .89|
#   receiptline: |         work          1234.50| |         work         123456.7| |                          8| |         work         1234567.| |                         89|
#   encoder: |work                     1234.50| |work                    123456.7| |                               8| |work                    1234567.| |                              89|
# So a customer reads that 1,234,567 is owed, or 123,456.7, and the first digits of an amount look like those of the price. A host gives amounts the width of
# its longest one and a blank, and refuses to print a longer one. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts node-thermal-printer@4.6.1 receiptline@4.0.4 @point-of-sale/receipt-printer-encoder@4.0.1
cat >receipts.mjs <<'JS'
import Encoder from "@point-of-sale/receipt-printer-encoder";
import thermal from "node-thermal-printer";
import receiptline from "receiptline";

const AMOUNTS = ["1234.50", "123456.78", "1234567.89"];
const shown = (name, text) => {
  const rows = text.replace(/\x1bt\0/g, "").split(/\r?\n\r?/).filter((row) => /\S/.test(row));
  console.log(`${name}:`, rows.map((row) => `|${row}|`).join(" "));
};
const printed = (name, print) => {
  const printer = new thermal.ThermalPrinter({ type: thermal.PrinterTypes.EPSON, interface: "tcp://127.0.0.1:9", width: 32 });
  for (const amount of AMOUNTS) print(printer, amount);
  shown(name, printer.getText());
};
printed("table", (printer, amount) => printer.table(["work", "1", amount, amount]));
const column = (text, width, align) => ({ text, width, align });
printed("tableCustom", (printer, amount) =>
  printer.tableCustom([column("work", 0.5, "LEFT"), column("1", 0.2, "RIGHT"), column(amount, 0.25, "RIGHT")]));
const lines = ["{w:20,8}", ...AMOUNTS.map((amount) => `|work|${amount}|`)];
shown("receiptline", receiptline.transform(lines.join("\n"), { cpl: 32, encoding: "multilingual", command: "text" }));
const columns = [{ width: 24, align: "left" }, { width: 8, align: "right" }];
const bytes = new Encoder({ columns: 32, language: "esc-pos" }).table(columns, AMOUNTS.map((amount) => ["work", amount])).encode();
shown("encoder", Buffer.from(bytes).toString("latin1"));
JS
node receipts.mjs | tee seen
diff seen - <<'SEEN'
table: |work    1       1234.50 1234.50 | |work    1       123456.78123456.78| |work    1       1234567.891234567.89|
tableCustom: |work                  1 1234.50| |work                  1 123456.| |                             78| |work                  1 1234567| |                            .89|
receiptline: |         work          1234.50| |         work         123456.7| |                          8| |         work         1234567.| |                         89|
encoder: |work                     1234.50| |work                    123456.7| |                               8| |work                    1234567.| |                              89|
SEEN
