"""Billing schedules, evaluated exactly.

Schedules are compiled once and shared between threads; events go in as mappings (or as text, one JSON object a line),
and lines come out as dicts whose amounts are decimal texts, never floats. What is wrong with a case withholds the case: it is a row
of ``withheld``, and no exception. While cases are billed, other Python threads run.
"""

from __future__ import annotations

import datetime
import json
from functools import cached_property

from . import _jalon
from ._jalon import ArrowAnswer, JalonError, Table, __version__

__all__ = ["Answer", "ArrowAnswer", "JalonError", "ScheduleError", "Schedules", "Session", "Table", "compile", "evaluate", "verify", "__version__"]


class ScheduleError(JalonError):
    """Schedules that cannot be used; ``findings`` says what is wrong, and where."""

    def __init__(self, message, findings):
        super().__init__(message)
        self.findings = findings

    def __str__(self):
        told = [
            "{file}:{line}:{column}: {message}".format(
                file=one["file"], line=one["place"]["line"], column=one["place"]["column"], message=one["message"]
            )
            for one in self.findings
        ]
        return "\n".join([self.args[0], *told])


def _objects(text):
    # Not splitlines: a text may hold what Python takes for the end of a line.
    return json.loads("[" + ",".join(text.split("\n")[:-1]) + "]") if text else []


def _day(day):
    if isinstance(day, datetime.datetime):
        raise TypeError("the last day that counts is a date, not a moment")
    return day.isoformat() if isinstance(day, datetime.date) else day


def _bytes(text):
    if isinstance(text, str):
        # Half a pair of surrogates is no text: the checker says so, with its place.
        return text.encode("utf-8", "surrogatepass")
    if isinstance(text, (bytes, bytearray)):
        return bytes(text)
    raise TypeError(f"a schedule is a str or bytes, not {type(text).__name__}")


class Answer:
    """What cases come to. The lists are made when they are first asked for."""

    def __init__(self, inner):
        self._inner = inner

    @property
    def billed(self):
        """How many cases are billed, if only with nothing."""
        return self._inner.billed

    @property
    def held(self):
        """How many cases are withheld."""
        return self._inner.held

    @cached_property
    def lines(self):
        """Invoice lines; amounts, quantities and prices are decimal texts."""
        return _objects(self._inner.lines)

    @cached_property
    def invoices(self):
        """Invoices, where they were asked for."""
        return _objects(self._inner.invoices)

    @cached_property
    def withheld(self):
        """Withheld cases: ``case`` (None for a line that could belong to any), ``batch``, ``line`` (from 1: the
        number of the event in its batch), ``column`` and ``message``."""
        return _objects(self._inner.withheld)

    @cached_property
    def notices(self):
        """Notices, where they were asked for: of events without effect, for instance."""
        return _objects(self._inner.notices)

    @property
    def lines_ndjson(self):
        """The lines as text, one JSON object a line, as ``jalon run`` writes them."""
        return self._inner.lines

    def __repr__(self):
        return f"<jalon.Answer: {self.billed} billed, {self.held} withheld>"


class Session:
    """Cases that come batch by batch, the events of each case together. A case is billed once the next one begins."""

    def __init__(self, inner):
        self._inner = inner

    def feed(self, events):
        """Takes a batch. Raises JalonError where the events of a case do not stand together, or the case of a line
        cannot be read: then nothing that the session gave is to be used."""
        self._inner.feed(events)

    def take(self):
        """What finished cases come to, since the last time."""
        return Answer(self._inner.take())

    def finish(self):
        """Bills what is left; the session can then begin anew."""
        return Answer(self._inner.finish())


