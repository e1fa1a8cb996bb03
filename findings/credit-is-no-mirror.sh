#!/usr/bin/env bash
# An invoice and the credit note that takes it back: worked out alike, they do not cancel.
#
# currency.js 2.0.4, dinero.js 1.9.1 and 2.0.2 (its halfUp) from npm, on Node.
# Behaviour: half a cent goes up for currency.js and for halfUp of dinero.js 2, which is towards zero below zero: 2.345 is 2.35, and -2.345 is
# -2.34. dinero.js 1 rounds to the even cent, which does mirror, but shares what is left over from the first part on above zero, and from
# the last part on below. currency.js and dinero.js 2 share alike on both sides.
# Output seen (to the cent; then a charge and its credit shared in three):
#   currency.js rounds 2.345 2.35 and -2.34
#   dinero.js 2 rounds 2.345 2.35 and -2.34
#   dinero.js 1 halves 4.69 2.34 and -2.34
#   currency.js shares 1.00 0.34,0.33,0.33 and -0.34,-0.33,-0.33
#   dinero.js 2 shares 1.00 0.34,0.33,0.33 and -0.34,-0.33,-0.33
#   dinero.js 1 shares 1.00 0.34,0.33,0.33 and -0.33,-0.33,-0.34
# So a cent stays open on an invoice that was credited, or one payer owes it and another has it to his favour. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund currency.js@2.0.4 dinero-1@npm:dinero.js@1.9.1 dinero-2@npm:dinero.js@2.0.2
cat >credits.mjs <<'JS'
import currency from "currency.js";
import Dinero from "dinero-1";
import { allocate, dinero, EUR, halfUp, toSnapshot, transformScale } from "dinero-2";

const shown = (cents) => (cents / 100).toFixed(2);
const both = (of) => `${of(1)} and ${of(-1)}`;
const one = (cents) => Dinero({ amount: cents, currency: "EUR" });
const two = (amount, scale) => dinero({ amount, currency: EUR, scale });
const cents = (money) => shown(toSnapshot(money).amount);

console.log("currency.js rounds 2.345", both((sign) => currency(`${sign < 0 ? "-" : ""}2.345`)));
console.log("dinero.js 2 rounds 2.345", both((sign) => cents(transformScale(two(sign * 2345, 3), 2, halfUp))));
console.log("dinero.js 1 halves 4.69", both((sign) => shown(one(sign * 469).percentage(50).getAmount())));
console.log("currency.js shares 1.00", both((sign) => currency(sign).distribute(3)));
console.log("dinero.js 2 shares 1.00", both((sign) => allocate(two(sign * 100, 2), [1, 1, 1]).map(cents)));
console.log("dinero.js 1 shares 1.00", both((sign) => one(sign * 100).allocate([1, 1, 1]).map((part) => shown(part.getAmount()))));
JS
node credits.mjs | tee seen
diff seen - <<'SEEN'
currency.js rounds 2.345 2.35 and -2.34
dinero.js 2 rounds 2.345 2.35 and -2.34
dinero.js 1 halves 4.69 2.34 and -2.34
currency.js shares 1.00 0.34,0.33,0.33 and -0.34,-0.33,-0.33
dinero.js 2 shares 1.00 0.34,0.33,0.33 and -0.34,-0.33,-0.33
dinero.js 1 shares 1.00 0.34,0.33,0.33 and -0.33,-0.33,-0.34
SEEN
