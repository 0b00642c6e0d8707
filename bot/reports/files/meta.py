"""What containers call the facts beside the text, and what this house calls them."""

from __future__ import annotations

from collections.abc import Iterable

# Left: names as front matter, CSV headers and <meta> tags write them, in lower case and without - _ . : and spaces.
# Origin: Dublin Core, Open Graph, the meta names of the national standard for government sites (国办发〔2019〕 page
# labels: ArticleTitle, PubDate, ContentSource), and the column names of public collections of reports.
# Where several stand in one file, the first in this order wins.
NAMES = {
    "articletitle": "title",
    "ogtitle": "title",
    "dctitle": "title",
    "title": "title",
    "标题": "title",
    "题目": "title",
    "sourceurl": "url",
    "ogurl": "url",
    "url": "url",
    "link": "url",
    "网址": "url",
    "链接": "url",
    "pubdate": "date",
    "publishdate": "date",
    "publishtime": "date",
    "publisheddate": "date",
    "articlepublishedtime": "date",
    "published": "date",
    "dcdate": "date",
    "date": "date",
    "日期": "date",
    "发布日期": "date",
    "发布时间": "date",
    "contentsource": "source",
    "dcsource": "source",
    "source": "source",
    "来源": "source",
    "articleauthor": "author",
    "author": "author",
    "dccreator": "author",
    "作者": "author",
}
_RANK = {name: rank for rank, name in enumerate(NAMES)}
_DROP = str.maketrans("", "", "-_.: ")


def _plain(name: str) -> str:
    return name.strip().lower().translate(_DROP)


def gather(pairs: Iterable[tuple[str, str]], only_known: bool = False) -> dict[str, str]:
    """Pairs of a container's name and value as meta: known names become title, url, date, source, author.

    Other names stay as they are, unless `only_known`. Blank values are left out.
    """
    found: dict[str, tuple[int, str]] = {}
    for raw, value in pairs:
        name, value = _plain(raw), value.strip()
        rank = _RANK.get(name, len(_RANK))
        key = NAMES.get(name) or raw.strip()
        if not value or not key or (only_known and name not in NAMES):
            continue
        if key not in found or rank < found[key][0]:
            found[key] = (rank, value)
    return {key: value for key, (_, value) in found.items()}
