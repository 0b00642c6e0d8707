"""`check`: settings and reports looked through, each finding with its place and what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import logs
from bot.config import ConfigError, Settings, load
from bot.reports.model import Report


@dataclass(frozen=True, slots=True)
class Finding:
    """One line; a fault must be mended, the rest is good to know."""

    text: str
    fault: bool = False

    def __str__(self) -> str:
        return ("错误　" if self.fault else "　　　") + logs.mask(logs.escape(self.text))


def findings(config: str | None, paths: Sequence[Path] = ()) -> Iterator[Finding]:
    """What is found of the settings, then of the reports at `paths`, or else of the settings' own."""
    try:
        settings = load(config)
    except ConfigError as error:
        yield from (Finding(fault, fault=True) for fault in error.faults)
        settings = None
    if settings:
        yield Finding(f"配置　{settings.file or '没有配置文件，都用默认值'}")
        yield from _of_settings(settings)
    if settings or paths:
        yield from _of_reports(paths or [settings.reports] if settings else paths, settings)
    else:
        yield Finding("报告　配置改好后再查")


def _of_settings(settings: Settings) -> Iterator[Finding]:
    try:
        if settings.token is None:
            yield Finding("令牌　没有；只有 run 需要（环境变量 YOUJU_TOKEN 或 token_file）")
    except ConfigError as error:
        yield Finding(str(error), fault=True)
    data = settings.data
    above = next(folder for folder in (data, *data.absolute().parents) if folder.exists())
    if not above.is_dir():
        yield Finding(f"{above}：不是文件夹，data 要指向文件夹", fault=True)
    elif not os.access(above, os.W_OK | os.X_OK):
        yield Finding(f"{above}：不能写入，请改权限，或把 data 指向别处", fault=True)


def _of_reports(paths: Sequence[Path], settings: Settings | None) -> Iterator[Finding]:
    from bot.cli.sources import missing_among, nothing_in
    from bot.library import Library

    missing = list(missing_among(paths))
    yield from (Finding(str(fault), fault=True) for fault in missing)
    there = [path for path in paths if path.exists()]
    library = Library.load(there, synonyms=settings.synonyms if settings else {})
    for report in library.reports:
        yield Finding(f"报告　{_summary(report)}")
        yield from (Finding(f"　　　{warning}") for warning in report.warnings)
    yield from (Finding(str(fault), fault=True) for fault in library.faults)
    if there and not library.reports and not library.faults:
        yield Finding(str(nothing_in(there)), fault=True)


def _summary(report: Report) -> str:
    year = f" {report.year} 年" if report.year else ""
    metrics = sum(not metric.rank for metric in report.metrics)
    return f"{report.id}《{report.title}》{report.body}{year}：{len(report.sections)} 节，{metrics} 项指标"
