from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot import config
from bot.questions import aliases


def test_an_alias_is_added_to_those_that_are_there(tmp_path: Path) -> None:
    assert aliases.read(tmp_path) == {}
    aliases.add(tmp_path, "停车泊位", "车位")
    aliases.add(tmp_path, "停车泊位", '停"车\\位')
    aliases.add(tmp_path, "停车泊位", "车位")
    assert aliases.read(tmp_path) == {"停车泊位": ["车位", '停"车\\位']}


@pytest.mark.parametrize("name", ["a\x7fb", "甲\n乙", "\x1b[31m", "😀"])
def test_whatever_a_person_typed_the_file_stays_toml(tmp_path: Path, name: str) -> None:
    aliases.add(tmp_path, "停车泊位", name)
    assert tomllib.loads((tmp_path / aliases.FILE).read_text("utf-8")) == {"停车泊位": [name]}


@pytest.mark.parametrize("text", ["停车 = [", '停车 = "车位"', "停车 = []x", '"停车" = [""]'])
def test_a_file_that_was_spoilt_by_hand_is_named_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / aliases.FILE
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"synonyms\.toml"):
        aliases.add(tmp_path, "停车泊位", "车位")
    assert file.read_text("utf-8") == text
    with pytest.raises(config.ConfigError, match=r"synonyms\.toml"):
        config.load(environ={"YOUJU_DATA": str(tmp_path)})


def test_the_settings_have_them_beside_their_own(tmp_path: Path) -> None:
    aliases.add(tmp_path, "停车泊位", "车位")
    environ = {"YOUJU_DATA": str(tmp_path), "YOUJU_SYNONYMS": '{"停车泊位" = ["停车位"], "社区食堂" = ["饭堂"]}'}
    assert config.load(environ=environ).synonyms == {"停车泊位": ["停车位", "车位"], "社区食堂": ["饭堂"]}
