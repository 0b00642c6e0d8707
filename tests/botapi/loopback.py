"""Nothing but this machine is reached: an audit hook that refuses every other address.

Imported, it guards this process for good; copied as `sitecustomize.py` into a child's path, it guards the child.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

LOOPBACK = {"127.0.0.1", "::1", "localhost", None, ""}


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        host = args[1][0] if isinstance(args[1], tuple) else None  # None: a Unix socket
    elif event == "socket.getaddrinfo":
        host = args[0].decode() if isinstance(args[0], bytes) else args[0]
    else:
        return
    if host not in LOOPBACK:
        raise RuntimeError(f"a test tried to reach {host}")


def guard_children(folder: Path) -> str:
    """Write the hook into a folder; returns the PYTHONPATH under which a child Python loads it."""
    (folder / "sitecustomize.py").write_text(Path(__file__).read_text("utf-8"), "utf-8")
    return str(folder)


sys.addaudithook(_refuse)
