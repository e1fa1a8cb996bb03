"""The module as a host uses it."""

import datetime
import threading
import time
from decimal import Decimal

import jalon
import pytest

SCHEDULE = """
schedule "Coaching"
  price per action, in EUR
    action "Hour" hourly 70
  balance "Month": work itemised on month end, stays open
  balance "Closing": work on end
"""

AS_OF = datetime.date(2025, 12, 31)


def hour(case, hours, date="2025-01-06"):
    return {"case": case, "date": date, "kind": "action", "name": "Hour", "hours": hours}


def end(case):
    return {"case": case, "date": "2025-02-28", "kind": "end"}


@pytest.fixture(scope="module")
def schedules():
    return jalon.compile(SCHEDULE)


def amounts(answer):
    return [line["amount"] for line in answer.lines]


def test_values_of_python_are_read(schedules):
    events = [
        hour("A", Decimal("1.25"), datetime.date(2025, 1, 6)),
        hour("A", 2, datetime.datetime(2025, 1, 7)),
        hour("A", 0.1),
        hour("A", "0.5"),
        {**hour("A", None), "minutes": 15},
    ]
    answer = schedules.evaluate(iter(events), AS_OF)
    assert answer.withheld == []
    # Five entries on one invoice: 87.50 + 140.00 + 7.00 + 35.00 + 17.50.
    assert sum(Decimal(line["amount"]) for line in answer.lines) == Decimal("287.00")
    assert all(isinstance(line["amount"], str) for line in answer.lines)
    assert (answer.billed, answer.held) == (1, 0)


@pytest.mark.parametrize(
    "hours",
    [
        0.1 + 0.2,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("1E+999999"),
        Decimal(1) / 3,
        -1,
        10**20,
        10**5000,
        -(10**300),
        True,
        b"1",
        [1],
        (1, 2),
        {"a": 1},
        {1: 2},
        object(),
        1j,
        {1},
        "one",
        "\ud800",
        "1\x00",
        datetime.time(1, 0),
        datetime.timedelta(hours=1),
        [[[[[[[1]]]]]]],
        type,
        lambda: 1,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_hostile_value_withholds_its_case_and_no_other(schedules, hours):
    answer = schedules.evaluate([hour("bad", hours), hour("good", 1), end("bad")], AS_OF)
    assert [one["case"] for one in answer.withheld] == ["bad"]
    assert answer.withheld[0]["line"] == 1 and answer.withheld[0]["message"]
    assert amounts(answer) == ["70.00"]


@pytest.mark.parametrize("field", ["date", "kind", "name", "id"])
@pytest.mark.parametrize("value", [object(), float("nan"), b"x", [1], {"a": 1}, "\udfff", True, 1.5, datetime.time(22)])
def test_a_hostile_value_of_another_field_withholds_its_case(schedules, field, value):
    answer = schedules.evaluate([{**hour("bad", 1), field: value}, hour("good", 1)], AS_OF)
    assert [one["case"] for one in answer.withheld] == ["bad"], answer.lines
    assert amounts(answer) == ["70.00"]


@pytest.mark.parametrize("case", [None, float("nan"), object(), b"x", [], {}, True, "", "\ud800", "x" * 2_000_000])
def test_without_a_case_nothing_is_billed_and_nothing_raised(schedules, case):
    answer = schedules.evaluate([hour("good", 1), hour(case, 1)], AS_OF)
    assert answer.lines == [] and answer.billed == 0
    assert [one["case"] for one in answer.withheld].count("good") == 1
    assert any(one["case"] is None and one["line"] == 2 for one in answer.withheld)
    answer = schedules.evaluate([hour("good", 1), hour(case, 1)], AS_OF, skip_unreadable=True)
    assert amounts(answer) == ["70.00"]


@pytest.mark.parametrize("event", [None, 1, "text", [], b"{}", object(), float("nan")])
def test_what_is_no_mapping_withholds_all(schedules, event):
    answer = schedules.evaluate([hour("good", 1), event], AS_OF)
    assert answer.lines == [] and [one["case"] for one in answer.withheld].count("good") == 1


def test_a_call_that_is_wrong_is_an_error(schedules):
    for events in [None, 1, object(), {"case": "A"}]:
        with pytest.raises(TypeError):
            schedules.evaluate(events, AS_OF)
    for as_of in ["2025-02-30", "", "\ud800"]:
        with pytest.raises((jalon.JalonError, UnicodeError)):
            schedules.evaluate([], as_of)
    for as_of in [None, 1, datetime.datetime(2025, 1, 1)]:
        with pytest.raises(TypeError):
            schedules.evaluate([], as_of)
    for threads in [-1, "1", 1.5, 10**30]:
        with pytest.raises((TypeError, OverflowError)):
            schedules.evaluate([], AS_OF, threads=threads)
    with pytest.raises(jalon.JalonError):
        jalon.compile(SCHEDULE, lang="de")
    for source in [None, 1, ["x"], {"a": None}, {1: "x"}]:
        with pytest.raises(TypeError):
            jalon.compile(source)


def test_an_iterator_that_fails_is_the_callers(schedules):
    def failing():
        yield hour("A", 1)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        schedules.evaluate(failing(), AS_OF)


def test_a_schedule_with_errors_is_told_with_its_places():
    for source in ["", "schedule", b"\xff\xfe", "\ud800", "x" * 3_000_000, "schedule \"S\"\n" * 1000]:
        with pytest.raises(jalon.ScheduleError) as error:
            jalon.compile(source, name="my.jalon")
        assert error.value.findings[0]["file"] == "my.jalon"
        assert "my.jalon:" in str(error.value)
    with pytest.raises(jalon.ScheduleError, match="a second schedule"):
        jalon.compile({"a": SCHEDULE, "b": SCHEDULE})


def test_texts_are_events_too(schedules):
    text = '{"case":"A","date":"2025-01-06","kind":"action","name":"Hour","hours":1}\n'
    for events in [text, text.encode(), bytearray(text, "utf-8")]:
        assert amounts(schedules.evaluate(events, "2025-12-31")) == ["70.00"]
    assert schedules.evaluate("", AS_OF).lines == []
    assert schedules.evaluate(b"\xff\n" + text.encode(), AS_OF, skip_unreadable=True).billed == 1


def test_a_session_gives_finished_cases(schedules):
    session = schedules.session(AS_OF)
    session.feed([hour("A", 1)])
    assert session.take().lines == []
    session.feed([end("A"), hour("B", 0.1 + 0.2), hour("C", 2)])
    answer = session.take()
    assert amounts(answer) == ["70.00"] and answer.withheld[0]["case"] == "B"
    assert (answer.withheld[0]["batch"], answer.withheld[0]["line"]) == (2, 2)
    assert amounts(session.finish()) == ["140.00"]
    session.feed([hour("A", 1)])
    assert amounts(session.finish()) == ["70.00"]
    session.feed([hour("A", 1), hour("B", 1)])
    with pytest.raises(jalon.JalonError, match="do not stand together"):
        session.feed([hour("A", 1)])
    with pytest.raises(jalon.JalonError, match="do not stand together"):
        session.finish()


def test_threads_share_schedules_and_python_goes_on(schedules):
    events = [event for case in range(20_000) for event in (hour(f"case {case}", 1), end(f"case {case}"))]
    text = "".join(
        f'{{"case":"{e["case"]}","date":"{e["date"]}","kind":"{e["kind"]}"' + (',"name":"Hour","hours":1' if "name" in e else "") + "}\n"
        for e in events
    )
    expected = schedules.evaluate(text, AS_OF).lines_ndjson
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(schedules.evaluate(text, AS_OF, threads=2).lines_ndjson)) for _ in range(3)]
    for thread in threads:
        thread.start()
    turns = 0
    while any(thread.is_alive() for thread in threads):
        turns += 1
        time.sleep(0.001)
    assert answers == [expected] * 3
    assert turns > 3


