#!/usr/bin/env bash
# A rate of 0.2516 EUR for 1,000 kWh, by libraries for money: 250.00 or 251.60, by which factor comes first.
#
# currency.js 2.0.4, js-money 0.6.3 and ts-money 0.4.8 from npm, on Node.
# Rule: the unit price of an invoice may have more decimals than the currency (EN 16931, BT-146); the amount of a line is rounded (BT-131).
# Behaviour: a value of currency.js has two decimals, those of a rate as well, and what it is multiplied with keeps all of its own. So rate times
# quantity is rounded before, and quantity times rate after. The option precision says how many decimals a value has. js-money and ts-money refuse such
# a rate, or round it where they are given a way to.
# Output seen (rate, quantity; currency.js: rate times quantity, quantity times rate, with precision: 4; js-money, ts-money, the same two told
# to round):
#   0.2516 1000: 250.00 251.60 251.60; refused refused, 250.00 250.00
#   0.0049 10000: 0.00 49.00 49.00; refused refused, 0.00 0.00
#   0.005 10000: 100.00 50.00 50.00; refused refused, 100.00 100.00
# So a bill of electricity, of calls or of pages is 1.60 short, a rate below half a cent bills nothing, and one of half a cent twice. A host hands
# the money library amounts only, and multiplies by a decimal before. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund currency.js@2.0.4 js-money@0.6.3 ts-money@0.4.8 2>/dev/null
cat >rates.mjs <<'JS'
import currency from "currency.js";
import jsMoney from "js-money";
import tsMoney from "ts-money";

const tried = (call) => {
  try {
    return call().toString();
  } catch {
    return "refused";
  }
};
for (const [rate, quantity] of [[0.2516, 1000], [0.0049, 10000], [0.005, 10000]]) {
  const libraries = [jsMoney, tsMoney.Money];
  const exact = libraries.map((library) => tried(() => library.fromDecimal(rate, "EUR").multiply(quantity)));
  const rounded = libraries.map((library) => tried(() => library.fromDecimal(rate, "EUR", Math.round).multiply(quantity)));
  const fine = currency(currency(rate, { precision: 4 }).multiply(quantity));
  const sums = [currency(rate).multiply(quantity), currency(quantity).multiply(rate), fine];
  console.log(`${rate} ${quantity}: ${sums.join(" ")}; ${exact.join(" ")}, ${rounded.join(" ")}`);
}
JS
node rates.mjs | tee seen
diff seen - <<'SEEN'
0.2516 1000: 250.00 251.60 251.60; refused refused, 250.00 250.00
0.0049 10000: 0.00 49.00 49.00; refused refused, 0.00 0.00
0.005 10000: 100.00 50.00 50.00; refused refused, 100.00 100.00
SEEN
