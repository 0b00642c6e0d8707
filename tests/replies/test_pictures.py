"""/card and its button: which picture is shown, and that its caption is evidence that fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cards import CardError
from bot.replies import texts
from bot.replies.actions import ShowCard, edition_key, encode
from bot.replies.conversation import press, respond
from bot.replies.desk import Chat, Desk
from bot.replies.guard import check
from bot.replies.model import Card, Reply, Style
from bot.replies.pages import utf16
from bot.replies.pictures import comparison_card, draw, figures_card, picture_key
from tests.replies.city import City, report

NEW, OLD = report(2024), report(2023, beds="1.2万张", people="6500人")


def said(desk: Desk, words: str, chat: Chat) -> Reply:
    reply = respond(desk, words, chat)
    assert reply is not None
    assert check(reply) == []
    return reply


@pytest.mark.parametrize(
    ("words", "card", "labels"),
    [
        ("/card", Card.GLANCE, None),
        ("/图", Card.GLANCE, None),
        ("/card 白鹭县", Card.SINGLE, ["群众"]),
        ("/card 松岭", Card.SINGLE, ["学位"]),
        ("/card 2", Card.GRID, ["养老床位", "群众", "学位"]),
        ("/card 民生", Card.GRID, ["养老床位", "群众", "学位"]),
        ("/card 养老床位", Card.SINGLE, ["养老床位"]),
        ("/card 委员", Card.GRID, ["委员讲堂", "委员"]),
        ("/card 养老床位 2023 2024", Card.COMPARISON, None),
        ("/card 养老床位有多少张？", Card.SINGLE, ["养老床位"]),
    ],
)
def test_what_is_drawn_by_what_is_said(
    desk: Desk, chat: Chat, words: str, card: Card, labels: list[str] | None
) -> None:
    picture = said(desk, words, chat).picture
    assert picture is not None
    assert picture.card is card
    if labels is not None:
        assert [NEW.metrics[index].label for _, index in picture.figures] == labels
    assert draw(picture, desk.get_library().reports).startswith(b"\x89PNG")


@pytest.mark.parametrize("words", ["/card 太空", "/card 99", "/card 青石区"])
def test_nothing_to_draw_is_said_with_what_to_do(desk: Desk, chat: Chat, words: str) -> None:
    reply = said(desk, words, chat)
    assert reply.picture is None
    assert "/card" in reply.text


def test_a_number_answer_has_the_button_that_draws_it(desk: Desk, chat: Chat) -> None:
    buttons = [button for row in said(desk, "养老床位有多少张？", chat).buttons for button in row]
    action = next(button.action for button in buttons if button.label == texts.CARD_BUTTON)
    assert action == encode(ShowCard(edition_key(NEW), 2))
    reply = press(desk, action, chat)
    assert reply.picture is not None
    assert reply.picture.figures == ((edition_key(NEW), 2),)
    assert [run.text for run in reply.runs if run.style is Style.BOLD] == ["1.5万张"]


def test_other_answers_have_no_such_button(desk: Desk, chat: Chat) -> None:
    buttons = [button.label for row in said(desk, "哪些县区成立了侨联组织？", chat).buttons for button in row]
    assert texts.CARD_BUTTON not in buttons


def test_a_caption_is_verbatim_and_fits(chat: Chat) -> None:
    sentence = "全市养老床位达到1.5万张"
    padding = "居" * 380
    text = NEW.text.replace(sentence, padding + sentence)
    shift = len(padding)
    metrics = tuple(
        replace(
            metric,
            start=metric.start + shift * (metric.start > NEW.text.index(sentence)),
            end=metric.end + shift * (metric.start > NEW.text.index(sentence)),
            quote_start=0,
            quote_end=len(text) - at,
        )
        for at, metric in enumerate(NEW.metrics)
    )
    long = replace(NEW, text=text, metrics=metrics)
    draft = figures_card("数字", [(long, metric) for metric in metrics])
    assert draft is not None
    assert utf16("".join(run.text for run in draft.runs)) <= 1024
    quotes = [run.text for run in said(Desk(lambda: City((NEW,))), "/card 2", chat).runs if run.style is Style.QUOTE]
    assert quotes
    assert all(quote in NEW.text for quote in quotes)


def test_two_years_are_compared_with_their_change() -> None:
    draft = comparison_card((NEW, OLD), "养老床位")
    assert draft is not None
    assert draft.picture is not None
    assert draft.picture.card is Card.COMPARISON
    assert "增加3000张" in "".join(run.text for run in draft.runs)
    assert check(Reply(draft.runs, evidence=draft.evidence)) == []
    assert draw(draft.picture, (NEW, OLD)).startswith(b"\x89PNG")
    assert comparison_card((NEW,), "养老床位") is None
    assert comparison_card((NEW, OLD), "") is None


def test_a_picture_of_an_older_edition_is_not_drawn(desk: Desk, chat: Chat) -> None:
    picture = said(desk, "/card 养老床位", chat).picture
    assert picture is not None
    with pytest.raises(CardError):
        draw(picture, (report(2024, beds="1.6万张"),))


def test_what_is_remembered_of_a_picture_tells_editions_cards_and_themes_apart(desk: Desk, chat: Chat) -> None:
    one, other = said(desk, "/card 养老床位", chat).picture, said(desk, "/card 委员", chat).picture
    assert one is not None
    assert other is not None
    keys = {picture_key(one), picture_key(other), picture_key(replace(one, theme="dark"))}
    assert len(keys) == 3
    assert picture_key(one) == picture_key(replace(one))
    assert all(len(edition) <= 64 and len(card) <= 128 for edition, card in keys)
