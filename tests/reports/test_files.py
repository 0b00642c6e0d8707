"""Reading files: encodings, Markdown, and how a file is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.reports.files import SUFFIXES, decode_source, read_source, source_of_text
from bot.reports.model import ReportError

TEXT = "云泽市政府工作报告\r\n\r\n一、2024年工作回顾\r\n　　全市养老床位达到3.7万张，增长５.3%；新增停车泊位1200个。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_text_comes_back_letter_for_letter_in_every_encoding(encoding: str) -> None:
    source = decode_source(TEXT.encode(encoding), "yunze-2024.txt")
    assert (source.name, source.text, source.warnings) == ("yunze-2024", TEXT, ())


def test_traditional_script_in_gb18030_is_read() -> None:
    text = "全市養老床位達到三萬張，同比增長百分之五，經濟社會發展取得新成就。"
    assert decode_source(text.encode("gb18030"), "a.txt").text == text


def test_a_cut_off_character_costs_that_character_and_a_warning() -> None:
    source = decode_source((TEXT * 10).encode()[:-2], "a.txt")
    assert source.text.startswith(TEXT)
    assert source.text.endswith("\ufffd")
    assert "1 处" in source.warnings[0]
    assert "第 40 行" in source.warnings[0]


def test_a_text_at_hand_is_taken_as_it_is() -> None:
    assert source_of_text("床位3张").text == "床位3张"
    assert source_of_text("").name == "-"


def test_front_matter_becomes_meta_and_furniture_and_stays_in_the_text() -> None:
    front = "---\ntitle: 云泽市政府工作报告\npublish_date: 2024-01-11\n编号: 012\ntags: [报告, 云泽]\n---\n"
    source = decode_source((front + TEXT).encode(), "报告.MD")
    assert source.text == front + TEXT
    assert dict(source.meta) == {
        "title": "云泽市政府工作报告",
        "date": "2024-01-11",
        "编号": "012",
        "tags": "报告、云泽",
    }
    assert [source.text[a:b] for a, b in source.furniture] == [front]


def test_broken_front_matter_is_a_warning_with_its_line() -> None:
    source = decode_source(f'---\ntitle: ok\nsource: "云泽\n---\n{TEXT}'.encode(), "a.md")
    assert source.meta == {}
    assert len(source.furniture) == 1
    assert "行的 YAML" in source.warnings[0]


def test_a_rule_at_the_top_of_markdown_is_no_front_matter() -> None:
    source = decode_source(f"---\n{TEXT}".encode(), "a.md")
    assert source.furniture == ()


def test_nested_yaml_aliases_are_not_unfolded() -> None:
    bomb = "".join(f"a{n + 1}: &a{n + 1} [{','.join([f'*a{n}'] * 9)}]\n" for n in range(40))
    assert decode_source(f"---\na0: &a0 [x]\n{bomb}---\n{TEXT}".encode(), "a.md").meta == {"a0": "x"}


REFUSED = [
    ("empty.txt", b"", "0 字节"),
    ("blank.txt", b" \r\n\t\n", "没有文字"),
    ("big.txt", b"a" * 20_000_000, "20 MB"),
    ("long.txt", TEXT.encode() * 10_000, "上限 400000 字"),
    ("english.txt", b"The city has 37,000 beds. That is all.", "没有一句中文"),
    ("headline.txt", "云泽市".encode(), "没有一句中文"),
    ("binary.txt", b"\x01\x00\x02" * 100, "二进制"),
    ("bytes.txt", bytes(range(128, 256)) * 20, "第 1 个字节（0x80）"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n", "图片"),
    ("word.txt", b"PK\x03\x04", "Word"),
    ("big5.txt", ("全市養老床位達到三萬張，經濟社會發展取得新成就。" * 9).encode("big5"), "编码"),
    ("wide.txt", (TEXT + "abc" * 99).encode("utf-16-le"), "没有 BOM 的 UTF-16"),
    ("report.doc", b"x", ".docx"),
    ("report", b"x", "没有后缀"),
    ("report.exe", b"x", " ".join(SUFFIXES)),
]


@pytest.mark.parametrize(("name", "data", "seen"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_makes_no_report_is_refused_in_one_line_with_its_name(name: str, data: bytes, seen: str) -> None:
    with pytest.raises(ReportError) as refused:
        decode_source(data, name)
    message = str(refused.value)
    assert message.startswith(f"{name}：")
    assert seen in message
    assert "\n" not in message


def test_an_upload_s_name_cannot_break_the_line_or_leave_its_folder() -> None:
    with pytest.raises(ReportError, match=r"^x y\.txt：文件是空的"):
        decode_source(b"", "../a\\x\ny.txt")
    assert decode_source(TEXT.encode(), "C:\\tmp\\../云泽.txt").name == "云泽"


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "云泽.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert read_source(path).text == TEXT


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ReportError, match="文件夹"):
        read_source(tmp_path / "folder.txt")
    with pytest.raises(ReportError, match="没有这个文件"):
        read_source(tmp_path / "missing.txt")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(ReportError, match="超过上限"):
        read_source(path)


def test_reading_a_text_loads_no_library_of_other_containers() -> None:
    code = (
        "import sys; from bot.reports.files import decode_source;"
        f"decode_source({TEXT.encode()!r}, 'a.txt');"
        "print([name for name in ('lxml', 'docx', 'pypdf', 'yaml', 'csv') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
