"""Editions of many reports: a library on disk, by the same snapshot that `youju chat` has of the same files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.answers.thesaurus import thesaurus
from bot.editions.model import Stored, Wishes
from bot.editions.store import Store
from bot.library import Library
from bot.snapshot import File, Told, open_shelf, place_of


def shelved(files: Sequence[Stored], store: Store, folder: Path, wishes: Wishes, told: Told) -> Library:
    """The library of these files. Raises OSError where the disk refuses."""
    book = thesaurus(wishes.synonyms)
    shelf = open_shelf(_files(files, store), folder, book, told)
    return Library(shelf.reports, shelf.faults, book, shelf=shelf)


def is_made(files: Sequence[Stored], store: Store, folder: Path) -> bool:
    """Whether nothing of these has to be read, so that their bytes are not needed."""
    return place_of(_files(files, store), folder).is_dir()


def _files(files: Sequence[Stored], store: Store) -> list[File]:
    return [File(file.name, file.sha, store.path_of(file.sha)) for file in files]
