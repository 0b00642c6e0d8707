"""A report's file as a snapshot knows it: by its name and its bytes, wherever they lie."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple


class File(NamedTuple):
    """`sha` is the SHA-256 of its bytes in hexadecimal; a path that ends in .gz holds them compressed."""

    name: str
    sha: str
    path: Path

    @property
    def stem(self) -> str:
        """The name without its suffix, which becomes the report's id."""
        return self.name.rpartition(".")[0]

    def data(self) -> bytes:
        """Raises OSError or EOFError where they cannot be read, or are damaged."""
        data = self.path.read_bytes()
        return gzip.decompress(data) if self.path.suffix == ".gz" else data


def file_at(path: Path) -> File:
    """A file of the reports folder. One that cannot be read has the system's reason in place of the digest."""
    try:
        return File(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), path)
    except OSError as error:
        return File(path.name, f"{error.errno}", path)
