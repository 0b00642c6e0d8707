"""Links open what they were made for, or say politely that they cannot; groups get the short form."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answers.model import Evidence
from bot.replies import texts
from bot.replies.actions import ActionError, Say, ShowMetric, edition_key
from bot.replies.conversation import respond
from bot.replies.desk import Chat, Desk
from bot.replies.guard import check
from bot.replies.links import HOME, from_payload, to_payload
from bot.replies.model import Button, Reply
from bot.replies.original import original
from bot.replies.sharing import GROUP_UNITS
from tests.replies.city import City, report

NEW = report(2024)
WEB = replace(NEW, url="https://zx.yunze.example/2024/report.html?id=3")


def said(desk: Desk, words: str, chat: Chat) -> Reply:
    reply = respond(desk, words, chat)
    assert reply is not None
    assert check(reply) == []
    return reply


def button(reply: Reply, label: str) -> Button:
    return next(button for row in reply.buttons for button in row if button.label == label)


def opened(address: str) -> str:
    """What a person says to the bot by following a link to it."""
    parts = urlsplit(address)
    assert parts.netloc == "t.me"
    assert parts.path == "/YunzeBot"
    return f"/start {parse_qs(parts.query)['start'][0]}"


# Sharing


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("养老床位有多少张？", "1.5万张"),
        ("2023年养老床位有多少张？", "1.2万张"),
        ("哪些县区成立了侨联组织？", "青石区、松岭县、柳河县成立了侨联组织"),
        ("/county 白鹭县", "板凳会"),
        ("/section 3", "溪畔商量"),
        ("/tasks", "凝聚共识"),
    ],
)
def test_what_is_shared_opens_the_same_in_a_strangers_chat(desk: Desk, chat: Chat, words: str, holds: str) -> None:
    url = button(said(desk, words, chat), texts.SHARE_BUTTON).url
    shared = parse_qs(urlsplit(url).query)
    assert holds in said(desk, opened(shared["url"][0]), Chat(id=77, username="YunzeBot")).text


def test_the_quote_goes_with_the_link_word_for_word(desk: Desk, chat: Chat) -> None:
    url = button(said(desk, "养老床位有多少张？", chat), texts.SHARE_BUTTON).url
    assert parse_qs(urlsplit(url).query)["text"] == ["“全市养老床位达到1.5万张”"]


@pytest.mark.parametrize("words", ["/help", "/reports", "你好", "明天下雨吗", "/why"])
def test_what_is_no_answer_is_not_shared(desk: Desk, chat: Chat, words: str) -> None:
    assert texts.SHARE_BUTTON not in [b.label for row in said(desk, words, chat).buttons for b in row]


def test_a_terminal_has_nothing_to_share(desk: Desk) -> None:
    reply = said(desk, "养老床位有多少张？", Chat(id=0))
    assert not [b for row in reply.buttons for b in row if b.url]


# Links


@pytest.mark.parametrize(
    "words", ["养老床位有多少张？", "/search 板凳会", "/metrics 床位", "/compare 养老床位", "a|b_c-d"]
)
def test_words_are_carried_by_a_link(words: str) -> None:
    payload = to_payload(Say(0, words))
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert from_payload(payload) == Say(0, words)


@pytest.mark.parametrize(
    "words", ["/announce 1", "/use all", "／use all", "@YunzeBot /use all", " /use all", "县" * 20, ""]
)
def test_a_link_gives_no_command_and_no_long_words(words: str) -> None:
    with pytest.raises(ActionError):
        to_payload(Say(0, words))


def test_a_forged_link_gives_no_command(desk: Desk, chat: Chat) -> None:
    from base64 import urlsafe_b64encode

    for command in ("/use 2023", "/status", "／use 2023", "@YunzeBot /use 2023"):
        payload = "x_" + urlsafe_b64encode(command.encode()).decode().rstrip("=")
        assert said(desk, f"/start {payload}", replace(chat, is_admin=True)).text.startswith(texts.BAD_LINK)
    assert desk.memory(chat).chosen == ()


def test_a_link_to_an_older_edition_says_so(desk: Desk, chat: Chat) -> None:
    old = to_payload(ShowMetric(edition_key(report(2024, beds="1.4万张")), 2))
    assert said(desk, f"/start {old}", chat).text.startswith(texts.STALE_LINK)


def test_the_link_home_opens_the_beginning(desk: Desk, chat: Chat) -> None:
    assert said(desk, f"/start {HOME}", chat).text == said(desk, "/start", chat).text


PAYLOADS = st.text(max_size=80) | st.from_regex(r"[a-zA-Z]_[0-9a-zA-Z_-]{0,62}", fullmatch=True)


@given(PAYLOADS)
def test_any_payload_gets_a_polite_answer(payload: str) -> None:
    desk = Desk(lambda: City((NEW,)))
    reply = said(desk, f"/start {payload}", Chat(id=1, username="YunzeBot"))
    assert reply.text.strip()


# Groups


@pytest.mark.parametrize(
    ("words", "holds"),
    [("/county 白鹭县", "6500人"), ("/section 3", "泽松高速"), ("/metrics", "56"), ("/search 县", "3.")],
)
def test_a_long_answer_is_short_in_a_group_and_whole_in_private(
    desk: Desk, group: Chat, words: str, holds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.replies.sharing.GROUP_UNITS", 60)
    short = said(desk, words, group)
    assert len(short.text) <= 60 + len(texts.NOT_ALL) + 1
    assert short.text.endswith(texts.NOT_ALL)
    assert "下一页 ›" not in [b.label for row in short.buttons for b in row]
    assert len(short.buttons) <= 4
    whole = said(desk, opened(button(short, texts.IN_PRIVATE).url), Chat(id=7, username="YunzeBot"))
    assert len(whole.text) > len(short.text)
    assert "1.5" in whole.text or "白鹭县" in whole.text or "泽松高速" in whole.text


def test_a_short_answer_is_the_same_in_a_group(desk: Desk, chat: Chat, group: Chat) -> None:
    assert said(desk, "养老床位有多少张？", group).runs == said(desk, "养老床位有多少张？", chat).runs
    assert GROUP_UNITS > 300


# The original page

QUOTES = [
    ("全市养老床位达到1.5万张", ["全市养老床位达到1.5万张"]),
    ("在养老服务方面，全市养老床位达到1.5万张。", ["在养老服务方面，全市养老床位达到1.5万张。"]),
    ("一、加强学习。坚持不懈抓好理论学习。\n二、服务发展。围绕中心建言资政。", ["一、加强学习", "围绕中心建言资政"]),
    ("坚持“1+4”, 推行A-B & C协商", ["坚持“1+4”, 推行A-B & C协商"]),
]


@pytest.mark.parametrize(("quote", "pieces"), QUOTES)
def test_a_quote_is_found_in_the_page_by_its_beginning_and_end(quote: str, pieces: list[str]) -> None:
    page = replace(NEW, text=quote, url="https://zx.yunze.example/a.html")
    address = original(Evidence(page, 0, len(quote), ()))
    head, _, fragment = address.partition("#:~:text=")
    assert head == page.url
    assert [unquote(piece) for piece in fragment.split(",")] == pieces
    assert fragment.isascii()
    assert not set(fragment) & set("-&")


def test_an_anchor_stays_and_what_is_no_web_address_is_none() -> None:
    start, end = NEW.metrics[2].quote_start, NEW.metrics[2].quote_end
    assert "#p3:~:text=" in original(Evidence(replace(NEW, url="http://zx.example/a#p3"), start, end, ()))
    for url in ("", "file:///etc/passwd", "javascript:alert(1)", 'https://a"b', "https://a b"):
        assert original(Evidence(replace(NEW, url=url), start, end, ())) == ""


@given(st.text(min_size=1, max_size=300))
@example("0\n,")
def test_any_quote_makes_an_address_or_none(quote: str) -> None:
    page = replace(NEW, text=quote, url="https://zx.yunze.example/")
    assert re.fullmatch(
        r"https://zx\.yunze\.example/(#:~:text=[^\s,&-]+(,[^\s,&-]+)?)?", original(Evidence(page, 0, len(quote), ()))
    )


def test_the_section_line_leads_to_the_quote(chat: Chat) -> None:
    desk = Desk(lambda: City((WEB,)))
    for words in ("养老床位有多少张？", "/county 白鹭县", "/search 板凳会"):
        linked = [run for run in said(desk, words, chat).runs if run.url]
        assert linked
        assert all(run.url.startswith(f"{WEB.url}#:~:text=") for run in linked)
        assert "2024年主要工作 › 聚焦民生改善" in linked[0].text
