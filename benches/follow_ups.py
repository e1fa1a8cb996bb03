#!/usr/bin/env python3
"""Follows many invoices, and prints what that takes.

Usage: benches/follow_ups.py [INVOICES]. Without a number, 1,000,000. Needs a release build (`cargo build --release`);
JALON names another program. Writes so many invoices with six times as many events, and a quarter of them, in order and
shuffled, below `target`; then runs `jalon follow` and `jalon unpaid` on each and prints a table: size, processor time, peak
of memory, what four times as many invoices cost, and whether both orders give the same bytes. Ends with code 1 if they do
not. Files are always the same: the generator has a fixed seed.
"""

import hashlib
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

AS_OF = "2025-12-31"
FOLLOW_UP = """follow-up "Funds" for payer "Fund"
  payment due 60 days
  step "Ask the fund": 5 days after due if not rejected
  step "Bill again":   on rejected

follow-up "Patients" for payer "Patient"
  payment due 30 days
  step "Check receipt":    3 days after sent if not received
  step "Before it is due": 5 days before due if not received
  step "Reminder":         8 days after due if open >= 5 EUR
  step "Formal notice":    15 days after step "Reminder"
  step "Collector":        30 days after step "Formal notice", hands over
  step "Send again":       on undelivered
  step "Pay back":         on overpaid
"""


def cents(amount):
    return f"{amount // 100}.{amount % 100:02}"


def invoice(number, dice):
    """An invoice, and six events of it."""
    day = date(2025, 1, 1) + timedelta(dice.randrange(330))
    total = dice.randrange(500, 50_000)
    payer = "Patient" if number % 3 else "Fund"
    invoice_id = f"{dice.getrandbits(64):016x}"
    case = f"D-{number // 2:07}"
    # Both payers of a case have invoices of one day; credit notes stand beside one invoice in fifty.
    if number % 50 == 49:
        total = -total
    line = (
        f'{{"invoice_id":"{invoice_id}","number":"F-{number:07}","case":"{case}","payer":"{payer}",'
        f'"date":"{day}","total":"{cents(total) if total > 0 else "-" + cents(-total)}","currency":"EUR"}}\n'
    )

    def event(after, kind, more=""):
        at = day + timedelta(after)
        return f'{{"invoice_id":"{invoice_id}","date":"{at}","kind":"{kind}"{more}}}\n'

    def money(amount):
        return f',"amount":"{cents(amount)}"'

    part = max(1, abs(total) // (2 + number % 3))
    channel = ("email", "platform", "paper", "link")[number % 4]
    lives = (
        [("sent", f',"channel":"{channel}"'), ("received", ""), ("payment", money(part)), ("disputed", ""),
         ("resolved", ""), ("payment", money(part))],
        [("sent", f',"channel":"{channel}"'), ("undelivered", ""), ("sent", ',"channel":"paper"'), ("accepted", ""),
         ("payment", money(part)), ("returned", money(part))],
        [("sent", f',"channel":"{channel}"'), ("received", ""), ("rejected", ""), ("disputed", ""), ("resolved", ""),
         ("payment", money(abs(total)))],
        [("sent", f',"channel":"{channel}"'), ("accepted", ""), ("payment", money(part)), ("payment", money(part)),
         ("refund", money(part)), ("payment", money(abs(total)))],
    )
    after = 0
    events = []
    for kind, more in lives[dice.randrange(4)]:
        after += dice.randrange(1, 25)
        events.append(event(after, kind, more))
    return line, events


def write(folder, count):
    """Files of so many invoices: in order, and shuffled."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(1)
    invoices, events = [], []
    for number in range(count):
        line, own = invoice(number, dice)
        invoices.append(line)
        events.extend(own)
    size = sum(map(len, invoices)) + sum(map(len, events))
    for order in ("sorted", "shuffled"):
        if order == "shuffled":
            dice.shuffle(invoices)
            dice.shuffle(events)
        for name, lines in (("invoices", invoices), ("events", events)):
            with open(folder / f"{order}-{name}.ndjson", "w", encoding="utf-8") as out:
                out.writelines(lines)
    (folder / "follow-up.jalon").write_text(FOLLOW_UP, encoding="utf-8")
    return size, len(events)


def run(program, command, folder, order):
    """Runs a command in a program of its own: processor time, peak of memory in bytes, and a hash of what it writes."""
    call = [program, command, "--follow-up", folder / "follow-up.jalon", "--as-of", AS_OF, "--format", "json",
            "--invoices", folder / f"{order}-invoices.ndjson", "--events", folder / f"{order}-events.ndjson"]
    digest = hashlib.blake2b()
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        while block := child.stdout.read(1 << 20):
            digest.update(block)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command} ended with code {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, digest.hexdigest()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    target = Path(os.environ.get("CARGO_TARGET_DIR", Path(__file__).parent.parent / "target"))
    program = os.environ.get("JALON", target / "release" / "jalon")
    rows, same = [], True
    spent = {}
    for part in (count // 4, count):
        folder = target / "follow-ups" / str(part)
        size, events = write(folder, part)
        for command in ("follow", "unpaid"):
            answers = set()
            for order in ("sorted", "shuffled"):
                time, peak, digest = run(program, command, folder, order)
                answers.add(digest)
                before = spent.get((command, order))
                spent[command, order] = time
                growth = f"{time / before:.2f}" if before else ""
                rows.append((command, order, f"{part:,}", f"{events:,}", f"{size / 1e6:.0f} MB", f"{time:.1f} s", growth,
                             f"{peak / 1e6:.0f} MB", f"{peak / part / 1e3:.1f} KB"))
            same = same and len(answers) == 1
    print("| command | order | invoices | events | read | time | for 4 times | memory | an invoice |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print("Both orders give the same bytes." if same else "The orders do NOT give the same bytes.")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
