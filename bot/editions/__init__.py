"""The library as a sequence of editions: read aside, checked, compared, published whole, and gone back to.

Knows nothing of chats or Telegram. On disk, below the data folder:

    editions/0007.json         what an edition is made of: file names with the digests of their bytes
    editions/files/<sha>.gz    the bytes, once for all editions that hold them
    editions/state.json        the edition in force, and what is still to be done to the reports folder
    audit.jsonl                who published what

Replacing state.json is the one moment at which an edition comes into force; whatever is cut off before it never
happened, whatever is cut off after it is finished at the next start.
"""

from bot.editions.model import (
    Busy,
    By,
    Candidate,
    Edition,
    EditionError,
    Gone,
    Outcome,
    Stage,
    Step,
    Stored,
    Wishes,
)
from bot.editions.publisher import Editions

__all__ = [
    "Busy",
    "By",
    "Candidate",
    "Edition",
    "EditionError",
    "Editions",
    "Gone",
    "Outcome",
    "Stage",
    "Step",
    "Stored",
    "Wishes",
]
