"""From nothing to the first answer: seconds and peak memory of `ask`, `chat` and `run`, each in a fresh process.

    python -m bench.start [--times 3] [--imports]

The quickest of several starts is shown. `--imports` lists what brings in the most for `ask`, in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.cases import ROOT
from bench.echo import QUESTION, FarApi, running
from bench.measures import highest_mb, machine

SEED = ROOT / "seeds"
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| (\s*)(\S+)")


def _environ(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
    return kept | {"YOUJU_REPORTS": str(SEED), "YOUJU_DATA": str(folder), "PYTHONIOENCODING": "utf-8"}


def said_by(arguments: Sequence[str], typed: str, folder: Path) -> tuple[float, float]:
    """Seconds until the program has written its first line that holds a figure, and its peak memory in MB."""
    began = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_environ(folder),
        cwd=ROOT,
    )
    assert program.stdin
    assert program.stdout
    program.stdin.write(typed.encode())
    program.stdin.flush()
    while (line := program.stdout.readline().decode()) and not re.search(r"\d", line):
        pass
    spent = time.perf_counter() - began
    peak = highest_mb(program.pid)  # it waits for the next question
    program.communicate()
    if program.returncode or not line:
        raise RuntimeError(f"{' '.join(arguments)} gave no answer (status {program.returncode})")
    return spent, peak


async def first_reply(folder: Path) -> tuple[float, float]:
    """Seconds from the start of `run` to its first reply, and its peak memory in MB."""
    async with FarApi() as api:
        began = time.perf_counter()
        async with running(api, "youju", folder) as process:
            await api.ask(1)
            return time.perf_counter() - began, highest_mb(process.pid)


def measured(times: int) -> list[dict[str, Any]]:
    rows = []
    for name in ("ask", "chat", "run"):
        found = []
        for _ in range(times):
            with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
                if name == "run":
                    found.append(asyncio.run(first_reply(Path(folder))))
                else:
                    found.append(said_by([name], f"{QUESTION}\n", Path(folder)))
        rows.append({"name": name, "seconds": min(one[0] for one in found), "mb": max(one[1] for one in found)})
    return rows


def imports(count: int = 15) -> Iterator[tuple[str, float]]:
    """Which packages take the most time of their own when `ask` answers, in milliseconds."""
    command = [sys.executable, "-X", "importtime", "-m", "bot", "ask", QUESTION]
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        done = subprocess.run(command, capture_output=True, env=_environ(Path(folder)), cwd=ROOT, check=True)
    spent: Counter[str] = Counter()
    for match in _IMPORT.finditer(done.stderr.decode()):
        package = match[4].split(".")
        spent[".".join(package[:2]) if package[0] == "bot" else package[0]] += int(match[1])
    for name, microseconds in spent.most_common(count):
        yield name, microseconds / 1000


def table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"{'':8}{'first answer, s':>16}{'peak MB':>9}"
    for row in rows:
        yield f"{row['name']:8}{row['seconds']:16.2f}{row['mb']:9.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--imports", action="store_true")
    parser.add_argument("--json", type=Path, help="also write what was measured")
    options = parser.parse_args()
    rows = measured(options.times)
    print(machine())
    for line in table(rows):
        print(line)
    if options.imports:
        print()
        for name, spent in imports():
            print(f"{spent:8.1f} ms  {name}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
