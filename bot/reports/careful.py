"""Reading a file of which anything must be expected: what is wrong with it, or with us, is one line."""

from __future__ import annotations

from bot.reports.files import decode_source
from bot.reports.files.limits import refusal
from bot.reports.model import Report, ReportError
from bot.reports.reader import report_of


def report_or_fault(data: bytes, filename: str) -> Report | ReportError:
    """The report that a file's bytes make, or why nobody should be answered from it. Never raises."""
    try:
        report = report_of(decode_source(data, filename))
    except ReportError as fault:
        return fault
    except Exception as error:  # a defect of ours must stop this file only
        seen = f"读到一半出了意外（{type(error).__name__}: {str(error)[:80]}）"
        return refusal(filename, seen, "请另存为 .txt 再试")
    wrong = faults_of(report)
    return ReportError(f"{filename}：{wrong[0]}") if wrong else report


def faults_of(report: Report) -> list[str]:
    """What makes a report unfit to answer from: a tree that does not hold its text, spans outside it."""
    text = report.text
    faults = []
    if "".join(text[start:end] for start, end in report.tree.leaves()) != text:
        faults.append("章节拼起来和原文不一致，这是程序的错；请换一种格式（如 .txt）再试，并告诉开发者。")
    if any(text[metric.start : metric.end] != metric.raw for metric in report.metrics):
        faults.append("有数字和原文对不上，这是程序的错；请换一种格式（如 .txt）再试，并告诉开发者。")
    return faults
