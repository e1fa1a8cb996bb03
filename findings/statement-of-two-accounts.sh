#!/usr/bin/env bash
# A file of a bank with two accounts: all payments came to one of them, the second payment of a day to neither, and the balances are of both.
#
# django-accounting-fr 0.3.0 (on Django 5.2.19, SQLite), python-cfonb 2.13, mt-940 5.1.1 and bankstatementparser 0.0.29 from PyPI, on CPython 3.
# Rule: a file may have several statements. In CFONB 120 a record 01 begins each; the number of an entry is zeros where the bank has none. In OFX a STMTRS is one,
# and FITID is unique within its account (OFX 2.1.1, 3.2.1). In MT940 :20: begins one, and :25: has its account. mt-940 says in its README that parse
# merges the statements of a file, and has parse_statements beside it.
# Behaviour: django-accounting-fr reads all of them as one statement, of the first account, with the opening balance of the first and the closing one of the last (of
# OFX the first). On import it takes day and number for the name of an entry, and FITID alone, and leaves out as there already what has the name of another of the
# same file. mt-940 has the account and the balances of the last. The other two have each by itself.
# Output seen (format and library: account, opening and closing balance; payments; what was imported, how many were there already):
#   CFONB, django-accounting-fr: 11111111111 1000.00 9200.00; F-1 500.00, F-3 300.00, F-2 200.00; F-1 F-2, 1 there already
#   CFONB, python-cfonb: 11111111111 1000.00 1800.00; F-1 500.00, F-3 300.00
#   CFONB, python-cfonb: 22222222222 9000.00 9200.00; F-2 200.00
#   OFX, django-accounting-fr: 11111111111 - 1800.00; F-1 500.00, F-3 300.00, F-2 200.00; F-1 F-3, 1 there already
#   OFX, bankstatementparser: 11111111111; F-1 500.00, F-3 300.00
#   OFX, bankstatementparser: 22222222222; F-2 200.00
#   MT940, mt-940: 22222222222 9000.00 9200.00; F-1 500.00, F-3 300.00, F-2 200.00
#   MT940, bankstatementparser: 11111111111; F-1 500.00, F-3 300.00
#   MT940, bankstatementparser: 22222222222; F-2 200.00
# So invoice F-3 gets a reminder though it is paid, deposits kept on an account of their own are money of the other, and no balance fits. A host cuts such a file
# by its accounts before it reads it, and holds opening balance plus payments against the closing one. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check django==5.2.19 django-accounting-fr==0.3.0 python-cfonb==2.13 mt-940==5.1.1 bankstatementparser==0.0.29
cat >accounts.py <<'PY'
import io
from pathlib import Path

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "accounting_fr"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

import mt940
from accounting_fr import bank, bank_formats
from accounting_fr.models import Account, BankLine
from bankstatementparser import Mt940Parser, OfxParser
from cfonb import StatementReader
from django.core.management import call_command

ONE = ("11111111111", 100000, [("01", "F-1", 50000), ("01", "F-3", 30000)], 180000)
TWO = ("22222222222", 900000, [("02", "F-2", 20000)], 920000)


def record(code, account, day, amount, text=""):
    digits = f"{amount:014}"
    head = f"{code}30004{'':4}00031EUR2 {account}{'18' if text else '':2}{day}"
    return f"{head:42}{day if text else '':6}{text:31}{'':2}{'0000000' if text else '':9}{digits[:-1]}{'{ABCDEFGHI'[int(digits[-1])]}{'':16}"


def cents(amount):
    return f"{amount // 100}.{amount % 100:02}"


def cfonb(account, opening, payments, closing):
    lines = [record("04", account, f"{day}0425", amount, text) for day, text, amount in payments]
    return "\n".join([record("01", account, "310325", opening), *lines, record("07", account, "020425", closing)]) + "\n"


def ofx(account, _, payments, closing):
    lines = "".join(
        f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>202504{day}<TRNAMT>{cents(amount)}<FITID>{number}<NAME>{text}</STMTTRN>"
        for number, (day, text, amount) in enumerate(payments, 1)
    )
    held = f"<BANKACCTFROM><BANKID>30004<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM>"
    listed = f"<BANKTRANLIST><DTSTART>20250401<DTEND>20250402{lines}</BANKTRANLIST>"
    balance = f"<LEDGERBAL><BALAMT>{cents(closing)}<DTASOF>20250402</LEDGERBAL>"
    return f"<STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR{held}{listed}{balance}</STMTRS></STMTTRNRS>"


