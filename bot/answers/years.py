"""How times are told in talk: 98年 is 1998年, what is to be done in a year (今年要) is a plan, 涨了多少 is no plan."""

from __future__ import annotations

import re

# Where a stretch of the question begins, and no length of time (90年代, 15年内).
_SHORT_YEAR = re.compile(r"(?:^|(?<=[\s,、。;在从到至和比]))([0-27-9]\d)(?=年(?![代级期龄内里间来多以后前]))")
_AHEAD = re.compile(
    r"年(?:底前|内|里)?(?:还|再)?(?:要|想)(?![求闻素点])|(?:再过|以后|往后|接下来|今后|未来)(?:的)?\w{1,2}年"
    r"|(?<![需主重])要(?:再|继续|新)?[建修盖种改培招引增减降涨办装治弄搞投添拆搬][^,，。]{0,3}(?:多少|几)"  # 要修几里
    r"|年.{0,6}(?<![需主重])(?:要|想)(?=[新建修盖种改培招引增减降涨完达做办装治让])"  # 今年收入想涨多少
)
_DONE = re.compile(r"(?<![为除])了(?:多少|几|百分之|哪)")
_CENTURY = "70"  # the first year that is taken for one of the century before


def with_whole_years(text: str) -> str:
    """The text of a question (in normal form) with its short years written out."""
    return _SHORT_YEAR.sub(lambda year: f"{'19' if year[1] >= _CENTURY else '20'}{year[1]}", text)


def ahead(text: str) -> bool:
    """Whether a question asks about what is to be done in a year: 今年要新增多少."""
    return bool(_AHEAD.search(text))


def done(text: str) -> bool:
    """Whether a question asks about what is done: 涨了多少, 建了几所."""
    return bool(_DONE.search(text))
