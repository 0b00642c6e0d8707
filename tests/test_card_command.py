"""`youju card`: a picture in a file, its evidence on standard output, a clear line for whatever is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config import HOME
from bot.replies import texts

REPORTS = {
    2023: "养老床位达到1.2万张。白鹭县惠及群众6500人。新增停车泊位800个。",
    2024: "养老床位达到1.5万张。白鹭县惠及群众1.1万人。新增停车泊位900个。",
}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for year, said in REPORTS.items():
        text = f"云泽市{year}年政府工作报告\n\n一、民生改善\n\n全市{said}\n\n二、城市建设\n\n建成公园30处。\n"
        (tmp_path / f"yunze-{year}.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YOUJU_CONFIG", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "1.5万张"),
        (("--glance", "--theme", "dark"), "1.5万张"),
        (("--county", "白鹭县"), "1.1万人"),
        (("--section", "1"), "900个"),
        (("--section", "民生"), "900个"),
        (("--word", "养老床位"), "1.5万张"),
        (("--compare", "养老床位"), "增加3000张"),
    ],
)
def test_a_card_is_saved_and_its_evidence_told(
    shelf: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    assert main(["card", "--report", str(shelf), *asked, "--out", "图.png"]) == 0
    assert (shelf / "图.png").read_bytes().startswith(b"\x89PNG")
    shown = capsys.readouterr()
    assert said in shown.out
    assert texts.CARD_SAVED.format(path="图.png") in shown.err


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("--county", "青石区"), 1, "青石区"),
        (("--section", "99"), 1, "99"),
        (("--compare", "太空旅行"), 1, "太空旅行"),
        (("--word", "床位", "--glance"), 2, "只能用一个"),
        (("--theme", "blue"), 2, "只能是 light 或 dark"),
        (("--out", "没有/图.png"), 1, "写不了"),
    ],
)
def test_what_cannot_be_drawn_or_saved_is_one_line(
    shelf: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], code: int, said: str
) -> None:
    assert main(["card", "--report", str(shelf), *asked]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_without_typst_it_says_so(
    shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.cards import press

    monkeypatch.setitem(sys.modules, "typst", None)
    press.fonts.cache_clear()
    press._compiler.cache_clear()
    assert main(["card", "--report", str(shelf)]) == 1
    assert "typst" in capsys.readouterr().err


def test_typst_and_words_are_loaded_only_for_a_card() -> None:
    code = "import sys, bot.chat, bot.replies.conversation, bot.cards; print({'typst', 'jieba'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