def test_one_session_in_two_threads_gives_an_answer_or_an_error(schedules):
    session = schedules.session(AS_OF)
    text = "".join(f'{{"case":"{case}","date":"2025-02-28","kind":"end"}}\n' for case in range(50_000))
    outcomes = []

    def feed():
        try:
            session.feed(text)
            outcomes.append("fed")
        except jalon.JalonError as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=feed) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2 and "fed" in outcomes
    assert all(one == "fed" or "another thread" in one or "do not stand together" in one for one in outcomes), outcomes


def test_a_proof_is_a_document(schedules):
    document = jalon.verify(SCHEDULE)
    assert {proof["schedule"] for proof in document["proofs"]} == {"Coaching"}
    assert schedules.schedules[0]["currency"] == "EUR" and len(schedules.schedules[0]["hash"]) == 64


def test_cases_are_explained(schedules):
    events = [hour("A", 1.5), end("A"), hour("B", 2), {**hour("C", 1), "date": "no day"}]
    told = schedules.explain(iter(events), AS_OF)
    assert [case["case"] for case in told["cases"]] == ["A", "B", "C"]
    assert (told["as_of"], told["withheld"]) == ("2025-12-31", [])
    assert told["cases"][2]["withheld"][0]["place"].startswith("events:4:")
    (told,) = schedules.explain(events, "2025-12-31", case="B")["cases"]
    assert told["case"] == "B" and "140.00" in str(told)
    for case in ["D", "", "b"]:
        with pytest.raises(jalon.JalonError, match="no event is of case"):
            schedules.explain(events, AS_OF, case=case)
    for case in [1, b"A", object()]:
        with pytest.raises(TypeError):
            schedules.explain(events, AS_OF, case=case)
    with pytest.raises((jalon.JalonError, UnicodeError)):
        schedules.explain(events, AS_OF, case="\ud800")
    unreadable = [*events, hour(None, 1)]
    told = schedules.explain(unreadable, AS_OF)
    assert told["cases"] == [] and [one["case"] for one in told["withheld"]] == [None, "A", "B", "C"]
    assert len(schedules.explain(unreadable, AS_OF, skip_unreadable=True)["cases"]) == 3


