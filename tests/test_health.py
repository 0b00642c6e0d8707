"""The port for monitoring, asked over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.health import Gauges, HealthServer, address, memory
from bot.meters import Meters


@pytest.fixture
def silence() -> list[float | None]:
    return [1.0]


@pytest.fixture
async def server(silence: list[float | None]) -> AsyncIterator[HealthServer]:
    meters = Meters()
    meters.update()
    meters.answers.add(0.003)
    meters.outcomes["answered"] += 2
    serving = HealthServer(Gauges(meters, "1.2.3", silence=lambda: silence[0], edition=lambda: 7))
    await serving.start("127.0.0.1:0")
    yield serving
    await serving.close()


async def ask(server: HealthServer, path: str, verb: str = "GET") -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.request(verb, f"http://127.0.0.1:{server.port}{path}")


async def test_it_is_well_until_polling_has_been_silent_too_long(
    server: HealthServer, silence: list[float | None]
) -> None:
    well = await ask(server, "/healthz")
    assert (well.status_code, well.text) == (200, "ok\n")
    silence[0] = 61.0
    ill = await ask(server, "/healthz")
    assert ill.status_code == 503
    assert "61 s" in ill.text
    silence[0] = None  # a webhook has no polling
    assert (await ask(server, "/healthz")).status_code == 200


async def test_metrics_are_read_by_prometheus_own_parser(server: HealthServer) -> None:
    answer = await ask(server, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert samples["youju_info", "1.2.3"] == 1
    assert samples["youju_updates_total",] == 1
    assert samples["youju_questions_total", "answered"] == 2
    assert samples["youju_edition",] == 7
    assert samples["youju_answer_seconds_bucket", "0.005"] == 1
    assert samples["youju_answer_seconds_count",] == 1
    assert samples["youju_memory_bytes",] > 1_000_000


async def test_anything_else_is_refused_and_nonsense_hurts_nobody(server: HealthServer) -> None:
    assert (await ask(server, "/")).status_code == 404
    assert (await ask(server, "/metrics", "POST")).status_code == 405
    for nonsense in (b"\r\n\r\n", b"\xff" * 20_000, b"GET"):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(nonsense)
        writer.write_eof()
        await reader.read()
        writer.close()
    assert (await ask(server, "/healthz")).status_code == 200


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("127.0.0.1:9090", ("127.0.0.1", 9090)),
        ("[::1]:80", ("::1", 80)),
        ("localhost:1", ("localhost", 1)),
        (" 0.0.0.0:0 ", ("0.0.0.0", 0)),
    ],
)
def test_where_to_listen(written: str, read: tuple[str, int]) -> None:
    assert address(written) == read


@pytest.mark.parametrize("written", ["9090", "127.0.0.1", "127.0.0.1:99999", "host.example:80", "127.0.0.1:", ":80"])
def test_what_is_no_address_is_told(written: str) -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1:9090"):
        address(written)


def test_memory_is_in_bytes() -> None:
    held = memory()
    assert held is not None
    assert 1_000_000 < held < 100_000_000_000
