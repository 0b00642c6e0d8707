"""Opening a snapshot, which is made first where it is not there, and made again where it is damaged."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

from bot.answers.thesaurus import Thesaurus
from bot.snapshot.files import File
from bot.snapshot.making import CLAUSES, Told, make
from bot.snapshot.shelf import Shelf
from bot.snapshot.store import Damaged

log = logging.getLogger(__name__)


def open_shelf(files: Sequence[File], folder: Path, book: Thesaurus | None = None, told: Told | None = None) -> Shelf:
    """The shelf of these files. Raises OSError where the folder cannot be written."""
    place = make(files, folder, told)
    try:
        return Shelf(place, place / CLAUSES, files, book)
    except (Damaged, ValueError) as error:  # tantivy says ValueError for what is no index
        log.error("%s 已损坏（%s），重新读", place, error)
        shutil.rmtree(place)
        place = make(files, folder, told)
        return Shelf(place, place / CLAUSES, files, book)
