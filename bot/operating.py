"""What an operator may change while the program runs, as it is opened at the start."""

from __future__ import annotations

import logging

from bot.config import Settings
from bot.editions import EditionError, Editions, Wishes
from bot.library import Library

log = logging.getLogger(__name__)

NO_EDITIONS = "存不了版本（{error}）；照常回答，但不能重读、上传和退回"


def wishes(settings: Settings) -> Wishes:
    return Wishes(settings.synonyms, settings.checks)


def open_editions(settings: Settings) -> Editions | None:
    """The editions, one of them in force; None where the data folder cannot hold them. Faults of files are logged."""
    try:
        editions = Editions(settings.data, settings.reports, wishes(settings))
        for fault in editions.start():
            log.error("%s", fault)
    except (OSError, EditionError) as error:
        log.error(NO_EDITIONS.format(error=error))
        return None
    return editions


def load_library(settings: Settings) -> Library:
    """The reports folder as it is, ready to answer, where there can be no editions."""
    library = Library.load([settings.reports], synonyms=settings.synonyms)
    for fault in library.faults:
        log.error("%s", fault)
    _ = library.indexes  # built here, off the event loop, and not while the first person waits
    return library
