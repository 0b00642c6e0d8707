"""A library of many reports, kept on disk: read in parallel once, opened in a moment, report by report as asked for.

Below the data folder, `snapshot/<digest>/`, named by the digest of all files and of the code that read them:

    reports.sqlite   a row for each report: its head, its text and all that was read from it, with a checksum
    clauses/         the index of bot.answers.ranking

A folder is made aside and renamed when it is whole; one whose digest no longer fits is what the next is made from.
"""

from bot.snapshot.files import File, file_at
from bot.snapshot.making import Told, place_of
from bot.snapshot.opening import open_shelf
from bot.snapshot.shelf import Shelf

__all__ = ["File", "Shelf", "Told", "file_at", "open_shelf", "place_of"]
