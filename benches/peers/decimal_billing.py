"""Bills the cases of four schedules as a programmer would by hand: event lines in, invoice lines out.

    python3 decimal_billing.py EVENTS.ndjson AS-OF LINES.ndjson

Standard library only: json, Decimal, date. The events may be interleaved and in any order of dates.
"""

import calendar
import json
import sys
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
KIND_ORDER = {"opened": 0, "signature": 1, "action": 2, "end": 3, "abandonment": 4}


def rounded(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


def plus_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day):
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def parcours(events):
    price = Decimal(1800)
    start, over = None, False
    for day, kind, name, _ in events:
        fired = None
        if kind == "action":
            if start is None:
                start = day
                four, ten = plus_months(day, 4), plus_months(day, 10)
            if name == "Entretien Diag de clôture":
                fired = ("Diagnostic de clôture", 20)
            elif name == "Entretien Bilan Final":
                if day < four:
                    fired = ("Réalisation Bilan Final - 4 mois", 40)
                elif day < ten:
                    fired = ("Réalisation Bilan Final + 4 mois", 100)
        elif kind in ("end", "abandonment") and not over:
            over = True
            if kind == "abandonment" and start is not None:
                if day < four:
                    fired = ("Abandon - 4 mois", 20)
                elif day < ten:
                    fired = ("Abandon + 4 mois", 40)
        if fired:
            line, percent = fired
            yield day, line, line, rounded(price * percent / 100)
            return


VAE_RATES = {
    "Accompagnement individuel Acc VAE": Decimal(70),
    "Accompagnement collectif Acc VAE": Decimal(35),
    "Entretien complémentaire Acc VAE": Decimal(25),
}


def vae(events):
    unbilled = Decimal(0)
    for day, kind, name, hours in events:
        line = None
        if kind == "action":
            if name in VAE_RATES:
                unbilled += rounded(hours * VAE_RATES[name])
            elif name == "Entretien post jury (fin faisabilité)":
                unbilled += Decimal(300)
                line = "étude de faisabilité"
            elif name == "Entretien de Jury (action de fin)":
                line = "parcours VAE en totalité"
        elif kind == "end":
            line = "parcours VAE en totalité"
        elif kind == "abandonment":
            line = "Abandon"
        if line:
            if unbilled:
                yield day, line, line, unbilled
            unbilled = Decimal(0)
            if line != "étude de faisabilité":
                return


AMORCE_RATES = {
    "Présence en centre": Decimal(12),
    "Présence en stage": Decimal(4),
    "Foad": Decimal(12),
    "Bilan": Decimal(12),
}


def amorce(events, as_of):
    unbilled, due = Decimal(0), None
    for day, kind, name, hours in events:
        if due and day > due:
            yield due, "Réalisé du mois", "Réalisé du mois", unbilled
            unbilled, due = Decimal(0), None
        if kind == "action":
            amount = rounded(hours * AMORCE_RATES.get(name, 0))
            if amount:
                unbilled += amount
                due = month_end(day)
            if name == "Bilan":
                if unbilled:
                    yield day, "Bilan", "Bilan", unbilled
                return
    if due and due <= as_of:
        yield due, "Réalisé du mois", "Réalisé du mois", unbilled


def cpf(events):
    rate, planned = Decimal(90), Decimal(10)
    attended, items = Decimal(0), []
    for day, kind, name, hours in events:
        if kind == "action":
            attended += hours
            items.append((name, rounded(hours * rate)))
        elif kind == "end":
            yield day, "Formation suivie", "Formation suivie", rounded(Decimal(900))
            return
        elif kind == "abandonment":
            attendance = attended / planned * 100
            if attendance < 25:
                yield day, "Sortie avant 25 %", "Sortie avant 25 %", rounded(Decimal(225))
            elif attendance < 80:
                for label, amount in items:
                    if amount:
                        yield day, "Sortie entre 25 et 80 %", label, amount
            else:
                yield day, "Sortie après 80 %", "Sortie après 80 %", rounded(Decimal(900))
            return


SCHEDULES = {
    "Parcours Emploi Santé": lambda events, as_of: parcours(events),
    "VAE certification en totalité": lambda events, as_of: vae(events),
    "Amorce de parcours": amorce,
    "CPF, par assiduité": lambda events, as_of: cpf(events),
}


def main(events_file, as_of, lines_file):
    as_of = date.fromisoformat(as_of)
    cases, schedules = {}, {}
    with open(events_file, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line, parse_float=Decimal, parse_int=Decimal)
            case, kind = event["case"], event["kind"]
            if kind == "opened":
                schedules[case] = event["schedule"]
            happened = (
                date.fromisoformat(event["date"]),
                kind,
                event.get("name"),
                event.get("hours", Decimal(0)),
            )
            cases.setdefault(case, []).append(happened)
    with open(lines_file, "w", encoding="utf-8") as out:
        for case, events in cases.items():
            events.sort(key=lambda event: (event[0], KIND_ORDER[event[1]]))
            events = [event for event in events if event[0] <= as_of]
            schedule = schedules[case]
            for day, line, label, amount in SCHEDULES[schedule](events, as_of):
                billed = {
                    "case": case,
                    "schedule": schedule,
                    "date": day.isoformat(),
                    "line": line,
                    "label": label,
                    "amount": str(amount.quantize(CENT)),
                    "currency": "EUR",
                }
                out.write(json.dumps(billed, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
