"""Writing that a power cut cannot halve: a file is the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

PRIVATE = 0o600
TAIL = 65536  # bytes at the end of a file of lines, more than any of them has
TEMPORARY = ".youju-"  # how the names of unfinished files begin


def write_whole(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Replace a file by way of a temporary one beside it. Raises OSError, and then the old file is as it was."""
    temporary = path.with_name(f"{TEMPORARY}{path.name}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105 - named as the system calls are
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Remove a file for good; one that is not there is fine."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the folder's list of names durable. Windows cannot, and needs not."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file of lines; what a crash left of one without its end goes first."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, PRIVATE)
    with os.fdopen(handle, "rb+") as file:
        start = max(0, file.seek(0, os.SEEK_END) - TAIL)
        file.seek(start)
        file.truncate(start + file.read().rfind(b"\n") + 1)
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def last_line(path: Path) -> str:
    """The last whole line, "" where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            lines = file.read().decode("utf-8", "replace").split("\n")
    except FileNotFoundError:
        return ""
    return lines[-2] if len(lines) > 1 else ""


def sweep(folder: Path) -> None:
    """Remove what unfinished writing left behind."""
    for left in folder.glob(f"{TEMPORARY}*.tmp"):
        with contextlib.suppress(OSError):
            left.unlink()
