"""`python -m bot` and `youju`: runs a command; whatever goes wrong is one line and an exit code, never a traceback.

Exit codes: 0 done, 1 something is wrong, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

import click

from bot import logs
from bot.cli.commands import youju
from bot.cli.faults import said_of
from bot.cli.wording import usage_line

# New objects before the collector of cycles looks for some among them, and how often it looks among older ones.
# Python's own 700 make it walk all that is being imported again and again: a tenth of the time that a start takes.
GARBAGE = 10_000, 10, 10


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    gc.set_threshold(*GARBAGE)
    _speak_utf8()
    logs.set_up("WARNING")
    debug = False
    try:
        with youju.make_context("youju", list(sys.argv[1:] if argv is None else argv)) as context:
            try:
                youju.invoke(context)
            finally:
                debug = bool(context.meta.get("debug"))
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message, err=True)
        return error.exit_code
    except click.UsageError as error:
        click.echo(usage_line(error), err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        click.echo(said_of(error, debug=debug), err=True)
        return 1
    return 0


def _speak_utf8() -> None:
    """UTF-8 in and out whatever the locale; bytes that are none become marks, not errors."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


if __name__ == "__main__":
    sys.exit(main())
