"""The visible text of a page while it is being read: pieces first, one string and true offsets at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.reports.files.text import glue

LAYOUT_CHARS = 100  # a cell with several lines and more text than this is page layout, no cell of figures
_SPACES = re.compile(r"[ \t\r\n\f]+")  # what HTML collapses; never the no-break and the ideographic space
_ENDS = "\r\n"


@dataclass(slots=True)
class _Table:
    breaks: list[int] = field(default_factory=list)  # pieces that are line ends inside a cell
    tabs: list[int] = field(default_factory=list)  # pieces that part two cells
    cell: int = -1  # the piece where the open cell starts
    cell_breaks: int = 0  # how many breaks stood before this cell
    column: int = 0  # the next free column of the row
    before: int = 0  # the column in which the last cell of the row began
    covered: dict[int, int] = field(default_factory=dict)  # columns held by a cell from above: for how many rows more
    layout: bool = False


class VisibleText:
    """Writes text as a browser lays it out, white space collapsed.

    What a line end inside a table cell becomes is known only at the table's end: the lines of a cell of figures are
    joined, those of a cell that holds the page's article stay. So text is kept in pieces which can still change, and
    places are numbers of pieces (`mark`) until `finish` turns them into offsets.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.last = "\n"  # the last character written
        self.pending = ""  # white space that counts only if more text follows on the line
        self.tables: list[_Table] = []

    def mark(self) -> int:
        return len(self.pieces)

    def since(self, mark: int) -> str:
        return "".join(self.pieces[mark:]).strip()

    def write(self, text: str, verbatim: bool = False) -> None:
        """Text as the parser hands it over; `verbatim` keeps its line ends (<pre>)."""
        if verbatim:
            self._put(text.replace("\r\n", "\n"))
            return
        body = text.strip(" \t\r\n\f")
        lead = text[: len(text) - len(text.lstrip(" \t\r\n\f"))] if body else text
        self._hold(lead)
        if not body:
            return
        if self.last not in "\n\t" and self.pending:
            self._put(" " if self.pending == " " else glue(self.last, body))
        self.pending = ""
        self._put(_SPACES.sub(lambda run: self._inside(body, run), body))
        self._hold(text[len(lead) + len(body) :])

    def line_end(self) -> None:
        self.pending = ""
        if self.last not in "\n\t":
            if self.tables and self.tables[-1].cell >= 0:
                self.tables[-1].breaks.append(len(self.pieces))
            self._put("\n")

    def row_end(self) -> None:
        self.pending = ""
        if self.tables and self.tables[-1].column:
            table = self.tables[-1]
            table.column = table.before = 0
            table.covered = {at: rows - 1 for at, rows in table.covered.items() if rows > 1}
        if self.last != "\n":
            self._put("\n")

    def open_table(self) -> None:
        if self.tables:
            self.tables[-1].layout = True
        self.tables.append(_Table())

    def close_table(self) -> None:
        table = self.tables.pop()
        for at in table.tabs if table.layout else ():
            self.pieces[at] = "\n"
        for at in () if table.layout else table.breaks:
            after = next((piece for piece in self.pieces[at + 1 : at + 50] if piece), "")
            self.pieces[at] = glue("".join(self.pieces[max(0, at - 3) : at]), after)

    def open_cell(self, across: int = 1, down: int = 1) -> None:
        """A cell over so many columns and rows; a tab more for each column it does not begin in keeps columns apart."""
        if not self.tables:  # a stray <td>
            self.line_end()
            return
        table = self.tables[-1]
        self.pending = ""
        at = table.column
        while at in table.covered:
            at += 1
        for _ in range(at - table.before):
            table.tabs.append(len(self.pieces))
            self._put("\t")
        table.before, table.column = at, at + across
        if down > 1:
            table.covered.update(dict.fromkeys(range(at, at + across), down))
        table.cell, table.cell_breaks = len(self.pieces), len(table.breaks)

    def close_cell(self) -> None:
        if not self.tables or self.tables[-1].cell < 0:
            self.line_end()
            return
        table = self.tables[-1]
        self.pending = ""
        if len(table.breaks) > table.cell_breaks and table.breaks[-1] == len(self.pieces) - 1:
            table.breaks.pop()  # the end of the cell's last paragraph is no line end of its own
            self.pieces[-1] = ""
            self.last = " "
        broken = len(table.breaks) > table.cell_breaks
        table.layout |= broken and sum(map(len, self.pieces[table.cell :])) > LAYOUT_CHARS
        table.cell = -1

    def finish(self) -> tuple[str, list[int]]:
        """The text, and the offset of each piece (one more at the end). Empty lines are dropped."""
        offsets, at, last = [], 0, "\n"
        for number, piece in enumerate(self.pieces):
            if piece == "\n" and last == "\n":
                self.pieces[number] = piece = ""
            offsets.append(at)
            at += len(piece)
            last = piece[-1:] or last
        return "".join(self.pieces), [*offsets, at]

    def _put(self, piece: str) -> None:
        if piece:
            self.pieces.append(piece)
            self.last = piece[-1]

    def _hold(self, space: str) -> None:
        if space:
            ended = self.pending == "\n" or any(end in space for end in _ENDS)
            self.pending = "\n" if ended else " "

    @staticmethod
    def _inside(body: str, run: re.Match[str]) -> str:
        if any(end in run.group() for end in _ENDS):
            return glue(body[run.start() - 1], body[run.end()])
        return " "
