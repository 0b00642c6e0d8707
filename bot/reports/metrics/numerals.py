"""Numerals of official prose: 3.7万, 36,518, ３３．５万亿, 1亿2千万, 四亿零七百多万, 三分之二."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from bot.reports.metrics.tables import DIGITS, POWERS

_HALF = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_WIDE = re.compile("[０-９]")

_D = "[0-9０-９]"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[０-９]{1,3}(?:[，,][０-９]{3})+(?![０-９])"
_PLAIN = rf"(?:{_GROUPED}|{_D}{{1,20}})(?:[.．]{_D}{{1,20}})?"
_POWER = "(?:[十百万亿]|千(?![瓦克伏卡乏米]))"  # 550万千瓦 is 550万 of 千瓦
_DIGIT = "[零〇○一二两三四五六七八九]"

#: Arabic digits, with the Chinese powers that scale them: 3.7万, 120余万, 1亿2千万.
ARABIC = rf"{_PLAIN}(?:[ 　]?[余多几]?{_POWER}+(?:零?{_PLAIN}[余多]?{_POWER}+)*)?"
#: Chinese numerals: 十二, 三千多, 四亿零七百多万, 三点五.
SPELLED = rf"(?:[零〇○一二两三四五六七八九]|{_POWER}){{1,24}}(?:[余多几]{_POWER}+)?(?:点{_DIGIT}+)?"
FRACTION = rf"(?:{SPELLED}|{_D}+)分之(?:{ARABIC}|{SPELLED})|(?<![0-9/])[1-9]/(?:[2-9]|10)(?![0-9/.])"

#: Two digits that follow on each other, for a figure between them: 七、八元, 二、三百亿度.
NEIGHBOURS = "|".join(f"{low}、{high}" for low, high in zip("一二三四五六七八", "二三四五六七八九", strict=True))

_TOKEN = re.compile(rf"({_PLAIN})|({_DIGIT})|({_POWER})")
_WHOLE = re.compile(rf"(?:{FRACTION}|{ARABIC}|{SPELLED})[余多几来]?")


def half_width(text: str) -> str:
    """Full-width digits, point and comma as ASCII; as many characters as before."""
    if _WIDE.search(text):
        return text.translate(_HALF)
    return text.replace("，", ",").replace("．", ".")  # mostly, and much faster


def _whole(spelled: str) -> Decimal:
    """Digits and powers read as one number: sections of 亿 and 万, within them 千百十."""
    total = section = digit = Decimal(0)
    seen = False  # a digit waits for its power
    run = ""  # digits in a row: 二〇二三
    for number, spoken, power in _TOKEN.findall(spelled):
        if number:
            digit, seen, run = Decimal(number.replace(",", "")), True, ""
        elif spoken:
            run = run + str(DIGITS[spoken]) if seen else str(DIGITS[spoken])
            digit, seen = Decimal(run), DIGITS[spoken] != 0 or len(run) > 1
        else:
            scale = POWERS[power]
            if scale >= 10**4:
                section += digit
                if section == 0:
                    total = total * scale if total else Decimal(scale)  # 3万亿 is 3 x 10^12, 万元 alone 10^4
                elif scale == 10**8:
                    total = (total + section) * scale
                else:
                    total += section * scale
                section = Decimal(0)
            else:
                section += (digit if seen else Decimal(1)) * scale
            digit, seen, run = Decimal(0), False, ""
    return total + section + digit


@lru_cache(maxsize=65536)
def read(numeral: str) -> Decimal | None:
    """The value of a numeral without its bounds, None where it is none: 3.7万 -> 37000, 三分之二 -> 0.666…"""
    numeral = half_width(numeral).replace(" ", "").replace("\u3000", "")
    if not _WHOLE.fullmatch(numeral):
        return None
    if "分之" in numeral or "/" in numeral:
        below, above = numeral.split("分之") if "分之" in numeral else reversed(numeral.split("/"))
        bottom, top = read(below), read(above)
        return top / bottom if top is not None and bottom else None
    if "点" in numeral:
        before, after = numeral.split("点")
        return _whole(before) + Decimal("0." + "".join(str(DIGITS[each]) for each in after))
    return _whole(numeral)


def parse_numeral(s: str) -> float | None:
    """The value of a numeral as people write it, or None: 3.7万 -> 37000.0, 十二 -> 12.0, 百分之五 -> 0.05."""
    value = read(s.strip())
    return None if value is None else float(value)
