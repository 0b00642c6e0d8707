"""What admins are shown of editions: how far it is, what came of it, what changes, which there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.announcements.timing import zone
from bot.editions import Busy, Candidate, Edition, EditionError, Gone, Outcome, Stage
from bot.editions.difference import Difference
from bot.library import Library
from bot.live import Changes
from bot.replies import texts
from bot.replies.actions import Action, Publish, Rollback, ShowDifference, ShowPreview, encode
from bot.replies.desk import Chat, Desk
from bot.replies.differing import difference_lines
from bot.replies.model import Button, Run, Style
from bot.replies.pages import Draft
from bot.replies.previews import preview_draft
from bot.replies.quotes import shortened
from bot.replies.smalltalk import clean

SHORT = 12  # lines of the difference that are shown at once
FAULTS = 10
REMARKS = 5
LONGEST_LINE = 200  # characters of a fault, whose file's name may be anything


def stage_line(stage: Stage) -> str:
    name = shortened(clean(stage.name), 60)
    return texts.STAGES[stage.step].format(done=stage.done, of=stage.of, name=name)


def outcome_draft(
    outcome: Outcome, candidate: Candidate, library: Library, changes: Changes, hint: str = texts.HELD_HINT
) -> Draft:
    """What came of a reload; `library` is what is in force now, `hint` says what to do where nothing was published."""
    settings = [said(line) for line in changes_lines(changes)]
    match outcome:
        case Outcome.PUBLISHED:
            return published_draft(candidate, library, texts.PUBLISHED, settings)
        case Outcome.UNCHANGED:
            top = said(in_force(texts.UNCHANGED, library))
            return Draft((top, *settings, *_remarks(candidate.remarks)))
        case Outcome.HELD:
            return held_draft(candidate, library, hint, settings)
    faults = _few(candidate.faults, FAULTS)
    return Draft((said(texts.EMPTY_FOLDER.format(number=library.edition)), *faults, *settings))


def published_draft(candidate: Candidate, library: Library, top: str, more: Sequence[Run] = ()) -> Draft:
    """What is in force now, and what that changed."""
    runs = [said(in_force(top, library)), *more, *_short(candidate.difference), *_remarks(candidate.remarks)]
    return Draft(tuple(runs), _rows(_difference_button(candidate)))


def held_draft(candidate: Candidate, library: Library, hint: str, more: Sequence[Run] = ()) -> Draft:
    """What is wrong, and the choice."""
    wrong = (*candidate.faults, *candidate.failed)
    runs = [said(texts.HELD.format(number=library.edition, count=len(wrong))), *_few(wrong, FAULTS), said("")]
    runs += [said(hint), *([said(texts.UNREADABLE_GO)] if candidate.faults else []), *more]
    rest = texts.REST_BUTTON if candidate.faults else texts.ANYWAY_BUTTON
    buttons = _rows(deeds(candidate, rest), _difference_button(candidate))
    return Draft((*runs, *_short(candidate.difference)), buttons)


def deeds(candidate: Candidate, publish: str = texts.PUBLISH_BUTTON) -> tuple[Button, ...]:
    """The two buttons of a candidate that waits."""
    return (
        Button(publish, encode(Publish("publish", candidate.token))),
        Button(texts.DISCARD_BUTTON, encode(Publish("discard", candidate.token))),
    )


def editions_draft(desk: Desk) -> Draft:
    """The editions kept, the newest first, each with a button that goes back to it."""
    if desk.editions is None or not (listed := desk.editions.listed()):
        return Draft((Run(texts.NO_EDITIONS),))
    current = desk.editions.current
    lines = [said(texts.EDITIONS_TOP), *(said(_edition_line(edition, current, desk)) for edition in listed)]
    others = [edition.number for edition in listed if edition.number != current]
    back = [Button(texts.ROLLBACK_BUTTON.format(number=number), encode(Rollback(number))) for number in others]
    return Draft(tuple(lines), _rows(*(back[at : at + 2] for at in range(0, len(back), 2))))


def opened_edition(desk: Desk, chat: Chat, action: Action) -> Draft | None:
    """A candidate's difference or preview, for admins; None where it is no longer there."""
    if desk.editions is None or not chat.is_admin or not isinstance(action, ShowDifference | ShowPreview):
        return None
    try:
        candidate = desk.editions.waiting(action.token)
    except Gone:
        return None
    buttons = () if candidate.library.edition else (*_rows(deeds(candidate)),)
    if isinstance(action, ShowPreview):
        return preview_draft(candidate, buttons)
    lines = tuple(said(line) for line in difference_lines(candidate.difference))
    return Draft((said(texts.DIFFERENCE_TOP), *lines), buttons, again=ShowDifference(0, candidate.token))


def trouble(error: Exception, desk: Desk) -> str:
    """What could not be done, for the person who wanted it."""
    match error:
        case Busy(work=work):
            what = texts.BUSY_AT.get(work.what, work.what)
            return texts.BUSY.format(name=clean(work.by.name), what=what, clock=moment(desk, work.since)[-5:])
        case Gone():
            return texts.PREVIEW_STALE
        case OSError():
            return texts.NOT_DONE.format(reason=error.strerror or error)
    return texts.NOT_DONE.format(reason=clean(str(error))) if isinstance(error, EditionError) else str(error)


def changes_lines(changes: Changes) -> Iterator[str]:
    if changes.now:
        yield texts.SETTINGS_NOW.format(keys="、".join(changes.now))
    if changes.later:
        yield texts.SETTINGS_LATER.format(keys="、".join(changes.later))


def in_force(top: str, library: Library) -> str:
    metrics = sum(report.figures for report in library.reports)
    return top.format(number=library.edition, reports=len(library.reports), metrics=metrics)


def said(line: str) -> Run:
    """A line of our own, on which no answer stands."""
    return Run(f"{line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + '…'}\n", own=True)


def _short(difference: Difference) -> Iterator[Run]:
    if difference:
        yield Run("\n")
        yield from _few(tuple(difference_lines(difference)), SHORT, bullet="")


def _remarks(remarks: Sequence[str]) -> Iterator[Run]:
    if remarks:
        yield said(f"\n{texts.REMARKS}")
        yield from _few(remarks, REMARKS)


def _few(lines: Sequence[str], most: int, bullet: str = "· ") -> Iterator[Run]:
    yield from (said(f"{bullet}{clean(line)}") for line in lines[:most])
    if len(lines) > most:
        yield Run(texts.MORE_LINES.format(count=len(lines)) + "\n", Style.FAINT, own=True)


def _difference_button(candidate: Candidate) -> tuple[Button, ...]:
    if sum(1 for _ in difference_lines(candidate.difference)) <= SHORT:
        return ()
    return (Button(texts.DIFFERENCE_BUTTON, encode(ShowDifference(0, candidate.token))),)


def _rows(*rows: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(row) for row in rows if row)


def moment(desk: Desk, at: str) -> str:
    """A time of the editions, which is UTC, as the clock of the schedule shows it: 2025-01-10 17:05."""
    here = zone(desk.live.settings.schedule.timezone) if desk.live else None
    return f"{datetime.fromisoformat(at).astimezone(here):%Y-%m-%d %H:%M}"


def _edition_line(edition: Edition, current: int, desk: Desk) -> str:
    return texts.EDITION_LINE.format(
        number=edition.number,
        now=texts.EDITION_IN_FORCE if edition.number == current else "",
        at=moment(desk, edition.at),
        how=texts.HOW.get(edition.how, edition.how),
        by=clean(edition.by),
        files=len(edition.files),
    )
