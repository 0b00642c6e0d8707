from __future__ import annotations

import pytest

from bot.replies import texts
from bot.replies.actions import ShowCounty, ShowMetric, ShowSection, Why, decode, digest, edition_key, encode
from bot.replies.conversation import press, respond
from bot.replies.desk import CHATS_REMEMBERED, Chat, Desk
from bot.replies.guard import check
from bot.replies.links import to_payload
from bot.replies.model import Reply, Style
from tests.replies.city import City, report

NEW = report(2024)
GROUP = Chat(2, private=False, username="youju_test_bot")


def said(desk: Desk, words: str, chat: Chat) -> Reply:
    reply = respond(desk, words, chat)
    assert reply is not None
    assert check(reply) == []
    return reply


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def quotes(reply: Reply) -> list[str]:
    return [run.text for run in reply.runs if run.style is Style.QUOTE]


def test_in_a_group_help_is_short_and_leads_to_the_private_chat(desk: Desk) -> None:
    reply = said(desk, "/help", GROUP)
    assert len(reply.text.splitlines()) < 10
    assert "@youju_test_bot" in reply.text
    assert [button.url for row in reply.buttons for button in row] == ["https://t.me/youju_test_bot?start=home"]


def test_in_a_group_who_only_names_the_bot_is_told_how_to_ask(desk: Desk) -> None:
    assert said(desk, "", GROUP).text.startswith(texts.EMPTY_IN_GROUP)


def test_in_a_group_an_answer_has_fewer_buttons(desk: Desk) -> None:
    asked = "养老床位有多少张？"
    shown, alone = said(desk, asked, GROUP), said(desk, asked, Chat(1, username=GROUP.username))
    assert set(labels(shown)) < set(labels(alone))
    assert len(shown.buttons) == 3
    assert {"本节全文", texts.SHARE_BUTTON} <= set(labels(shown))


@pytest.mark.parametrize(
    ("words", "must", "must_not"),
    [
        ("养老床位有多少张？", ["1.5万张", "2024年主要工作", "聚焦民生改善"], ["1.2万张"]),
        ("2023年养老床位有多少张？", ["1.2万张", "2023年主要工作"], ["1.5万张"]),
        ("/ask 养老床位", ["1.5万张"], []),
        ("/问养老床位", ["1.5万张"], []),
        ("哪些县区成立了侨联组织？", ["青石区、松岭县、柳河县"], []),
        ("床的事", [texts.NEAR, "1.5万张", "/search"], []),
        ("明天下雨吗", [texts.NOT_FOUND, "/search"], ["1.5万张"]),
        ("你好", [texts.GREETING, texts.TRY, "？"], [texts.NOT_FOUND]),
        ("谢谢", [texts.THANKS], [texts.NOT_FOUND]),
        ("😀😀", [texts.WORDLESS], []),
        ("", [texts.EMPTY], []),
        ("\x00\u202e", [texts.WORDLESS], ["\u202e"]),
        ("<b>养老床位</b>", ["1.5万张"], []),
        ("养老床位" + "啊" * 5000, ["前 500 个字", "1.5万张"], []),
        ("/reports", ["共 2 份", "2024年", "2023年"], []),
        ("/sections", ["1. 突出政治引领", "3. 深耕协商品牌", "4. 加强学习"], []),
        ("/section 3", ["深耕协商品牌", "邻里纠纷：120余起", "泽松高速"], ["养老床位"]),
        ("/section 第三", ["深耕协商品牌"], []),
        ("/section 民生", ["聚焦民生改善", "养老床位"], []),
        ("/section 9", ["没有第 9 节", "共有 6 节"], []),
        ("/section 太空旅行", ["没有叫“太空旅行”的一节"], []),
        ("/tasks", ["2025年主要任务", "1. 加强学习", "3. 凝聚共识"], ["突出政治引领"]),
        ("/county 白鹭县", ["白鹭县", "· 惠及群众：1.1万人", "板凳会", "惠及群众：6500人"], ["学位"]),
        ("/county白鹭", ["惠及群众：1.1万人"], []),
        ("/松岭县", ["新增学位：2400个", "侨联"], ["板凳会"]),
        ("/county 甄溪县", ["没有提到“甄溪县”", texts.COUNTY_NEAREST], []),
        ("/county", [texts.COUNTY_ASK], []),
        ("/metrics", ["养老床位：1.5万张", "化解邻里纠纷：120余起", "泽松高速"], ["1.2万张"]),
        ("/metrics 床位", ["养老床位：1.5万张", "养老床位：1.2万张"], ["学位"]),
        ("/metrics 太空", ["没有与“太空”有关的数字"], []),
        ("/search 板凳会", ["“板凳会”", "板凳会", "聚焦民生改善"], []),
        ("/search 板凳会 群众", ["2 处"], []),
        ("/search 太空", ["没有查到“太空”"], []),
        ("/compare 养老床位 2023 2024", ["1.2万张 → 1.5万张", "增加3000张"], []),
        ("养老床位和去年比怎么样？", ["1.2万张 → 1.5万张", "增加3000张"], []),
        ("/use 2031", ["没有找到“2031”的报告"], []),
        ("/sectoins", ["没有“/sectoins”", "/sections"], []),
    ],
)
def test_what_is_said_and_what_must_be_in_the_answer(
    desk: Desk, chat: Chat, words: str, must: list[str], must_not: list[str]
) -> None:
    reply = said(desk, words, chat)
    assert [piece for piece in must if piece not in reply.text] == []
    assert [piece for piece in must_not if piece in reply.text] == []


