"""What an operator may change while the program runs, as it is opened at the start."""

from __future__ import annotations

import logging
import time

from bot.config import Settings
from bot.editions import EditionError, Editions, Stage, Step, Wishes
from bot.library import Library

log = logging.getLogger(__name__)

EVERY = 5.0  # seconds between two lines

NO_EDITIONS = "存不了版本（{error}）；照常回答，但不能重读、上传和退回"


def wishes(settings: Settings) -> Wishes:
    return Wishes(settings.synonyms, settings.checks)


def open_editions(settings: Settings) -> Editions | None:
    """The editions, one of them in force; None where the data folder cannot hold them. Faults of files are logged."""
    try:
        editions = Editions(settings.data, settings.reports, wishes(settings))
        for fault in editions.start(_Progress()):
            log.error("%s", fault)
    except (OSError, EditionError) as error:
        log.error(NO_EDITIONS.format(error=error))
        return None
    return editions


class _Progress:
    """Says in the log how far the first reading of many reports is, which takes a minute or more."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, stage: Stage) -> None:
        if stage.step is Step.READING_MANY and time.monotonic() - self._told > EVERY:
            self._told = time.monotonic()
            log.info("正在读报告：%d / %d 份", stage.done, stage.of)


def load_library(settings: Settings) -> Library:
    """The reports folder as it is, ready to answer, where there can be no editions."""
    library = Library.load([settings.reports], synonyms=settings.synonyms)
    for fault in library.faults:
        log.error("%s", fault)
    _ = library.indexes  # built here, off the event loop, and not while the first person waits
    return library
