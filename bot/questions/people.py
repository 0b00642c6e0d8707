"""People in the question log: a digest keyed with a salt that never leaves the data folder."""

from __future__ import annotations

import os
import secrets
from hashlib import blake2b
from pathlib import Path

FILE = "salt"
SIZE = 32  # bytes


def salt_of(folder: Path) -> bytes:
    """The salt, made at the first call, for its owner only. Raises OSError; a salt cut short is made anew."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    try:
        salt = file.read_bytes()
    except FileNotFoundError:
        salt = b""
    if len(salt) == SIZE:
        return salt
    from bot.editions.durable import write_whole

    salt = secrets.token_bytes(SIZE)
    write_whole(file, salt)
    os.chmod(file, 0o600)  # noqa: PTH101
    return salt


def digest_of(person: int, salt: bytes) -> str:
    """A person as 24 hexadecimal digits: the same for the same person here, and for nobody who lacks the salt."""
    return blake2b(str(person).encode(), key=salt, digest_size=12).hexdigest()
