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
