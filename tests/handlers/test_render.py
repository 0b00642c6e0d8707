"""A Reply as Telegram's HTML: escaped, within Telegram's limits, and the same text once parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.model import Button, Reply, Run, Style
from bot.replies.pages import utf16
from handlers.sending.render import html, keyboard, plain
from tests.botapi.entities import parse

RENDERED = [
    (Run("3.2万张", Style.BOLD), "<b>3.2万张</b>"),
    (Run("a<b & c>", Style.PLAIN), "a&lt;b &amp; c&gt;"),
    (Run("句", Style.QUOTE), "<blockquote>句</blockquote>"),
    (Run("句" * 301, Style.QUOTE), "<blockquote expandable>" + "句" * 301 + "</blockquote>"),
    (Run("/county", Style.CODE), "<code>/county</code>"),
    (Run("第一节", Style.FAINT, url='https://a.example/?q="1"&r'), '<i><a href="https://a.example/?q=&quot;1&quot;&amp;r">第一节</a></i>'),
    (Run("/county", Style.CODE, url="https://a.example"), '<a href="https://a.example">/county</a>'),
    (Run("\n\n", Style.FAINT), "\n\n"),
    (Run("x\x00\ud800y"), "x  y"),
]  # fmt: skip


@pytest.mark.parametrize(("run", "expected"), RENDERED)
def test_each_style_has_its_tag(run: Run, expected: str) -> None:
    assert html(Reply((run,))) == expected


runs = st.builds(
    Run, text=st.text(max_size=3000), style=st.sampled_from(Style), url=st.sampled_from(["", "https://a.example"])
)


@given(st.lists(runs, max_size=8))
def test_telegram_takes_every_reply_and_shows_the_text_meant(written: list[Run]) -> None:
    reply = Reply((Run("答"), *written))
    shown, entities = parse(html(reply), "HTML")
    assert utf16(shown) <= 4096
    assert shown == parse(plain(reply))[0]
    assert len(entities) <= 100


def test_neighbours_of_one_style_are_one_entity() -> None:
    assert html(Reply((Run("一", Style.BOLD), Run("二", Style.BOLD)))) == "<b>一二</b>"
    two = (Run("一", Style.QUOTE), Run("二", Style.QUOTE))
    assert html(Reply(two)).count("<blockquote>") == 2


def test_what_is_past_a_hundred_entities_is_plain() -> None:
    many = [Run(str(number), (Style.BOLD, Style.FAINT)[number % 2]) for number in range(150)]
    assert len(parse(html(Reply(tuple(many))), "HTML")[1]) == 100


def test_a_reply_without_buttons_has_no_keyboard() -> None:
    assert keyboard(Reply((Run("x"),), ((), ()))) is None


def test_a_button_opens_a_page_or_carries_an_action() -> None:
    markup = keyboard(Reply((Run("x"),), ((Button("一", "1|M|2"), Button("\x00", url="https://a.example")),)))
    assert markup is not None
    assert [(b.text, b.callback_data, b.url) for b in markup.inline_keyboard[0]] == [
        ("一", "1|M|2", None),
        ("…", None, "https://a.example"),
    ]
