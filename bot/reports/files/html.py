"""HTML: the visible text. Inline tags vanish, block tags are line ends, line ends inside a block vanish, a table's
row is a line with its cells parted by tabs. What a reader would call the page around the report is furniture."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from bot.reports.files.furniture import Block, furniture_spans, page_title
from bot.reports.files.limits import MAX_CHARS, MAX_DEPTH, MAX_TAGS, check_text, has_sentence, refusal
from bot.reports.files.meta import gather
from bot.reports.files.text import decode
from bot.reports.files.visible import VisibleText
from bot.reports.model import ReportError, Source

# Fixed by the HTML standard: elements that browsers lay out as blocks, and elements whose text they do not show.
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|h[1-6r]|header|html|legend|li|main|menu|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
UNSEEN = re.compile(
    "head|script|style|template|noscript|iframe|object|svg|canvas|audio|video|map|select|option|textarea|datalist"
    "|title|math"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MOST_SPANNED = 60
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")


class _Page:
    """The target of lxml's parser: tags and text come in one after another, so that no tree is kept."""

    def __init__(self, filename: str, show_hidden: bool) -> None:
        self.filename, self.show_hidden = filename, show_hidden
        self.out = VisibleText()
        self.open: list[Block] = []
        self.closed: list[Block] = []
        self.unseen = 0  # how many open elements hide their text
        self.hid = False  # whether a style hid text that another reading could show
        self.tags = self.chars = 0
        self.title: list[str] = []
        self.headlines: list[str] = []
        self.meta: list[tuple[str, str]] = []
        self.url = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tags += 1
        if self.tags > MAX_TAGS or len(self.open) >= MAX_DEPTH:
            what = f"有超过 {MAX_TAGS} 个标签" if self.tags > MAX_TAGS else f"标签嵌套超过 {MAX_DEPTH} 层"
            raise refusal(self.filename, f"网页{what}（到第 {self.tags} 个标签）", "请复制正文另存为 .txt")
        self._note(tag, attributes)
        styled_away = "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None
        self.hid |= styled_away
        unseen = UNSEEN.fullmatch(tag) is not None or (styled_away and not self.show_hidden)
        self.unseen += unseen
        if not self.unseen:
            if tag in ("td", "th"):
                self.out.open_cell(_span(attributes, "colspan"), _span(attributes, "rowspan"))
            else:
                self._lay_out(tag, opening=True)
        parent = self.open[-1] if self.open else None
        self.open.append(Block.of(tag, attributes, self.out.mark(), unseen, parent))

    def end(self, tag: str) -> None:
        block = self.open.pop()
        if not self.unseen:
            self._lay_out(tag, opening=False)
        self.unseen -= block.unseen
        block.end = self.out.mark()
        if self.open:
            self.open[-1].take_in(block)
        if tag == "h1":
            self.headlines.append(self.out.since(block.start))
        if block.chars and (block.named or tag in ("td", "th", "button") or BLOCKS.fullmatch(tag)):
            self.closed.append(block)

    def data(self, text: str) -> None:
        if self.open and self.open[-1].tag == "title" and not self.headlines:
            self.title.append(text)
        if self.open and not self.unseen:
            self.chars += len(text)
            if self.chars > MAX_CHARS:
                raise refusal(self.filename, f"网页文字超过上限 {MAX_CHARS} 字", "请复制正文另存为 .txt")
            self.open[-1].count(text)
            self.out.write(text, verbatim=any(block.tag == "pre" for block in self.open[-3:]))

    def comment(self, text: str) -> None:
        saved = _SAVED_FROM.search(text)
        self.url = self.url or (saved.group(1) if saved else "")

    def close(self) -> _Page:
        return self

    def _lay_out(self, tag: str, opening: bool) -> None:
        if tag == "br":
            if opening:
                self.out.line_end()
        elif tag in ("td", "th"):
            self.out.close_cell()
        elif BLOCKS.fullmatch(tag):
            if tag == "table" and opening:
                self.out.open_table()
            self.out.row_end() if tag == "tr" else self.out.line_end()
            if tag == "table" and not opening:
                self.out.close_table()

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            self.meta.append((attributes.get("name") or attributes.get("property", ""), attributes.get("content", "")))
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.meta.append(("url", attributes.get("href", "")))


def read(data: bytes, filename: str, name: str) -> Source:
    """The visible text, with meta from <meta>, <title> and the browser's "saved from" comment.

    Raises ReportError for pages of absurd depth or size and pages whose text is made by scripts only.
    """
    markup, warnings = decode(data, filename)
    page = _parse(markup, filename)
    text, offsets = page.out.finish()
    if page.hid and not has_sentence(text):  # pages that show their article by a script
        page = _parse(markup, filename, show_hidden=True)
        text, offsets = page.out.finish()
        warnings += ("正文在网页里被设为隐藏，已按可见读出",)
    check_text(text, filename)
    meta = gather([*page.meta, ("url", page.url)], only_known=True)
    title = page_title(meta.get("title", ""), "".join(page.title), page.headlines)
    if title:
        meta["title"] = title
    return Source(name, text, meta, furniture_spans(text, offsets, page.closed, title), warnings)


def _span(attributes: Mapping[str, str], name: str) -> int:
    """Over how many columns or rows a cell reaches, at most as many as a table of figures has."""
    written = attributes.get(name, "").strip()
    return min(MOST_SPANNED, max(1, int(written))) if re.fullmatch("[0-9]{1,4}", written) else 1


def _parse(markup: str, filename: str, show_hidden: bool = False) -> _Page:
    target = _Page(filename, show_hidden)
    # UTF-8 again, since lxml refuses str with an encoding declaration; huge_tree, since we keep no tree and count tags.
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)  # type: ignore[arg-type]
    try:
        etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except ReportError:
        raise
    except etree.LxmlError as error:
        raise refusal(filename, f"不是可读的网页（{str(error)[:80]}）", "请复制正文另存为 .txt") from error
    return target
