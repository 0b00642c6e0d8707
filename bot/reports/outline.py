"""The tree of a report's sections, by offsets. Which mark stands inside which is read off the report itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.reports.headings import CLOSING, LEAD, LINE, Heading, headings_of
from bot.reports.marks import DASH, LISTED, ORDINAL, RANKS
from bot.reports.model import Part, Section
from bot.reports.paragraphs import Paragraph

# Items that are one paragraph each: prose after the last of them belongs to the section around the list.
ONE_PARAGRAPH = frozenset({DASH, ORDINAL, LISTED, LEAD})


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text outside the body: title block, page furniture, appendix. `title` is a span, or empty."""

    start: int
    end: int
    part: Part
    title: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Node:
    """A section while it is being built; `end` is set when it closes."""

    start: int
    style: str = ""
    heading: Heading | None = None
    part: Part = Part.BODY
    title: tuple[int, int] = (0, 0)
    end: int = 0
    children: list[_Node] = field(default_factory=list)
    paragraphs: int = 0  # plain ones since its heading


def outline(text: str, paragraphs: Sequence[Paragraph], blocks: Sequence[Block], title: tuple[int, int]) -> Section:
    """The tree of `text`. `paragraphs` are those of the body; `blocks` lie before, between and behind them.

    The children of a section never overlap and lie in order inside it, so that the leaves joined are the text.
    """
    found = headings_of(text, paragraphs)
    tree = _Tree(text, _evidence(found))
    waiting = sorted(blocks, key=lambda block: block.start)
    for i, paragraph in enumerate(paragraphs):
        while waiting and waiting[0].start <= paragraph.start:
            tree.add_block(waiting.pop(0))
        if found[i]:
            if found[i][0].start > paragraph.line_start:
                tree.add_prose(paragraph, None)
            for heading in found[i]:
                tree.add(heading, _following(found, i, heading))
        else:
            tree.add_prose(paragraph, _following(found, i, None))
    for block in waiting:
        tree.add_block(block)
    return tree.whole(title)


def _following(found: Sequence[Sequence[Heading]], i: int, heading: Heading | None) -> Heading | None:
    """The next heading: below a line without a mark, the next one that has a number."""
    for headings in found[i + 1 :]:
        for below in headings:
            if heading is None or below.style not in (LEAD, LINE, DASH):
                return below
    return None


def _evidence(found: Sequence[Sequence[Heading]]) -> set[tuple[str, str]]:
    """Pairs (outer, inner) of styles: the inner one begins at 1 between two successive numbers of the outer one."""
    pairs: set[tuple[str, str]] = set()
    begun: dict[str, tuple[int, set[str]]] = {}
    for headings in found:
        for heading in headings:
            if not heading.value:
                continue
            last = begun.get(heading.style)
            if last and heading.value == last[0] + 1:
                pairs.update((heading.style, inner) for inner in last[1])
            begun[heading.style] = (heading.value, set())
            if heading.value == 1:
                for style, (_, inside) in begun.items():
                    if style != heading.style:
                        inside.add(heading.style)
    return pairs


class _Tree:
    """The sections from the root to the one now open."""

    def __init__(self, text: str, nests: set[tuple[str, str]]) -> None:
        self.text = text
        self.nests = nests
        self.open = [_Node(0)]

    def add_block(self, block: Block) -> None:
        inside = block.part is Part.FURNITURE and len(self.open) > 1 and block.end < len(self.text)
        if not inside:
            self._close(1, block.start)
        node = _Node(block.start, part=block.part, title=block.title, end=block.end)
        self.open[-1].children.append(node)

    def add_prose(self, paragraph: Paragraph, following: Heading | None) -> None:
        """A paragraph without a heading: it may end the sections that cannot hold it."""
        if CLOSING.match(self.text, paragraph.start):
            self._close(min(2, len(self.open)), paragraph.line_start)
            return
        top = self.open[-1]
        if top.style in ONE_PARAGRAPH:
            leads_on = self.text[paragraph.end - 1] in "：:" and top.heading is not None and top.heading.run_in
            last_of_list = following is None or following.style != top.style
            if leads_on or (last_of_list and self._is_full(top)):
                self._close(len(self.open) - 1, paragraph.line_start)
                return
        top.paragraphs += 1

    def _is_full(self, node: _Node) -> bool:
        """Whether the section has as many paragraphs as the longest of those before it in the same list."""
        before = [child for child in self.open[-2].children if child.style == node.style and child is not node]
        return bool(before) and node.paragraphs >= max(child.paragraphs for child in before)

    def add(self, heading: Heading, following: Heading | None) -> None:
        style = heading.style
        if heading.depth:
            keep = self._under_markdown(heading.depth)
        elif style == LINE:
            keep, style = self._under_line(following)
        else:
            keep = self._under_mark(heading)
        self._close(keep, heading.start)
        node = _Node(heading.start, style, heading)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _under_markdown(self, depth: int) -> int:
        keep = 1
        for i, node in enumerate(self.open):
            if node.heading and 0 < node.heading.depth < depth:
                keep = i + 1
        return keep

    def _under_mark(self, heading: Heading) -> int:
        """How many open sections stay open around a heading with a mark or a lead."""
        for i in range(len(self.open) - 1, 0, -1):
            if self.open[i].style == heading.style:
                return i
        if heading.value > 1:
            for i in range(len(self.open) - 1, -1, -1):
                last = next((c.heading for c in reversed(self.open[i].children) if c.style == heading.style), None)
                if last and last.value == heading.value - 1:
                    return i + 1
        keep = len(self.open)
        rank = RANKS.get(heading.style, RANKS[DASH])
        while keep > 1:
            style = self.open[keep - 1].style
            outer = RANKS[DASH] if style == LEAD else RANKS.get(style, -1)
            if outer <= rank or (style, heading.style) in self.nests:
                break
            keep -= 1
        return keep

    def _under_line(self, following: Heading | None) -> tuple[int, str]:
        """A line without a mark stands above marks that begin again below it and inside marks that go on below it."""
        styles = [node.style for node in self.open]
        if following and following.style in styles:
            i = styles.index(following.style)
            if following.value > 1:
                inner = f"{LINE} in {following.style}"
                return (styles.index(inner) if inner in styles else i + 1), inner
            return (styles.index(LINE) if LINE in styles[:i] else i), LINE
        for i in range(len(styles) - 1, 0, -1):
            if styles[i].startswith(LINE):
                return i, styles[i]
        keep = len(self.open)
        while keep > 1 and styles[keep - 1] in ONE_PARAGRAPH:
            keep -= 1
        return keep, LINE

    def _close(self, keep: int, at: int) -> None:
        """Close all open sections but the first `keep`."""
        while len(self.open) > keep:
            self.open.pop().end = at

    def whole(self, title: tuple[int, int]) -> Section:
        self._close(1, len(self.text))
        root = self.open[0]
        root.end, root.title = len(self.text), title
        return self._section(root, 0)

    def _section(self, node: _Node, level: int) -> Section:
        heading = node.heading
        start, end = (heading.title_start, heading.title_end) if heading else node.title
        return Section(
            title=self.text[start:end],
            level=level,
            start=node.start,
            end=node.end,
            title_start=start,
            title_end=end,
            number=heading.number if heading else "",
            part=node.part,
            children=tuple(self._section(child, level + 1) for child in node.children),
        )
