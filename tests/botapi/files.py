"""Files that people send: what getFile says of them, and their bytes for the download."""

from __future__ import annotations

from .errors import bad
from .methods import Given, method
from .world import Json, World

LARGEST_DOWNLOAD = 20 * 1024 * 1024  # https://core.telegram.org/bots/api#getfile


@method("getFile", file_id="string!")
def get_file(world: World, given: Given) -> Json:
    file_id = given["file_id"]
    if file_id not in world.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    size = len(world.files[file_id])
    if size > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": size, "file_path": f"documents/{file_id}"}


def document(world: World, name: str | None, data: bytes, size: int | None = None) -> Json:
    """A document as a message holds it; `size` is what Telegram says of it, where that is not the truth."""
    file_id = f"file{len(world.files) + 1}"
    world.files[file_id] = data
    named = {} if name is None else {"file_name": name}
    return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(data) if size is None else size} | named
