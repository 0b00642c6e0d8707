"""Reports of the made-up city as files, each marked by one number that runs through all of it."""

from __future__ import annotations

from pathlib import Path

REPORT = """云泽市政府工作报告

一、{year}年工作回顾

（一）民生保障持续加强。全市建成养老床位{n}张、社区食堂{n}处。青石区新建口袋公园{n}个。

（二）文化事业繁荣发展。举办惠民演出{n}场。

二、{next}年主要任务

（一）扩大就业。城镇新增就业5万人以上。
"""
NAME = "云泽市政府工作报告{year}.txt"


def report(n: int, year: int = 2023) -> str:
    return REPORT.format(n=n, year=year, next=year + 1)


def write(folder: Path, n: int, year: int = 2023) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME.format(year=year)
    path.write_text(report(n, year), "utf-8")
    return path
