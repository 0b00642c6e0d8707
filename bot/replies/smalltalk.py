"""What is said to a bot that is no question: greetings, thanks, emptiness, emoji."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from bot.library import LONGEST_QUESTION
from bot.replies import texts

QUESTION_LIMIT = LONGEST_QUESTION
ECHO_LIMIT = 30  # characters of a person's own words that are said back

# What people say to a chat and how it is answered; compared without punctuation, emoji and closing particles.
SMALL_TALK: Mapping[str, tuple[str, ...]] = {
    texts.GREETING: (
        *("你好", "您好", "你们好", "大家好", "哈喽", "嗨", "早", "早上好", "上午好", "中午好", "下午好", "晚上好"),
        *("在吗", "在不在", "有人吗", "hi", "hello", "hey", "nihao", "ninhao"),
    ),
    texts.THANKS: (
        *("谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "非常感谢", "辛苦了", "好的", "好的谢谢", "明白了", "知道了"),
        *("thanks", "thank you", "thankyou", "thx", "xiexie", "ok"),
    ),
    texts.FAREWELL: ("再见", "拜拜", "回头见", "晚安", "bye", "goodbye", "88"),
    texts.WHO: (
        *("你是谁", "您是谁", "你叫什么", "你叫什么名字", "你是机器人吗", "你能做什么", "你会什么", "你会做什么"),
        *("你有什么用", "怎么用", "怎么用你", "能问什么", "可以问什么", "帮助", "who are you", "help"),
    ),
}
PARTICLES = "呀啊哈呢哦噢啦吧了"
_REPLIES = {phrase.replace(" ", ""): reply for reply, phrases in SMALL_TALK.items() for phrase in phrases}

# Bidirectional marks and overrides, zero-width characters, controls, private use and lone surrogates: said back, they
# could reorder or hide what stands around them.
_UNSAFE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def small_talk(said: str) -> str | None:
    """The friendly reply to a greeting, a thanks, a farewell; None where something is asked."""
    bare = "".join(char for char in unicodedata.normalize("NFKC", said).casefold() if char.isalnum())
    return _REPLIES.get(bare) or _REPLIES.get(bare.rstrip(PARTICLES))


def clean(said: str) -> str:
    """What was said without control and invisible characters, in one line."""
    kept = "".join(" " if char.isspace() else char for char in said if char.isspace() or not _unsafe(char))
    return re.sub(" {2,}", " ", kept).strip()


def has_words(said: str) -> bool:
    """Whether there is a letter, a character or a digit in it; emoji and punctuation are none."""
    return any(char.isalnum() for char in said)


def echo(said: str) -> str:
    """A person's own words, made harmless and short enough to be said back."""
    words = clean(said)
    return words if len(words) <= ECHO_LIMIT else words[: ECHO_LIMIT - 1] + "…"


def _unsafe(char: str) -> bool:
    return unicodedata.category(char) in _UNSAFE
