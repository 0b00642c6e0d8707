"""The reports folder as the operator sees it: what it holds, and which names may be put there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.reports.files import SUFFIXES

LONGEST_NAME = 180  # bytes of UTF-8; file systems take 255 and temporary names need some

# What Windows forbids in names and shells trip over, and control characters.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*`$\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the folder: its bytes, or the one line that says why it could not be opened."""

    name: str
    data: bytes = b""
    fault: str = ""


def scan(folder: Path) -> Iterator[Found]:
    """The report files of a folder, by name; of one file, that file. Raises OSError where the folder cannot be read."""
    paths = [folder] if folder.is_file() else sorted(folder.iterdir())
    for path in paths:
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            continue
        try:
            yield Found(path.name, path.read_bytes())
        except OSError as error:
            why = "是文件夹" if path.is_dir() else error.strerror or str(error)
            yield Found(path.name, fault=f"{path.name}：文件打不开（{why}）；请检查路径和读取权限。")


def safe_name(given: str) -> str:
    """A file name fit for the reports folder: no path, no control or shell characters, its suffix in small letters."""
    name = unicodedata.normalize("NFC", PurePosixPath(given.replace("\\", "/")).name)
    stem, dot, suffix = name.rpartition(".")
    stem = _UNSAFE.sub("_", stem if dot else name).strip(" .")
    if not stem.strip("_") or _RESERVED.fullmatch(stem):
        stem = f"report_{stem.strip('_')}".rstrip("_")
    suffix = _UNSAFE.sub("", suffix).lower() if dot else ""
    room = LONGEST_NAME - len(suffix.encode()) - 1
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return f"{stem}.{suffix}" if suffix else stem
