#!/usr/bin/env bash
# A Saudi electronic invoice (ZATCA), 100 times 19.99 with 15 % of VAT: 1,998.99 and 299.84 are billed, in place of 1,999.00 and 299.85.
#
# zatca-xml-js 0.1.9 from npm, on Node.
# Rule: the VAT of a category is its taxable amount times the rate, rounded to two decimals (EN 16931, BR-CO-17, which the rules of ZATCA have as well);
# 15 % of 33.33 are 4.9995, and 5.00. The amount of a line is quantity times price.
# Behaviour: amounts are products of floats whose text is cut off behind the second decimal, the line first, and the VAT of what is left.
# Output seen (quantity, price; amount of the line, VAT and amount due of the invoice; then the three by whole numbers):
#   100 19.99: 1998.99 299.84 2298.83; 1999.00 299.85 2298.85
#   100 4.35: 434.99 65.24 500.23; 435.00 65.25 500.25
#   3 4.35: 13.04 1.95 14.99; 13.05 1.96 15.01
#   1 9.99: 9.99 1.49 11.48; 9.99 1.50 11.49
#   1 33.33: 33.33 4.99 38.32; 33.33 5.00 38.33
#   1 10: 10.00 1.50 11.5; 10.00 1.50 11.50
# So an invoice differs from the lines that it was made of, and a payment of these leaves some halalas over. A host hands a library amounts and VAT of
# the lines, or compares the sums in the XML with them. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund zatca-xml-js@0.1.9
cat >invoices.cjs <<'JS'
const { ZATCASimplifiedTaxInvoice } = require("zatca-xml-js/lib/zatca/ZATCASimplifiedTaxInvoice.js");

const location = { city: "Riyadh", city_subdivision: "1", street: "1", plot_identification: "0000", building: "0000", postal_zone: "11111" };
const seller = { uuid: "1", custom_id: "1", model: "1", CRN_number: "1", VAT_name: "Seller", VAT_number: "300000000000003", branch_name: "1" };
const head = { invoice_counter_number: 1, invoice_serial_number: "1", issue_date: "2025-03-13", issue_time: "10:00:00", previous_invoice_hash: "0" };

// Half a halala goes up, and all are above zero: whole numbers of halalas and of per cent.
const shown = (halalas) => `${halalas / 100n}.${String(halalas % 100n).padStart(2, "0")}`;
const exact = (quantity, price) => {
  const line = BigInt(quantity) * BigInt(price.replace(".", "").padEnd(price.includes(".") ? 0 : price.length + 2, "0"));
  const tax = (line * 15n + 50n) / 100n;
  return [line, tax, line + tax].map(shown).join(" ");
};
for (const [quantity, price] of [["100", "19.99"], ["100", "4.35"], ["3", "4.35"], ["1", "9.99"], ["1", "33.33"], ["1", "10"]]) {
  const item = { id: "1", name: "work", quantity: Number(quantity), tax_exclusive_price: Number(price), VAT_percent: 0.15 };
  const props = { ...head, egs_info: { ...seller, location, branch_industry: "1" }, line_items: [item] };
  const xml = new ZATCASimplifiedTaxInvoice({ props }).getXML().toString({});
  const first = (name) => xml.match(new RegExp(`<cbc:${name}[^>]*>([^<]*)`))[1];
  console.log(`${quantity} ${price}: ${["LineExtensionAmount", "TaxAmount", "PayableAmount"].map(first).join(" ")}; ${exact(quantity, price)}`);
}
JS
node invoices.cjs | tee seen
diff seen - <<'SEEN'
100 19.99: 1998.99 299.84 2298.83; 1999.00 299.85 2298.85
100 4.35: 434.99 65.24 500.23; 435.00 65.25 500.25
3 4.35: 13.04 1.95 14.99; 13.05 1.96 15.01
1 9.99: 9.99 1.49 11.48; 9.99 1.50 11.49
1 33.33: 33.33 4.99 38.32; 33.33 5.00 38.33
1 10: 10.00 1.50 11.5; 10.00 1.50 11.50
SEEN
