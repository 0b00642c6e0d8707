from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies import texts
from bot.replies.smalltalk import ECHO_LIMIT, clean, echo, has_words, small_talk


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("你好", texts.GREETING),
        ("您好呀！", texts.GREETING),
        ("Hello~", texts.GREETING),
        ("ＨＩ", texts.GREETING),
        ("早上好 ☀️", texts.GREETING),
        ("谢谢啦", texts.THANKS),
        ("Thank you!", texts.THANKS),
        ("再见", texts.FAREWELL),
        ("你是谁？", texts.WHO),
    ],
)
def test_a_greeting_is_returned(said: str, reply: str) -> None:
    assert small_talk(said) == reply


@pytest.mark.parametrize("said", ["你好，养老床位有多少张？", "谢谢信有多少封", "养老床位", "", "早稻面积"])
def test_a_question_is_no_greeting(said: str) -> None:
    assert small_talk(said) is None


@given(st.text())
def test_words_said_back_are_short_and_have_nothing_that_hides_or_turns_text(said: str) -> None:
    back = echo(said)
    assert len(back) <= ECHO_LIMIT
    assert not set(back) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u200b\x00\x1b\n\r\ud800")


def test_invisible_characters_are_taken_out_and_spaces_made_one() -> None:
    assert clean(" 养老\u200b床位\u202e \n\t 多少\x00？") == "养老床位 多少？"


@pytest.mark.parametrize(("said", "words"), [("😀", False), ("？！", False), ("", False), ("a", True), ("张", True)])
def test_emoji_and_punctuation_are_no_words(said: str, words: bool) -> None:
    assert has_words(said) is words
