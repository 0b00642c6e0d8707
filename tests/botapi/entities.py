"""Telegram's HTML: a text with tags becomes a plain text with entities, offsets and lengths in UTF-16 units.

The tags, the entities (&lt; &gt; &amp; &quot; and numeric) and the wording of the errors are those of
https://core.telegram.org/bots/api#html-style and of what api.telegram.org answers; offsets in errors are bytes.
"""

from __future__ import annotations

import re
from typing import Any

from .errors import Refused, bad

LONGEST_TEXT = 4096  # after entities are parsed
MOST_ENTITIES = 100  # further ones are dropped by Telegram in silence; here that is an error

TAGS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}  # fmt: skip

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_PIECE = re.compile(
    r"&(?:#x(?P<hex>[0-9a-fA-F]{1,6})|#(?P<dec>[0-9]{1,7})|(?P<name>lt|gt|amp|quot));?"
    r"|<(?P<close>/?)(?P<tag>[^\s<>/]*)(?P<attributes>[^<>]*)(?P<end>>?)"
)
_ATTRIBUTE = re.compile(r"\s*([^\s=\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?")


def utf16(text: str) -> int:
    """Length in UTF-16 code units, Telegram's measure of offsets and lengths."""
    return len(text) + sum(char > "\uffff" for char in text)


def parse(text: str, parse_mode: str = "") -> tuple[str, list[dict[str, Any]]]:
    """The text as people see it and its entities. Raises Refused as Telegram does, also when empty or too long."""
    if parse_mode.lower() not in ("", "html"):
        raise bad("unsupported parse_mode")
    plain, entities = _html(text) if parse_mode else (text, [])
    plain, entities = _trim(re.sub(r"[\x00-\x09\x0b-\x1f]", " ", plain), entities)
    if not plain:
        raise bad("message text is empty")
    if utf16(plain) > LONGEST_TEXT:
        raise bad("message is too long")
    if len(entities) > MOST_ENTITIES:
        raise bad(f"more than {MOST_ENTITIES} entities: Telegram would drop {len(entities) - MOST_ENTITIES}")
    return plain, entities


# What may not stand inside: "pre and code entities can't contain other entities, … blockquote and
# expandable_blockquote entities can't be nested" (https://core.telegram.org/bots/api#formatting-options). Telegram
# drops such entities in silence; here that is an error.
_ALONE = {"code", "pre"}
_QUOTES = {"blockquote", "expandable_blockquote"}


def _nested(kind: str, opened: list[tuple[str, int, dict[str, Any]]]) -> bool:
    above = {TAGS[tag] for tag, _, _ in opened}
    return bool(above & _ALONE) or (kind in _ALONE and bool(above)) or (kind in _QUOTES and bool(above & _QUOTES))


def _html(text: str) -> tuple[str, list[dict[str, Any]]]:
    plain: list[str] = []
    length = 0  # of plain, in UTF-16 units
    at = 0
    opened: list[tuple[str, int, dict[str, Any]]] = []
    entities: list[dict[str, Any]] = []
    for piece in _PIECE.finditer(text):
        before = text[at : piece.start()]
        at = piece.end()
        if piece["tag"] is None:
            before += _character(piece)
        plain.append(before)
        length += utf16(before)
        if piece["tag"] is None:
            continue
        if piece["close"]:
            tag, start, extra = _closed(piece, opened)
            if length > start:
                entities.append({"type": TAGS[tag], "offset": start, "length": length - start} | extra)
        else:
            tag, extra = _opened(piece)
            if _nested(TAGS[tag], opened):
                raise _cannot(f'Tag "{tag}" can\'t stand inside "{opened[-1][0]}" at byte offset {_byte(piece)}')
            opened.append((tag, length, extra))
    plain.append(text[at:])
    if opened:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return "".join(plain), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _character(piece: re.Match[str]) -> str:
    if piece["name"]:
        return NAMED[piece["name"]]
    code = int(piece["hex"], 16) if piece["hex"] else int(piece["dec"])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else piece[0]


def _opened(piece: re.Match[str]) -> tuple[str, dict[str, Any]]:
    tag = piece["tag"].lower()
    if not piece["end"]:
        raise _cannot(f"Unclosed start tag at byte offset {_byte(piece)}")
    if tag not in TAGS:
        raise _cannot(f'Unsupported start tag "{tag}" at byte offset {_byte(piece)}')
    attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(piece["attributes"])}
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {_byte(piece)}')
    if tag == "a":
        url = attributes.get("href", "")
        if not re.match(r"(https?|tg|mailto|tel)://?\S+$", url):  # Telegram drops the link in silence
            raise _cannot(f'Tag "a" leads to "{url}" at byte offset {_byte(piece)}')
        return tag, {"url": url}
    if tag == "blockquote" and "expandable" in attributes:
        return tag, {"type": "expandable_blockquote"}
    return tag, {}


def _closed(piece: re.Match[str], opened: list[tuple[str, int, dict[str, Any]]]) -> tuple[str, int, dict[str, Any]]:
    if not opened:
        raise _cannot(f"Unexpected end tag at byte offset {_byte(piece)}")
    if not piece["end"] or piece["attributes"].strip():
        raise _cannot(f"Unclosed end tag at byte offset {_byte(piece)}")
    expected = opened[-1][0]
    if piece["tag"].lower() not in ("", expected):
        found = piece["tag"].lower()
        raise _cannot(f'Unmatched end tag at byte offset {_byte(piece)}, expected "</{expected}>", found "</{found}>"')
    return opened.pop()


def _byte(piece: re.Match[str]) -> int:
    return len(piece.string[: piece.start()].encode())


def _cannot(description: str) -> Refused:
    return bad(f"can't parse entities: {description}")


def _trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Telegram takes white space off both ends and moves the entities along."""
    cut = utf16(text) - utf16(text.lstrip())
    plain = text.strip()
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, utf16(plain))
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return plain, kept


def marks(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram marks in what a person writes.

    A neighbouring letter of any script undoes the mark: /county曹县 and @bot曹县 are plain text.
    """
    found = []
    for kind, pattern in _MARKS.items():
        for match in pattern.finditer(text):
            offset = utf16(text[: match.start()])
            found.append({"type": kind, "offset": offset, "length": utf16(match[0])})
    return sorted(found, key=lambda entity: entity["offset"])


_MARKS = {
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    "mention": re.compile(r"(?<![\w/@])@[A-Za-z0-9_]{3,32}(?!\w)"),
}
