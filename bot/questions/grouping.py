"""Near-duplicates become one line for the operator: by form, then by likeness of the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.questions.forms import figures
from bot.state.questions import Kept

LIKENESS = 72.0  # of rapidfuzz.fuzz.ratio over the words of two forms
MOST = 1500  # forms that are compared with one another; rarer ones stand alone


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask nearly the same: the commonest wording, and all forms, the commonest first."""

    said: str
    forms: tuple[str, ...]
    count: int
    latest: float
    nearest: str

    @property
    def form(self) -> str:
        return self.forms[0]


def groups(rows: Iterable[Kept]) -> list[Group]:
    """Rows as groups, those asked most first, then the latest."""
    by_form: dict[str, list[Kept]] = {}
    for row in rows:
        by_form.setdefault(row.form, []).append(row)
    forms = sorted(by_form, key=lambda form: (-len(by_form[form]), form))
    clusters = [[by_form[form] for form in cluster] for cluster in _clusters(forms[:MOST])]
    clusters += [[by_form[form]] for form in forms[MOST:]]
    found = [_group(cluster) for cluster in clusters]
    return sorted(found, key=lambda group: (-group.count, -group.latest))


def _clusters(forms: Sequence[str]) -> list[list[str]]:
    """Each form joins the first cluster whose leader is like it; forms with other figures never are."""
    leaders: list[str] = []
    clusters: list[list[str]] = []
    for form in forms:
        words, own = _words(form), figures(form)
        near = process.extract(words, leaders, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=8)
        at = next((index for _, _, index in near if figures(clusters[index][0]) == own), None)
        if at is None:
            leaders.append(words)
            clusters.append([form])
        else:
            clusters[at].append(form)
    return clusters


def _words(form: str) -> str:
    return form.partition("?")[0]


def _group(cluster: Sequence[Sequence[Kept]]) -> Group:
    rows = [row for same in cluster for row in same]
    newest = max(rows, key=lambda row: row.at)
    wordings = Counter(row.said for row in cluster[0])
    said = min(wordings, key=lambda wording: (-wordings[wording], len(wording), wording))
    nearest = next((row.nearest for row in sorted(rows, key=lambda row: -row.at) if row.nearest), "")
    return Group(said, tuple(same[0].form for same in cluster), len(rows), newest.at, nearest)
