import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Optional, Protocol, TypedDict, Union

__version__: str

_Lang = Optional[Literal["en", "fr"]]
_Text = Union[str, bytes, bytearray]
_Source = Union[_Text, Mapping[str, _Text]]
_Events = Union[_Text, Iterable[Mapping[str, Any]]]
_Day = Union[str, datetime.date]

class Withheld(TypedDict):
    case: Optional[str]
    batch: Optional[int]
    line: Optional[int]
    column: Optional[int]
    message: str

# `in` is "invoices", "events" or None: the text on whose line the fault stands.
WithheldInvoice = TypedDict(
    "WithheldInvoice", {"invoice_id": str, "in": Optional[str], "line": Optional[int], "message": str}
)

class Followed(TypedDict):
    answer: list[dict[str, Any]]
    withheld: list[WithheldInvoice]
    unknown: list[str]
    notices: list[str]

class Journal(TypedDict):
    answer: dict[str, Any]
    withheld: list[WithheldInvoice]
    unknown: list[str]
    notices: list[str]

class Leaks(TypedDict):
    answer: list[dict[str, Any]]
    withheld: list[Withheld]

class Explained(TypedDict):
    as_of: str
    cases: list[dict[str, Any]]
    withheld: list[Withheld]

class JalonError(Exception): ...

class ScheduleError(JalonError):
    findings: list[dict[str, Any]]

class Answer:
    @property
    def billed(self) -> int: ...
    @property
    def held(self) -> int: ...
    @property
    def lines(self) -> list[dict[str, Any]]: ...
    @property
    def invoices(self) -> list[dict[str, Any]]: ...
    @property
    def withheld(self) -> list[Withheld]: ...
    @property
    def notices(self) -> list[dict[str, Any]]: ...
    @property
    def lines_ndjson(self) -> str: ...

class _Stream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Optional[object] = ...) -> object: ...

class Table:
    def __arrow_c_stream__(self, requested_schema: Optional[object] = ...) -> object: ...
    def __len__(self) -> int: ...

class ArrowAnswer:
    @property
    def billed(self) -> int: ...
    @property
    def held(self) -> int: ...
    @property
    def lines(self) -> Table: ...
    @property
    def withheld(self) -> Table: ...

class Session:
    def feed(self, events: _Events) -> None: ...
    def take(self) -> Answer: ...
    def finish(self) -> Answer: ...

class Schedules:
    @property
    def schedules(self) -> list[dict[str, Any]]: ...
    @property
    def warnings(self) -> list[dict[str, Any]]: ...
    def verify(self) -> dict[str, Any]: ...
    def follow(
        self, invoices: _Events, events: _Events, as_of: _Day, *, done: Optional[_Events] = ...,
        since: Optional[_Day] = ...,
    ) -> Followed: ...
    def unpaid(
        self, invoices: _Events, events: _Events, as_of: _Day, *, done: Optional[_Events] = ...,
    ) -> Followed: ...
    def journal(
        self, invoices: _Events, events: _Events, as_of: _Day, *, done: Optional[_Events] = ...,
    ) -> Journal: ...
    def leaks(
        self, events: _Events, as_of: _Day, *, issued: Optional[_Events] = ..., skip_unreadable: bool = ...,
    ) -> Leaks: ...
    def explain(
        self, events: _Events, as_of: _Day, *, case: Optional[str] = ..., skip_unreadable: bool = ...,
    ) -> Explained: ...
    def evaluate(
        self, events: _Events, as_of: _Day, *, invoices: bool = ..., notices: bool = ...,
        skip_unreadable: bool = ..., threads: int = ...,
    ) -> Answer: ...
    def evaluate_arrow(
        self, events: _Stream, as_of: _Day, *, skip_unreadable: bool = ..., threads: int = ...,
        progress: Optional[Callable[[int, int, Optional[int]], object]] = ...,
    ) -> ArrowAnswer: ...
    def session(
        self, as_of: _Day, *, invoices: bool = ..., notices: bool = ...,
        skip_unreadable: bool = ..., threads: int = ...,
    ) -> Session: ...

def compile(source: _Source, *, name: str = ..., lang: _Lang = ...) -> Schedules: ...
def evaluate(
    source: Union[_Source, Schedules], events: _Events, as_of: _Day, *, invoices: bool = ...,
    notices: bool = ..., skip_unreadable: bool = ..., threads: int = ...,
) -> Answer: ...
def verify(source: Union[_Source, Schedules], *, name: str = ..., lang: _Lang = ...) -> dict[str, Any]: ...