@pytest.mark.parametrize("words", ["/x@OtherBot", "/help@OtherBot", "/foo", "/没有的地方县"])
def test_a_group_hears_nothing_on_commands_that_are_not_ours(desk: Desk, group: Chat, words: str) -> None:
    assert respond(desk, words, group) is None


def test_a_group_is_answered_to_commands_and_questions(desk: Desk, group: Chat) -> None:
    for words in ("/county@YunzeBot 白鹭县", "/白鹭县", "@YunzeBot 养老床位有多少张"):
        assert said(desk, words, group).evidence


def test_an_answer_is_bold_then_the_quote_alone_then_where_it_stands(desk: Desk, chat: Chat) -> None:
    runs = [run for run in said(desk, "养老床位有多少张？", chat).runs if run.text.strip()]
    assert [(run.style, run.text) for run in runs[:2]] == [
        (Style.BOLD, "1.5万张"),
        (Style.QUOTE, "全市养老床位达到1.5万张"),
    ]
    assert runs[2].style is Style.FAINT
    assert "2024年主要工作 › 聚焦民生改善" in runs[2].text
    assert NEW.title in runs[2].text


def test_every_button_of_every_reply_opens_something(desk: Desk, chat: Chat) -> None:
    pressed: set[str] = set()
    waiting = [
        said(desk, words, chat) for words in ("养老床位", "/reports", "/county", "/use", "/sections", "侨联", "床")
    ]
    while waiting:
        for row in waiting.pop().buttons:
            for button in row:
                assert 0 < len(button.label) <= 24
                if button.url or button.action in pressed or len(pressed) > 300:
                    continue
                pressed.add(button.action)
                reply = press(desk, button.action, chat)
                assert check(reply) == []
                assert reply.text not in (texts.STALE, texts.UNKNOWN_BUTTON)
                waiting.append(reply)
    assert len(pressed) > 20


@pytest.mark.parametrize("action", ["", "x", "1|zz", "9|w", "1|s|0|0a1b2c3d4e5f60", "\ud800", "1|x|0|" + "县" * 30])
def test_a_malformed_button_gets_a_polite_answer(desk: Desk, chat: Chat, action: str) -> None:
    assert press(desk, action, chat).text == texts.UNKNOWN_BUTTON


def test_a_button_of_an_older_edition_is_recognised_as_stale(desk: Desk, chat: Chat) -> None:
    old = edition_key(report(2024, beds="1.4万张"))
    for action in (ShowMetric(old, 2), ShowSection(0, old, 2)):
        assert press(desk, encode(action), chat).text == texts.STALE
    assert press(desk, encode(ShowMetric(edition_key(NEW), 999)), chat).text == texts.STALE
    assert press(desk, encode(ShowCounty(0, digest("曹县"))), chat).text == texts.STALE


def test_a_pressed_metric_shows_its_quote(desk: Desk, chat: Chat) -> None:
    reply = press(desk, encode(ShowMetric(edition_key(NEW), 4)), chat)
    assert quotes(reply) == ["松岭县新增学位2400个"]
    assert "松岭县还有什么" in labels(reply)


def test_a_deep_link_opens_a_place_and_a_foreign_one_the_welcome(desk: Desk, chat: Chat) -> None:
    payload = to_payload(ShowCounty(0, digest("白鹭县")))
    assert "1.1万人" in said(desk, f"/start {payload}", chat).text
    foreign = said(desk, "/start hello", chat).text
    assert foreign.startswith(texts.BAD_LINK)
    assert texts.WELCOME in foreign
    assert texts.WELCOME in said(desk, "/start", chat).text


