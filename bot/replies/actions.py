"""What a button does, as data of at most 64 bytes (Telegram's limit on callback data).

An action is written `version|code|field|field…`. It is checked when it is built and again when it is read, since
buttons outlive the program that made them. Reports are named by a digest of their id; where a position in the text
is meant, an `edition` adds a digest of the text, so that a button of an older edition is recognised as stale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2s
from typing import ClassVar

from bot.reports.model import Report

VERSION = "1"
LIMIT = 64  # bytes
SEPARATOR = "|"
ALL = "all"


class ActionError(ValueError):
    """An action that cannot be built, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Action:
    """`code` stands for the class; fields are text or whole numbers, named in PATTERNS."""

    code: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Paged(Action):
    """An action whose reply may have pages. 0 opens the first one; from 1 on the page of that number is turned to."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ListReports(Paged):
    code: ClassVar[str] = "R"


@dataclass(frozen=True, slots=True)
class ShowReport(Action):
    code: ClassVar[str] = "r"
    report: str = ""


@dataclass(frozen=True, slots=True)
class UseReport(Action):
    code: ClassVar[str] = "u"
    choice: str = ALL


@dataclass(frozen=True, slots=True)
class ListSections(Paged):
    code: ClassVar[str] = "S"
    report: str = ""


@dataclass(frozen=True, slots=True)
class ShowSection(Paged):
    code: ClassVar[str] = "s"
    edition: str = ""
    index: int = 0


@dataclass(frozen=True, slots=True)
class ShowTasks(Paged):
    code: ClassVar[str] = "t"
    report: str = ""


@dataclass(frozen=True, slots=True)
class ListMetrics(Paged):
    code: ClassVar[str] = "M"
    report: str = ""


@dataclass(frozen=True, slots=True)
class ShowMetric(Action):
    code: ClassVar[str] = "m"
    edition: str = ""
    index: int = 0


@dataclass(frozen=True, slots=True)
class ShowCard(Action):
    """A figure as a picture."""

    code: ClassVar[str] = "i"
    edition: str = ""
    index: int = 0


@dataclass(frozen=True, slots=True)
class ShowQuote(Action):
    code: ClassVar[str] = "q"
    edition: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ShowCounty(Paged):
    code: ClassVar[str] = "c"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Why(Action):
    code: ClassVar[str] = "w"


@dataclass(frozen=True, slots=True)
class Say(Paged):
    """As if `said` were said; for what is named by words rather than by a place in a report."""

    code: ClassVar[str] = "x"
    said: str = ""


@dataclass(frozen=True, slots=True)
class SayAgain(Paged):
    """As Say, for words that do not fit: the chat's memory holds them under their digest."""

    code: ClassVar[str] = "y"
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Guess(Action):
    """A choice in a quiz, as it is written, for the figure of that index."""

    code: ClassVar[str] = "g"
    edition: str = ""
    index: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Subscribe(Action):
    """`wish` is daily, weekly, both, or none."""

    code: ClassVar[str] = "b"
    wish: str = "none"


@dataclass(frozen=True, slots=True)
class Compose(Action):
    """A step towards an announcement: which list is shown, from its item number `at` on."""

    code: ClassVar[str] = "n"
    what: str = "metrics"
    draft: int = 0
    at: int = 0


@dataclass(frozen=True, slots=True)
class Pick(Action):
    """An item of a list is picked for an announcement, or no longer; `at` is where the list stood."""

    code: ClassVar[str] = "p"
    what: str = "metrics"
    draft: int = 0
    index: int = 0
    at: int = 0


@dataclass(frozen=True, slots=True)
class Announce(Action):
    """What is to be done with an announcement that is composed."""

    code: ClassVar[str] = "a"
    step: str = "send"
    draft: int = 0


@dataclass(frozen=True, slots=True)
class ShowDifference(Paged):
    """What a candidate for the next edition changes."""

    code: ClassVar[str] = "d"
    token: str = ""


@dataclass(frozen=True, slots=True)
class ShowPreview(Paged):
    """An uploaded report as it was read."""

    code: ClassVar[str] = "v"
    token: str = ""


@dataclass(frozen=True, slots=True)
class Publish(Action):
    """A candidate is published or discarded."""

    code: ClassVar[str] = "e"
    deed: str = "publish"
    token: str = ""


@dataclass(frozen=True, slots=True)
class Rollback(Action):
    """An edition that is kept comes back into force."""

    code: ClassVar[str] = "k"
    number: int = 0


@dataclass(frozen=True, slots=True)
class Rate(Action):
    """👍 or 👎 for the answer to a question, by the question's key in the log."""

    code: ClassVar[str] = "f"
    question: str = ""
    verdict: str = "good"