class Schedules:
    """Sound schedules. Made by :func:`compile`."""

    def __init__(self, inner):
        self._inner = inner

    @cached_property
    def schedules(self):
        """For each schedule its name, the day from which it is in force, its currency and its semantic hash."""
        return json.loads(self._inner.list())

    @cached_property
    def warnings(self):
        """Warnings about the files, as ``jalon check --format json`` has them."""
        return json.loads(self._inner.warnings())

    def verify(self):
        """Proves the schedules over every case that can come: the document of ``jalon verify --format json``."""
        return json.loads(self._inner.verify())

    def follow(self, invoices, events, as_of, *, done=None, since=None):
        """The steps of follow-ups that fired up to a day, on it or after ``since``. Invoices and what happened to them are
        mappings, or a text with one JSON object a line, or CSV; amounts are ``Decimal`` or decimal texts, no floats. ``done``
        are the steps that have really been done; without it every evening is replayed. A dict: ``answer`` is what ``jalon
        follow --format json`` writes, ``withheld`` has the invoices that are left out, ``unknown`` and ``notices`` are sentences.
        Raises JalonError where a line names no invoice, since it could be about any."""
        return json.loads(self._inner.follow(invoices, events, _day(as_of), done, _day(since)))

    def unpaid(self, invoices, events, as_of, *, done=None):
        """What is unpaid: a dict as :meth:`follow` gives, whose ``answer`` is what ``jalon unpaid --format json`` writes."""
        return json.loads(self._inner.unpaid(invoices, events, _day(as_of), done))

    def journal(self, invoices, events, as_of, *, done=None):
        """The journal: a dict as :meth:`follow` gives, whose ``answer`` is the document of ``jalon journal --format json``."""
        return json.loads(self._inner.journal(invoices, events, _day(as_of), done))

    def leaks(self, events, as_of, *, issued=None, skip_unreadable=False):
        """What was done and never billed, of the events of cases and, where they are given, of the lines that have been
        issued. A dict: ``answer`` is what ``jalon leaks --format json`` writes, ``withheld`` has the cases that are left out."""
        return json.loads(self._inner.leaks(events, _day(as_of), issued, skip_unreadable))

    def explain(self, events, as_of, *, case=None, skip_unreadable=False):
        """How each line of the cases came about and why the others did not, of one case or of all. A dict: the document of ``jalon
        explain --format json``, whose places name the file ``events``, and in ``withheld`` the lines that could belong to any case.
        Raises JalonError where no event is of that case."""
        return json.loads(self._inner.explain(events, _day(as_of), case, skip_unreadable))

    def evaluate(self, events, as_of, *, invoices=False, notices=False, skip_unreadable=False, threads=1):
        """Bills the cases of events up to a day. Events are mappings in any order, or a text with one JSON object a
        line. A line whose case cannot be read withholds all cases, unless it is to be skipped."""
        wanted = (invoices, notices, skip_unreadable)
        return Answer(self._inner.evaluate(events, _day(as_of), wanted, threads))

    def evaluate_arrow(self, events, as_of, *, skip_unreadable=False, threads=1, progress=None):
        """The same of events as columns: any object with Arrow's stream (``__arrow_c_stream__``), such as tables of pyarrow, Polars,
        DuckDB and pandas, with the columns of event files. An :class:`ArrowAnswer`, whose ``lines`` and ``withheld`` have that stream,
        too; amounts are exact decimals. ``progress`` is called with the rows that are read, the cases that are done, and their
        number, which is None until all rows are read. Raises JalonError where the columns cannot hold events."""
        return self._inner.evaluate_arrow(events, _day(as_of), skip_unreadable, threads, progress)

    def session(self, as_of, *, invoices=False, notices=False, skip_unreadable=False, threads=1):
        """A session up to a day."""
        wanted = (invoices, notices, skip_unreadable)
        return Session(self._inner.session(_day(as_of), wanted, threads))

    def __repr__(self):
        return f"<jalon.Schedules: {', '.join(one['name'] for one in self.schedules)}>"


def compile(source, *, name="schedule.jalon", lang=None):
    """Compiles a schedule file, or several as a mapping of names to texts. Messages are in ``lang`` ("en", "fr"), or else in
    the language of each file. Raises ScheduleError where they cannot be used."""
    files = source if hasattr(source, "items") else {name: source}
    try:
        inner = _jalon.compile([(name, _bytes(text)) for name, text in files.items()], lang)
    except _jalon.Refused as refused:
        message, findings = refused.args
        raise ScheduleError(message, json.loads(findings)) from None
    return Schedules(inner)


def evaluate(source, events, as_of, **options):
    """Compiles a schedule, unless it is compiled, and bills cases on it: see :meth:`Schedules.evaluate`."""
    schedules = source if isinstance(source, Schedules) else compile(source)
    return schedules.evaluate(events, as_of, **options)


def verify(source, **options):
    """Compiles a schedule, unless it is compiled, and proves it: see :meth:`Schedules.verify`."""
    schedules = source if isinstance(source, Schedules) else compile(source, **options)
    return schedules.verify()
