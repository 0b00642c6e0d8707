"""What was added and what there is in all: asked for the one, a report that tells the other declines and quotes it."""

from __future__ import annotations

import pytest

from bot.answers.model import NotFound
from bot.library import Library
from tests.answers.saying import answered, library_of

REPORT = """# 云泽市政府工作报告

## 2023年工作回顾

养老床位达到3.7万张。户籍人口316万人。新增上市公司26家、融资担保公司79家。新增停车泊位4521个，总数达到12.6万个。
宽带用户98万户，比上年增加3.2万户。新建森林公园38个、湿地公园7个。新签约项目349个。
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("reports"), REPORT, "云泽2024.md")


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("新增养老床位多少张", "3.7万张"),
        ("养老床位净增了多少张", "3.7万张"),
        ("新增户籍人口多少人", "316万人"),
        ("上市公司一共有多少家", "26家"),
        ("全市总共有多少家融资担保公司", "79家"),
    ],
)
def test_the_other_one_is_declined_and_shown_as_a_near_miss(city: Library, said: str, near: str) -> None:
    found = city.ask(said)
    assert isinstance(found, NotFound), found.text
    assert near in [one.text for one in found.near]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("养老床位有多少张", "3.7万张"),
        ("新增停车泊位多少个", "4521个"),
        ("停车泊位总数多少个", "12.6万个"),
        ("宽带用户比上年增加多少户", "3.2万户"),
        ("宽带用户有多少户", "98万户"),
        ("新增融资担保公司多少家", "79家"),
        ("新建湿地公园几个", "7个"),
        ("签约项目多少个", "349个"),
    ],
)
def test_what_is_asked_for_is_answered(city: Library, said: str, text: str) -> None:
    assert answered(city, said).text == text
