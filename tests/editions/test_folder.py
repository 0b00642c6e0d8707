from __future__ import annotations

import pytest

from bot.editions.folder import LONGEST_NAME, safe_name


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("报告2024.TXT", "报告2024.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\报告\\a.docx", "a.docx"),
        (".hidden.txt", "hidden.txt"),
        ("a\n\x00b?.md", "a_b_.md"),
        ("con.txt", "report_con.txt"),
        ("$(rm).txt", "_(rm).txt"),
        ("‮txt.pdf", "_txt.pdf"),
        ("....txt", "report.txt"),
        ("没有后缀", "没有后缀"),
    ],
)
def test_a_name_cannot_lead_elsewhere_or_hide(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_a_long_name_is_cut_between_characters() -> None:
    name = safe_name("云泽市政府工作报告" * 40 + ".docx")
    assert len(name.encode()) <= LONGEST_NAME
    assert name.endswith(".docx")
