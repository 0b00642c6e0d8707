"""Logs: one line an event, and no token in it, whichever way it came."""

from __future__ import annotations

import io
import json
import logging

import pytest

from bot import logs

TOKEN = "123456789:" + "Ab-_" * 9
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]


@pytest.fixture
def out() -> io.StringIO:
    stream = io.StringIO()
    logs.set_up("DEBUG", "42:short", stream)
    return stream


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_writes_a_token(out, level):
    log = logging.getLogger("httpx")
    number = getattr(logging, level)
    log.log(number, "HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    log.log(number, f"bot{TOKEN} {TOKEN.replace(':', '%3A')}")
    log.log(number, "%(token)s", {"token": [TOKEN]})
    log.log(number, "the token itself is 42:short, also 42%3Ashort")
    written = out.getvalue()
    assert written.count("\n") == 4
    assert written.count(logs.HIDDEN) == 6
    for part in (TOKEN, TOKEN.partition(":")[2], "short"):
        assert part not in written


def test_the_secret_half_of_the_token_and_other_secrets_are_masked_alone():
    out = io.StringIO()
    logs.set_up("DEBUG", TOKEN, out)
    logs.hide("a-webhook-secret/of-ours")
    half = TOKEN.partition(":")[2]
    logging.getLogger("bot").info("%s and %s, %s%%2Fof-ours", half, TOKEN, "a-webhook-secret")
    assert out.getvalue().endswith(f"{logs.HIDDEN} and {logs.HIDDEN}, {logs.HIDDEN}\n")


def test_exceptions_and_stacks_are_masked_too(out):
    def fails(token: str) -> None:
        raise ValueError(f"no such bot: {token}")

    try:
        try:
            fails(TOKEN)
        except ValueError as error:
            raise RuntimeError(repr(TOKEN)) from error
    except RuntimeError:
        logging.getLogger("bot").exception("failed for %r", TOKEN, stack_info=True)
    written = out.getvalue()
    assert "ValueError: no such bot: <token>" in written
    assert "Stack (most recent call last)" in written
    assert TOKEN not in written


def test_an_argument_that_does_not_fit_its_message_shows_no_token():
    record = logging.makeLogRecord({"msg": "%d questions", "args": (TOKEN,)})
    assert logs.Plain().format(record).endswith("%d questions ('<token>',)")


def test_what_a_person_types_forges_no_line(out):
    try:
        raise ValueError("甲\n2030-01-01 00:00:00 ERROR bot: forged")
    except ValueError:
        logging.getLogger("bot").exception("asked: %s", "你好\r\n2030 ERROR bot: forged \x1b[31m\u202e")
    lines = out.getvalue().splitlines()
    assert lines[0].endswith(r"asked: 你好\r\n2030 ERROR bot: forged \x1b[31m\u202e")
    assert all(line.startswith("    ") for line in lines[1:])


def test_request_logs_are_quiet_unless_debugging():
    for level, heard in (("INFO", False), ("DEBUG", True)):
        stream = io.StringIO()
        logs.set_up(level, stream=stream)
        logging.getLogger("httpx").info("HTTP Request")
        logging.getLogger("bot").info("ready")
        assert ("HTTP Request" in stream.getvalue()) is heard
        assert "ready" in stream.getvalue()


def test_ordinary_figures_are_not_masked():
    said = "2024年12:30，1234567:8，3.7万张 https://a.example:8443/path"
    assert logs.mask(said) == said


def test_a_wall_of_digits_costs_little():
    assert logs.mask("1" * 200_000) == "1" * 200_000


def test_elsewhere_than_on_a_terminal_each_event_is_a_json_object_on_one_line():
    stream = io.StringIO()
    logs.set_up("INFO", "42:short", stream, form="auto")
    try:
        raise ValueError(f"甲\n乙 {TOKEN}")
    except ValueError:
        logging.getLogger("bot").exception("asked: %s with 42:short", "你好\n再见")
    logging.getLogger("bot").info("ready")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first["level"] == "ERROR"
    assert first["message"] == r"asked: 你好\n再见 with <token>"
    assert "ValueError: 甲" in first["trace"]
    assert TOKEN not in stream.getvalue()
    assert second["message"] == "ready"
    assert "trace" not in second


def test_what_people_say_stays_out_of_the_log_even_when_debugging():
    for asked_for in (False, True):
        stream = io.StringIO()
        logs.set_up("DEBUG", stream=stream, questions=asked_for)
        logging.getLogger("telegram.ext.Application").debug("Processing update 养老床位有多少")
        logging.getLogger("aiosqlite").debug("executing 养老床位有多少")
        assert ("养老床位" in stream.getvalue()) is asked_for


def test_at_info_the_database_is_silent():
    stream = io.StringIO()
    logs.set_up("INFO", stream=stream)
    logging.getLogger("sqlalchemy.engine.Engine").info("INSERT")
    assert stream.getvalue() == ""
