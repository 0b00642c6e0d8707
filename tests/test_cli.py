"""The command line: its JSON, its exit codes, and one clear line for whatever is wrong."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE

import pytest

from bot.__main__ import main
from bot.answers.model import Answer, Evidence, Kind, NotFound
from bot.cli.show import answer_json, metric_table, metrics_json, outline_text
from bot.config import HOME
from bot.reports.model import Bound, Clause, Metric, Part, Report, ReportError, Section

TEXT = "云泽市报告\n一、养老\n全市养老床位达到1.2万张，居全省第3位。\n二、停车\n新增停车泊位约500个。\n"
BEDS, SPACES = TEXT.index("1.2万张"), TEXT.index("约500个")
TOP = Section("云泽市报告", 0, 0, len(TEXT), 0, 5, children=())
FIRST = Section("养老", 1, 6, 34, 8, 10, number="一")
SECOND = Section("停车", 1, 34, len(TEXT), 36, 38, number="二", part=Part.APPENDIX)


def made_up_report() -> Report:
    clauses = (Clause(11, 32, ("云泽市报告", "养老"), 1), Clause(39, len(TEXT) - 1, ("云泽市报告", "停车"), 2))
    metrics = (
        Metric("1.2万张", 12000.0, "张", BEDS, BEDS + 5, "养老床位", 0, 11, BEDS + 5, predicate="达到", place="云泽市"),
        Metric("第3位", 3.0, "位", BEDS + 9, BEDS + 12, "养老床位", 0, 11, 33, rank=True),
        Metric("约500个", 500.0, "个", SPACES, SPACES + 5, "停车泊位", 1, 39, 51, bound=Bound.ABOUT, period="2024"),
    )
    return Report(
        id="yunze-2024",
        text=TEXT,
        title="云泽市报告",
        body="市政府",
        place="云泽市",
        year=2024,
        author="",
        source="",
        published="",
        tree=TOP,
        sections=(TOP, FIRST, SECOND),
        clauses=clauses,
        metrics=metrics,
        facts=(),
        places=(),
    )


REPORT = made_up_report()
SPOT = Evidence(REPORT, 11, BEDS + 5, ("云泽市报告", "养老"))
FOUND = Answer(
    "养老床位有多少张?", Kind.NUMBER, "1.2万张", SPOT, 0.91234567, value=12000.0, unit="张", why=("对上：床位",)
)


class Shelf:
    """A library that knows one thing; `faults` are files it could not read."""

    reports: tuple[Report, ...] = (REPORT,)
    faults: tuple[ReportError, ...] = ()

    @classmethod
    def load(cls, paths: object, **how: object) -> Shelf:
        return cls()

    def ask(self, question: str) -> Answer | NotFound:
        if "床位" in question:
            return Answer(question, *(getattr(FOUND, name) for name in Answer.__slots__[1:]))
        return NotFound(question, "报告没有说", near=(FOUND,), score=0.1)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> type[Shelf]:
    class Own(Shelf):
        pass

    monkeypatch.setattr("bot.library.Library", Own)
    monkeypatch.setattr("bot.cli.sources.Library", Own)
    return Own


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def say(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return say


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# JSON

KEYS = ["question", "status", "answer", "value", "unit", "items", "quote", "start", "end", "section", "report"]
KEYS += ["score", "alternatives"]


def test_an_answer_has_exactly_its_keys_in_base_units():
    line = answer_json(FOUND)
    assert list(line) == KEYS
    assert json.dumps(line, ensure_ascii=False) == (
        '{"question": "养老床位有多少张?", "status": "answered", "answer": "1.2万张", "value": 12000, "unit": "张", '
        '"items": [], "quote": "全市养老床位达到1.2万张", "start": 11, "end": 24, "section": "云泽市报告 / 养老", '
        '"report": "yunze-2024", "score": 0.9123, "alternatives": []}'
    )


def test_what_was_not_found_has_the_same_keys_and_its_near_misses():
    line = answer_json(NotFound("火箭发射了几次?", near=(FOUND,), score=0.2))
    assert list(line) == KEYS
    assert line["status"] == "not_found"
    assert [key for key in KEYS if line[key] is None] == [
        "answer", "value", "unit", "quote", "start", "end", "section", "report"
    ]  # fmt: skip
    (near,) = line["alternatives"]
    assert list(near) == ["answer", "value", "unit", "quote", "start", "end", "section", "report", "score"]
    assert near["quote"] == TEXT[near["start"] : near["end"]]


def test_an_answer_that_its_quote_does_not_bear_out_is_not_given():
    line = answer_json(replace(FOUND, text="9.9万张", value=99000.0), why=True)
    assert line["status"] == "not_found"
    assert any("9.9万张" in reason for reason in line["why"])


def test_metrics_have_exactly_their_keys_and_ranks_are_left_out():
    beds, spaces = metrics_json(REPORT)
    assert beds == {
        "raw": "1.2万张",
        "value": 12000,
        "value_max": None,
        "unit": "张",
        "approx": None,
        "start": BEDS,
        "label": "养老床位",
        "subject": "",
        "predicate": "达到",
        "place": "云泽市",
        "actor": "",
        "period": "",
        "section": "云泽市报告 / 养老",
        "clause": "全市养老床位达到1.2万张，居全省第3位。",
    }
    assert (spaces["approx"], spaces["period"], spaces["value"]) == ("about", "2024", 500)


def test_the_outline_counts_metrics_by_section():
    assert outline_text(REPORT).splitlines() == [
        "云泽市报告  2 项指标",
        "  一 养老  1 项指标",
        "  二 停车〔附录〕  1 项指标",
    ]


# metrics of a text


@pytest.mark.parametrize(("encoding", "lead"), [("utf-8", ""), ("utf-8", "\ufeff"), ("gb18030", "")])
def test_a_fragment_without_headings_gives_its_metrics(typed, capsys, encoding, lead):
    text = f"{lead}全市新建公园3处。\r\n全市养老床位达到1.2万张。"
    typed(text.encode(encoding))
    assert main(["metrics", "--json", "--text", "-"]) == 0
    parks, beds = json.loads(capsys.readouterr().out)
    assert (beds["raw"], beds["value"], beds["unit"], beds["label"]) == ("1.2万张", 12000, "张", "养老床位")
    for metric in (parks, beds):
        assert text[metric["start"] :].startswith(metric["raw"])


def test_a_fragment_without_metrics_is_an_empty_array(typed, capsys):
    typed("首页 > 政务公开".encode())
    assert main(["metrics", "--json", "--text", "-"]) == 0
    assert capsys.readouterr().out == "[]\n"


# ask


def test_each_line_of_standard_input_gets_one_object_even_an_empty_one(shelf, typed, capsys):
    typed("养老床位?\n\n\u2028甲\x0b乙\r\n养老床位".encode() + b"\xff\n")
    assert main(["ask", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.split("\n")[:-1]]
    assert [line["status"] for line in lines] == ["answered", "not_found", "not_found", "answered"]
    assert [line["question"] for line in lines] == ["养老床位?", "", "\u2028甲\x0b乙", "养老床位\ufffd"]


def test_each_argument_is_a_question(shelf, capsys):
    assert main(["ask", "养老床位有多少张?", "火箭?", "--why"]) == 0
    said = capsys.readouterr().out
    assert "1.2万张" in said
    assert "全市养老床位达到1.2万张" in said
    assert "对上：床位" in said
    assert "报告没有说" in said


def test_files_that_cannot_be_read_are_named_and_the_rest_answers(shelf, capsys):
    shelf.faults = (ReportError("坏.docx：打不开"),)
    assert main(["ask", "--json", "养老床位"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["status"] == "answered"
    assert shown.err == "跳过：坏.docx：打不开\n"


def test_without_any_report_one_line_says_why(shelf, capsys):
    shelf.reports, shelf.faults = (), (ReportError("空.txt：文件是空的"),)
    assert main(["ask", "养老床位"]) == 1
    assert capsys.readouterr() == ("", "空.txt：文件是空的\n")


# What goes wrong


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["aks"], 2, "没有命令 aks"),
        (["ask", "--jsn"], 2, "没有选项 --jsn，最接近的是 --json"),
        (["ask", "--report"], 2, "后面要跟一个值"),
        (["metrics", "--text", "-", "--report", "x"], 2, "只能用一个"),
        (["ask", "--config", "no.toml", "问"], 1, "no.toml：没有这个配置文件"),
        (["--config", "no.toml", "ask", "问"], 1, "no.toml：没有这个配置文件"),
        (["run"], 1, "YOUJU_TOKEN"),
        (["ask", "--report", "no", "问"], 1, "no：没有这个文件或文件夹"),
        (["ask", "--report", "empty", "问"], 1, "empty：里面没有报告"),
        (["outline", "--report", "no.md"], 1, "no.md：没有这个文件或文件夹"),
        (["metrics", "--report", "empty"], 1, "empty：里面没有报告"),
        (["metrics", "--report", "binary.txt"], 1, "binary.txt"),
        (["metrics", "--report", "blank.txt"], 1, "blank.txt"),
        (["metrics", "--text", "binary.txt"], 1, "不是文字"),
        (["metrics", "--text", "long.txt"], 1, "上限"),
        (["outline", "x"], 2, "多了 x"),
    ],
)
def test_a_mistake_is_one_line_on_standard_error(shelf, capsys, tmp_path, words, code, said):
    shelf.reports = ()
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.txt").write_bytes(bytes(range(128, 256)) * 9)
    (tmp_path / "blank.txt").touch()
    (tmp_path / "long.txt").write_text("全市新建公园3处。" * 100_000, "utf-8")
    assert main(words) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert said in shown.err


def test_the_unforeseen_is_one_line_with_a_hint_and_no_token(shelf, capsys, monkeypatch):
    token = "123456789:" + "x" * 35

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError(f"at\nbot{token}")

    monkeypatch.setattr(shelf, "load", fails)
    assert main(["ask", "问"]) == 1
    shown = capsys.readouterr().err
    assert shown == "出了意外：RuntimeError: at\\nbot<token>（加 --debug 可看详情）\n"
    assert main(["--debug", "ask", "问"]) == 1
    shown = capsys.readouterr().err
    assert "Traceback" in shown
    assert token not in shown


def test_a_question_that_fails_leaves_the_others_their_answers(shelf, capsys, monkeypatch):
    ask = shelf.ask

    def fails(self: Shelf, question: str) -> object:
        return ask(self, question) if "床位" in question else [][1]

    monkeypatch.setattr(shelf, "ask", fails)
    assert main(["ask", "--json", "问", "养老床位"]) == 1
    shown = capsys.readouterr()
    assert [json.loads(line)["status"] for line in shown.out.splitlines()] == ["not_found", "answered"]
    assert shown.err.count("\n") == 1


def test_an_interrupt_ends_quietly(shelf, capsys, monkeypatch):
    def stops(self: Shelf, question: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shelf, "ask", stops)
    assert main(["ask", "问"]) == 130
    assert capsys.readouterr().err == ""


# check


def test_check_is_content_with_what_is_right(shelf, capsys):
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "yunze-2024《云泽市报告》市政府 2024 年：3 节，2 项指标" in said
    assert said.endswith("一切正常\n")


def test_check_names_every_fault_of_settings_and_reports(shelf, capsys, tmp_path):
    (tmp_path / "config.toml").write_text('token_file = "token"\ndata = "file"\n', "utf-8")
    (tmp_path / "file").touch()
    (tmp_path / "token").write_text("1:a")
    (tmp_path / "token").chmod(0o644)
    shelf.faults = (ReportError("坏.pdf：没有文字"),)
    assert main(["check"]) == 1
    faults = [line for line in capsys.readouterr().out.splitlines() if line.startswith("错误")]
    assert len(faults) == 3
    assert "chmod 600" in faults[0]
    assert "不是文件夹" in faults[1]
    assert "坏.pdf" in faults[2]


def test_check_names_a_folder_that_is_not_there(shelf, capsys, tmp_path):
    (tmp_path / "config.toml").write_text('reports = "年报"\n', "utf-8")
    assert main(["check"]) == 1
    assert f"错误　{tmp_path / '年报'}：没有这个文件或文件夹" in capsys.readouterr().out


def test_check_of_faulty_settings_still_looks_at_named_reports(shelf, capsys, tmp_path):
    (tmp_path / "config.toml").write_text("reprots = 1\nadmins = 2\n", "utf-8")
    assert main(["check", "--report", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert said.count("错误") == 2
    assert "yunze-2024" in said
    assert said.endswith("共 2 处要改\n")


def test_the_table_of_metrics_shows_figures_as_written(capsys):
    said = metric_table(REPORT)
    assert said.splitlines()[0] == "云泽市报告"
    assert "养老床位" in said
    assert "约500个" in said
    assert "第3位" not in said


# As a process


def test_questions_are_answered_one_by_one_while_standard_input_stays_open():
    command = [sys.executable, "-m", "bot", "ask", "--json", "--report", str(HOME / "seeds")]
    with subprocess.Popen(command, cwd=HOME, stdin=PIPE, stdout=PIPE, stderr=PIPE, encoding="utf-8") as process:
        assert process.stdin
        assert process.stdout
        for question, status in (("养老床位有多少张?", "answered"), ("", "not_found")):
            process.stdin.write(question + "\n")
            process.stdin.flush()
            line = json.loads(process.stdout.readline())
            assert line["status"] == status
            if status == "answered":
                assert (line["answer"], line["value"], line["unit"]) == ("3.7万张", 37000, "张")
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_reader_that_leaves_early_sees_no_complaint():
    command = f"{sys.executable} -m bot metrics --json --report {HOME / 'seeds'} | true"
    shown = subprocess.run(command, shell=True, cwd=HOME, capture_output=True, check=True)  # noqa: S602
    assert shown.stderr == b""
