"""Which blocks of a web page are furniture: menus, breadcrumbs, footers, dialogs, lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "dialog", "button"))
FURNITURE_ROLES = frozenset(("navigation", "banner", "contentinfo", "dialog", "alertdialog", "search", "toolbar"))
# Words in class and id that name furniture, as government site builders and common templates write them.
FURNITURE_WORDS = (
    "nav|navbar|navigation|menu|foot|footer|copyright|crumb|crumbs|breadcrumb|breadcrumbs|sidebar|share|dialog|modal"
    "|popup|alert|toolbar|tools|related|reldocuments|recommend|qrcode|ewm|pagination|pager|prevnext|fontsize|print"
    "|search|login|banner|friendlink|links|location|position|dqwz|weizhi|daohang|fenxiang|dibu"
)
_WORDS = re.compile(rf"(?:^|[^a-z])(?:{FURNITURE_WORDS})(?![a-z])")
_STOPS = re.compile("[。！？；]")
_TITLE_CUT = re.compile(r"\s{0,9}[|｜_]\s*|\s{1,9}[-–—－]{1,9}\s*|[-–—－]{1,9}\s+")
MAIN_SHARE = 0.8  # the report is the innermost block with this share of the text outside links
MAIN_LINES = 3  # a report that is one long paragraph stands among its headings: they belong to the main block too
NAMED_STOPS = 2  # a block that only its name calls furniture holds no more sentences than a footer does


@dataclass(slots=True)
class Block:
    """An element of the page. `start` and `end` are numbers of pieces; the counts are of characters below it."""

    tag: str
    start: int
    unseen: bool
    named: bool  # its class or id says furniture
    marked: bool  # its tag or role says furniture
    in_article: bool
    link: bool
    end: int = 0
    chars: int = 0
    link_chars: int = 0
    stops: int = 0

    @classmethod
    def of(cls, tag: str, attributes: Mapping[str, str], start: int, unseen: bool, parent: Block | None) -> Block:
        in_article = tag in ("article", "main") or (parent is not None and parent.in_article)
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:200].lower()
        marked = tag in FURNITURE_TAGS or attributes.get("role") in FURNITURE_ROLES
        marked |= tag == "header" and not in_article
        link = tag == "a" or (parent is not None and parent.link)
        return cls(tag, start, unseen, _WORDS.search(names) is not None, marked, in_article, link)

    def count(self, text: str) -> None:
        size = len(text.strip())
        self.chars += size
        self.link_chars += size if self.link else 0
        self.stops += len(_STOPS.findall(text))

    def take_in(self, child: Block) -> None:
        self.chars += child.chars
        self.link_chars += child.link_chars
        self.stops += child.stops

    @property
    def is_furniture(self) -> bool:
        links = self.link_chars * 2 > self.chars and not self.stops
        return self.marked or links or (self.named and self.stops <= NAMED_STOPS)


def page_title(declared: str, title: str, headlines: Sequence[str]) -> str:
    """The report's title: the headline that <title> begins with, else what a meta tag declares, else the first part
    of <title>, which goes on with the site's name."""
    title, declared = " ".join(title.split()), " ".join(declared.split())
    for headline in headlines:
        if len(headline) > 3 and title.startswith(headline):
            return headline
    return declared if declared and declared != title else _TITLE_CUT.split(title, maxsplit=1)[0]


def furniture_spans(text: str, offsets: Sequence[int], blocks: Sequence[Block], title: str) -> tuple[Span, ...]:
    """Spans of `text`, in order and apart, that are furniture.

    Inside the main block: blocks known by tag, role, name or their links. Outside of it: also every line without a
    sentence, except the title. A block that holds the main block is never furniture. `blocks` are in closing order.
    """
    own = max((block.chars - block.link_chars for block in blocks), default=0)
    large = (b for b in blocks if b.chars - b.link_chars >= MAIN_SHARE * own and not b.marked)
    main = next((b for b in large if text.count("\n", offsets[b.start], offsets[b.end]) >= MAIN_LINES), None)
    if main is None:
        return ()
    start, end = offsets[main.start], offsets[main.end]
    spans = [
        (offsets[block.start], offsets[block.end])
        for block in blocks
        if block.is_furniture and not (block.start <= main.start and main.end <= block.end)
    ]
    for line in _lines(text):
        inside = start <= line[0] and line[1] <= end + 1
        words = text[line[0] : line[1]].strip()
        if not inside and words and words != title and not _STOPS.search(words):
            spans.append(line)
    return _merge(text, spans)


def _lines(text: str) -> Iterable[Span]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, at + len(line)
        at += len(line)


def _merge(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Spans sorted, overlapping and touching ones as one, without white space at their ends."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = max(start, end - (len(piece) - len(piece.rstrip())))
        if start == end:
            continue
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start].isspace()):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
