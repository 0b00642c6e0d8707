"""A port of this machine on which monitoring can ask: /healthz, and /metrics for Prometheus.

Plain HTTP, GET only, nothing that people asked. Off unless [health] listen names a port; whoever can reach that port
can read the numbers, so it belongs on the loopback or into a closed network.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from bot.meters import Durations, Meters

log = logging.getLogger(__name__)

SILENT_TOO_LONG = 60.0  # seconds without an answer to getUpdates, which asks every ten
PATIENCE = 5.0  # seconds that a request may take
LARGEST_HEAD = 8192  # bytes
TEXT = "text/plain; charset=utf-8"


def address(written: str) -> tuple[str, int]:
    """127.0.0.1:9090, [::1]:9090 or localhost:9090 as (host, port). Raises ValueError with what to write."""
    host, colon, port = written.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    wrong = ValueError('应写作 "127.0.0.1:9090"（地址:端口）')
    if not colon or not (port.isascii() and port.isdigit() and int(port) < 2**16):
        raise wrong
    if host != "localhost":
        try:
            ip_address(host)
        except ValueError:
            raise wrong from None
    return host, int(port)


@dataclass(slots=True)
class Gauges:
    """What is read at the moment somebody asks. `silence` is seconds since polling was last answered, None without."""

    meters: Meters
    version: str
    silence: Callable[[], float | None] = lambda: None
    edition: Callable[[], int] = lambda: 0
    reports: Callable[[], int] = lambda: 0
    queue: Callable[[], int] = lambda: 0
    log_waiting: Callable[[], int] = lambda: 0

    @property
    def trouble(self) -> str:
        """What is wrong, "" where all is well."""
        silence = self.silence()
        if silence is not None and silence > SILENT_TOO_LONG:
            return f"polling has been silent for {silence:.0f} s"
        return ""


class HealthServer:
    """Serves until closed. `start` raises OSError where the port cannot be had."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges
        self._server: asyncio.Server | None = None

    async def start(self, listen: str) -> None:
        host, port = address(listen)
        self._server = await asyncio.start_server(self._serve, host, port, limit=LARGEST_HEAD)

    @property
    def port(self) -> int:
        return int(self._server.sockets[0].getsockname()[1]) if self._server else 0

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self._answer(head))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # no request of ours
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def _answer(self, head: bytes) -> bytes:
        verb, _, rest = head.decode("latin-1").partition(" ")
        path = rest.partition(" ")[0].partition("?")[0]
        if verb not in ("GET", "HEAD"):
            return _response(405, "only GET\n")
        if path == "/healthz":
            trouble = self._gauges.trouble
            return _response(503 if trouble else 200, f"{trouble or 'ok'}\n")
        if path == "/metrics":
            body, kind = exposition(self._gauges)
            return _response(200, body, kind)
        return _response(404, "/healthz, /metrics\n")


def exposition(gauges: Gauges) -> tuple[str, str]:
    """All numbers in Prometheus' text format, and its content type."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

    class Collector:
        def collect(self) -> Iterator[Metric]:
            return _metrics(gauges)

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector())
    return generate_latest(registry).decode(), CONTENT_TYPE_PLAIN_0_0_4


def _metrics(gauges: Gauges) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    meters = gauges.meters
    info = GaugeMetricFamily("youju_info", "The version that runs.", labels=["version"])
    info.add_metric([gauges.version], 1)
    yield info
    yield CounterMetricFamily("youju_updates", "Updates that came to be handled.", value=meters.updates)
    yield CounterMetricFamily("youju_errors", "Unexpected errors.", value=meters.errors)
    questions = CounterMetricFamily("youju_questions", "Questions by outcome.", labels=["outcome"])
    for outcome, count in sorted(meters.outcomes.items()):
        questions.add_metric([outcome], count)
    yield questions
    yield _histogram("youju_answer_seconds", "Making a reply.", meters.answers)
    yield _histogram("youju_reply_seconds", "From the question handled to the reply sent.", meters.replies)
    for name, told, value in (
        ("youju_uptime_seconds", "Since the start.", meters.uptime),
        ("youju_edition", "The edition in force.", gauges.edition()),
        ("youju_reports", "Reports in force.", gauges.reports()),
        ("youju_queue_updates", "Updates that wait or are being handled.", gauges.queue()),
        ("youju_question_log_waiting", "Questions not written yet.", gauges.log_waiting()),
        ("youju_polling_silence_seconds", "Since polling was last answered.", gauges.silence()),
        ("youju_memory_bytes", "Resident memory.", memory()),
    ):
        if value is not None:
            yield GaugeMetricFamily(name, told, value=value)


def _histogram(name: str, told: str, durations: Durations) -> Metric:
    from prometheus_client.core import HistogramMetricFamily

    return HistogramMetricFamily(name, told, buckets=durations.cumulative(), sum_value=durations.total)


def memory() -> int | None:
    """Resident memory in bytes; None where the system does not tell it that way."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            pages = int(file.read().split()[1])
        import resource

        return pages * resource.getpagesize()
    except (OSError, ImportError, ValueError, IndexError):
        return _peak()


def _peak() -> int | None:
    """The most it ever was, where the present is not told: kilobytes on Linux, bytes on macOS."""
    try:
        import resource
        import sys
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most) if sys.platform == "darwin" else int(most) * 1024


def _response(status: int, body: str, kind: str = TEXT) -> bytes:
    data = body.encode()
    reason = {200: "OK", 404: "Not Found", 405: "Method Not Allowed", 503: "Service Unavailable"}[status]
    head = f"HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n"
    return f"{head}Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode() + data