@dataclass(frozen=True, slots=True)
class ListAsked(Paged):
    """A list of what people asked, for admins."""

    code: ClassVar[str] = "U"
    listing: str = "unanswered"


@dataclass(frozen=True, slots=True)
class Settle(Action):
    """What is to be done about questions of a form, by its digest; `at` is the page where they stood."""

    code: ClassVar[str] = "z"
    settling: str = "ignored"
    digest: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class StopWaiting(Action):
    """The bot asked an admin for words, who does not want to say them."""

    code: ClassVar[str] = "Z"


ACTIONS: dict[str, type[Action]] = {
    kind.code: kind
    for kind in (
        *(ListReports, ShowReport, UseReport, ListSections, ShowSection, ShowTasks, ListMetrics),
        *(ShowMetric, ShowCard, ShowQuote, ShowCounty, Why, Guess, Say, SayAgain),
        *(Subscribe, Compose, Pick, Announce),
        *(ShowDifference, ShowPreview, Publish, Rollback),
        *(Rate, ListAsked, Settle, StopWaiting),
    )
}
NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
PATTERNS = {
    "page": re.compile(r"0|[1-9][0-9]{0,3}"),
    "report": re.compile(r"[0-9a-f]{8}"),
    "choice": re.compile(r"[0-9a-f]{8}|all"),
    "edition": re.compile(r"[0-9a-f]{14}"),
    "place": re.compile(r"[0-9a-f]{8}"),
    "token": re.compile(r"[0-9a-f]{8}"),
    "deed": re.compile(r"publish|discard"),
    "number": NUMBER,
    "digest": re.compile(r"[0-9a-f]{8}"),
    "index": NUMBER,
    "at": NUMBER,
    "draft": NUMBER,
    "wish": re.compile(r"daily|weekly|both|none"),
    "what": re.compile(r"metrics|section|county"),
    "step": re.compile(r"preview|send|cancel|stop|again"),
    "start": NUMBER,
    "end": NUMBER,
    "question": re.compile(r"[0-9a-f]{10}"),
    "verdict": re.compile(r"good|bad"),
    "listing": re.compile(r"unanswered|top|feedback|fixed"),
    "settling": re.compile(r"alias|fixed|ignored|unfix"),
    "said": re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]+"),
}


def encode(action: Action) -> str:
    """Callback data for a button. Raises ActionError where a field is malformed or 64 bytes do not suffice."""
    data = SEPARATOR.join((VERSION, action.code, *written(action)))
    if len(data.encode()) > LIMIT:
        raise ActionError(f"over {LIMIT} bytes: {data!r}")
    return data


def decode(data: str) -> Action:
    """The action that a button carries. Raises ActionError for another version, an unknown code, a wrong field."""
    if len(data) > LIMIT or len(data.encode("utf-8", "replace")) > LIMIT:
        raise ActionError(f"over {LIMIT} bytes")
    version, _, rest = data.partition(SEPARATOR)
    if version != VERSION:
        raise ActionError(f"version {version!r}")
    code, *values = rest.split(SEPARATOR)
    if code == Say.code:  # the words come last and may hold the separator
        values = rest.split(SEPARATOR, 2)[1:]
    return read(code, values)


def written(action: Action) -> list[str]:
    """Its fields as text, checked. Raises ActionError."""
    values = []
    for field in fields(action):
        value = str(getattr(action, field.name))
        if not PATTERNS[field.name].fullmatch(value):
            raise ActionError(f"{field.name}: {value!r}")
        values.append(value)
    return values


def read(code: str, values: list[str]) -> Action:
    """The action of a code with these fields. Raises ActionError."""
    kind = ACTIONS.get(code)
    if kind is None:
        raise ActionError(f"code {code!r}")
    named = fields(kind)
    if len(named) != len(values):
        raise ActionError(f"{code}: {len(values)} fields")
    for field, value in zip(named, values, strict=True):
        if not PATTERNS[field.name].fullmatch(value):
            raise ActionError(f"{field.name}: {value!r}")
    return kind(*(int(value) if field.type == "int" else value for field, value in zip(named, values, strict=True)))


def of_kind(*kinds: type[Action]) -> re.Pattern[str]:
    """What the data of these actions begins with."""
    codes = "|".join(kind.code for kind in kinds)
    return re.compile(rf"{VERSION}\{SEPARATOR}(?:{codes})(?:\{SEPARATOR}|$)")


@lru_cache(maxsize=4096)
def digest(text: str, length: int = 8) -> str:
    """The first `length` hexadecimal digits of a digest of the text."""
    return blake2s(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def report_key(report: Report) -> str:
    return digest(report.id)


def edition_key(report: Report) -> str:
    return digest(report.id) + digest(report.text, 6)