def test_a_chosen_report_answers_until_all_are_chosen_again(desk: Desk, chat: Chat) -> None:
    said(desk, "/use 2023", chat)
    assert "1.2万张" in said(desk, "养老床位有多少张？", chat).text
    assert "2023年主要工作" in said(desk, "/sections", chat).text
    other = said(desk, "2024年养老床位有多少张？", chat).text
    assert "1.5万张" in other
    assert texts.FROM_OTHER in other
    assert "1.5万张" in said(desk, "养老床位有多少张？", Chat(id=2)).text
    said(desk, "/use all", chat)
    assert "1.5万张" in said(desk, "养老床位有多少张？", chat).text


def test_a_report_is_chosen_by_number_name_or_button(desk: Desk, chat: Chat) -> None:
    for words in ("/use 2", "/use 2023年政协", "/选择 云泽 2023"):
        said(desk, "/use all", chat)
        said(desk, words, chat)
        assert "1.2万张" in said(desk, "养老床位", chat).text
    choices = {button.label: button.action for row in said(desk, "/use", chat).buttons for button in row}
    press(desk, choices["2024年 市政协"], chat)
    assert "1.5万张" in said(desk, "养老床位", chat).text


def test_a_chosen_report_that_is_gone_is_forgotten(chat: Chat) -> None:
    held = [City((report(2024), report(2023, beds="1.2万张")))]
    desk = Desk(lambda: held[0])
    said(desk, "/use 2023", chat)
    held[0] = City((report(2024),))
    assert "1.5万张" in said(desk, "养老床位", chat).text


def test_why_explains_the_last_answer_of_this_chat_only(desk: Desk, chat: Chat) -> None:
    assert said(desk, "/why", chat).text == texts.WHY_NOTHING
    said(desk, "养老床位有多少张？", chat)
    assert "把握 0.90" in said(desk, "/why", chat).text
    assert "养老床位有多少张？" in press(desk, encode(Why()), chat).text
    assert said(desk, "/why", Chat(id=2)).text == texts.WHY_NOTHING


def test_words_said_back_cannot_turn_the_text_around(desk: Desk, chat: Chat) -> None:
    for words in ("/county \u202e县鹭白\u2066", "/search \u200b太空\u202e", "/metrics \u202e太空", "/\u202e太空"):
        assert not set(said(desk, words, chat).text) & set("\u202e\u2066\u200b")


def test_a_long_reply_is_turned_page_by_page_in_one_message(desk: Desk, chat: Chat) -> None:
    desk.page_units = 100
    page = said(desk, "/county 白鹭县", chat)
    assert not page.replaces
    seen = [page.text]
    while "下一页 ›" in labels(page):
        action = next(button.action for row in page.buttons for button in row if button.label == "下一页 ›")
        page = press(desk, action, chat)
        assert page.replaces
        assert len(page.text) <= 100
        seen.append(page.text)
    assert len(seen) > 2
    assert "第 1 / " in seen[0]
    assert "6500人" in "".join(seen)


def test_pages_of_long_words_are_turned_by_the_chats_memory(desk: Desk, chat: Chat) -> None:
    desk.page_units = 150
    reply = said(desk, "/search 白鹭县政协推行“板凳会”，惠及群众", chat)
    turned = press(desk, next(b.action for row in reply.buttons for b in row if b.label == "下一页 ›"), chat)
    assert turned.replaces
    assert turned.text not in (texts.STALE, texts.UNKNOWN_BUTTON)
    stranger = press(desk, reply.buttons[0][0].action, Chat(id=77))
    assert stranger.text == texts.STALE


def test_the_chat_that_was_silent_longest_is_forgotten(desk: Desk) -> None:
    for number in range(CHATS_REMEMBERED + 10):
        desk.memory(Chat(id=number))
    assert len(desk.memories) == CHATS_REMEMBERED
    assert 0 not in desk.memories


def test_a_corrupted_answer_becomes_not_found(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    from dataclasses import replace

    from bot.answers.model import Answer, NotFound

    class Liar(City):
        def ask(self, question: str, *, reports: object = None) -> Answer | NotFound:
            found = City.ask(self, question)
            return replace(found, text="9.9万张") if isinstance(found, Answer) else found

    reply = said(Desk(lambda: Liar((report(2024),))), "养老床位有多少张？", chat)
    assert "9.9" not in reply.text
    assert texts.NOT_FOUND in reply.text
    assert "9.9万" in caplog.text


def test_actions_of_buttons_are_read_back(desk: Desk, chat: Chat) -> None:
    for row in said(desk, "养老床位", chat).buttons:
        for button in row:
            assert button.url or encode(decode(button.action)) == button.action
