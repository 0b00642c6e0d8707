"""The bench runs our engine and the two plain searches over a question set."""

import json
import sys
from pathlib import Path

import pytest

from bench import answers

REPORT = "云泽市政协工作报告\n\n2024年主要工作\n\n全市养老床位达到1.5万张。建成社区食堂46处。推动修通山区道路26公里。\n"
ROWS = [
    {
        "question": "全市养老床位有多少张",
        "kind": "number",
        "gold": {"value": 15000, "units": ["张"]},
        "quote": "养老床位达到1.5万张",
    },
    {"question": "全市有多少条地铁", "kind": "none", "gold": None, "quote": None},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    (tmp_path / "yunze.txt").write_text(REPORT, encoding="utf-8")
    path = tmp_path / "small.jsonl"
    rows = [{"id": f"t{at}", "report": "yunze", "noise": "none", **row} for at, row in enumerate(ROWS)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_set_is_measured_for_all_three_beside_each_other(
    questions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    curve = questions.with_name("curve.svg")
    monkeypatch.setattr(sys, "argv", ["bench", "--set", str(questions), "--misses", "--curve", str(curve)])
    assert answers.main() == 0
    table = capsys.readouterr().out
    assert "small: 2 questions" in table
    assert all(name in table for name in ("youju", "jieba + BM25", "token_set_ratio", "median"))
    assert curve.exists()


def test_a_missing_set_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "--set", "nowhere.jsonl"])
    assert answers.main() == 2
    assert "nowhere.jsonl" in capsys.readouterr().err
