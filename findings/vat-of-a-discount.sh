#!/usr/bin/env bash
# Half off a price with VAT: the VAT stays whole.
#
# prices 1.1.1 from PyPI, on CPython 3.
# Rule: a discount lowers the taxable amount, and with it the VAT, at the same rate (articles 79 and 90 of directive 2006/112/EC).
# Behaviour: a TaxedMoney has net and gross, and their difference is the tax. percentage_discount takes the percentage of the gross amount (of the net
# one with from_gross=False), and takes that same sum off both; fixed_discount does so with the sum that it is given. The net amount
# stops at zero while the gross one goes on, and the cents of the discount are cut off.
# Output seen (discount on 100.00 net, 120.00 gross; net, gross, tax, the rate that this is; net, gross and tax at 20 %):
#   10 %: 88.00 108.00 20.00 22.7 %; 90.00 108.00 18.00
#   50 %: 40.00 60.00 20.00 50.0 %; 50.00 60.00 10.00
#   50 % of net: 50.00 70.00 20.00 40.0 %; 50.00 60.00 10.00
#   60.00 off: 40.00 60.00 20.00 50.0 %; 50.00 60.00 10.00
#   90 %: 0.00 12.00 12.00 Infinity %; 10.00 12.00 2.00
# So the invoice states 50 % VAT where 20 are due, and who may deduct it deducts too much. A host discounts the net amount (or the gross one),
# and works tax out anew from it with `flat_tax`. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check prices==1.1.1
cat >"$folder/discounts.py" <<'PY'
from decimal import Decimal

from prices import Money, TaxedMoney, fixed_discount, flat_tax, percentage_discount

PRICE = TaxedMoney(net=Money("100.00", "EUR"), gross=Money("120.00", "EUR"))
RATE = Decimal("0.20")


def shown(name, given, net):
    due = flat_tax(Money(net, "EUR"), RATE).quantize()
    rate = given.tax.amount / given.net.amount * 100 if given.net.amount else Decimal("Infinity")
    amounts = [f"{money.amount:.2f}" for money in (given.net, given.gross, given.tax)]
    print(f"{name}:", *amounts, f"{rate:.1f} %;", *(f"{money.amount:.2f}" for money in (due.net, due.gross, due.tax)))


shown("10 %", percentage_discount(PRICE, 10), "90.00")
shown("50 %", percentage_discount(PRICE, 50), "50.00")
shown("50 % of net", percentage_discount(PRICE, 50, from_gross=False), "50.00")
shown("60.00 off", fixed_discount(PRICE, Money("60.00", "EUR")), "50.00")
shown("90 %", percentage_discount(PRICE, 90), "10.00")
PY
"$folder/venv/bin/python" "$folder/discounts.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
10 %: 88.00 108.00 20.00 22.7 %; 90.00 108.00 18.00
50 %: 40.00 60.00 20.00 50.0 %; 50.00 60.00 10.00
50 % of net: 50.00 70.00 20.00 40.0 %; 50.00 60.00 10.00
60.00 off: 40.00 60.00 20.00 50.0 %; 50.00 60.00 10.00
90 %: 0.00 12.00 12.00 Infinity %; 10.00 12.00 2.00
SEEN
