"""What several benches measure alike."""

from __future__ import annotations

import contextlib
import math
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` per cent of the values lie; nearest rank; 0 where there are none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] if ordered else 0.0


def peak_mb() -> float:
    """The most memory that this process was resident with, in MB; 0 where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3  # bytes there, kilobytes elsewhere


def resident_mb(pid: int) -> float:
    """The memory that a process is resident with now, in MB; 0 where /proc does not tell."""
    return _status(pid, "VmRSS")


def highest_mb(pid: int) -> float:
    """The most memory that a running process was resident with, in MB; 0 where /proc does not tell."""
    return _status(pid, "VmHWM")


def forget_peak() -> None:
    """Let `highest_mb` of this process begin anew, where the system can (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def machine() -> str:
    """One line that says what was measured on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _status(pid: int, name: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith(f"{name}:")), 0.0)