FOLLOW_UP = """
follow-up "Patients"
  payment due 30 days
  step "Reminder": 8 days after due if open >= 5 EUR
  step "Pay back": on overpaid
"""


def invoice(name, total="100.00", **fields):
    return {"invoice_id": name, "case": "A", "payer": "Ann", "date": AS_OF, "total": total, "currency": "EUR", **fields}


@pytest.fixture(scope="module")
def follow_ups():
    return jalon.compile(FOLLOW_UP)


def test_invoices_are_followed(follow_ups):
    invoices = [invoice("1", Decimal("100.10")), invoice("2", 50)]
    events = [{"invoice_id": "2", "date": datetime.date(2026, 1, 2), "kind": "payment", "amount": Decimal("50.00")}]
    given = (iter(invoices), events, datetime.date(2026, 2, 28))
    told = follow_ups.follow(*given)
    assert [(step["step"], step["day"], step["open"]) for step in told["answer"]] == [("Reminder", "2026-02-07", "100.10")]
    assert (told["withheld"], told["unknown"], told["notices"]) == ([], [], [])
    assert follow_ups.follow(invoices, events, "2026-02-28", since=datetime.date(2026, 2, 8))["answer"] == []
    done = [{"invoice_id": "1", "step": "Reminder", "day": datetime.date(2026, 2, 7)}]
    assert follow_ups.follow(invoices, events, "2026-02-28", done=done)["answer"] == []
    (row,) = follow_ups.unpaid(invoices, events, "2026-02-28")["answer"]
    assert row["shares"] == {"Ann": "100.10"}
    journal = follow_ups.journal(invoices, events, "2026-02-28")["answer"]
    assert journal["invoices"][1]["settled"] == "2026-01-02"
    csv = "invoice_id,case,payer,date,total,currency\n1,A,Ann,2025-12-31,100.10,EUR\n"
    assert follow_ups.unpaid(csv, b"", "2026-02-28")["answer"][0]["open"] == "100.10"
    assert follow_ups.unpaid([invoice("1", 100.1)], [], "2026-02-28")["answer"][0]["open"] == "100.10"


@pytest.mark.parametrize(
    "value",
    [0.1 + 0.2, float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("1E+99"), Decimal("1.005"), 10**30, 10**5000,
     True, b"1", [1], {"a": 1}, object(), 1j, "one", "\ud800", "", None, datetime.time(1), [[[[[[1]]]]]], type],
    ids=lambda value: type(value).__name__,
)
def test_a_hostile_amount_withholds_its_invoice_or_is_refused(follow_ups, value):
    try:
        told = follow_ups.unpaid([invoice("good"), invoice("bad", value)], [], "2026-02-28")
    except jalon.JalonError as error:
        # Half a pair of surrogates is no text: the line could be about any invoice.
        assert value == "\ud800" and "line 2" in str(error)
        return
    assert [(one["invoice_id"], one["in"], one["line"]) for one in told["withheld"]] == [("bad", "invoices", 2)]
    assert told["answer"][0]["numbers"] == ["good"]


@pytest.mark.parametrize("records", [None, 1, object(), invoice("1")])
def test_what_are_no_invoices_is_refused(follow_ups, records):
    with pytest.raises(TypeError):
        follow_ups.unpaid(records, [], "2026-02-28")


@pytest.mark.parametrize("record", [None, 1, "text", [], b"{}", object(), float("nan"), {}, {"total": "1"}])
def test_what_names_no_invoice_is_refused(follow_ups, record):
    with pytest.raises(jalon.JalonError, match="any invoice"):
        follow_ups.follow([invoice("good"), record], [], "2026-02-28")


def test_days_are_days(follow_ups):
    for wrong in ("2026-02-30", "tomorrow", ""):
        with pytest.raises(jalon.JalonError):
            follow_ups.unpaid([], [], wrong)
        with pytest.raises(jalon.JalonError):
            follow_ups.follow([], [], "2026-02-28", since=wrong)
    with pytest.raises(TypeError):
        follow_ups.journal([], [], datetime.datetime(2026, 2, 28))


def test_leaks_are_told(schedules):
    events = [hour("A", 1), hour("B", 2), end("B"), {**end("C"), "date": "no day"}]
    told = schedules.leaks(events, AS_OF)
    assert [one["case"] for one in told["withheld"]] == ["C"]
    lines = schedules.evaluate(events, AS_OF).lines
    assert schedules.leaks(events, AS_OF, issued=lines)["answer"] == []
    missing = schedules.leaks(events, AS_OF, issued=lines[:-1])["answer"]
    assert [(one["kind"], one["amount"]) for one in missing] == [("not-issued", lines[-1]["amount"])]
    with pytest.raises(jalon.JalonError, match="line 1"):
        schedules.leaks(events, AS_OF, issued=[{"case": 1}])
    with pytest.raises(jalon.JalonError, match="no follow-up"):
        schedules.unpaid([], [], AS_OF)
