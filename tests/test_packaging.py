"""What the project promises about its own files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib

import pytest

from bot import __version__
from bot.config import HOME

PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
PINNED = sorted(HOME.glob("requirements*.txt"))


def names(text: str) -> set[str]:
    return {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, re.M)}


@pytest.mark.parametrize("file", PINNED, ids=lambda file: file.name)
def test_pinned_versions_have_hashes_and_name_no_address(file):
    text = file.read_text("utf-8")
    entries = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.M)).splitlines()
    assert entries
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9][\w.-]*==[\w.]+(\s+--hash=sha256:[0-9a-f]{64})+\s*", entry)
    assert "://" not in text
    assert "/home" not in text


def test_everything_the_project_needs_is_pinned():
    run = names((HOME / "requirements.txt").read_text("utf-8"))
    dev = names((HOME / "requirements-dev.txt").read_text("utf-8"))
    needed = {re.split(r"[\[><=~ ]", item)[0].lower() for item in PROJECT["dependencies"]}
    tools = {re.split(r"[\[><=~ ]", item)[0].lower() for item in PROJECT["optional-dependencies"]["dev"]}
    assert needed <= run
    assert run | tools <= dev


def test_the_top_level_holds_only_what_belongs_there():
    listed = subprocess.run(["git", "ls-files"], cwd=HOME, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    belongs = {"pyproject.toml", "README.md", "README.zh-CN.md", "config.example.toml", "seeds", "bot", "handlers"}
    belongs |= {"tests", "bench", ".ci", ".gitignore", "LICENSE", "Makefile", "CHANGELOG.md", "SECURITY.md", "deploy"}
    top = {path.partition("/")[0] for path in listed.stdout.splitlines()}
    assert {name for name in top - belongs if not re.fullmatch(r"requirements.*\.txt", name)} == set()


def test_ci_runs_check_and_test():
    script = HOME / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.findall(r"^make (\w+)", script.read_text("utf-8"), re.M) == ["check", "test"]


def test_the_command_is_installed_and_help_needs_little():
    assert PROJECT["scripts"]["youju"] == "bot.__main__:main"
    heavy = "{'pydantic', 'rich', 'jieba', 'telegram', 'rapidfuzz', 'lxml', 'opencc', 'pypinyin', 'asyncio'}"
    code = f"import sys, bot.__main__ as m; code = m.main(['--help']); print(code, sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "0 []"


def test_the_version_is_told():
    shown = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert shown.stdout == f"youju {__version__}\n"
