"""The press: Typst in this process, one compiler for all cards, fonts from a package: every machine prints alike.

What a card says is handed over as JSON in `sys.inputs`, never as Typst source: a report cannot bring code in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Compiler, Fonts

THEMES = ("light", "dark")
TEMPLATES = Path(__file__).parent / "templates"
PIXELS_PER_INCH = 144  # two pixels a point: 540 pt are 1080 px
RENEW_AFTER = 500  # cards; the compiler remembers layouts and is made anew before that weighs

_lock = Lock()
_printed = 0


class CardError(Exception):
    """No picture: Typst or its fonts are not there, or it could not set the card. Say it in text instead."""


def png(template: str, content: Mapping[str, Any], theme: str) -> bytes:
    """A card as PNG, 1080 pixels wide. Raises CardError; an unknown theme is a ValueError."""
    global _printed
    inputs = inputs_of(content, theme)
    with _lock:  # a compiler holds one document at a time
        try:
            picture = _compiler().compile(
                TEMPLATES / f"{template}.typ", format="png", ppi=PIXELS_PER_INCH, sys_inputs=inputs
            )
        except (CardError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of the compiler is no Exception; the text can still be said
            _compiler.cache_clear()
            raise CardError(f"画不成图：{error}") from error
        _printed += 1
        if _printed % RENEW_AFTER == 0:
            _compiler.cache_clear()
    if not isinstance(picture, bytes):
        raise CardError("画不成图：不是一页")
    return picture


def inputs_of(content: Mapping[str, Any], theme: str) -> dict[str, str]:
    """What a template reads from `sys.inputs`."""
    if theme not in THEMES:
        raise ValueError(f"theme {theme!r}, not one of {THEMES}")
    return {"theme": theme, "content": json.dumps(content, ensure_ascii=False)}


@cache
def fonts() -> Fonts:
    """Noto Sans SC and Noto Serif SC of the font package and nothing else. Raises CardError."""
    try:
        import typst
        from pylopdf_fonts_zh_cn import sans_path, serif_path
    except ImportError as error:
        raise CardError(f"画图要用的库没有装好：{error.name}") from error
    files = [sans_path(), serif_path()]
    if missing := [file.name for file in files if not file.is_file()]:
        raise CardError(f"缺少字体：{'、'.join(missing)}")
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list({file.parent for file in files})
    )


@cache
def _compiler() -> Compiler:
    available = fonts()
    import typst

    return typst.Compiler(root=TEMPLATES, font_paths=available, ignore_system_fonts=True)
