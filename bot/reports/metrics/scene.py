"""Where and who: the place and the actor that hold while a sentence is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.reports.metrics.patterns import any_of
from bot.reports.metrics.words import ORGANS

_LEVELS = "全市|我市|全省|我省|全国|我国|全县|我县|全区|我区|全旗|全州|全盟|市区|市本级|全镇"
_JOINED = re.compile(r"[、和与及]")
_PARTIES = "民革|民盟|民建|民进|农工党|致公党|九三学社|台盟"
_ORGAN = rf"(?:{any_of(ORGANS)})"
_GIVEN_TO = "(?<![被向与对给受])"  # 被市政协采纳: the organ does nothing
_NO_LIST = "(?!“[^”]{1,8}”[^，。；]{0,2}榜|榜)"
_ACTOR = re.compile(
    rf"{_GIVEN_TO}(?:(?:全市各级|全县各级|全区各级|各级|全国|全省|省|市|县|区){_ORGAN}"
    rf"|(?:{_PARTIES})(?:市委会|省委会|县委会|区委会|市委|支部|总支)?"
    r"|(?<![一-龥])(?:省|市|县|区)(?:委|纪委监委|纪委)(?![会员托派书常])|(?:省|市|县|区)委(?=采用|批示|采纳|转发|录用)"
    rf"|党中央|国务院|中共中央|最高检|检察院|法院|工商联|文史馆){_NO_LIST}"
)
_ABOVE = re.compile(r"^(?:全国|省|中央|党中央|中共中央|国务院|最高|国家)")  # they speak once and do not stay the actor


class Scene:
    """The places below a report's own, the report's own place, and how both are named in its text."""

    def __init__(self, places: Sequence[str], home: str) -> None:
        self.home = home
        self.places = frozenset(place for place in places if place and place != home)
        named = any_of([*self.places, home] if home else self.places)
        self._place = re.compile(f"{named}|{_LEVELS}" if named else _LEVELS)
        # 曹县政协; the actors that all reports have in common are a pattern of their own, compiled once
        self._ours = re.compile(rf"{_GIVEN_TO}(?:{named}){_ORGAN}{_NO_LIST}") if named else None

    def speaks(self, text: str, start: int, end: int) -> tuple[bool, bool]:
        """Whether a stretch names any place, and any actor: most name none, and need not be looked at in parts."""
        placed = self._place.search(text, start, end)
        acted = _ACTOR.search(text, start, end) or (placed and self._ours and self._ours.search(text, start, end))
        return bool(placed), bool(acted)

    def place_in(self, text: str, start: int, end: int) -> str:
        """The place that holds at `end`, "" where none is named; the report's own after 全市 or a list of places."""
        found, last = "", -1
        for match in self._place.finditer(text, start, end):
            word = match.group()
            if word in self.places or word == self.home:
                listed = found and last == match.start() - 1 and _JOINED.match(text, last)
                found = self.home if listed else word
                last = match.end()
            elif self._leads_home(word, text, match):
                found, last = self.home, match.end()
        if found and found != self.home and "等" in text[last:end]:
            return self.home  # 曹县、单县等3个县区: of all of them
        return found

    def _leads_home(self, word: str, text: str, match: re.Match[str]) -> bool:
        """Whether 全市 is the report's own place; 全县 in a city's report is the county spoken of."""
        if text.startswith(("政协", "人大", "平均", "第"), match.end()):
            return False
        if word in ("市区", "市本级"):
            return self.home.endswith("市")
        return self.home.endswith(word[-1]) and word[-1] not in "国"

    def place_of_label(self, label: str) -> str:
        """The place that a name says itself, also short: 巨野工笔画 is of 巨野县; of several the longest."""
        for place in sorted(self.places, key=lambda place: (-len(place), place)):
            if place in label or (len(place) >= 3 and place[:-1] in label):
                return place
        return ""

    def lasting_place(self, text: str, start: int, end: int) -> str:
        """The place a part leaves to what follows: none where it only marks a noun (定陶区政协报送的信息)."""
        if text.startswith("其中", start):
            return ""
        for match in self._place.finditer(text, start, end):
            if (
                match.group() in self.places
                and "的" in text[match.end() + 1 : end]
                and "等" not in text[match.end() : end]
            ):
                return ""
        return self.place_in(text, start, end)

    def actor_in(self, text: str, start: int, end: int) -> str:
        """The organ or group nearest before `end`, "" where none is named."""
        found = _last(_ACTOR, text, start, end)
        ours = _last(self._ours, text, start, end) if self._ours else None
        if ours and (found is None or found.start() < ours.end()):  # 县政协 is part of 曹县政协
            found = ours
        return found.group() if found else ""

    @staticmethod
    def stays(actor: str) -> bool:
        """Whether an actor goes on acting in the next part: 全国政协 and 省委 do not."""
        return bool(actor) and not _ABOVE.match(actor)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found