def mt(account, opening, payments, closing):
    comma = lambda amount: cents(amount).replace(".", ",")
    lines = "".join(f":61:2504{day}04{day}C{comma(amount)}NTRF{text}\n:86:{text}\n" for day, text, amount in payments)
    return f":20:S1\n:25:{account}\n:28C:1\n:60F:C250331EUR{comma(opening)}\n{lines}:62F:C250402EUR{comma(closing)}\n-\n"


SIGN_ON = "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20250402<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>"
FILES = {
    "statement.txt": cfonb(*ONE) + cfonb(*TWO),
    "statement.ofx": f"OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX>{SIGN_ON}<BANKMSGSRSV1>{ofx(*ONE)}{ofx(*TWO)}</BANKMSGSRSV1></OFX>\n",
    "statement.mt940": mt(*ONE) + mt(*TWO),
}
for name, text in FILES.items():
    Path(name).write_text(text)


def listed(pairs):
    return ", ".join(f"{text} {amount:.2f}" for text, amount in pairs)


def by_django(name):
    call_command("flush", interactive=False, verbosity=0)
    call_command("init_accounts", stdout=io.StringIO())
    read = bank_formats.parse(FILES[name].encode(), name)
    done = bank.import_statement(Account.objects.get(code="512000"), FILES[name].encode(), name)
    kept = " ".join(BankLine.objects.order_by("pk").values_list("label", flat=True))
    held = f"{read.account_number} {read.opening_balance or '-'} {read.closing_balance}"
    return f"{held}; {listed((line.label, line.amount) for line in read.lines)}; {kept}, {done.duplicates} there already"


def by_table(parser, name, label):
    table = parser(name).parse()
    return [f"{held}; {listed(zip(rows[label], rows['amount'].astype(float)))}" for held, rows in table.groupby("account_id")]


call_command("migrate", verbosity=0)
print("CFONB, django-accounting-fr:", by_django("statement.txt"))
for read in StatementReader().parse(io.StringIO(FILES["statement.txt"])):
    held = f"{read.header.account_nb} {read.header.prev_amount:.2f} {read.footer.next_amount:.2f}"
    print("CFONB, python-cfonb:", f"{held}; {listed((line.label.strip(), line.amount) for line in read.lines)}")
print("OFX, django-accounting-fr:", by_django("statement.ofx"))
for line in by_table(OfxParser, "statement.ofx", "description"):
    print("OFX, bankstatementparser:", line)
read = mt940.parse(FILES["statement.mt940"])
ends = (read.data[f"final_{end}_balance"].amount.amount for end in ("opening", "closing"))
payments = ((entry.data["customer_reference"], entry.data["amount"].amount) for entry in read)
print("MT940, mt-940:", read.data["account_identification"], " ".join(map(str, ends)) + ";", listed(payments))
for line in by_table(Mt940Parser, "statement.mt940", "description"):
    print("MT940, bankstatementparser:", line)
PY
TZ=UTC venv/bin/python accounts.py | tee seen
diff seen - <<'SEEN'
CFONB, django-accounting-fr: 11111111111 1000.00 9200.00; F-1 500.00, F-3 300.00, F-2 200.00; F-1 F-2, 1 there already
CFONB, python-cfonb: 11111111111 1000.00 1800.00; F-1 500.00, F-3 300.00
CFONB, python-cfonb: 22222222222 9000.00 9200.00; F-2 200.00
OFX, django-accounting-fr: 11111111111 - 1800.00; F-1 500.00, F-3 300.00, F-2 200.00; F-1 F-3, 1 there already
OFX, bankstatementparser: 11111111111; F-1 500.00, F-3 300.00
OFX, bankstatementparser: 22222222222; F-2 200.00
MT940, mt-940: 22222222222 9000.00 9200.00; F-1 500.00, F-3 300.00, F-2 200.00
MT940, bankstatementparser: 11111111111; F-1 500.00, F-3 300.00
MT940, bankstatementparser: 22222222222; F-2 200.00
SEEN
