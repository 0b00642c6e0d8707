"""What an answer was worth: right, wrong, silent (declined though the report says it) or invented (the reverse)."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bench.cases import Case


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    SILENT = "silent"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class Said:
    """What a system says: the answer, its figure in base units where it is one, and its evidence."""

    text: str
    quote: str = ""
    section: str = ""
    value: float | None = None
    unit: str = ""
    score: float = 0.0


# An answer that is longer than this many characters is a page and no answer.
LONGEST = {"number": 120, "text": 200, "list": 300, "passage": 500}


def plain(text: str) -> str:
    """Letters and figures only, in one width and case: quotation marks and spaces do not decide."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def judge(case: Case, said: Said | None) -> Verdict:
    """Compare what was said, None for a declined question, with what is right."""
    if case.kind == "none":
        return Verdict.RIGHT if said is None else Verdict.INVENTED
    if said is None:
        return Verdict.SILENT
    fits = len(plain(said.text)) <= LONGEST[case.kind] and _holds(case, said)
    return Verdict.RIGHT if fits else Verdict.WRONG


def quoted(case: Case, said: Said | None) -> bool:
    """Does the quote stand where the answer stands? One of the two quotes may be longer than the other."""
    if said is None or not said.quote:
        return False
    ours, right = plain(said.quote), plain(case.quote)
    return bool(ours) and (ours in right or right in ours)


def _holds(case: Case, said: Said) -> bool:
    if case.kind == "number":
        return _same_figure(said.value, case.gold["value"]) and _same_unit(said.unit, case.gold["units"])
    text = plain(said.text)
    if case.kind == "list":
        wanted, unwanted = case.gold["items"], case.gold.get("forbid", ())
        return all(plain(item) in text for item in wanted) and not any(plain(item) in text for item in unwanted)
    if case.kind == "passage":
        text += plain(said.section) + plain(said.quote)
    return any(plain(one) in text for one in case.gold["any"])


def _same_figure(ours: float | None, right: float) -> bool:
    return ours is not None and math.isclose(ours, right, rel_tol=1e-9)


def _same_unit(ours: str, right: list[str]) -> bool:
    # plain() drops % and ‰, which are units of their own; 套（户） and 套 are the same.
    units = [plain(unit) or unit for unit in right]
    unit = plain(ours) or ours
    return not units or any(unit == one or bool(unit and (unit in one or one in unit)) for one in units)
